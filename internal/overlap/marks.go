package overlap

import (
	"strings"
	"unicode"
)

var phaseWords = set(`phase phases fase etapa stage tahap этап фаза part partie parte volume vol tranche round batch ciclo cycle lot ระยะที่`)

var ordinals = map[string]int32{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
	"premier": 1, "premiere": 1, "deuxieme": 2, "seconde": 2, "troisieme": 3, "primera": 1, "primero": 1, "segunda": 2, "segundo": 2, "tercera": 3, "tercer": 3,
	"первый": 1, "первая": 1, "второй": 2, "вторая": 2, "третий": 3, "третья": 3, "pertama": 1, "kedua": 2, "ketiga": 3, "one": 1, "two": 2, "three": 3, "four": 4,
}

var romans = map[string]int32{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

// marks reads from the words of a folded title what tells one of a row from the next: its phase ("Phase II", "second phase", "… 2"), years
// ("2013", "FY08"), and other numbers.
func marks(words []string) (phases, years, numbers []int32) {
	for i, w := range words {
		next, before := "", ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if i > 0 {
			before = words[i-1]
		}
		switch n := value(w); {
		case phaseWords[before] && ordinal(w) > 0:
			phases = append(phases, ordinal(w))
		case ordinals[w] > 0 && phaseWords[next]:
			phases = append(phases, ordinals[w])
		case romans[w] > 1 && w != "v" && w != "x" && !phaseWords[before]:
			phases = append(phases, romans[w])
		case fiscal(w, before) > 0:
			years = append(years, fiscal(w, before))
		case n >= 1950 && n <= 2100 && len(w) == 4:
			years = append(years, n)
		case n > 0 && n < 10 && i == len(words)-1 && len(words) > 1:
			phases = append(phases, n)
		case n >= 0:
			numbers = append(numbers, n)
		}
	}
	return phases, years, numbers
}

func ordinal(w string) int32 {
	if n := romans[w]; n > 0 {
		return n
	}
	if n := ordinals[w]; n > 0 {
		return n
	}
	if n := value(w); n > 0 && n < 100 {
		return n
	}
	return 0
}

// fiscal reads "FY08", "FY 2008".
func fiscal(w, before string) int32 {
	digits, ok := strings.CutPrefix(w, "fy")
	if !ok && before == "fy" {
		digits, ok = w, true
	}
	if n := value(digits); ok && n >= 0 {
		if n < 100 {
			n += 2000
		}
		return n
	}
	return 0
}

// value is a number written in digits, or -1.
func value(w string) int32 {
	if w == "" || len(w) > 8 {
		return -1
	}
	n := int32(0)
	for _, c := range w {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + c - '0'
	}
	return n
}

// identifiersIn finds what looks like another system's number in a text: a run of letters, digits and signs with at least
// four digits that is no year, such as XM-DAC-41304-123, P075123, RAS/12/345.
func identifiersIn(text string) []string {
	var out []string
	digits := 0
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if digits < 4 {
		return nil
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-/._", r)
	}) {
		digits, others := 0, 0
		for _, r := range w {
			if r >= '0' && r <= '9' {
				digits++
			} else {
				others++
			}
		}
		if digits >= 5 || digits >= 4 && others > 0 {
			if key := identifierKey(w); !plainYears(key) {
				out = append(out, w)
			}
		}
	}
	return out
}

// identifierKey keeps the letters and digits of a number, in lower case.
func identifierKey(id string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(clip(id, 200)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() < 4 {
		return ""
	}
	return b.String()
}

// plainYears tells "2013", "20132014", "fy2008": no identifiers.
func plainYears(key string) bool {
	key = strings.TrimPrefix(key, "fy")
	for len(key) >= 4 && (key[:2] == "19" || key[:2] == "20") && value(key[:4]) > 0 {
		key = key[4:]
	}
	return len(key) <= 2
}

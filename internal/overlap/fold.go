package overlap

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The most that is read of one text: more would tell nothing new and let one record slow all others down.
const (
	mostTitleBytes   = 1500
	mostSummaryBytes = 6000
)

// clip cuts a text at a rune's border.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// fold writes a text in lower case without accents of Latin, Greek and Cyrillic. Marks of other scripts are letters there
// (a Thai vowel) and stay. Bytes that are no text become spaces.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, " ")) {
		switch {
		case r >= 0x300 && r <= 0x36F:
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ı':
			b.WriteByte('i')
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// unspaced tells whether a script is written without spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && r <= 0x0EFF || r >= 0x1000 && r <= 0x109F || r >= 0x1780 && r <= 0x17FF || r >= 0x3040 && r <= 0x30FF || r >= 0x4E00 && r <= 0x9FFF
}

// split gives the words of a folded text: runs of letters, marks and digits. A run of a script without spaces is one word
// here; the dictionary cuts it further.
func split(folded string) []string {
	words := make([]string, 0, len(folded)/6+1)
	start, kind := -1, false
	flush := func(end int) {
		if start >= 0 {
			words = append(words, folded[start:end])
		}
		start = -1
	}
	for i, r := range folded {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			flush(i)
		case start < 0:
			start, kind = i, unspaced(r)
		case unspaced(r) != kind:
			flush(i)
			start, kind = i, unspaced(r)
		}
	}
	flush(len(folded))
	return words
}

// stem takes off the endings that change most from one report to the next: plurals, "-ing", "-ed", a last vowel. It is
// light on purpose: two different words that fall together do more harm than two forms that stay apart.
func stem(w string) string {
	if len(w) < 4 || w[0] >= utf8.RuneSelf || strings.ContainsAny(w, "0123456789") {
		return stemCyrillic(w)
	}
	if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") {
		w = w[:len(w)-1]
	}
	for _, end := range []string{"ing", "ed"} {
		if t, ok := strings.CutSuffix(w, end); ok && len(t) >= 4 {
			w = t
			break
		}
	}
	if t, ok := strings.CutSuffix(w, "y"); ok {
		w = t + "i"
	}
	if len(w) > 4 && w[len(w)-1] == 'e' {
		w = w[:len(w)-1]
	}
	return w
}

// cyrillicEndings are endings of Russian words as fold leaves them (й is и there), the longest first.
var cyrillicEndings = []string{"иями", "ями", "ами", "ыми", "ими", "ого", "его", "ому", "ему", "иях", "иеи", "иям", "ием", "ях", "ах", "ов", "ев", "еи", "ои", "ыи", "ии", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ую", "юю", "ию", "ия", "ом", "ем", "ам", "ям", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь"}

func stemCyrillic(w string) string {
	r, _ := utf8.DecodeRuneInString(w)
	if r < 0x0400 || r > 0x04FF {
		return w
	}
	for _, end := range cyrillicEndings {
		if t, ok := strings.CutSuffix(w, end); ok && utf8.RuneCountInString(t) >= 4 {
			return t
		}
	}
	return w
}

// spell makes two spellings of a word that differ by swapped letters one: the first letter, then the others in order. A
// slip of the keyboard then costs nothing, and real words that are anagrams of each other are rare.
func spell(w string) string {
	if len(w) < 5 || w[0] >= '0' && w[0] <= '9' {
		return w
	}
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			r := []rune(w)
			if len(r) < 5 || unspaced(r[0]) {
				return w
			}
			slices.Sort(r)
			return string(r)
		}
	}
	b := []byte(w)
	slices.Sort(b)
	return string(b)
}

// stopWords carry no meaning of their own in the languages of the field.
var stopWords = set(`a an the of and or in on for to with by from at as its it is are be into their this that through under within between via vs per
	de la le les des du d l un une et ou en dans pour par sur au aux avec sans ses son sa leur leurs n a
	el los las del al y o e con por para un una sus su lo
	da do dos das em no na nos nas com os as ao aos um uma
	der die das und oder im in fur von zu mit den dem des ein eine
	di dan yang dengan pada dari ke oleh untuk dalam terhadap serta
	va cua cho trong tai
	и в на по с для к из от о об у за при
	project projet proyecto projeto programme program programa proyek проект including`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// token is a word as it is compared: folded, stemmed and spelled; text is its folded form.
type token struct{ key, text string }

// memory remembers what words and names were read as, for one goroutine that reads many texts. The zero value remembers
// nothing.
type memory struct {
	words  map[string]string // "" for those that carry no meaning
	orgs   map[string]organisation
	states map[string]string
}

func newMemory() memory {
	return memory{map[string]string{}, map[string]organisation{}, map[string]string{}}
}

// mostRemembered is from how many words or names on a memory begins anew.
const mostRemembered = 1 << 17

// recall gives what m holds of a text, and finds and keeps it where it holds nothing.
func recall[T any](m map[string]T, text string, find func(string) T) T {
	if m == nil {
		return find(text)
	}
	v, ok := m[text]
	if !ok {
		if len(m) > mostRemembered {
			clear(m)
		}
		text = strings.Clone(text)
		v = find(text)
		m[text] = v
	}
	return v
}

// keyOf is a folded word as it is compared; "" where it carries no meaning.
func keyOf(w string) string {
	if stopWords[w] || len(w) == 1 && (w[0] < '0' || w[0] > '9') {
		return ""
	}
	return spell(stem(w))
}

func (m *memory) organisation(d *Directory, name string) organisation {
	return recall(m.orgs, name, d.Find)
}

func (m *memory) state(name string) string { return recall(m.states, name, stateKey) }

// tokens gives the words of a text that carry meaning, in their order.
func tokens(text string) []token { return new(memory).tokens(text) }

func (m *memory) tokens(text string) []token { return m.meaningful(split(fold(text))) }

func (m *memory) meaningful(words []string) []token {
	out := make([]token, 0, len(words))
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unspaced(r) && !stopWords[w] {
			out = append(out, cutUnspaced(w)...)
			continue
		}
		if key := recall(m.words, w, keyOf); key != "" {
			out = append(out, token{key, w})
		}
	}
	return out
}

// cutUnspaced cuts a run of a script without spaces: the phrases of the dictionary first, then pairs of letters.
func cutUnspaced(run string) []token {
	var out []token
	r := []rune(run)
	for i := 0; i < len(r); {
		if n := dictionary().longest(r[i:]); n > 0 {
			out = append(out, token{string(r[i : i+n]), string(r[i : i+n])})
			i += n
			continue
		}
		if i+3 <= len(r) {
			out = append(out, token{string(r[i : i+3]), string(r[i : i+3])})
		}
		i += 2
	}
	return out
}

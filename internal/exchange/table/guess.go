package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"adam/internal/exchange/cell"
	"adam/internal/term"

	"golang.org/x/text/currency"
)

// Guess proposes what the columns of a header mean. A field that a spreadsheet can have once is given to the first column that
// fits it; what is not known is ignored until a person says what it is.
func Guess(h Header) Mapping {
	m := Mapping{Fingerprint: Fingerprint(h)}
	given := map[Field]bool{}
	for _, name := range h.Names {
		c := Column{Name: name, Field: Ignored}
		if field, kind, _ := strings.Cut(guess(name), ":"); field != "" {
			c.Field, c.Kind = Field(field), term.FundingKind(kind)
		}
		if c.Field == Amount {
			c.Currency, c.Power = currencyIn(name), powerIn(name)
		}
		if given[c.Field] && once(c.Field) {
			c = Column{Name: name, Field: Ignored}
		}
		given[c.Field] = true
		m.Columns = append(m.Columns, c)
	}
	return m
}

// once says whether an activity has one value of a field.
func once(f Field) bool {
	switch f {
	case Title, Acronym, Start, End, Period, Currency, ValueDate, Status:
		return true
	}
	return false
}

// mostName is how long a header may be to be guessed at, in words: longer ones are values, or instructions.
const mostName = 12

var (
	bracketed = regexp.MustCompile(`[(\[（][^)\]）]*[)\]）]`)
	capitals  = regexp.MustCompile(`\b[A-Z]{3}\b`)
)

// guess is the field of a header, with the kind of a sum after a colon; "" where it is not known. What stands in brackets counts
// only where nothing else does.
func guess(name string) string {
	outside := cell.Fold(bracketed.ReplaceAllString(name, " "))
	if code := longest(outside); code != "" || outside != "" {
		return code
	}
	return longest(cell.Fold(name))
}

// longest is the code of the known phrase in a header that ends last, since the English put what a thing is behind what it is of;
// of several, the longest. A mere “project” or “name” says least: a name of a donor is a donor.
func longest(header string) (code string) {
	if strings.Count(header, " ") >= mostName || len(header) > 200 {
		return ""
	}
	best := [3]int{-1}
	for _, h := range headers {
		i := phraseAt(header, h.words)
		if i < 0 {
			continue
		}
		rank := [3]int{1, i + len(h.words), len(h.words)}
		if h.code == string(Title) && !strings.Contains(h.words, " ") {
			rank[0] = 0
		}
		if slices.Compare(rank[:], best[:]) > 0 {
			code, best = h.code, rank
		}
	}
	return code
}

// phraseAt is where a phrase stands in a folded text, as whole words where its script has spaces; -1 where it does not.
func phraseAt(text, phrase string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 || phrase == "" {
			return -1
		}
		i += from
		end := i + len(phrase)
		if !cell.Spaced(phrase) || (i == 0 || text[i-1] == ' ') && (end == len(text) || text[end] == ' ') {
			return i
		}
		from = i + 1
	}
}

// currencyIn is the currency that a header names: Amount (USD), Budget in €.
func currencyIn(name string) term.Currency {
	for _, code := range capitals.FindAllString(name, -1) {
		if known(code) && (strings.ContainsFunc(name, unicode.IsLower) || strings.Contains(name, "("+code+")")) {
			return term.Currency(code)
		}
	}
	lower, best := strings.ToLower(name), ""
	for word := range words["currency"] {
		if i := strings.Index(lower, word); i >= 0 && (len(word) > len(best) || len(word) == len(best) && word < best) && alone(lower, i, i+len(word)) {
			best = word
		}
	}
	return term.Currency(words["currency"][best])
}

// alone says whether a word stands between signs or spaces, so that “rm” is not found in “performance”.
func alone(text string, from, to int) bool {
	first, _ := utf8.DecodeRuneInString(text[from:to])
	last, _ := utf8.DecodeLastRuneInString(text[from:to])
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !(unicode.IsLetter(before) && unicode.IsLetter(first)) && !(unicode.IsLetter(after) && unicode.IsLetter(last))
}

// known says whether a code is one of ISO 4217.
func known(code string) bool {
	_, err := currency.ParseISO(code)
	return err == nil && code == strings.ToUpper(code)
}

// powerIn is 6 where a header says that sums are in millions.
func powerIn(name string) int {
	if strings.Contains(name, "'000") || strings.Contains(name, "’000") {
		return 3
	}
	for _, word := range strings.Fields(cell.Fold(name)) {
		if power, ok := words["unit"][word]; ok && len(word) > 1 {
			n, err := strconv.Atoi(power)
			if err == nil {
				return n
			}
		}
	}
	return 0
}

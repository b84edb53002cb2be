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

// Guess proposes what the columns of a header mean. A field that an activity has one of is given to the column that fits it
// best; what is not known is ignored until a person says what it is.
func Guess(h Header) Mapping {
	m := Mapping{Fingerprint: Fingerprint(h)}
	best := map[Field]int{} // the word by which a column has a field that is there once
	named := false          // States stand in a column by name
	for _, name := range h.Names {
		if at := guess(name); at >= 0 && ticked(name).Field == Ignored {
			f := headers[at].field()
			if old, given := best[f]; !given || at < old {
				best[f] = at
			}
			named = named || f == State && !isCode(name)
		}
	}
	for _, name := range h.Names {
		c := ticked(name)
		if at := guess(name); at >= 0 && c.Field == Ignored {
			f := headers[at].field()
			if taken := once(f) && best[f] != at; !taken && !(f == State && named && isCode(name)) {
				c.Field = f
			}
			if once(f) && best[f] == at {
				best[f] = -1 // it is given away
			}
			if c.Field == Amount {
				c.Kind, c.Currency, c.Power, c.On = headers[at].kind(), currencyIn(name), powerIn(name), yearIn(name)
			}
		}
		m.Columns = append(m.Columns, c)
	}
	countOnce(m.Columns)
	return m
}

// ticked is a column that is headed by one code of a list, to be ticked in each row; an ignored one where it is none.
func ticked(name string) Column {
	for _, f := range []Field{Theme, AssistanceType, Audience} {
		if code := words[lists[f]][cell.Fold(name)]; code != "" && !strings.Contains(code, " ") {
			return Column{Name: name, Field: f, Means: code}
		}
	}
	return Column{Name: name, Field: Ignored}
}

// countOnce leaves out the columns that say the same money again: what is also stated in another currency, and the parts of what is
// stated as a total (rule 2 of the model: each sum once). Columns of different years are different money.
func countOnce(columns []Column) {
	first := map[term.FundingKind]*Column{} // by kind, the column that says all of it, else the first
	for i := range columns {
		c := &columns[i]
		if c.Field != Amount {
			continue
		}
		known := first[c.Kind]
		switch {
		case known == nil:
			first[c.Kind] = c
		case isWhole(known, c) || known.Currency != c.Currency && known.On == c.On:
			*c = Column{Name: c.Name, Field: Ignored}
		case isWhole(c, known):
			for j := range i {
				if columns[j].Field == Amount && columns[j].Kind == c.Kind {
					columns[j] = Column{Name: columns[j].Name, Field: Ignored}
				}
			}
			first[c.Kind] = c
		}
	}
}

// isWhole says whether a column of money is headed as the whole of which another one is a part.
func isWhole(c, of *Column) bool {
	return phraseAt(cell.Fold(c.Name), "total") >= 0 || c.On == "" && of.On != ""
}

var year = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// yearIn is the year that a header of money names, where it is one.
func yearIn(name string) term.PartialDate {
	if all := year.FindAllString(name, -1); len(all) == 1 {
		return term.PartialDate(all[0])
	}
	return ""
}

// isCode says whether a column has the codes of what another column has the names of.
func isCode(name string) bool {
	folded := cell.Fold(name)
	return phraseAt(folded, "code") >= 0 || strings.Contains(folded, "iso")
}

// once says whether an activity has one value of a field.
func once(f Field) bool {
	switch f {
	case Key, Title, Acronym, Start, End, Period, Currency, ValueDate, Status:
		return true
	}
	return false
}

// How long a header may be to be guessed at, in words and in bytes: longer ones are values, or instructions.
const (
	mostName    = 12
	mostLetters = 400
)

var (
	bracketed = regexp.MustCompile(`[(\[（][^)\]）]*[)\]）]`)
	capitals  = regexp.MustCompile(`\b[A-Z]{3}\b`)
)

// guess is the word of fields that a header means, by its place in the list; -1 where it is not known. What stands in brackets
// counts only where nothing else does.
func guess(name string) int {
	if len(name) > mostLetters {
		return -1
	}
	outside := cell.Fold(bracketed.ReplaceAllString(name, " "))
	if outside != "" {
		return longest(outside)
	}
	return longest(cell.Fold(name))
}

// longest is the known phrase in a header that ends last, since the English put what a thing is behind what it is of; of several,
// the longest. A mere “project” or “name” says least: a name of a donor is a donor.
func longest(header string) int {
	if strings.Count(header, " ") >= mostName {
		return -1
	}
	header = singular(header)
	found, best := -1, [3]int{-1}
	for at, h := range headers {
		i := phraseAt(header, h.words)
		if i < 0 {
			continue
		}
		rank := [3]int{1, i + len(h.words), len(h.words)}
		if h.field() == Title && !strings.Contains(h.words, " ") {
			rank[0] = 0
		}
		if slices.Compare(rank[:], best[:]) > 0 {
			found, best = at, rank
		}
	}
	return found
}

// singular takes the endings of several off the words of a folded text: it is how they are compared, not how they are spelled.
func singular(folded string) string {
	words := strings.Split(folded, " ")
	for i, w := range words {
		if stem, ok := strings.CutSuffix(w, "ies"); ok && len(stem) > 1 {
			words[i] = stem + "y"
		} else if stem, ok := strings.CutSuffix(w, "s"); ok && len(stem) > 2 && !strings.HasSuffix(stem, "s") {
			words[i] = stem
		}
	}
	return strings.Join(words, " ")
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

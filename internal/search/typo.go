package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minTypo is the length in runes from which a token is corrected: shorter ones are close to everything.
const minTypo = 4

// alphabets are the letters that a typing error can put into a word of their script, after folding. Digits too.
var alphabets = []struct {
	script *unicode.RangeTable
	from   rune
	to     rune
}{
	{unicode.Latin, 'a', 'z'}, {unicode.Cyrillic, 'а', 'я'}, {unicode.Greek, 'α', 'ω'}, {unicode.Arabic, 'ء', 'ي'},
}

// Edits gives every token that one lost, added, wrong or exchanged rune makes of a token, sorted. It is nil for tokens
// that are never corrected: short ones, numbers, pairs of clusters. A word has some hundreds: the text index is asked
// which of them it knows, so no second vocabulary has to be kept.
func Edits(token string) []string {
	if !correctable(token) {
		return nil
	}
	r := []rune(token)
	letters := lettersOf(r)
	var edits []string
	with := func(at, drop int, put ...rune) {
		edits = append(edits, string(slices.Concat(r[:at], put, r[at+drop:])))
	}
	for i := range r {
		with(i, 1)
		if i+1 < len(r) {
			with(i, 2, r[i+1], r[i])
		}
		for _, l := range letters {
			with(i, 1, l)
			with(i, 0, l)
		}
	}
	for _, l := range letters {
		with(len(r), 0, l)
	}
	slices.Sort(edits)
	edits = slices.Compact(edits)
	return slices.DeleteFunc(edits, func(e string) bool { return e == token || !correctable(e) })
}

// lettersOf gives the letters that may stand in a word by mistake: those of its script, its own, and digits.
func lettersOf(word []rune) []rune {
	letters := slices.Clone(word)
	for _, a := range alphabets {
		if slices.ContainsFunc(word, func(r rune) bool { return unicode.Is(a.script, r) }) {
			for l := a.from; l <= a.to; l++ {
				letters = append(letters, l)
			}
		}
	}
	for l := '0'; l <= '9'; l++ {
		letters = append(letters, l)
	}
	slices.Sort(letters)
	return slices.Compact(letters)
}

func correctable(token string) bool {
	return utf8.RuneCountInString(token) >= minTypo && !digits(token) && utf8.ValidString(token) &&
		!strings.ContainsFunc(token, spaceless)
}

// isToken reports whether term is one token and nothing else.
func isToken(term string) bool {
	tokens := Tokens(term)
	return len(tokens) == 1 && tokens[0] == term && correctable(term)
}

// WithinOne reports whether one insertion, deletion, substitution or exchange of neighbours makes a into b, or none.
func WithinOne(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	for len(x) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	switch len(y) {
	case 0, 1:
		return true // nothing left, or one rune inserted or substituted
	case 2:
		return len(x) == 2 && x[0] == y[1] && x[1] == y[0]
	}
	return false
}

// Correct replaces each word that finds nothing by the words of the vocabulary within one typing error of it.
// found says whether a query of that one word has a hit that the viewer may see; known gives those of the
// tokens that the text index holds.
//
// The vocabulary may hold words of records that the viewer may not see. That tells nothing as long as all candidates
// are taken, never the best few, and each finds only records that hold it whole: a hidden word then adds hidden
// records only. So there is no limit here and no prefix. Without a candidate the word stays as it is.
func (q Query) Correct(found func(Query) (bool, error), known func(tokens []string) ([]string, error)) (Query, error) {
	words := slices.Clone(q.words)
	for i, w := range q.words {
		if !w.correctable() {
			continue
		}
		if ok, err := found(Query{words: q.words[i : i+1]}); err != nil {
			return Query{}, err
		} else if ok {
			continue
		}
		ways, err := w.corrected(known)
		if err != nil {
			return Query{}, err
		}
		if len(ways) > 0 {
			words[i] = word{ways}
		}
	}
	q.words = words
	return q, nil
}

func (w word) correctable() bool {
	return slices.ContainsFunc(w.ways, func(w way) bool {
		return slices.ContainsFunc(w.terms, func(t lookup) bool { return correctable(t.token) })
	})
}

// corrected gives the ways to find the word with one of its terms spelt otherwise.
func (w word) corrected(known func([]string) ([]string, error)) ([]way, error) {
	var ways []way
	for _, old := range w.ways {
		for i, t := range old.terms {
			edits := Edits(t.token)
			if edits == nil {
				continue
			}
			candidates, err := known(edits)
			if err != nil {
				return nil, err
			}
			candidates = slices.Sorted(slices.Values(candidates)) // a copy: the slice is the caller's
			for _, c := range slices.Compact(candidates) {
				if c == t.token || !WithinOne(c, t.token) || !isToken(c) {
					continue
				}
				terms := slices.Clone(old.terms)
				terms[i] = lookup{token: c}
				corrected := newWay(terms)
				corrected.typo = true
				ways = append(ways, corrected)
			}
		}
	}
	return ways, nil
}

package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// minTypo is the length in runes from which a token is corrected: shorter ones are close to everything.
const minTypo = 4

// Variants gives the token and what is left of it when one rune is lost: the keys under which it stands in the
// vocabulary. Two tokens within one typing error share a variant. It is nil for tokens that are never corrected:
// short ones, numbers, pairs of clusters.
func Variants(token string) []string {
	if !correctable(token) {
		return nil
	}
	variants := []string{token}
	previous := rune(-1)
	for i, r := range token {
		if r != previous { // dropping either of a double letter leaves the same
			variants = append(variants, token[:i]+token[i+utf8.RuneLen(r):])
		}
		previous = r
	}
	return variants
}

// Vocabulary gives the distinct tokens of a record that can be the right spelling of a word, sorted.
func (d Document) Vocabulary() []string {
	var terms []string
	for _, column := range d {
		for token := range strings.SplitSeq(column, " ") {
			if correctable(token) {
				terms = append(terms, token)
			}
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
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
// found says whether a query of that one word has a hit that the viewer may see; near gives the terms of the
// vocabulary that stand under any of the variants.
//
// The vocabulary may hold words of records that the viewer may not see. That tells nothing as long as all candidates
// are taken, never the best few, and each finds only records that hold it whole: a hidden word then adds hidden
// records only. So there is no limit here and no prefix. Without a candidate the word stays as it is.
func (q Query) Correct(found func(Query) (bool, error), near func(variants []string) ([]string, error)) (Query, error) {
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
		ways, err := w.corrected(near)
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
func (w word) corrected(near func([]string) ([]string, error)) ([]way, error) {
	var ways []way
	for _, old := range w.ways {
		for i, t := range old.terms {
			variants := Variants(t.token)
			if variants == nil {
				continue
			}
			candidates, err := near(variants)
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

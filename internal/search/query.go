package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"adam/internal/fault"
)

// Bounds of a query.
const (
	MaxWords = 16
	MaxRunes = 200
)

// stopWords are asked for only by a query that has nothing else.
var stopWords = map[string]bool{
	"a": true, "and": true, "for": true, "in": true, "of": true, "on": true, "the": true, "to": true,
}

// Query is what a person asks for: every word must be in the record, in any field. Only Parse and Correct make one.
type Query struct {
	words  []word
	whole  string // all letters without spaces: for "un act", "UN-ACT", "U.N. Act" the same
	phrase string // all tokens, as a column would hold them
}

// word is one word of a query; a record has it when any of its ways is in the record.
type word struct{ ways []way }

// way is a list of terms that must all be there: one for a plain word, more for a compound or a run of clusters.
type way struct {
	terms    []lookup
	run      string // the tokens of the terms between spaces: how they stand in a column when they stand together
	clusters int    // of a run in a script without spaces, else 0
	typo     bool   // not what was typed, but a word of the vocabulary close to it
}

// lookup is one token to look for, whole or as the beginning of a token.
type lookup struct {
	token  string
	prefix bool
}

// Parse reads a query. It fails with INVALID when there is no word and with LIMIT when there are too many.
//
// Every word also finds longer words that begin with it, except single letters and numbers, which would find
// everything; a single cluster of a script without spaces does. A compound is found in pieces and joined.
func Parse(text string) (Query, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n > MaxRunes {
		return Query{}, fault.New(fault.Limit, "A search may have %d characters and this one has %d. Use fewer words.", MaxRunes, n)
	}
	a := scan(text)
	var all, content []word
	for i, end := 0, 0; i < len(a.parts); i = end {
		end = a.wordEnd(i)
		w := a.word(i, end)
		all = append(all, w)
		if !w.stop() && !slices.ContainsFunc(content, w.same) {
			content = append(content, w)
		}
	}
	switch {
	case len(all) == 0:
		return Query{}, fault.New(fault.Invalid, "Write at least one word or number to search for.")
	case len(all) > MaxWords:
		return Query{}, fault.New(fault.Limit, "A search may have %d words and this one has %d. Use fewer words.", MaxWords, len(all))
	case len(content) == 0:
		content = all
	}
	return Query{words: content, whole: a.folded, phrase: a.phrase()}, nil
}

// word gives the ways to find the parts from i to end, which are one word.
func (a *analysis) word(i, end int) word {
	if a.parts[i].cluster {
		return word{ways: []way{a.run(i, end)}}
	}
	terms := make([]lookup, 0, end-i)
	for k := i; k < end; k++ {
		token := a.token(k)
		terms = append(terms, lookup{token, prefixed(token)})
	}
	ways := []way{newWay(terms)}
	if len(terms) > 1 {
		if token := a.join(i, end); token != "" {
			ways = append(ways, newWay([]lookup{{token, true}}))
		}
	}
	return word{ways}
}

// run gives the way to find a run of clusters: its pairs. The last pair may go on, as its last cluster may still be
// without its vowel or tone while a person types.
func (a *analysis) run(i, end int) way {
	if end == i+1 {
		w := newWay([]lookup{{a.token(i), true}})
		w.clusters = 1
		return w
	}
	terms := make([]lookup, 0, end-i-1)
	for k := i; k < end-1; k++ {
		terms = append(terms, lookup{a.token(k), k == end-2})
	}
	w := newWay(terms)
	w.clusters = end - i
	return w
}

func newWay(terms []lookup) way {
	tokens := make([]string, len(terms))
	for i, t := range terms {
		tokens[i] = t.token
	}
	return way{terms: terms, run: strings.Join(tokens, " ")}
}

// last gives the last term: only there may a run of tokens go on.
func (w way) last() lookup { return w.terms[len(w.terms)-1] }

func prefixed(token string) bool { return utf8.RuneCountInString(token) >= 2 && !digits(token) }

func (w word) same(v word) bool {
	return w.ways[0].run == v.ways[0].run && len(w.ways) == len(v.ways) && w.ways[0].clusters == v.ways[0].clusters
}

func (w word) stop() bool {
	return len(w.ways) == 1 && len(w.ways[0].terms) == 1 && stopWords[w.ways[0].terms[0].token]
}

// phrase gives the tokens as a column would hold them, without the joined forms.
func (a *analysis) phrase() string {
	tokens := make([]string, len(a.parts))
	for i := range tokens {
		tokens[i] = a.token(i)
	}
	return strings.Join(tokens, " ")
}

package search

import (
	"adam/ent/predicate"

	"entgo.io/ent/dialect/sql"
)

// NamedAny are the activities that have at least one of some words in their key, title or other names, as whole words. Of
// words without a letter or number there are none.
func NamedAny(words []string) predicate.Activity {
	var w word
	for _, text := range words {
		if terms := wholly(text); len(terms) > 0 {
			w.ways = append(w.ways, newWay(terms))
		}
	}
	return func(s *sql.Selector) {
		if len(w.ways) == 0 {
			s.Where(sql.False())
			return
		}
		s.Where(sql.In(s.C("id"), matchingHead(s.Dialect(), Query{words: []word{w}})))
	}
}

// wholly looks for all tokens of a text as they are.
func wholly(text string) (terms []lookup) {
	for _, token := range Tokens(text) {
		terms = append(terms, lookup{token, false})
	}
	return terms
}

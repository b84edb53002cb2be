package search

import "strings"

// syntax is how a database writes a condition on tokens.
type syntax struct {
	and, or, prefix string
	quote           func(token string) string
}

// Tokens hold no quotation marks; they are doubled all the same, so that safety rests on nothing but these two lines.
var (
	fts5 = syntax{" AND ", " OR ", "*", func(t string) string {
		return `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
	}}
	tsquery = syntax{" & ", " | ", ":*", func(t string) string {
		return `'` + strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(t) + `'`
	}}
)

// FTS5 writes the query for `MATCH ?` on a table with tokenize='ascii'.
func (q Query) FTS5() string { return fts5.query(q) }

// TSQuery writes the query for `$1::tsquery` on vectors made with array_to_tsvector.
func (q Query) TSQuery() string { return tsquery.query(q) }

func (s syntax) query(q Query) string {
	var b strings.Builder
	for i, w := range q.words {
		if i > 0 {
			b.WriteString(s.and)
		}
		s.word(&b, w)
	}
	return b.String()
}

func (s syntax) word(b *strings.Builder, w word) {
	if len(w.ways) == 1 {
		s.way(b, w.ways[0])
		return
	}
	b.WriteByte('(')
	for i, way := range w.ways {
		if i > 0 {
			b.WriteString(s.or)
		}
		s.way(b, way)
	}
	b.WriteByte(')')
}

func (s syntax) way(b *strings.Builder, w way) {
	if len(w.terms) > 1 {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	for i, t := range w.terms {
		if i > 0 {
			b.WriteString(s.and)
		}
		b.WriteString(s.quote(t.token))
		if t.prefix {
			b.WriteString(s.prefix)
		}
	}
}

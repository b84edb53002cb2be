// Package search finds records by words, alike on both databases: a text becomes tokens here, once, and SQLite (FTS5,
// tokenize='ascii') and PostgreSQL (array_to_tsvector) only compare tokens. So a hit, its order and what is marked in
// it never depend on a database's language settings, nor on statistics of a corpus that a viewer may not see whole.
//
// A token consists of lower-case letters, digits and marks. Words of scripts with spaces are tokens; an acronym in
// pieces (UN-ACT) is also one token (unact). Scripts without spaces are indexed as overlapping pairs of clusters.
package search

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxJoinedParts = 5
	maxJoined      = 24         // runes; longer compounds are sentences in disguise
	maxColumn      = 256 * 1024 // bytes; four columns stay under PostgreSQL's 1 MiB for a tsvector
)

// In a column the texts stand between bars, and the joined forms of a text behind a plus. Both engines take them for
// nothing that a query could ask for.
const (
	textMark   = " | "
	joinedMark = " + "
)

// Field is a column of a record's search document, in the order of its worth.
type Field int

// The fields. Names are acronym, aliases and the title in the local language.
const (
	Key Field = iota
	Title
	Names
	Body
	fields
)

// Document is what is stored of a record to find and rank it: one column for each Field, tokens between single
// spaces. A column may be empty: array_to_tsvector refuses empty lexemes, so turn columns into vectors one by one.
type Document [fields]string

// NewDocument makes the columns from a record's own texts; empty ones are left out.
func NewDocument(key, title string, names []string, body ...string) Document {
	return Document{Key: column(key), Title: column(title), Names: column(names...), Body: column(body...)}
}

// Tokens gives the tokens of a text in their order, then the joined forms of its compounds.
func Tokens(text string) []string {
	a := scan(text)
	tokens := make([]string, 0, len(a.parts)+len(a.parts)/8)
	for i := range a.parts {
		tokens = append(tokens, a.token(i))
	}
	a.joined(func(_, _ int, token string) { tokens = append(tokens, token) })
	return tokens
}

// columnWriter puts tokens into a column until it is full.
type columnWriter struct {
	strings.Builder
	mark string // goes before the next token
}

func (w *columnWriter) token(token string) {
	if w.Len() == 0 {
		w.mark = ""
	}
	if w.Len()+len(w.mark)+len(token) > maxColumn {
		return
	}
	w.WriteString(w.mark)
	w.WriteString(token)
	w.mark = " "
}

// column stores texts as tokens.
func column(texts ...string) string {
	var w columnWriter
	for _, text := range texts {
		a := scan(text)
		w.Grow(len(text) + len(text)/4)
		w.mark = textMark
		for i := range a.parts {
			w.token(a.token(i))
		}
		w.mark = joinedMark
		a.joined(func(_, _ int, token string) { w.token(token) })
	}
	return w.String()
}

// token gives the token that begins with a part: the part itself, or the pair of a cluster and the next one. The last
// cluster of a run stands alone, so that every cluster begins a token and one cluster finds by prefix.
func (a *analysis) token(i int) string {
	if a.parts[i].cluster && a.runs(i+1) {
		return a.folded[a.parts[i].from:a.parts[i+1].to]
	}
	return a.folded[a.parts[i].from:a.parts[i].to]
}

// runs reports whether part i continues the run of clusters before it.
func (a *analysis) runs(i int) bool { return i < len(a.parts) && a.parts[i].glue == glueCluster }

// wordEnd gives the end of the word that begins at part i: the parts glued to it.
func (a *analysis) wordEnd(i int) int {
	for i++; i < len(a.parts) && a.parts[i].glue != 0; i++ {
	}
	return i
}

// joined yields the joined forms of all compounds and the parts that they join: of the whole, in "UNDP/UN-ACT" also of
// what stands between slashes, in "IOM-Viet Nam" also of the name.
func (a *analysis) joined(yield func(from, end int, token string)) {
	for i, end := 0, 0; i < len(a.parts); i = end {
		end = a.wordEnd(i)
		if end == i+1 || a.parts[i].cluster {
			continue
		}
		if token := a.join(i, end); token != "" {
			yield(i, end, token)
		}
		if end == i+2 {
			continue
		}
		from := i
		for at := i + 1; at <= end; at++ {
			if at < end && a.parts[at].glue == glueName {
				yield(at-1, at+1, a.join(at-1, at+1))
			}
			if at < end && a.parts[at].glue != glueSlash {
				continue
			}
			if token := a.join(from, at); token != "" && at > from+1 && at-from < end-i {
				yield(from, at, token)
			}
			from = at
		}
	}
}

// join writes parts as one token; empty where that would be none worth having: dates, long compounds.
func (a *analysis) join(from, end int) string {
	token := a.folded[a.parts[from].from:a.parts[end-1].to]
	switch {
	case end-from > maxJoinedParts, utf8.RuneCountInString(token) > maxJoined, digits(token):
		return ""
	case a.composed && !norm.NFC.IsNormalString(token):
		return ""
	}
	return token
}

func digits(token string) bool {
	return strings.IndexFunc(token, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

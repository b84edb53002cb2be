package search

import (
	"slices"
	"strings"
)

// quality says how well a word is met.
type quality int

const (
	missing quality = iota
	loose           // by the correction of a typing error, or in pieces that do not stand together
	begun           // by a longer word that begins with it
	exact
	qualities
)

// Points of a record, in millionths of the highest score: whole numbers, so that every machine ranks alike.
const (
	fullPoints   = 1_000_000
	pointsWhole  = 990_000 // the query is the key, the title or one of the names
	pointsPhrase = 60_000  // the words stand together in the title
	pointsStart  = 20_000  // … at its beginning
	pointsOrder  = 30_000  // the words stand in their order in the title
	pointsAside  = 40_000  // the words stand together in a name or the body
	pointsKeyEnd = 15_000  // the key ends with the query: reg-bali-process for "Bali Process"
	pointsShort  = 20_000  // divided by the title's length: decides between equals
)

// worth gives the points of a word by where and how well it is met. The steps are wider than all extra points for
// order together, so that these decide within a step only.
var worth = [fields][qualities]int{
	Title: {exact: 850_000, begun: 450_000, loose: 400_000},
	Names: {exact: 700_000, begun: 430_000, loose: 380_000},
	Key:   {exact: 300_000, begun: 200_000, loose: 130_000},
	Body:  {exact: 250_000, begun: 180_000, loose: 120_000},
}

// byWorth is the order in which fields are tried, so that the long body is read only where it can add something.
var byWorth = [fields]Field{Title, Names, Key, Body}

// Score says how well a record answers a query, from 0 (not at all) to 1. It depends on the two alone: no frequencies
// of a corpus, so records that a viewer may not see change nothing. Break ties by title and id.
func Score(q Query, doc Document) float64 {
	points := pointsWhole
	if !q.names(doc) {
		if points = q.met(doc); points == 0 {
			return 0
		}
		points += q.order(doc)
		if q.endsKey(doc[Key]) {
			points += pointsKeyEnd
		}
	}
	points += pointsShort / (2 + strings.Count(doc[Title], " "))
	return float64(points) / fullPoints
}

// names reports whether the query is the key, the title or a name in full, however it is spaced and hyphenated.
func (q Query) names(doc Document) bool {
	for _, f := range []Field{Key, Title, Names} {
		for texts := doc[f]; texts != ""; {
			var text string
			text, texts, _ = strings.Cut(texts, textMark)
			text, _, _ = strings.Cut(text, joinedMark)
			if text == q.phrase || spacedOut(text, q.whole) {
				return true
			}
		}
	}
	return false
}

// spacedOut reports whether text is whole with spaces put in.
func spacedOut(text, whole string) bool {
	if len(text) < len(whole) || whole == "" {
		return false
	}
	at := 0
	for i := 0; i < len(text); i++ {
		if text[i] == ' ' {
			continue
		}
		if at == len(whole) || text[i] != whole[at] {
			return false
		}
		at++
	}
	return at == len(whole)
}

// met gives the points of the words: the mean of all and the worst, so that one word in the wrong place counts.
func (q Query) met(doc Document) int {
	sum, least := 0, fullPoints
	for _, w := range q.words {
		points := w.points(doc)
		sum += points
		least = min(least, points)
	}
	if sum == 0 {
		return 0
	}
	return (sum/len(q.words) + least) / 2
}

func (w word) points(doc Document) int {
	best := 0
	for _, f := range byWorth {
		if worth[f][exact] <= best {
			break
		}
		best = max(best, worth[f][w.in(doc[f])])
	}
	if best == 0 && slices.ContainsFunc(w.ways, func(w way) bool { return w.spread(doc) }) {
		return worth[Body][loose]
	}
	return best
}

// spread reports whether the terms are all there, in different fields: to the databases that is a hit.
func (w way) spread(doc Document) bool {
	return !slices.ContainsFunc(w.terms, func(t lookup) bool {
		return !slices.ContainsFunc(doc[:], func(column string) bool {
			at, _ := find(column, t.token, t.prefix, 0)
			return at >= 0
		})
	})
}

func (w word) in(column string) quality {
	best := missing
	for _, way := range w.ways {
		best = max(best, way.in(column))
	}
	return best
}

// in says how well a column meets a way to find a word.
func (w way) in(column string) quality {
	_, q := find(column, w.run, w.last().prefix, 0)
	if q == missing && len(w.terms) > 1 {
		q = loose
		for _, t := range w.terms {
			if at, _ := find(column, t.token, t.prefix, 0); at < 0 {
				return missing
			}
		}
	}
	if w.clusters == 1 {
		q = min(q, begun) // whether it is the last of its run means nothing
	}
	return w.limit(q)
}

// limit keeps a correction below what was typed.
func (w way) limit(q quality) quality {
	if w.typo {
		return min(q, loose)
	}
	return q
}

// order gives the points for words that stand together or in order.
func (q Query) order(doc Document) int {
	at, _ := find(doc[Title], q.phrase, true, 0)
	switch {
	case at == 0:
		return pointsPhrase + pointsStart
	case at > 0:
		return pointsPhrase
	case len(q.words) == 1:
		return 0
	case q.inOrder(doc[Title]):
		return pointsOrder
	}
	for _, f := range []Field{Names, Body} {
		if at, _ := find(doc[f], q.phrase, true, 0); at >= 0 {
			return pointsAside
		}
	}
	return 0
}

// endsKey reports whether the key ends with the words of the query, the last of which may have only begun.
func (q Query) endsKey(column string) bool {
	key, _, _ := strings.Cut(column, joinedMark)
	at := strings.LastIndex(key, " "+q.phrase)
	return at >= 0 && !strings.Contains(key[at+1+len(q.phrase):], " ")
}

// inOrder reports whether the words stand in the column one after the other, others between.
func (q Query) inOrder(column string) bool {
	from := 0
	for _, w := range q.words {
		next := -1
		for _, way := range w.ways {
			if at, _ := find(column, way.run, way.last().prefix, from); at >= 0 && (next < 0 || at+len(way.run) < next) {
				next = at + len(way.run)
			}
		}
		if next < 0 {
			return false
		}
		from = next
	}
	return true
}

// find looks in a column for a run of whole tokens, from a byte on; with prefix the last token may be longer. It gives
// the place of the best, first match, or -1.
func find(column, run string, prefix bool, from int) (at int, q quality) {
	at = -1
	for from < len(column) {
		i := strings.Index(column[from:], run)
		if i < 0 {
			break
		}
		i += from
		end := i + len(run)
		if i == 0 || column[i-1] == ' ' {
			if end == len(column) || column[end] == ' ' {
				return i, exact
			}
			if prefix && q == missing {
				at, q = i, begun
			}
		}
		from = i + 1
	}
	return at, q
}

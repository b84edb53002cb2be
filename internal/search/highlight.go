package search

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxSnippet = 200 // runes that a reader sees
	lead       = 40  // runes before the first match
	ellipsis   = "…"
)

// hit is a place in a text that meets a word of the query.
type hit struct {
	start, end int // bytes of the text
	word       int
	quality    quality
}

// Highlight gives HTML for the text that meets the query best, the first of equals: at most 200 characters, escaped,
// with <mark> around what is met. It is empty when no text meets a word, as when only a key does.
func Highlight(q Query, texts ...string) string {
	var best struct {
		text    string
		a       analysis
		hits    []hit
		quality quality
	}
	for _, text := range texts {
		text = strings.ToValidUTF8(text, "\uFFFD")
		a := scan(text)
		hits := q.hits(&a)
		if sum := sum(hits); sum > best.quality {
			best.text, best.a, best.hits, best.quality = text, a, hits, sum
		}
	}
	if best.quality == 0 {
		return ""
	}
	start, end := best.a.cut(best.text, densest(best.text, best.hits))
	return mark(best.text, best.hits, start, end)
}

// hits gives the places that meet words, in the order of the text. The pieces of a compound are marked where they do
// not stand together only if they do so nowhere.
func (q Query) hits(a *analysis) []hit {
	var hits []hit
	compounds := a.compounds()
	for n, w := range q.words {
		before := len(hits)
		for _, way := range w.ways {
			hits = way.hits(a, n, hits)
			hits = way.joinedHits(a, compounds, n, hits)
		}
		if len(hits) == before {
			hits = w.pieces(a, n, hits)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.start - b.start })
	return hits
}

// pieces appends the places of the tokens of a compound wherever they stand. Pairs of clusters are left out: apart they
// are no words.
func (w word) pieces(a *analysis, n int, hits []hit) []hit {
	before := len(hits)
	for _, way := range w.ways {
		if len(way.terms) == 1 || way.clusters > 0 {
			continue
		}
		for _, t := range way.terms {
			hits = newWay([]lookup{t}).hits(a, n, hits)
		}
	}
	for i := range hits[before:] {
		hits[before+i].quality = loose
	}
	return hits
}

// hits appends the places where the tokens of a way stand together.
func (w way) hits(a *analysis, word int, hits []hit) []hit {
	for i := range a.parts {
		if end, q := w.at(a, i); q > missing {
			hits = append(hits, hit{a.parts[i].start, a.parts[end-1].end, word, q})
		}
	}
	return hits
}

// compound is what some parts of a text are in one token.
type compound struct {
	from  int // the first part
	token string
}

func (a *analysis) compounds() (found []compound) {
	a.joined(func(from, _ int, token string) { found = append(found, compound{from, token}) })
	return found
}

// joinedHits appends the compounds that the way finds in one token, as far as the way's own token reaches.
func (w way) joinedHits(a *analysis, compounds []compound, word int, hits []hit) []hit {
	if len(w.terms) > 1 || w.clusters > 0 {
		return hits
	}
	for _, c := range compounds {
		q := w.terms[0].meets(c.token)
		if q == missing {
			continue
		}
		last := c.from
		for a.parts[last].to < a.parts[c.from].from+len(w.run) {
			last++
		}
		hits = append(hits, hit{a.parts[c.from].start, a.parts[last].end, word, w.limit(q)})
	}
	return hits
}

// at says how well the parts from i on meet the way, and where they end.
func (w way) at(a *analysis, i int) (end int, q quality) {
	end = i + max(len(w.terms), w.clusters)
	if end > len(a.parts) {
		return 0, missing
	}
	q = exact
	for k, t := range w.terms {
		met := t.meets(a.token(i + k))
		if met == begun && k < len(w.terms)-1 {
			met = missing // a word in the middle is whole where the words stand together
		}
		if q = min(q, met); q == missing {
			return 0, missing
		}
	}
	return end, w.limit(q)
}

func (t lookup) meets(token string) quality {
	switch {
	case token == t.token:
		return exact
	case t.prefix && strings.HasPrefix(token, t.token):
		return begun
	}
	return missing
}

// tally counts hits by word and quality, so that a window over many hits moves in steps.
type tally [MaxWords][qualities]int

// sum adds up how well each word is met by the best of its hits.
func (t *tally) sum() (sum quality) {
	for _, counts := range t {
		for q := exact; q > missing; q-- {
			if counts[q] > 0 {
				sum += q
				break
			}
		}
	}
	return sum
}

func sum(hits []hit) quality {
	var t tally
	for _, h := range hits {
		t[h.word][h.quality]++
	}
	return t.sum()
}

// densest gives the hit to begin with, so that the snippet meets as many words as it can.
func densest(text string, hits []hit) hit {
	var best hit
	var most quality
	var t tally
	for i, end := 0, 0; i < len(hits); i++ {
		for end < len(hits) && (end == i || near(text[hits[i].start:hits[end].end])) {
			t[hits[end].word][hits[end].quality]++
			end++
		}
		if sum := t.sum(); sum > most {
			best, most = hits[i], sum
		}
		t[hits[i].word][hits[i].quality]--
	}
	return best
}

// near reports whether the stretch from one hit to another fits into a snippet.
func near(stretch string) bool {
	const room = maxSnippet - lead - 2
	return len(stretch) <= room || len(stretch) <= room*utf8.UTFMax && utf8.RuneCountInString(stretch) <= room
}

// cut chooses the bytes of the snippet around a hit, at the edges of words or clusters.
func (a *analysis) cut(text string, h hit) (start, end int) {
	if utf8.RuneCountInString(text) <= maxSnippet {
		return 0, len(text)
	}
	start = a.wordFrom(back(text, h.start, lead), h.start)
	end = forward(text, start, maxSnippet-2)
	if end == len(text) {
		return a.wordFrom(back(text, end, maxSnippet-2), h.start), end
	}
	return start, a.wordUntil(end, h.start)
}

// wordFrom gives the first beginning of a word in [at, latest]; zero stays, as there the text itself begins.
func (a *analysis) wordFrom(at, latest int) int {
	if at == 0 {
		return 0
	}
	for _, p := range a.parts {
		if p.start >= at && p.start <= latest && (p.glue == 0 || p.cluster) {
			return p.start
		}
	}
	return latest
}

// wordUntil gives the last end of a word in (after, at], or at itself within a word that is longer than the snippet.
func (a *analysis) wordUntil(at, after int) int {
	end := after
	for i, p := range a.parts {
		whole := i+1 == len(a.parts) || a.parts[i+1].glue == 0 || p.cluster
		if p.end <= at && p.end > end && whole {
			end = p.end
		}
	}
	if end == after {
		return at
	}
	return end
}

// back gives the place n runes before at.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// forward gives the place n runes after at.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// mark writes text[start:end] as HTML. Hits that overlap or touch become one mark.
func mark(text string, hits []hit, start, end int) string {
	var b strings.Builder
	if start > 0 {
		b.WriteString(ellipsis)
	}
	at := start
	for i := 0; i < len(hits); {
		from, to := max(hits[i].start, at), hits[i].end
		for i++; i < len(hits) && hits[i].start <= to; i++ {
			to = max(to, hits[i].end)
		}
		if to = min(to, end); from >= to {
			continue
		}
		b.WriteString(html.EscapeString(text[at:from]))
		b.WriteString("<mark>" + html.EscapeString(text[from:to]) + "</mark>")
		at = to
	}
	b.WriteString(html.EscapeString(text[at:end]))
	if end < len(text) {
		b.WriteString(ellipsis)
	}
	return b.String()
}

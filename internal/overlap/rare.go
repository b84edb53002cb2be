package overlap

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Rare gives the words of a title that fewer than so many activities of the index have, the rarest first, at most so many.
func (x *Index) Rare(title string, most, below int) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	type word struct {
		text string
		df   int
	}
	var rare []word
	for _, text := range strings.FieldsFunc(clip(title, mostTitleBytes), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) }) {
		if df, is := x.often(text); is && df < below && !slices.ContainsFunc(rare, func(w word) bool { return w.text == text }) {
			rare = append(rare, word{text, df})
		}
	}
	slices.SortStableFunc(rare, func(a, b word) int { return cmp.Compare(a.df, b.df) })
	out := []string{}
	for _, w := range rare[:min(most, len(rare))] {
		out = append(out, w.text)
	}
	return out
}

// often is how many activities have a word; there is none in a text that says nothing.
func (x *Index) often(text string) (df int, is bool) {
	r := x.ready(&Activity{Title: text})
	for _, id := range r.list(titleWords) {
		is = true
		if id >= 0 {
			df = max(df, int(x.corpus.df[id]))
		}
	}
	return df, is
}

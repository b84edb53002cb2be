package overlap

import (
	"cmp"
	"maps"
	"slices"

	"adam/internal/term"
)

// mostRare is how many of the rarest words that two titles share are told.
const mostRare = 3

// Saw tells what is compared of two activities: the levels of their fields, the rare words of both titles, and what each
// title says that the other does not.
func (x *Index) Saw(a, b Activity) (term.PairSeen, term.PairLesson) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	ra, rb := x.ready(&a), x.ready(&b)
	return x.saw(&ra, &rb)
}

// sawPlaces is Saw for two activities that the index holds; ok is false where it does not.
func (x *Index) sawPlaces(a, b string) (seen term.PairSeen, lesson term.PairLesson, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	i, okA := x.places[a]
	j, okB := x.places[b]
	if !okA || !okB {
		return seen, lesson, false
	}
	seen, lesson = x.saw(&x.records[i], &x.records[j])
	return seen, lesson, true
}

func (x *Index) saw(a, b *record) (term.PairSeen, term.PairLesson) {
	v := x.judge(a, b, everything)
	return term.PairSeen{Weights: x.model.Version, Same: v.g.named(), Assist: v.l.named(), Reasons: x.met(a, b).words(), Rare: x.rare(a, b), Titles: x.corpus.records},
		term.PairLesson{x.only(a, b), x.only(b, a)}
}

// named gives the levels by their names, as in weights.tsv; what one side leaves open is left out.
func (g *agreement) named() map[string]string {
	out := map[string]string{}
	for f, l := range g {
		if l != missing {
			out[fieldNames[f]] = levels[f][l]
		}
	}
	return out
}

func (l *assistance) named() map[string]string {
	out := map[string]string{}
	for f, v := range l {
		if v != missing {
			out[assistNames[f]] = assistLevels[f][v]
		}
	}
	return out
}

// levelsOf reads levels by their names. A name that this version of the program does not know counts as left open.
func levelsOf(seen *term.PairSeen) (g agreement, l assistance) {
	for name, level := range seen.Same {
		if f, v, ok := place(fieldNames[:], levels[:], name, level); ok {
			g[f] = uint8(v)
		}
	}
	for name, level := range seen.Assist {
		if f, v, ok := place(assistNames[:], assistLevels[:], name, level); ok {
			l[f] = uint8(v)
		}
	}
	return g, l
}

// rare are the rarest words that both titles have.
func (x *Index) rare(a, b *record) []term.RareWord {
	c := x.corpus
	var shared []int32
	for _, id := range a.list(titleWords) {
		if slices.Contains(b.list(titleWords), id) && id >= 0 && int(id) < len(c.keys) {
			shared = append(shared, id)
		}
	}
	slices.SortFunc(shared, func(a, b int32) int { return cmp.Or(cmp.Compare(c.tellsOf(b), c.tellsOf(a)), cmp.Compare(a, b)) })
	out := []term.RareWord{}
	for _, id := range shared[:min(len(shared), mostRare)] {
		out = append(out, term.RareWord{Word: c.keys[id], Titles: int(c.titleDF[id])})
	}
	return out
}

// only are the words of the title of a that the title of b lacks, as the corpus knows them. Words of the dictionary need no
// lesson.
func (x *Index) only(a, b *record) []string {
	c, out := x.corpus, []string{}
	for _, id := range a.list(titleSenses) {
		if id >= 0 && int(id) < len(c.keys) && c.class[id] == plainWord && !slices.Contains(b.list(titleSenses), id) {
			out = append(out, c.keys[id])
		}
	}
	slices.Sort(out)
	return out
}

// leastTaught is how strongly decisions must say of two words that they mean the same.
const leastTaught = 0.5

// taughtBy finds in the lessons of pairs that are one activity which words mean the same: of a pair in which each title
// has one word that the other lacks these two, of longer ones those that come together again and again.
func taughtBy(lessons []term.PairLesson) []term.TaughtWords {
	times := map[[2]string]float64{}
	for _, l := range lessons {
		for _, a := range l[0] {
			for _, b := range l[1] {
				times[[2]string{min(a, b), max(a, b)}] += 1 / float64(max(len(l[0]), len(l[1])))
			}
		}
	}
	out := []term.TaughtWords{}
	for _, p := range slices.SortedFunc(maps.Keys(times), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		if n := times[p]; n >= leastTaught {
			out = append(out, term.TaughtWords{A: p[0], B: p[1], Times: float64(int(n*100+0.5)) / 100})
		}
	}
	return out
}

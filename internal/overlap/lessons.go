package overlap

import (
	"cmp"
	"context"
	"math"
	"slices"

	"adam/internal/term"
)

// sample chooses the records that words are learnt from, by their ids.
func sample(records []record) [][]int32 {
	order := make([]int32, len(records))
	for i := range order {
		order[i] = int32(i)
	}
	if len(order) > mostSampled {
		lots := make([]int64, len(order)) // a number made of the id, then the place, which is by what a record is
		for i := range records {
			lots[i] = int64(code32(records[i].id))<<32 | int64(i)
		}
		slices.Sort(lots)
		order = order[:mostSampled]
		for i := range order {
			order[i] = int32(lots[i] & math.MaxUint32)
		}
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Compare(records[i].id, records[j].id) })
	out := make([][]int32, len(order))
	for i, k := range order {
		out[i] = slices.Concat(records[k].list(bodySenses), records[k].list(themeCodes))
	}
	return append(out, reportedTwice(records, order)...)
}

// reportedTwice gives the words of pairs of activities that are surely one, by all that is not text: State, donor, and
// both days. Two reports of one activity in two words, or two languages, teach that these mean one thing.
func reportedTwice(records []record, order []int32) [][]int32 {
	groups := map[uint64][]int32{}
	var keys []uint64
	for _, k := range order {
		r := &records[k]
		if !r.start.known() || !r.fin.known() || r.start.first != r.start.last || r.fin.first != r.fin.last || len(r.list(stateCodes)) == 0 || len(r.list(donorGroups)) == 0 {
			continue
		}
		h := mix(byStart, r.start.first, r.fin.first, 0)
		for _, x := range slices.Concat(r.list(stateCodes), r.list(donorGroups)) {
			h = mix(byParties, int32(h), int32(h>>32), x)
		}
		if groups[h] == nil {
			keys = append(keys, h)
		}
		groups[h] = append(groups[h], k)
	}
	var out [][]int32
	for _, h := range keys {
		if g := groups[h]; len(g) == 2 {
			out = append(out, slices.Concat(records[g[0]].list(bodySenses), records[g[1]].list(bodySenses)))
		}
	}
	return out
}

// lessons is how often the words of a pair are read that is one activity, taught or likely.
const lessons = 3

// together gives words that decisions taught to mean the same, each pair as often as it was taught, in their order.
func (c *corpus) together(taught []term.TaughtWords) (out [][]int32) {
	for _, t := range taught {
		a, b := c.id(t.A), c.id(t.B)
		if a < 0 || b < 0 {
			continue
		}
		for range lessons * max(1, int(t.Times)) {
			out = append(out, []int32{a, b})
		}
	}
	return out
}

// How words are learnt from pairs that the model, so far, takes for one activity.
const (
	mostTaught = 20_000 // records among which such pairs are looked for
	surely     = 0.8    // the score from which they are believed
)

// likelyTwice gives pairs that are likely one activity, by all that the model knows before it knows which words
// mean the same: what they call one thing in two ways, or in two languages, does. Where there are many records, whole years
// of a State are taken, so that both reports are there.
func (x *Index) likelyTwice() (out [][2]*record) {
	var some []record
	share := uint64(1 + len(x.records)/mostTaught)
	for i := range x.records {
		r := &x.records[i]
		if states := r.list(stateCodes); len(states) > 0 && r.start.known() && mix(byStart, states[0], r.start.year(), 0)%share == 0 {
			some = append(some, *r)
		}
	}
	y := &Index{corpus: x.corpus, model: x.model, sieve: x.sieve}
	y.place(some)
	y.fixed = build(y.corpus, some)
	pairs, err := y.scan(context.Background(), term.OverlapSameActivity, surely)
	if err != nil {
		return nil
	}
	for _, p := range pairs {
		out = append(out, [2]*record{&some[y.places[p.A]], &some[y.places[p.B]]})
	}
	return out
}

// steady makes the words count less that one report of an activity has and the other lacks, without anything like them: they
// say little of what it is. "Seminar" becomes "round table" from one report to the next, "judges" hardly "police".
func (c *corpus) steady(twice [][2]*record) {
	kept, seen := make([]float32, len(c.keys)), make([]float32, len(c.keys))
	var all, topic sides
	for _, p := range twice {
		x, y := p[0].list(titleSenses), p[1].list(titleSenses)
		if len(x) == 0 || len(y) == 0 {
			continue
		}
		c.align(x, y, &all, &topic)
		if alikeAll(all.x[:len(x)]) && alikeAll(all.y[:len(y)]) {
			continue // said in the same words: it teaches nothing about words
		}
		for i, w := range x {
			kept[w], seen[w] = kept[w]+all.x[i], seen[w]+1
		}
		for j, v := range y {
			kept[v], seen[v] = kept[v]+all.y[j], seen[v]+1
		}
	}
	for id := range c.keys {
		if c.class[id] == plainWord && seen[id] > 0 {
			share := (kept[id] + doubt) / (seen[id] + doubt)
			c.weight[id] *= max(leastShare, share*share*share*share)
		}
	}
}

func alikeAll(near []float32) bool {
	return !slices.ContainsFunc(near, func(s float32) bool { return s < 1 })
}

// leastShare is what is left at least of a word's weight: it may be one whose like is not known yet.
const leastShare = 0.1

// doubt is how many reports are taken to have kept each word before any is looked at: a few say little yet.
const doubt = 5

package overlap

import (
	"cmp"
	"slices"
)

// sample chooses the records that words are learnt from, by their ids.
func sample(records []record) [][]int32 {
	order := make([]int32, len(records))
	for i := range order {
		order[i] = int32(i)
	}
	if len(order) > mostSampled {
		slices.SortFunc(order, func(i, j int32) int {
			return cmp.Or(cmp.Compare(code32(records[i].id), code32(records[j].id)), cmp.Compare(records[i].id, records[j].id))
		})
		order = order[:mostSampled]
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

// lessons is how often the words of a confirmed pair are read.
const lessons = 3

// together gives the words of confirmed pairs, in the order of their ids.
func (x *Index) together(confirmed [][2]string) (out [][]int32) {
	sorted := slices.Clone(confirmed)
	for i, p := range sorted {
		sorted[i] = [2]string{min(p[0], p[1]), max(p[0], p[1])}
	}
	slices.SortFunc(sorted, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, p := range slices.Compact(sorted) {
		a, okA := x.places[p[0]]
		b, okB := x.places[p[1]]
		if !okA || !okB {
			continue
		}
		words := slices.Concat(x.records[a].list(bodySenses), x.records[b].list(bodySenses))
		for range lessons {
			out = append(out, words)
		}
	}
	return out
}

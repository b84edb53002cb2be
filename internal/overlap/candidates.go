package overlap

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// The most that is looked at for one record, whatever the catalogue looks like.
const (
	mostUnderKey = 600  // of the records under one key: those that begin nearest in time
	mostSame     = 120  // compared in full, as one activity reported twice, in a catalogue of ten thousand; see most
	mostAssist   = 40   // compared in full, as overlapping assistance
	longest      = 1830 // days that an activity is taken to run at most, where others are looked for that began before it
	grace        = 60   // days between two that still count as one after the other
)

// candidates are the records worth comparing with r, found under its keys; at is its own place, or -1. With after, only
// records that stand after that place are given. They are the desk's until its next search.
func (x *Index) candidates(d *desk, r *record, at int32, after bool) []found {
	d.clear()
	d.keys = x.corpus.probes(r, d.keys[:0])
	position := at
	if at < 0 || int(at) >= x.built {
		position = int32(sort.Search(x.built, func(i int) bool { return x.records[i].start.first >= r.start.first }))
	}
	from, to := x.beside(r)
	for _, k := range d.keys {
		docs := x.fixed.find(k.key)
		switch {
		case after && k.assist:
			docs = x.later(docs, max(position, from)) // one without a start stands before all others
			docs = docs[:x.reach(docs, to)]
		case after:
			docs = x.later(docs, position)
		case k.assist:
			docs = x.near(between(docs, from, to), position)
		default:
			docs = x.near(docs, position)
		}
		d.gather(k, docs)
		if len(x.late) > 0 {
			d.gather(k, x.lateUnder(k.key, r))
		}
	}
	least, n := x.leastRank(), 0
	for i := range d.found {
		if f := &d.found[i]; (f.same > least || f.assist > 0) && f.doc != at && !x.gone[f.doc] {
			d.found[n] = *f
			n++
		}
	}
	return x.best(r, d.found[:n])
}

// beside gives the places of the records that may run at the same time as r: those that begin before it ends, and not long
// before it begins. For one without dates these are all.
func (x *Index) beside(r *record) (from, to int32) {
	first, last, known := run(r)
	if !known {
		return 0, int32(x.built)
	}
	at := func(day int32) int32 {
		return int32(sort.Search(x.built, func(i int) bool { return x.records[i].start.first >= day }))
	}
	return at(first - longest), at(last + grace)
}

// between is the part of a sorted list from one number to before another.
func between(docs []int32, from, to int32) []int32 {
	i, _ := slices.BinarySearch(docs, from)
	j, _ := slices.BinarySearch(docs, to)
	return docs[i:max(i, j)]
}

// reach is how many of a sorted list are before a number. It begins to look where that would be if the list were even.
func (x *Index) reach(docs []int32, number int32) int {
	from, to := 0, len(docs)
	at := 0
	if x.built > 0 {
		at = int(int64(len(docs)) * int64(number) / int64(x.built))
	}
	for step := 8; at >= from && at < to; step *= 2 {
		if docs[at] < number {
			from = at + 1
			at += step
		} else {
			to = at
			at -= step
		}
	}
	n, _ := slices.BinarySearch(docs[from:to], number)
	return from + n
}

// later is the part of a list that begins at a place, where the list is long up to where it is far from there.
func (x *Index) later(docs []int32, position int32) []int32 {
	i := x.reach(docs, position)
	return docs[i:min(len(docs), i+mostUnderKey/2)]
}

// near is the part of a list that begins nearest in time, where the list is long.
func (x *Index) near(docs []int32, position int32) []int32 {
	if len(docs) <= mostUnderKey {
		return docs
	}
	from := max(0, min(x.reach(docs, position)-mostUnderKey/2, len(docs)-mostUnderKey))
	return docs[from : from+mostUnderKey]
}

// lateUnder gives the later records under a key, where there are many those that begin nearest in time.
func (x *Index) lateUnder(k uint64, r *record) []int32 {
	docs := x.late[k]
	if len(docs) <= mostUnderKey {
		return docs
	}
	near := slices.Clone(docs)
	slices.SortFunc(near, func(i, j int32) int {
		a, b := &x.records[i], &x.records[j]
		return cmp.Or(cmp.Compare(abs(a.start.first-r.start.first), abs(b.start.first-r.start.first)), cmp.Compare(a.id, b.id))
	})
	return near[:mostUnderKey]
}

// best keeps the most promising for each of the two questions about r, in no order.
func (x *Index) best(r *record, all []found) []found {
	for i := range all {
		all[i].rank = all[i].same
	}
	least := x.leastRank()
	n := ranked(all[:x.top(all, x.most(mostSame, 9))], least)
	rest := all[n:]
	for i := range rest {
		rest[i].rank = rest[i].assist
	}
	near := rest[:x.top(rest, nearest*x.most(mostAssist, 1.5))]
	for i := range near {
		near[i].rank += directed * max(0, cosine(r, &x.records[near[i].doc]))
	}
	near = near[:x.top(near, x.most(mostAssist, 1.5))]
	return all[:n+ranked(near, least)]
}

// ranked brings those above a rank to the front, and tells how many these are.
func ranked(all []found, least float32) int {
	n := 0
	for i := range all {
		if all[i].rank > least {
			all[n], all[i] = all[i], all[n]
			n++
		}
	}
	return n
}

// Of those that may give the same assistance, so many times more than are compared are ranked by the direction of their texts
// too, which counts as much as this information.
const (
	nearest  = 4
	directed = 12
)

// most is how many of the best are compared in full: in a large catalogue, where rare words tell more and time is short,
// fewer are, the more so the larger fall is.
func (x *Index) most(base int, fall float64) int {
	return max(8, int(float64(base)/(1+fall*max(0, math.Log10(float64(x.built+1))-4))))
}

// leastRank is the rank up to which candidates are passed over: in a small catalogue none that shares anything, in a large one
// those that share one common word, or the same month and no more.
func (x *Index) leastRank() float32 { return float32(max(0, 2.5*(math.Log10(float64(x.built+1))-4))) }

// steps is into how many steps ranks are sorted to find the most promising ones without comparing all.
const steps = 1024

// top brings the k of the highest rank to the front, in no order, and tells how many these are.
func (x *Index) top(all []found, k int) int {
	if len(all) <= k {
		return len(all)
	}
	least, above := leastStep(all, k)
	sure, at := 0, 0 // before sure stand those above the step of the last, before at those in it, too
	for i := range all {
		switch s := stepOf(&all[i]); {
		case s > least:
			all[i], all[at] = all[at], all[i]
			all[at], all[sure] = all[sure], all[at]
			sure, at = sure+1, at+1
		case s == least:
			all[i], all[at] = all[at], all[i]
			at++
		}
	}
	x.chosen(all[sure:at], k-above)
	return k
}

func stepOf(f *found) int { return min(int(f.rank*8), steps-1) }

// leastStep is the step in which the k-th of the highest rank is, and how many stand above it.
func leastStep(all []found, k int) (least, above int) {
	var counts [steps]int32
	for i := range all {
		counts[stepOf(&all[i])]++
	}
	for least = steps - 1; least > 0 && above+int(counts[least]) < k; least-- {
		above += int(counts[least])
	}
	return least, above
}

// chosen brings the k of the highest rank to the front, in no order: Hoare's selection.
func (x *Index) chosen(all []found, k int) {
	for len(all) > 1 && k > 0 && k < len(all) {
		pivot := all[len(all)/2]
		i, j := 0, len(all)-1
		for i <= j {
			for x.ahead(&all[i], &pivot) {
				i++
			}
			for x.ahead(&pivot, &all[j]) {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k <= j:
			all = all[:j+1]
		case k > i:
			all, k = all[i:], k-i
		default:
			return
		}
	}
}

// ahead tells that one is more promising than another. No two are alike: their records differ.
func (x *Index) ahead(a, b *found) bool {
	if a.rank != b.rank {
		return a.rank > b.rank
	}
	return x.before(a.doc, b.doc) < 0
}

// before orders two records by what they are, not by when they came.
func (x *Index) before(a, b int32) int {
	if int(a) < x.built && int(b) < x.built {
		return cmp.Compare(a, b)
	}
	return cmp.Or(cmp.Compare(x.records[a].start.first, x.records[b].start.first), cmp.Compare(x.records[a].id, x.records[b].id))
}

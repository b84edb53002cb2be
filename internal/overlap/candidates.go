package overlap

import (
	"cmp"
	"slices"
	"sort"
)

// The most that is looked at for one record, whatever the catalogue looks like.
const (
	mostUnderKey = 1500 // of the records under one key: those that begin nearest in time
	mostSame     = 40   // compared in full, as one activity reported twice
	mostAssist   = 60   // compared in full, as overlapping assistance
)

// desk is the working memory of one search.
type desk struct {
	same, assist []float32
	why          []why
	touched      []int32
	keys         []key
	found        []found
}

// found is one candidate.
type found struct {
	doc          int32
	why          why
	same, assist float32
}

func (x *Index) newDesk() *desk {
	n := len(x.records)
	return &desk{same: make([]float32, n), assist: make([]float32, n), why: make([]why, n)}
}

// candidates are the records worth comparing with r, found under its keys; at is its own place, or -1. With after, only
// records that stand after that place are given.
func (x *Index) candidates(d *desk, r *record, at int32, after bool) []found {
	d.keys = x.probes(r, d.keys[:0])
	position := at
	if at < 0 || int(at) >= x.built {
		position = int32(sort.Search(x.built, func(i int) bool { return x.records[i].start.first >= r.start.first }))
	}
	for _, k := range d.keys {
		x.gather(d, k, window(x.fixed.find(k.key), position, after))
		if len(x.late) > 0 {
			x.gather(d, k, x.lateUnder(k.key, r))
		}
	}
	d.found = d.found[:0]
	for _, doc := range d.touched {
		if doc != at && !x.gone[doc] && x.records[doc].id != r.id {
			d.found = append(d.found, found{doc, d.why[doc], d.same[doc], d.assist[doc]})
		}
		d.same[doc], d.assist[doc], d.why[doc] = 0, 0, 0
	}
	d.touched = d.touched[:0]
	return x.best(d.found)
}

func (x *Index) gather(d *desk, k key, docs []int32) {
	for _, doc := range docs {
		if d.why[doc] == 0 {
			d.touched = append(d.touched, doc)
		}
		d.why[doc] |= k.why
		if k.assist {
			d.assist[doc] += k.weight
			d.same[doc] += k.weight * 0.4
		} else {
			d.same[doc] += k.weight
		}
	}
}

// window is the part of a list that begins nearest in time, where the list is long.
func window(docs []int32, position int32, after bool) []int32 {
	i, _ := slices.BinarySearch(docs, position)
	if after {
		return docs[i:min(len(docs), i+mostUnderKey/2)]
	}
	if len(docs) <= mostUnderKey {
		return docs
	}
	from := max(0, min(i-mostUnderKey/2, len(docs)-mostUnderKey))
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

// best keeps the most promising for each of the two questions.
func (x *Index) best(all []found) []found {
	if len(all) <= mostSame {
		return all
	}
	byID := func(a, b found) int { return cmp.Compare(x.records[a.doc].id, x.records[b.doc].id) }
	slices.SortFunc(all, func(a, b found) int { return cmp.Or(cmp.Compare(b.same, a.same), byID(a, b)) })
	rest := all[mostSame:]
	slices.SortFunc(rest, func(a, b found) int { return cmp.Or(cmp.Compare(b.assist, a.assist), byID(a, b)) })
	n := 0
	for n < len(rest) && n < mostAssist && rest[n].assist > 0 {
		n++
	}
	return all[:mostSame+n]
}

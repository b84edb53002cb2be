package overlap

import (
	"math/bits"
	"slices"
)

// postings are the records under each key: the numbers of those of key i are docs[from[i]:from[i+1]], ascending, which is
// by start date.
type postings struct {
	keys  []uint64
	from  []uint32
	docs  []int32
	top   []int32 // where the keys with each first bits begin
	shift uint    // a key is moved by this to leave its first bits: as many as leave a few keys to look among
}

type posting struct {
	key uint64
	doc int32
}

// shards is into how many parts keys are divided, by their first bits, to be sorted one by one.
const shards = 64

// build sorts the keys of all records. Room is counted first, since the keys of a million records fill most of the memory.
func build(c *corpus, records []record) postings {
	pieces := workers()
	n := len(records)
	counts := make([][shards]int, pieces)
	inPieces(n, pieces, func(p, from, to int) {
		c.eachKey(records[from:to], from, func(k uint64, _ int32) { counts[p][k>>58]++ })
	})
	lists := make([][]posting, shards)
	next := make([][shards]int, pieces)
	for s := range shards {
		whole := 0
		for p := range pieces {
			next[p][s] = whole
			whole += counts[p][s]
		}
		lists[s] = make([]posting, whole)
	}
	inPieces(n, pieces, func(p, from, to int) {
		c.eachKey(records[from:to], from, func(k uint64, doc int32) {
			s := k >> 58
			lists[s][next[p][s]] = posting{k, doc}
			next[p][s]++
		})
	})
	inPieces(shards, pieces, func(_, from, to int) {
		for s := from; s < to; s++ {
			slices.SortFunc(lists[s], func(a, b posting) int {
				switch {
				case a.key < b.key:
					return -1
				case a.key > b.key:
					return 1
				}
				return int(a.doc - b.doc)
			})
			lists[s] = slices.Compact(lists[s])
		}
	})
	return join(lists)
}

// eachKey gives the keys of records, the first of which stands at a place.
func (c *corpus) eachKey(records []record, at int, f func(key uint64, doc int32)) {
	var buffer []key
	for i := range records {
		buffer = c.keysOf(&records[i], buffer[:0])
		for _, k := range buffer {
			f(k.key, int32(at+i))
		}
	}
}

func join(lists [][]posting) postings {
	n, different := 0, 0
	for _, l := range lists {
		n += len(l)
		for i := range l {
			if i == 0 || l[i].key != l[i-1].key {
				different++
			}
		}
	}
	first := max(8, bits.Len(uint(different))-3)
	p := postings{keys: make([]uint64, 0, different), from: make([]uint32, 0, different+1), docs: make([]int32, 0, n), top: make([]int32, 1<<first+1), shift: uint(64 - first)}
	for s, l := range lists {
		for _, e := range l {
			if k := len(p.keys); k == 0 || p.keys[k-1] != e.key {
				p.keys, p.from = append(p.keys, e.key), append(p.from, uint32(len(p.docs)))
			}
			p.docs = append(p.docs, e.doc)
		}
		lists[s] = nil
	}
	p.from = append(p.from, uint32(len(p.docs)))
	next := 0
	for i, k := range p.keys {
		for ; next <= int(k>>p.shift); next++ {
			p.top[next] = int32(i)
		}
	}
	for ; next < len(p.top); next++ {
		p.top[next] = int32(len(p.keys))
	}
	return p
}

// find gives the records under a key.
func (p *postings) find(k uint64) []int32 {
	first := k >> p.shift
	for i, to := p.top[first], p.top[first+1]; i < to && p.keys[i] <= k; i++ {
		if p.keys[i] == k {
			return p.docs[p.from[i]:p.from[i+1]]
		}
	}
	return nil
}

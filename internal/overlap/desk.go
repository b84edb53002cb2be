package overlap

// found is one candidate and what speaks for looking at it.
type found struct {
	doc          int32
	why          why
	same, assist float32
	rank         float32 // the one that counts now
}

// desk is the working memory of one search: small, so that it stays near the processor however large the index is.
type desk struct {
	keys  []key
	found []found
	slots []int32 // where each record stands in found, counted from 1; at least twice as many as records found
}

// leastSlots is how many slots a search begins with.
const leastSlots = 1 << 12

func newDesk() *desk { return &desk{slots: make([]int32, leastSlots)} }

// clear makes the desk ready for the next search.
func (d *desk) clear() {
	d.found = d.found[:0]
	d.slots = d.slots[:min(len(d.slots), 4*leastSlots)]
	clear(d.slots)
}

// gather adds to each of the records under a key what the key weighs.
func (d *desk) gather(k key, docs []int32) {
	same, assist := k.weight, float32(0)
	if k.assist {
		same, assist = k.weight*0.4, k.weight
	}
	for _, doc := range docs {
		f := d.of(doc)
		f.why |= k.why
		f.same += same
		f.assist += assist
	}
}

// of gives what is found of a record: nothing yet where it is new.
func (d *desk) of(doc int32) *found {
	at := d.slot(doc)
	if n := d.slots[at]; n > 0 {
		return &d.found[n-1]
	}
	d.found = append(d.found, found{doc: doc})
	d.slots[at] = int32(len(d.found))
	if 2*len(d.found) > len(d.slots) {
		d.grow()
	}
	return &d.found[len(d.found)-1]
}

// slot is the one that a record has, or the free one that it would get: numbers are scattered, and go on to the next.
func (d *desk) slot(doc int32) uint32 {
	last := uint32(len(d.slots) - 1)
	at := uint32(doc) * 0x9E3779B1 >> 8 & last
	for d.slots[at] > 0 && d.found[d.slots[at]-1].doc != doc {
		at = (at + 1) & last
	}
	return at
}

// grow doubles the slots.
func (d *desk) grow() {
	d.slots = make([]int32, 2*len(d.slots))
	for i := range d.found {
		d.slots[d.slot(d.found[i].doc)] = int32(i + 1)
	}
}

package overlap

// why tells by what two activities met: the reason that they were compared at all.
type why uint16

const (
	byWord why = 1 << iota
	bySense
	byStart
	byMoney
	byIdentifier
	byParties
	byWordAnywhere
	byDirection
	byDonorDay
	bySum
)

// key is one thing under which an activity is found.
type key struct {
	key    uint64
	why    why
	weight float32
	assist bool // it leads to assistance on the same subject, too
}

func mix(kind why, a, b, c int32) uint64 {
	h := uint64(kind)*0x9E3779B97F4A7C15 ^ uint64(uint32(a))<<32 ^ uint64(uint32(b))
	h ^= uint64(uint32(c)) * 0xC2B2AE3D27D4EB4F
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 32
	h *= 0x94D049BB133111EB
	return h ^ h>>29
}

const (
	keyWords  = 7 // of the title, the rarest
	keySenses = 9 // of the whole text, the rarest
	anywhere  = 3 // words of the title that are looked up in all States
	everyone  = int32(0)
	nowhere   = int32(1) // stands for the States of activities that name none
)

// keysOf are what an activity is stored under. The probes that find it are the same and their neighbours.
func (c *corpus) keysOf(r *record, out []key) []key {
	var roomW [keyWords]int32
	var roomS [keySenses]int32
	words, senses := c.rarest(r.list(titleWords), roomW[:]), c.rarest(r.list(bodySenses), roomS[:])
	for _, w := range words {
		weight := 0.6 * c.natsOf(w) * factor(c.classOf(w))
		out = append(out, key{mix(byWordAnywhere, everyone, w, 0), byWordAnywhere, weight, false})
		if len(r.list(stateCodes)) == 0 {
			out = append(out, key{mix(byWordAnywhere, nowhere, w, 0), byWordAnywhere, weight, false})
		}
	}
	out = factKeys(r, out)
	for _, id := range r.list(identifiers) {
		out = append(out, key{mix(byIdentifier, everyone, id, 0), byIdentifier, 12, false})
	}
	for _, s := range r.list(stateCodes) {
		for _, w := range words {
			out = append(out, key{mix(byWord, s, w, 0), byWord, c.natsOf(w) * factor(c.classOf(w)), false})
		}
		for _, w := range senses {
			if c.classOf(w) != formWord {
				out = append(out, key{mix(bySense, s, w, 0), bySense, 0.7 * c.natsOf(w), true})
			}
		}
		for _, d := range directions(r) {
			out = append(out, key{mix(byDirection, s, d, 0), byDirection, 1.5, true})
		}
		if r.start.known() && r.start.last-r.start.first < 40 {
			out = append(out, key{mix(byStart, s, r.start.month(), 0), byStart, 2, false})
		}
		if r.start.known() {
			for _, g := range r.list(donorGroups) {
				out = append(out, key{mix(byParties, s, g, r.start.year()), byParties, 2, false})
			}
		}
		if r.total > 0 {
			out = append(out, key{mix(byMoney, s, r.currency, moneyStep(r.total)), byMoney, 2, false})
		}
	}
	return out
}

// factKeys are keys of what is rarely common to two activities by chance, in whatever State: the donor and the day, a sum.
func factKeys(r *record, out []key) []key {
	if r.start.known() && r.start.first == r.start.last {
		for _, g := range r.list(donorGroups) {
			out = append(out, key{mix(byDonorDay, everyone, g, r.start.first), byDonorDay, 3, false})
		}
	}
	if r.total > 0 {
		out = append(out, key{mix(bySum, everyone, r.currency, int32(r.total^r.total>>32)), bySum, 3, false})
	}
	return out
}

// probes are the keys under which like activities may stand.
func (c *corpus) probes(r *record, out []key) []key {
	stored := len(out)
	out = c.keysOf(r, out)
	if len(r.list(stateCodes)) > 0 {
		out = c.elsewhere(r, out, stored)
	}
	for _, s := range r.list(stateCodes) {
		if r.start.known() && r.start.last-r.start.first < 40 {
			for _, d := range []int32{-1, 1} {
				out = append(out, key{mix(byStart, s, r.start.month()+d, 0), byStart, 1.5, false})
			}
		}
		if r.start.known() {
			for _, g := range r.list(donorGroups) {
				for _, d := range []int32{-1, 1} {
					out = append(out, key{mix(byParties, s, g, r.start.year()+d), byParties, 1, false})
				}
			}
		}
		if r.total > 0 {
			for _, d := range []int32{-1, 1} {
				out = append(out, key{mix(byMoney, s, r.currency, moneyStep(r.total)+d), byMoney, 1.5, false})
			}
		}
	}
	return out
}

// directions are the axes along which a record's text points most, and which way.
func directions(r *record) (out [3]int32) {
	var size [3]int32
	for k, v := range r.vector {
		axis, n := int32(k)+1, int32(v)
		if n < 0 {
			axis, n = -axis, -n
		}
		for i := range out {
			if n > size[i] {
				axis, out[i] = out[i], axis
				n, size[i] = size[i], n
			}
		}
	}
	return out
}

// elsewhere keeps of the words that are looked up in all States the rarest, and looks all up among activities without any.
func (c *corpus) elsewhere(r *record, out []key, from int) []key {
	kept, n := out[:from], 0
	for _, k := range out[from:] {
		if k.why == byWordAnywhere {
			if n++; n > anywhere {
				continue
			}
		}
		kept = append(kept, k)
	}
	var room [keyWords]int32
	for _, w := range c.rarest(r.list(titleWords), room[:]) {
		kept = append(kept, key{mix(byWordAnywhere, nowhere, w, 0), byWordAnywhere, 0.6 * c.natsOf(w) * factor(c.classOf(w)), false})
	}
	return kept
}

// moneyStep is the step of about a twentieth in which a sum stands.
func moneyStep(total int64) int32 {
	n := int32(0)
	for total >= 1<<20 {
		total >>= 1
		n += 16
	}
	for step := int64(1 << 16); total >= step*2; step *= 2 {
		n += 16
	}
	for total < 1<<16 && total > 0 {
		total <<= 1
		n -= 16
	}
	return n + int32((total-1<<16)*16>>16)&15
}

// rarest gives the words that tell most when they are shared, as many as there is room for, the one that tells most first.
func (c *corpus) rarest(ids, room []int32) []int32 {
	n := 0
	for _, id := range ids {
		at, tells := n, c.tellsOf(id)
		for at > 0 && (tells > c.tellsOf(room[at-1]) || tells == c.tellsOf(room[at-1]) && id < room[at-1]) {
			at--
		}
		if at == len(room) {
			continue
		}
		n = min(n+1, len(room))
		copy(room[at+1:n], room[at:n-1])
		room[at] = id
	}
	return room[:n]
}

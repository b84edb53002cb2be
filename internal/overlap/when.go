package overlap

// dates compares two dates at the coarser of their precisions.
func (c *corpus) dates(x, y span) uint8 {
	if !x.known() || !y.known() {
		return missing
	}
	px, py := x.last-x.first, y.last-y.first
	coarse := max(px, py)
	inside := x.first <= y.last && y.first <= x.last
	apart := max(x.first, y.first) - min(x.last, y.last) // days between, below 0 where they may be one
	switch {
	case coarse == 0 && x.first == y.first:
		if c.usualDay(x.first) {
			return 2
		}
		return 1
	case coarse > 0 && coarse < 40 && inside:
		return 3
	case coarse >= 40 && inside:
		return 4
	case coarse >= 40 && apart <= 366:
		return 8
	case apart <= 31:
		return 5
	case apart <= 100:
		return 6
	case apart <= 300:
		return 7
	case apart <= 430:
		return 8
	}
	return 9
}

// inBatch tells that many activities of a record's donor, in its State, begin on its day: donors approve in batches, and
// then a common day means little.
func (c *corpus) inBatch(r *record) bool {
	return c.batches[batchKey(r)] >= leastBatch
}

// leastBatch is how many activities make a batch. More than this many reports of one activity are rare.
const leastBatch = 5

func batchKey(r *record) uint64 {
	s, d := r.list(stateCodes), r.list(donorGroups)
	if len(s) == 0 || len(d) == 0 || !r.start.known() || r.start.first != r.start.last {
		return 0
	}
	return mix(byStart, s[0], d[0], r.start.first)
}

// usual is the level of a common end, where the start is common to many.
func usual(end uint8) uint8 {
	if end == 1 {
		return 2
	}
	return end
}

// usualDay tells a day on which many activities begin or end: a year's first, or one common in the corpus.
func (c *corpus) usualDay(day int32) bool {
	return int(c.days[day]) > 8+c.records/250
}

// spans compares when two activities take place as a whole.
func spans(a, b *record) uint8 {
	if !a.start.known() || !b.start.known() || !a.fin.known() || !b.fin.known() {
		return missing
	}
	lengthA, lengthB := a.fin.last-a.start.first, b.fin.last-b.start.first
	shift := a.start.first - b.start.first
	if shift < 0 {
		a, b, shift = b, a, -shift // now b is not after a
		lengthA, lengthB = lengthB, lengthA
	}
	gap := a.start.first - b.fin.last
	like := float64(abs(lengthA-lengthB)) <= 20+0.06*float64(max(lengthA, lengthB))
	switch {
	case gap > -20 && gap <= 120 && shift > 60:
		return 4
	case like && shift >= 200:
		return 3
	case like && shift <= 45:
		return 1
	case gap > 0:
		return 5
	}
	return 2
}

func abs(x int32) int32 {
	if x < 0 {
		return -x
	}
	return x
}

package overlap

import "slices"

// count counts in how many records and titles each word stands, and how many begin or end on each day.
func (c *corpus) count(records []record) {
	for i := range records {
		c.tally(&records[i], 1)
		records[i].counted = true
	}
	c.countBatches(records)
	for day, n := range c.days {
		if n < leastDays {
			delete(c.days, day)
		}
	}
}

// leastDays is how many activities begin or end on a day that is called common.
const leastDays = 3

// tally counts the words and days of a record by more, or by fewer.
func (c *corpus) tally(r *record, by int32) {
	seen := r.list(bodySenses)
	for _, id := range seen {
		c.df[id] += by
	}
	for _, id := range r.list(themeCodes) {
		c.df[id] += by
	}
	for _, id := range r.list(titleWords) {
		c.titleDF[id] += by
		if !slices.Contains(seen, id) {
			c.df[id] += by
		}
	}
	for _, s := range []span{r.start, r.fin} {
		if s.known() && s.first == s.last {
			c.days[s.first] += by
		}
	}
}

// forget counts a record no longer.
func (c *corpus) forget(r *record) {
	c.tally(r, -1)
	c.records--
	for _, s := range []span{r.start, r.fin} {
		if c.days[s.first] < leastDays {
			delete(c.days, s.first)
		}
	}
	if k := batchKey(r); c.batches[k] > 0 {
		if c.batches[k]--; c.batches[k] < leastBatch {
			delete(c.batches, k)
		}
	}
	for _, l := range []list{titleWords, bodySenses, themeCodes} {
		for _, id := range r.list(l) {
			was := c.nats[id]
			c.nats[id] = c.rarity(c.df[id])
			c.tells[id], c.weight[id] = c.tells[id]*c.nats[id]/was, c.weight[id]*c.nats[id]/was
		}
	}
}

// countBatches finds the batches: runs of one key among all.
func (c *corpus) countBatches(records []record) {
	var keys []uint64
	for i := range records {
		if k := batchKey(&records[i]); k != 0 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for i := 0; i < len(keys); {
		j := i
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		if j-i >= leastBatch {
			c.batches[keys[i]] = int32(j - i)
		}
		i = j
	}
}

package overlap

// sides holds, while two lists of senses are compared, how alike each sense is to the nearest of the other list.
type sides struct {
	x, y [mostBodySenses]float32
}

// compareSenses compares what two titles mean, words used alike counted, and what two texts are about.
func (c *corpus) compareSenses(a, b *record, t *texts) {
	x, y := a.list(titleSenses), b.list(titleSenses)
	near, wanted := t.cosine >= unlike, len(x) > 0 && len(y) > 0
	if !near && t.nats <= 0 || !near && !wanted {
		return
	}
	var all, topic sides
	titles := false
	if wanted {
		titles = c.align(x, y, &all, &topic)
		t.meaning, t.left = c.meaning(x, y, &all)
	}
	if !near {
		return
	}
	if !titles { // one title says only whom and how: the whole texts say more
		x, y, topic = c.aboutOf(a), c.aboutOf(b), sides{}
		c.align(x, y, &all, &topic)
	}
	t.subject = c.subject(x, y, &topic)
}

// align finds the nearest of each sense in the other list: among all, and among those that tell what a text is about. It
// tells whether both lists have such.
func (c *corpus) align(x, y []int32, all, topic *sides) bool {
	topicsX, topicsY := false, false
	var topicalY [mostBodySenses]bool
	for j, v := range y {
		topicalY[j] = c.topical(v)
		topicsY = topicsY || topicalY[j]
		all.y[j], topic.y[j] = 0, 0
	}
	for i, w := range x {
		topical := c.topical(w)
		topicsX = topicsX || topical
		best, bestTopic := float32(0), float32(0)
		for j, v := range y {
			s := c.alike(w, v)
			if s == 0 {
				continue
			}
			best, all.y[j] = max(best, s), max(all.y[j], s)
			if topical && topicalY[j] {
				bestTopic, topic.y[j] = max(bestTopic, s), max(topic.y[j], s)
			}
		}
		all.x[i], topic.x[i] = best, bestTopic
	}
	return topicsX && topicsY
}

// topical tells a sense of what a text is about: neither people nor ways of giving assistance.
func (c *corpus) topical(id int32) bool {
	k := c.classOf(id)
	return k != formWord && k != peopleWord
}

// meaning is how well each sense of one title finds a like one in the other, by weight, both ways; left is the information
// of what finds none, of the title that has less of it: two titles that each say something else are about two things.
func (c *corpus) meaning(x, y []int32, near *sides) (share, left float32) {
	var sum, whole, leftX, leftY float32
	for i, w := range x {
		wt := c.weightOf(w)
		sum, whole = sum+wt*near.x[i], whole+wt
		leftX += (1 - near.x[i]) * c.tellsOf(w)
	}
	for j, v := range y {
		wt := c.weightOf(v)
		sum, whole = sum+wt*near.y[j], whole+wt
		leftY += (1 - near.y[j]) * c.tellsOf(v)
	}
	return sum / whole, min(leftX, leftY)
}

// subject is the share of what two texts are about that they have in common, words used alike counted; people and ways of
// giving assistance are left out.
func (c *corpus) subject(x, y []int32, near *sides) float32 {
	var sum, whole float32
	for i, w := range x {
		if c.topical(w) {
			wt := c.weightOf(w)
			sum, whole = sum+wt*near.x[i], whole+wt
		}
	}
	for j, v := range y {
		if c.topical(v) {
			wt := c.weightOf(v)
			sum, whole = sum+wt*near.y[j], whole+wt
		}
	}
	if whole == 0 {
		return 0
	}
	return sum / whole
}

// aboutOf are the senses of a title, where some of them tell what it is about, else those of the whole text.
func (c *corpus) aboutOf(r *record) []int32 {
	for _, id := range r.list(titleSenses) {
		if c.topical(id) {
			return r.list(titleSenses)
		}
	}
	return r.list(bodySenses)
}

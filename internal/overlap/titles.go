package overlap

import (
	"slices"
	"strings"
)

// texts is what the comparison of two texts found.
type texts struct {
	dice, contained float32 // of the words of the titles, by rarity
	nats            float32 // the information of the shared words
	meaning         float32 // of the titles, words used alike counted
	left            float32 // the information in what each title alone says, of the one that says less
	subject         float32 // the share of what the texts are about that they have in common
	cosine          float32 // of the whole texts
}

// compareTitles fills the levels of the words of title and summary.
func (c *corpus) compareTitles(a, b *record, g *agreement) texts {
	t := c.compareTexts(a, b, promising(g))
	if len(a.list(titleWords)) > 0 && len(b.list(titleWords)) > 0 {
		g[fTitle] = above(t.dice, 0.12, 0.3, 0.45, 0.6, 0.8, 0.995)
		if g[fTitle] < 7 {
			g[fPart] = 1
			if t.contained > 0.97 && t.nats > 3 {
				g[fPart] = 2
			}
		}
		g[fRare] = above(t.nats, 2, 5, 9, 14, 22)
	}
	if a.summary && b.summary {
		g[fSummary] = above(c.sharedSenses(a, b), 0.15, 0.35, 0.6, 0.85)
	}
	return t
}

// compareMeaning fills the level of what the titles mean, which costs most.
func (c *corpus) compareMeaning(a, b *record, g *agreement, t *texts) {
	c.compareSenses(a, b, t)
	if len(a.list(titleSenses)) == 0 || len(b.list(titleSenses)) == 0 {
		return
	}
	g[fMeaning] = above(t.meaning, 0.35, 0.5, 0.65, 0.8, 0.93)
	g[fContrast] = 5
	if t.meaning > 0 {
		g[fContrast] = above(t.left, 1.5, 4, 8, 14)
	}
}

// promising tells that dates or money speak for a pair, so that it is worth looking for slips in the words of its titles.
func promising(g *agreement) bool {
	return g[fStart] == 1 || g[fStart] == 3 || g[fStart] == 5 || g[fMoney] >= 1 && g[fMoney] <= 3
}

func (c *corpus) compareTexts(a, b *record, promising bool) texts {
	var t texts
	x, y := a.list(titleWords), b.list(titleWords)
	var wx, wy, mx, my float32
	var usedY [mostTitleWords]bool
	var restX [mostTitleWords]int32
	nx := 0
	for _, w := range x {
		wx += c.weightOf(w)
	}
	for _, w := range y {
		wy += c.weightOf(w)
	}
	for _, w := range x {
		if j := slices.Index(y, w); j >= 0 {
			usedY[j] = true
			mx, my = mx+c.weightOf(w), my+c.weightOf(w)
			t.nats += c.tellsOf(w)
			continue
		}
		restX[nx] = w
		nx++
	}
	if nx > 0 && len(x)-nx < len(y) && (promising || t.nats > 5) {
		mx, my = c.nearMisses(a, b, restX[:nx], &usedY, mx, my, &t)
	}
	if wx+wy > 0 {
		t.dice = min(1, (mx+my)/(wx+wy))
	}
	if wx > 0 && wy > 0 {
		t.contained = min(1, max(mx/wx, my/wy))
	}
	t.cosine = cosine(a, b)
	return t
}

// unlike is the likeness of directions below which two texts are about different things, and no like words are looked for.
const unlike = 0.15

func factor(k class) float32 {
	if k == formWord {
		return 0.35
	}
	return 1
}

// nearMisses matches what is left of two titles: a slip in a word, a word cut short, an acronym of several words.
func (c *corpus) nearMisses(a, b *record, rest []int32, usedY *[mostTitleWords]bool, mx, my float32, t *texts) (float32, float32) {
	y := b.list(titleWords)
	for _, w := range rest {
		first := c.initialOf(a, w)
		for j, v := range y {
			if usedY[j] || first <= '9' || c.initialOf(b, v) != first {
				continue
			}
			credit := closeWords(c.textOf(a, w), c.textOf(b, v))
			if credit == 0 {
				continue
			}
			usedY[j] = true
			mx, my = mx+credit*c.weightOf(w), my+credit*c.weightOf(v)
			t.nats += credit * min(c.natsOf(w), c.natsOf(v)) * 0.7
			break
		}
	}
	if m := c.acronym(a, b, rest, y, usedY); m > 0 {
		my += m
	}
	left := make([]int32, 0, len(y))
	for j, v := range y {
		if !usedY[j] {
			left = append(left, v)
		}
	}
	var usedX [mostTitleWords]bool
	if m := c.acronym(b, a, left, rest, &usedX); m > 0 {
		mx += m
	}
	return mx, my
}

// acronym looks among words for the first letters of a run of others, and gives the weight of that run.
func (c *corpus) acronym(a, b *record, words, run []int32, used *[mostTitleWords]bool) float32 {
	if len(run) < 3 {
		return 0
	}
	var initials [mostTitleWords]byte
	n := 0
	for j, v := range run {
		if first := c.initialOf(b, v); first != 0 && !used[j] {
			initials[j] = first
			n = j + 1
		}
	}
	for _, w := range words {
		if !slices.Contains(initials[:n], c.initialOf(a, w)) {
			continue
		}
		p := c.textOf(a, w)
		if len(p) < 3 || len(p) > 8 {
			continue
		}
		if i := strings.Index(string(initials[:n]), p); i >= 0 {
			sum := float32(0)
			for j := i; j < i+len(p); j++ {
				used[j] = true
				sum += c.weightOf(run[j])
			}
			return sum
		}
	}
	return 0
}

func (c *corpus) textOf(r *record, id int32) string {
	if id >= 0 && int(id) < len(c.texts) {
		return c.texts[id]
	}
	return r.own[id]
}

// initialOf is the first letter of a word, 0 where it has none. Most words are told apart by it alone.
func (c *corpus) initialOf(r *record, id int32) byte {
	if id >= 0 && int(id) < len(c.initials) {
		return c.initials[id]
	}
	if s := c.textOf(r, id); s != "" {
		return s[0]
	}
	return 0
}

// closeWords is the credit for two words that are not the same: one letter changed, added or lost, or one cut short.
func closeWords(p, q string) float32 {
	if len(p) > len(q) {
		p, q = q, p
	}
	switch {
	case len(p) < 2 || p[0] != q[0] || p[0] <= '9':
		return 0
	case strings.HasPrefix(q, p):
		if len(p) >= 4 || len(p)*2 >= len(q) {
			return 0.8
		}
		if len(p) >= 3 {
			return 0.5
		}
		return 0
	case len(p) >= 5 && len(q)-len(p) <= 1 && oneEdit(p, q):
		return 0.85
	}
	return 0
}

// oneEdit tells whether two words differ by one byte changed, added or lost; p is not the longer.
func oneEdit(p, q string) bool {
	i := 0
	for i < len(p) && p[i] == q[i] {
		i++
	}
	if len(p) == len(q) {
		return i == len(p) || p[i+1:] == q[i+1:]
	}
	return p[i:] == q[i+1:]
}

// sharedSenses is the share of senses that two whole texts have in common, by weight.
func (c *corpus) sharedSenses(a, b *record) float32 {
	x, y := a.list(bodySenses), b.list(bodySenses)
	var both, whole float32
	for _, w := range x {
		wt := c.weightOf(w)
		whole += wt
		if slices.Contains(y, w) {
			both += 2 * wt
		}
	}
	for _, w := range y {
		whole += c.weightOf(w)
	}
	if whole == 0 {
		return 0
	}
	return both / whole
}

package overlap

import (
	"math"
	"slices"
	"strings"
)

// field is one thing that is compared of two activities. Each has a few levels of agreement, named in levels.
type field uint8

const (
	fTitle field = iota
	fPart
	fRare
	fMeaning
	fContrast
	fSummary
	fStart
	fEnd
	fSpan
	fStates
	fDonors
	fImplementers
	fThemes
	fMoney
	fPhase
	fYears
	fNumbers
	fReporter
	fIdentifiers
	fields
)

// missing is level 0 of every field: one side or both say nothing. It weighs nothing.
const missing = 0

// levels names the fields and their levels of agreement, as they stand in weights.tsv and in evidence.
var levels = [fields][]string{
	fTitle:        {"missing", "different", "few words", "some words", "half", "most words", "nearly all", "all words"},
	fPart:         {"missing", "apart", "one in the other"},
	fRare:         {"missing", "nothing rare", "a little rare", "rare", "very rare", "several rare", "many rare"},
	fMeaning:      {"missing", "other", "far", "some", "near", "close", "same"},
	fContrast:     {"missing", "nothing left", "little left", "some left", "much left", "very much left"},
	fSummary:      {"missing", "different", "little", "some", "much", "nearly all"},
	fStart:        {"missing", "same day", "same usual day", "same month", "same year", "within a month", "within three months", "within ten months", "about a year apart", "far apart"},
	fEnd:          {"missing", "same day", "same usual day", "same month", "same year", "within a month", "within three months", "within ten months", "about a year apart", "far apart"},
	fSpan:         {"missing", "same length, same time", "overlapping", "same length, moved", "one follows the other", "apart"},
	fStates:       {"missing", "same", "some shared", "different"},
	fDonors:       {"missing", "same", "same government", "some shared", "different"},
	fImplementers: {"missing", "same", "same government", "some shared", "different"},
	fThemes:       {"missing", "same", "related", "different"},
	fMoney:        {"missing", "equal", "nearly equal", "close", "same scale", "different", "very different"},
	fPhase:        {"missing", "none", "same", "one only", "different"},
	fYears:        {"missing", "none", "same", "one only", "different"},
	fNumbers:      {"missing", "none", "same", "one only", "different"},
	fReporter:     {"missing", "other reporter", "same reporter"},
	fIdentifiers:  {"missing", "shared", "different"},
}

// agreement is the level of each field for one pair.
type agreement [fields]uint8

// texts is what the comparison of two texts found.
type texts struct {
	dice, contained float32 // of the words of the titles, by rarity
	nats            float32 // the information of the shared words
	meaning         float32 // of the titles, words used alike counted
	left            float32 // the information in what each title alone says, of the one that says less
	cosine          float32 // of the whole texts
	shared          []int32 // words of both titles
}

func above(x float32, steps ...float32) uint8 {
	n := uint8(1)
	for _, s := range steps {
		if x < s {
			break
		}
		n++
	}
	return n
}

// compareFacts fills the levels of all fields that are not text.
func (c *corpus) compareFacts(a, b *record) (g agreement) {
	g[fStart], g[fEnd] = c.dates(a.start, b.start), c.dates(a.fin, b.fin)
	if g[fStart] == 1 && c.inBatch(a) {
		g[fStart], g[fEnd] = 2, usual(g[fEnd])
	}
	g[fSpan] = spans(a, b)
	g[fMoney] = money(a, b)
	g[fStates] = sets(a.list(stateCodes), b.list(stateCodes))
	g[fDonors] = parties(a.list(donorIDs), b.list(donorIDs), a.list(donorGroups), b.list(donorGroups))
	g[fImplementers] = parties(a.list(implementerIDs), b.list(implementerIDs), a.list(implementerGroups), b.list(implementerGroups))
	g[fThemes] = themes(a, b)
	g[fPhase], g[fYears] = mark(a.list(phaseMarks), b.list(phaseMarks)), mark(a.list(yearMarks), b.list(yearMarks))
	g[fNumbers] = mark(a.list(numberMarks), b.list(numberMarks))
	if a.reporter != 0 && b.reporter != 0 {
		g[fReporter] = 1
		if a.reporter == b.reporter {
			g[fReporter] = 2
		}
	}
	if x, y := a.list(identifiers), b.list(identifiers); len(x) > 0 && len(y) > 0 {
		g[fIdentifiers] = 2
		if common(x, y) > 0 {
			g[fIdentifiers] = 1
		}
	}
	return g
}

func themes(a, b *record) uint8 {
	x, y := a.list(themeCodes), b.list(themeCodes)
	switch {
	case len(x) == 0 || len(y) == 0:
		return missing
	case common(x, y) > 0:
		return 1
	case common(a.list(themeSenses), b.list(themeSenses)) > 0:
		return 2
	}
	return 3
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
	if len(a.list(titleSenses)) == 0 || len(b.list(titleSenses)) == 0 {
		return
	}
	if t.cosine >= unlike || t.nats > 0 {
		t.meaning, t.left = c.meaning(a.list(titleSenses), b.list(titleSenses))
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
			t.nats += c.natsOf(w) * factor(c.classOf(w))
			t.shared = append(t.shared, w)
			continue
		}
		restX[nx] = w
		nx++
	}
	if nx > 0 && len(t.shared) < len(y) && (promising || t.nats > 5) {
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
		p := c.textOf(a, w)
		for j, v := range y {
			if usedY[j] {
				continue
			}
			q := c.textOf(b, v)
			credit := closeWords(p, q)
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
		s := c.textOf(b, v)
		if used[j] || s == "" {
			initials[j] = 0
			continue
		}
		initials[j] = s[0]
		n = j + 1
	}
	for _, w := range words {
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

// meaning is how well each sense of one title finds a like one in the other, by weight, both ways; left is the information
// of what finds none, of the title that has less of it: two titles that each say something else are about two things.
func (c *corpus) meaning(x, y []int32) (share, left float32) {
	if len(x) == 0 || len(y) == 0 {
		return 0, 0
	}
	var bestY [mostTitleWords]float32
	var sum, whole, leftX, leftY float32
	for _, w := range x {
		best := float32(0)
		for j, v := range y {
			s := c.alike(w, v)
			best, bestY[j] = max(best, s), max(bestY[j], s)
		}
		wt := c.weightOf(w)
		sum, whole = sum+wt*best, whole+wt
		leftX += (1 - best) * c.natsOf(w) * factor(c.classOf(w))
	}
	for j, v := range y {
		wt := c.weightOf(v)
		sum, whole = sum+wt*bestY[j], whole+wt
		leftY += (1 - bestY[j]) * c.natsOf(v) * factor(c.classOf(v))
	}
	return sum / whole, min(leftX, leftY)
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

// common counts what two sorted lists share.
func common(x, y []int32) int {
	n := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

func sets(x, y []int32) uint8 {
	if len(x) == 0 || len(y) == 0 {
		return missing
	}
	switch n := common(x, y); {
	case n == len(x) && n == len(y):
		return 1
	case n > 0:
		return 2
	}
	return 3
}

// parties compares organisations: the same ones, an agency of the same government, some of them, or others.
func parties(x, y, groupsX, groupsY []int32) uint8 {
	if len(x) == 0 || len(y) == 0 {
		return missing
	}
	switch n := common(x, y); {
	case n > 0 && (n*2 >= max(len(groupsX), len(groupsY)) || n == min(len(groupsX), len(groupsY))):
		return 1
	case n > 0:
		return 3
	case common(groupsX, groupsY) > 0:
		return 2
	}
	return 4
}

func mark(x, y []int32) uint8 {
	switch {
	case len(x) == 0 && len(y) == 0:
		return 1
	case len(x) == 0 || len(y) == 0:
		return 3
	case common(x, y) > 0:
		return 2
	}
	return 4
}

// money compares two sums in one currency, or in dollars where rates are known.
func money(a, b *record) uint8 {
	if a.total <= 0 || b.total <= 0 || a.currency != b.currency {
		return missing
	}
	if a.total == b.total {
		return 1
	}
	switch r := math.Abs(math.Log(float64(a.total) / float64(b.total))); {
	case r < 0.03:
		return 2
	case r < 0.15:
		return 3
	case r < 0.75:
		return 4
	case r < 2.3:
		return 5
	}
	return 6
}

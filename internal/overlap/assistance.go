package overlap

import "slices"

// assist is one thing that is compared of two activities to tell whether they give the same assistance.
type assist uint8

const (
	aMeaning assist = iota
	aContrast
	aSubject
	aTopics
	aPeople
	aStates
	aThemes
	aTime
	aMonths
	aDonors
	aImplementers
	aSame
	aPhase
	assists
)

var assistLevels = [assists][]string{
	aMeaning:      {"missing", "other", "far", "some", "near", "close", "same"},
	aContrast:     levels[fContrast],
	aSubject:      {"missing", "other", "far", "some", "near", "close", "very close", "same"},
	aTopics:       {"missing", "different", "a part", "half", "most", "the same"},
	aPeople:       {"missing", "different", "a part", "most", "the same"},
	aStates:       {"missing", "same", "some shared", "different"},
	aThemes:       {"missing", "same", "related", "different"},
	aTime:         {"missing", "apart", "touching", "a part", "most", "the whole", "perhaps beside", "perhaps apart"},
	aMonths:       {"missing", "none", "one", "up to half a year", "up to a year", "years"},
	aDonors:       {"missing", "same", "same government", "some shared", "different"},
	aImplementers: {"missing", "same", "same government", "some shared", "different"},
	aSame:         {"missing", "surely not", "hardly", "perhaps", "likely", "very likely"},
	aPhase:        {"missing", "hardly", "perhaps", "likely"},
}

// assistance is the level of each of these for one pair.
type assistance [assists]uint8

// compareAssistance adds to levels that have the facts, subject and people what the meaning of the texts says; t is what was
// compared of these, odds are the probabilities of what the two may be.
func compareAssistance(l assistance, a, b *record, g *agreement, t *texts, odds *[outcomes]float64) assistance {
	if len(a.list(titleSenses)) > 0 && len(b.list(titleSenses)) > 0 {
		l[aMeaning], l[aContrast] = above(t.meaning, 0.35, 0.5, 0.65, 0.8, 0.93), g[fContrast]
	}
	if l[aSubject] != missing {
		l[aTopics] = 1
		if t.cosine >= unlike {
			l[aTopics] = above(t.subject, 0.1, 0.35, 0.6, 0.9)
		}
	}
	l[aSame], l[aPhase] = above(float32(odds[same]), 0.02, 0.1, 0.35, 0.7), above(float32(odds[nextPhase]), 0.1, 0.4)
	return l
}

// people compares whom two texts speak of.
func (c *corpus) people(a, b *record) uint8 {
	x, y := a.list(peopleSenses), b.list(peopleSenses)
	if len(x) == 0 || len(y) == 0 {
		return missing
	}
	return above(c.shareOf(x, y), 0.01, 0.5, 0.99)
}

func subjectLevel(a, b *record, t *texts) uint8 {
	if len(a.list(bodySenses)) == 0 || len(b.list(bodySenses)) == 0 {
		return missing
	}
	return above(t.cosine, 0.2, 0.4, 0.55, 0.7, 0.82, 0.92)
}

// assistFacts fills the levels that are not text.
func assistFacts(a, b *record, g *agreement) (l assistance) {
	l[aStates], l[aThemes], l[aDonors], l[aImplementers] = g[fStates], g[fThemes], g[fDonors], g[fImplementers]
	l[aTime], l[aMonths] = together(a, b)
	return l
}

func (c *corpus) shareOf(x, y []int32) float32 {
	var both, least float32
	var wx, wy float32
	for _, w := range x {
		wt := c.natsOf(w)
		wx += wt
		if slices.Contains(y, w) {
			both += wt
		}
	}
	for _, w := range y {
		wy += c.natsOf(w)
	}
	least = min(wx, wy)
	if least == 0 {
		return 0
	}
	return both / least
}

// together tells which share of the shorter activity both run, and how many months. Where one end is not known, it tells only
// whether they perhaps run at the same time.
func together(a, b *record) (share, months uint8) {
	fromA, toA, okA := run(a)
	fromB, toB, okB := run(b)
	if !okA || !okB {
		return missing, missing
	}
	both := min(toA, toB) - max(fromA, fromB) + 1
	shorter := max(1, min(toA-fromA, toB-fromB)+1)
	switch {
	case assumed(a) || assumed(b):
		if both > 0 {
			return 6, missing
		}
		return 7, missing
	case both <= -grace:
		return 1, 1
	case both <= 0:
		return 2, 1
	}
	return above(float32(both)/float32(shorter), 0, 0.02, 0.5, 0.97), above(float32(both), 0, 32, 184, 366)
}

// run is the time that an activity takes, where only its start or end is known a year from or to it.
func run(r *record) (from, to int32, known bool) {
	switch {
	case r.start.known() && r.fin.known():
		return r.start.first, r.fin.last, true
	case r.start.known():
		return r.start.first, r.start.first + 365, true
	case r.fin.known():
		return r.fin.last - 365, r.fin.last, true
	}
	return 0, 0, false
}

// assumed tells that a start or an end is not known, so that how long an activity runs is assumed.
func assumed(r *record) bool { return !r.start.known() || !r.fin.known() }

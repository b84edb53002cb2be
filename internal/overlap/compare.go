package overlap

import (
	"math"
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
	if g[fStart] == 1 && (c.inBatch(a) || c.inBatch(b)) {
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
	switch r := math.Log(float64(max(a.total, b.total)) / float64(min(a.total, b.total))); {
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

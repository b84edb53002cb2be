package gap

import "adam/internal/term"

// Reading is what one law in force does about one offence element of a theme.
type Reading struct {
	Law     term.ID
	Element term.OffenceElement
	term.Coverage
	Article string // "" where none is named
	First   bool   // a first reading, until the State has confirmed it
}

// strength puts coverages in order. Unclear is more than not covered: a State is not told that it lacks what one of its
// laws may hold.
var strength = map[term.Coverage]int{term.Covered: 4, term.PartlyCovered: 3, term.UnclearCoverage: 2, term.NotCovered: 1}

// examined is what counts of a reading: that an element is not covered needs an article that shows it, else the text is
// about something else and nobody has examined the element (model, Offence elements).
func (r Reading) examined() Reading {
	if r.Coverage == term.NotCovered && r.Article == "" {
		r.Coverage = term.NotExamined
	}
	return r
}

// Best gives the value of a State for each element of a theme: the best over its laws in force, and of equal ones the
// first that names an article. Where some of its laws may not be read by whoever asks, only what cannot become better is
// told; all else is withheld.
func Best(theme term.Theme, readings []Reading, withheld bool) []Reading {
	best := map[term.OffenceElement]Reading{}
	for _, r := range readings {
		r = r.examined()
		old := best[r.Element]
		if s, o := strength[r.Coverage], strength[old.Coverage]; s > o || s == o && s > 0 && old.Article == "" && r.Article != "" {
			best[r.Element] = r
		}
	}
	var out []Reading
	for _, e := range term.Elements(theme) {
		r, found := best[e]
		switch {
		case withheld && r.Coverage != term.Covered:
			r = Reading{Element: e, Coverage: term.CoverageWithheld, First: true}
		case !found:
			r = Reading{Element: e, Coverage: term.NotExamined, First: true}
		}
		out = append(out, r)
	}
	return out
}

// Tally counts the elements of a theme in one State by their value. What nobody has examined, and what is withheld from
// whoever asks, are counted apart and are no gap.
type Tally struct{ Covered, Partly, NotCovered, Unclear, NotExamined, Withheld int }

// Count counts the values of elements.
func Count(values []Reading) Tally {
	var t Tally
	for _, v := range values {
		*map[term.Coverage]*int{term.Covered: &t.Covered, term.PartlyCovered: &t.Partly, term.NotCovered: &t.NotCovered,
			term.UnclearCoverage: &t.Unclear, term.NotExamined: &t.NotExamined, term.CoverageWithheld: &t.Withheld}[v.Coverage]++
	}
	return t
}

// inForce are the standings of laws that count: neither a bill, nor what was replaced or repealed.
var inForce = []term.LawStatus{term.LawInForce, term.LawAmended}

// Offence is the best reading of a State's laws in force of whether they make a theme's conduct an offence.
func Offence(readings []term.Criminalisation) term.Criminalisation {
	best := term.CriminalisationUnread
	order := map[term.Criminalisation]int{term.PartlyCriminalised: 1, term.CriminalisationWithheld: 2, term.Criminalised: 3}
	for _, r := range readings {
		if order[r] > order[best] {
			best = r
		}
	}
	return best
}

package funding

import (
	"cmp"
	"math/big"
	"slices"

	"adam/internal/term"
)

// cell is what tells one row from others; what was not asked for, or is not known, is empty.
type cell struct {
	donor, implementer, state term.ID
	theme                     term.ThemeGroup
	assistance                term.AssistanceType
	year                      int
}

// portion is a stated share of a line, or all of it (share nil).
type portion struct {
	share *big.Rat
	state *term.ID         // that it is for; 0 where the rest is for nobody by name
	theme *term.ThemeGroup // likewise, "" for the rest
}

var (
	hundred   = big.NewRat(100, 1)
	undivided = []portion{{}}
	nowhere   = []term.ID{0}
)

// portions splits a line by what was stated, and never by guess: by States where those are asked for, else by themes. Two
// kinds of shares are not multiplied: nobody stated that they are independent.
func (c *count) portions(e *entry) []portion {
	if c.query.by(ByState) {
		if all := byStates(c.sharesOf(e)); all != nil {
			return all
		}
	}
	if c.query.by(ByTheme) && len(e.Themes) > 0 {
		return byThemes(e.Themes)
	}
	return undivided
}

// sharesOf are the States of a line with stated shares: its own, else those of the only activity that it pays for.
func (c *count) sharesOf(e *entry) []Part {
	if len(e.States) > 0 {
		return e.States
	}
	if len(e.Activities) == 1 && len(e.members) == 1 && stated(c.activities[e.members[0]].States) {
		return c.activities[e.members[0]].States
	}
	return nil
}

func stated(parts []Part) bool {
	return slices.ContainsFunc(parts, func(p Part) bool { return p.Percent != nil })
}

// byStates makes portions of shares, and one of the rest; nil where nothing was stated, or more than the whole.
func byStates(parts []Part) []portion {
	var out []portion
	rest := big.NewRat(1, 1)
	for _, p := range parts {
		if p.Percent == nil || p.Percent.Sign() <= 0 {
			continue
		}
		share := new(big.Rat).Quo(p.Percent, hundred)
		rest.Sub(rest, share)
		out = append(out, portion{share: share, state: &p.State})
	}
	switch {
	case len(out) == 0 || rest.Sign() < 0:
		return nil
	case rest.Sign() > 0:
		out = append(out, portion{share: rest, state: new(term.ID)})
	}
	return out
}

func byThemes(parts []ThemePart) []portion {
	var out []portion
	rest := big.NewRat(1, 1)
	for _, p := range parts {
		share, group := new(big.Rat).Quo(p.Percent, hundred), term.GroupOf(p.Theme == term.Smuggling, p.Theme == term.Trafficking)
		rest.Sub(rest, share)
		out = append(out, portion{share: share, theme: &group})
	}
	if rest.Sign() < 0 {
		return undivided
	}
	if rest.Sign() > 0 {
		out = append(out, portion{share: rest, theme: new(term.ThemeGroup)})
	}
	return out
}

// of are the cells of a portion of a line: those that it belongs to, and those that are only named beside, such as the
// States of a regional activity.
func (c *count) of(e *entry, p portion) (own, beside []cell) {
	for _, m := range e.members {
		if a := &c.activities[m]; a.Counted {
			o, b := c.places(e, a, p)
			donors := a.Donors
			if e.Provider != 0 || e.HiddenProvider {
				donors = []term.ID{e.Provider}
			}
			themes := c.themesOf(e, a, p)
			own = joined(own, c.product(a, donors, yearOf(e.ValueOn), o, themes))
			beside = joined(beside, c.product(a, donors, yearOf(e.ValueOn), b, themes))
		}
	}
	own = distinct(own)
	beside = slices.DeleteFunc(distinct(beside), func(x cell) bool {
		_, known := slices.BinarySearchFunc(own, x, compareCells)
		return known
	})
	return own, beside
}

// places are the States of an activity for a portion of a line; e is nil for the activity itself. A regional activity
// without shares belongs to no single State: 0.
func (c *count) places(e *entry, a *Activity, p portion) (own, beside []term.ID) {
	if !c.query.by(ByState) {
		return nowhere, nil
	}
	if p.state != nil {
		if *p.state == 0 {
			for _, s := range a.States {
				if s.Percent == nil && !slices.ContainsFunc(e.States, func(x Part) bool { return x.State == s.State }) {
					beside = append(beside, s.State)
				}
			}
		}
		return []term.ID{*p.state}, beside
	}
	own = make([]term.ID, len(a.States))
	for i := range a.States {
		own[i] = a.States[i].State
	}
	switch {
	case len(own) == 0:
		return nowhere, nil
	case a.Regional:
		return nowhere, own
	}
	return own, nil
}

// themesOf are the groups of themes that a portion of a line is about.
func (c *count) themesOf(e *entry, a *Activity, p portion) []term.ThemeGroup {
	switch {
	case !c.query.by(ByTheme):
		return []term.ThemeGroup{""}
	case p.theme != nil:
		return []term.ThemeGroup{*p.theme}
	case e == nil || len(e.Themes) == 0:
		return []term.ThemeGroup{a.Theme}
	}
	var out []term.ThemeGroup
	for _, t := range e.Themes {
		out = append(out, term.GroupOf(t.Theme == term.Smuggling, t.Theme == term.Trafficking))
	}
	return out
}

// product makes the cells of an activity for some donors, one year, and some States and themes.
func (c *count) product(a *Activity, donors []term.ID, year int, states []term.ID, themes []term.ThemeGroup) []cell {
	if !c.query.by(ByYear) {
		year = 0
	}
	donors, implementers := asked(c.query.by(ByDonor), donors), asked(c.query.by(ByImplementer), a.Implementers)
	types := asked(c.query.by(ByAssistance), a.Assistance)
	out := make([]cell, 0, len(donors)*len(implementers)*len(types)*len(states)*len(themes))
	for _, d := range donors {
		for _, i := range implementers {
			for _, t := range types {
				for _, s := range states {
					for _, th := range themes {
						out = append(out, cell{d, i, s, th, t, year})
					}
				}
			}
		}
	}
	return out
}

// asked are the values of a dimension: the empty one alone where it was not asked for, or where nothing is known.
func asked[T any](by bool, values []T) []T {
	if !by || len(values) == 0 {
		return make([]T, 1)
	}
	return values
}

// joined are two lists in one; most have one only.
func joined(a, b []cell) []cell {
	if len(a) == 0 {
		return b
	}
	return append(a, b...)
}

func distinct(all []cell) []cell {
	if len(all) < 2 {
		return all
	}
	slices.SortFunc(all, compareCells)
	return slices.Compact(all)
}

func compareCells(a, b cell) int {
	switch { // some hundred thousand cells are compared for an answer: no further than they are alike
	case a.donor != b.donor:
		return cmp.Compare(a.donor, b.donor)
	case a.implementer != b.implementer:
		return cmp.Compare(a.implementer, b.implementer)
	case a.state != b.state:
		return cmp.Compare(a.state, b.state)
	case a.theme != b.theme:
		return cmp.Compare(a.theme, b.theme)
	case a.assistance != b.assistance:
		return cmp.Compare(a.assistance, b.assistance)
	}
	return cmp.Compare(a.year, b.year)
}

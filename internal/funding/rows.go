package funding

import (
	"math/big"
	"slices"
	"strings"

	"adam/internal/term"
)

// Answer says who funds what where. A total always stands beside what it leaves out (rule 1).
type Answer struct {
	Currency      string
	Total         term.Decimal
	ActivityCount int // what was decided to be one activity counts once
	WithoutAmount int // of these: nobody stated an amount of the kind
	Withheld      int // of these: the amount exists, but the viewer may not see it
	Estimates     term.Decimal
	VerifiedShare *term.Decimal // from 0 to 1; nil where the total is 0
	CountedOnce   *CountedOnce
	Unconverted   []*Unconverted
	Rates         []*UsedRate
	Rows          []*Row

	count *count
}

// CountedOnce is what was set aside since its money counts with another line.
type CountedOnce struct {
	Activities int // with a line that was set aside
	Amount     term.Decimal
}

// Row is one combination of what was asked for. What is not known, or was not asked for, is empty.
type Row struct {
	DonorID, ImplementerID, StateID term.ID // 0 where empty
	Theme                           *term.ThemeGroup
	AssistanceType                  *term.AssistanceType
	Year                            *int
	Amount                          *term.Decimal // money of this row alone; nil where nothing known counts here
	SharedAmount                    *term.Decimal // money that stands in other rows too: not additive
	ActivityCount                   int
	WithoutAmount                   int
	Withheld                        int

	count       *count
	cell        cell
	own, shared sum
	ownRat      *big.Rat
	lines       []*entry
	members     []int // its activities
}

// rows are the combinations in which anything stands, the largest first; nil where there are more than MostRows.
func (c *count) rows() []*Row {
	all := map[cell]*Row{}
	at := func(x cell) *Row {
		r := all[x]
		if r == nil {
			r = &Row{count: c, cell: x}
			all[x] = r
		}
		return r
	}
	for _, e := range c.entries {
		if c.place(e, at); len(all) > MostRows {
			return nil
		}
	}
	for _, of := range c.clusters {
		if c.standIn(of, at); len(all) > MostRows {
			return nil
		}
	}
	out := make([]*Row, 0, len(all))
	for _, r := range all {
		r.finish()
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *Row) int {
		if n := b.ownRat.Cmp(a.ownRat); n != 0 {
			return n
		}
		return compareCells(a.cell, b.cell)
	})
	return out
}

// place puts a line into its rows, and its money where it counts: to the only row that a portion belongs to, else as
// shared to each.
func (c *count) place(e *entry, at func(cell) *Row) {
	touched := map[*Row]bool{}
	for _, p := range c.portions(e) {
		own, beside := c.of(e, p)
		for i, x := range append(slices.Clip(own), beside...) {
			r := at(x)
			if !touched[r] {
				touched[r], r.lines = true, append(r.lines, e)
			}
			switch {
			case e.outcome != Counted:
			case i == 0 && len(own) == 1:
				r.own.add(e.money(), *e.Amount, p.share)
			default:
				r.shared.add(e.money(), *e.Amount, p.share)
			}
		}
	}
}

// standIn counts activities that are one in all rows where they stand: with their lines, and by themselves for donors of
// whom no line is known.
func (c *count) standIn(of []int, at func(cell) *Row) {
	rows := map[*Row]standing{}
	for _, m := range of {
		a := &c.activities[m]
		if !a.Counted {
			continue
		}
		mine := map[*Row]standing{}
		for _, e := range c.paying[m] {
			for _, p := range c.portions(e) {
				own, beside := c.of(&entry{Line: e.Line, members: []int{m}}, p)
				for _, x := range append(slices.Clip(own), beside...) {
					s := mine[at(x)]
					s.note(e)
					mine[at(x)] = s
				}
			}
		}
		if donors, alone := c.unpaid(m); alone {
			own, beside := c.places(nil, a, portion{})
			for _, x := range c.product(a, donors, 0, append(slices.Clip(own), beside...), c.themesOf(nil, a, portion{})) {
				mine[at(x)] = mine[at(x)] // stands there
			}
		}
		for r, s := range mine {
			s.hidden = s.hidden || a.Hidden
			before := rows[r]
			rows[r] = standing{before.known || s.known, before.hidden || s.hidden}
			r.members = append(r.members, m)
		}
	}
	for r, s := range rows {
		r.ActivityCount++
		r.WithoutAmount += bit(!s.known && !s.hidden)
		r.Withheld += bit(!s.known && s.hidden)
	}
}

// unpaid are the donors of an activity of whom there is no line; alone says that the activity stands in rows of its own
// for them, or for want of any line.
func (c *count) unpaid(m int) (donors []term.ID, alone bool) {
	for _, d := range c.activities[m].Donors {
		if !slices.ContainsFunc(c.paying[m], func(e *entry) bool { return e.Provider == d || e.Provider == 0 && !e.HiddenProvider }) {
			donors = append(donors, d)
		}
	}
	return donors, len(c.paying[m]) == 0 || len(donors) > 0 && c.query.by(ByDonor)
}

// finish writes what the row says.
func (r *Row) finish() {
	r.DonorID, r.ImplementerID, r.StateID = r.cell.donor, r.cell.implementer, r.cell.state
	r.Theme, r.AssistanceType, r.Year = known(r.cell.theme), known(r.cell.assistance), known(r.cell.year)
	slices.Sort(r.members)
	r.members = slices.Compact(r.members)
	r.ownRat = r.own.in(r.count.x)
	if !r.own.empty() || !r.shared.empty() || r.asideOnly() {
		own, shared := written(r.ownRat), written(r.shared.in(r.count.x))
		r.Amount, r.SharedAmount = &own, &shared
	}
}

// asideOnly says whether all amounts of the row are known, and count elsewhere.
func (r *Row) asideOnly() bool {
	is := func(e *entry) bool { return e.outcome.aside() }
	return slices.ContainsFunc(r.lines, is) && !slices.ContainsFunc(r.lines, func(e *entry) bool { return e.outcome == NoRate })
}

// Unconverted is money of the row's lines that has no rate; like sharedAmount it is not additive.
func (r *Row) Unconverted() []*Unconverted { return r.count.unconverted(r.lines) }

func known[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}

// sentence says what became of a line, with what the reader needs to follow it.
func (e *entry) sentence() string {
	s := sentences[e.outcome]
	if e.outcome == Counted && len(e.Activities) > 1 {
		s += " It pays for several activities and counts as a whole, also for those that the filter does not ask for: nobody stated their shares."
	}
	return strings.TrimSpace(s)
}

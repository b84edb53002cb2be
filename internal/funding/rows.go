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
	VerifiedShare                   *term.Decimal // of all its money, shared or not, from 0 to 1; nil where none counts

	count       *count
	cell        cell
	own, shared sum
	verified    sum // of both
	ownRat      *big.Rat
	lines       []*entry
	members     []int // its activities

	one, group note // while activities are counted
}

// note is what is known of the money that an activity, or a cluster, has in a row. It is of the one that it names.
type note struct {
	standing
	of int // 1 more than its number; 0 where there is none yet
}

// take begins the note of another one, and says whether it did.
func (n *note) take(of int) bool {
	if n.of == of+1 {
		return false
	}
	*n = note{of: of + 1}
	return true
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
	for i := range c.clusters {
		if c.standIn(i, at); len(all) > MostRows {
			return nil
		}
	}
	c.placed = nil
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
	e.from = len(c.placed)
	for _, p := range c.portions(e) {
		own, beside := c.of(e, p)
		for i, x := range append(slices.Clip(own), beside...) {
			r := at(x)
			if len(e.members) == 1 {
				c.placed = append(c.placed, r)
			}
			if n := len(r.lines); n == 0 || r.lines[n-1] != e {
				r.lines = append(r.lines, e)
			}
			if e.outcome == Counted && c.verified(e) {
				r.verified.add(e.money(), *e.Amount, p.share)
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
	e.to = len(c.placed)
}

// standIn counts activities that are one in all rows where they stand: with their lines, and by themselves for donors of
// whom no line is known.
func (c *count) standIn(cluster int, at func(cell) *Row) {
	var rows []*Row
	for _, m := range c.clusters[cluster] {
		if !c.activities[m].Counted {
			continue
		}
		for _, r := range c.standAlone(m, at) {
			s := r.one.standing
			s.hidden = s.hidden || c.activities[m].Hidden
			if r.group.take(cluster) {
				rows = append(rows, r)
			}
			r.group.known, r.group.hidden = r.group.known || s.known, r.group.hidden || s.hidden
			r.members = append(r.members, m)
		}
	}
	for _, r := range rows {
		r.ActivityCount++
		r.WithoutAmount += bit(!r.group.known && !r.group.hidden)
		r.Withheld += bit(!r.group.known && r.group.hidden)
	}
}

// standAlone notes what is known of an activity in each row where it stands, and gives those rows.
func (c *count) standAlone(m int, at func(cell) *Row) (rows []*Row) {
	stands := func(r *Row) *Row {
		if r.one.take(m) {
			rows = append(rows, r)
		}
		return r
	}
	a := &c.activities[m]
	for _, e := range c.paying[m] {
		if len(e.members) == 1 { // the activity stands where the line does
			for _, r := range c.placed[e.from:e.to] {
				stands(r).one.note(e)
			}
			continue
		}
		alone := &entry{Line: e.Line, members: []int{m}}
		for _, p := range c.portions(e) {
			own, beside := c.of(alone, p)
			for _, x := range append(slices.Clip(own), beside...) {
				stands(at(x)).one.note(e)
			}
		}
	}
	if donors, alone := c.unpaid(m); alone {
		own, beside := c.places(nil, a, portion{})
		for _, x := range c.product(a, donors, 0, append(slices.Clip(own), beside...), c.themesOf(nil, a, portion{})) {
			stands(at(x))
		}
	}
	return rows
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
		beside := r.shared.in(r.count.x)
		own, shared := written(r.ownRat), written(beside)
		r.Amount, r.SharedAmount = &own, &shared
		r.VerifiedShare = shareOf(r.verified.in(r.count.x), new(big.Rat).Add(r.ownRat, beside))
	}
}

// shareOf is a part of a whole, to four decimals; nil of nothing.
func shareOf(part, whole *big.Rat) *term.Decimal {
	if whole.Sign() <= 0 {
		return nil
	}
	share := decimal(new(big.Rat).Quo(part, whole), 4)
	if most := term.Decimal("0.9999"); part.Cmp(whole) < 0 && share == "1" { // all is said of all alone
		share = most
	}
	return &share
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

package corpus

import (
	"fmt"
	"strconv"

	"adam/internal/term"
)

// lines is how many lines of money an activity has: about three. Others that point at its first line ask, too.
func (m *maker) lines(n int) int {
	d := newDraw(m.plan.Seed, ofMoney, uint64(n)) //nolint:gosec // counts up from 0
	return one(d, []int{10, 15, 20, 20, 15, 10, 10}, 0, 1, 2, 3, 4, 6, 8)
}

// line is a line of money in the making.
type line struct {
	kind     any
	currency any
	year     int
	value    term.PartialDate
	provider any
	upstream any
}

var currencies = []string{"USD", "EUR", "AUD", "JPY", "GBP", "CAD", "NOK", "CHF", "SEK", "NZD", "KRW", "THB", "IDR", "CNY", "TWD"}

// money makes the lines of an activity.
func (m *maker) money(a draft) {
	all := m.lines(a.n)
	d := newDraw(m.plan.Seed, ofMoney, 1<<40|uint64(a.n)) //nolint:gosec // counts up from 0
	var last line
	for i := range all {
		x := m.line(d, a)
		switch {
		case i > 0 && last.kind == string(term.Budget) && d.chance(25): // a budget that was revised
			x.kind, x.provider, x.currency, x.year = last.kind, last.provider, last.currency, last.year
			x.value = d.day(x.year)
		case i > 0 && d.chance(8): // the same money, one level down
			x.upstream = lineID(a.n, i-1)
		case a.n > 0 && d.chance(3): // or from another activity
			if n := before(d, a.n); m.lines(n) > 0 {
				x.upstream = lineID(n, 0)
			}
		}
		m.put(d, a, i, x)
		last = x
	}
}

// line draws one of a donor.
func (m *maker) line(d draw, a draft) line {
	donor := a.donors[d.IntN(len(a.donors))]
	x := line{year: a.year + d.IntN(4), provider: actorID(donor)}
	x.value = d.day(x.year)
	if k := one(d, []int{10, 25, 5, 30, 25, 5}, "", term.Budget, term.Pledge, term.Commitment, term.Disbursement, term.Expenditure); k != "" {
		x.kind = string(k)
	}
	if d.chance(8) {
		x.provider = nil
	}
	if d.chance(97) {
		x.currency = currencies[donor/everyFifth%3]
		if d.chance(25) {
			x.currency = currencies[d.rank(len(currencies))]
		}
	}
	return x
}

// put writes a line with what it pays for and how it was divided.
func (m *maker) put(d draw, a draft, i int, x line) {
	id := lineID(a.n, i)
	visibility := a.visibility
	if d.chance(4) {
		visibility = term.Restricted
	}
	var amount, receiver any
	if !d.chance(10) {
		amount = d.amount()
	}
	if d.chance(50) {
		receiver = actorID(a.implementers[0])
	}
	reported := one(d, []int{50, 25, 5, 5, 15}, term.ReportedByDonor, term.ReportedByImplementer, term.ReportedByThirdParty, term.ReportedAsEstimate, term.ReporterUnknown)
	m.rows.Add(term.KindFunding.Table(), id, string(visibility), i, x.kind, amount, x.currency, string(x.value), string(reported), x.provider, receiver, a.reporter, x.upstream, "[]")
	m.rows.Add("activity_fundings", a.id, id)
	m.made.Lines++
	if a.n > 0 && d.chance(4) { // a package
		for _, n := range distinct([]int{before(d, a.n), before(d, a.n), before(d, a.n)}) {
			m.rows.Add("activity_fundings", activityID(n), id)
		}
	}
	if d.chance(6) {
		m.divide(d, a, id)
	}
}

// divide writes the shares of a line: by the States of its activity, or by the two themes.
func (m *maker) divide(d draw, a draft, id term.ID) {
	add := func(i int, state, theme any, share term.Decimal) {
		m.rows.Add(term.KindAllocation.Table(), term.HashID(term.KindAllocation, fmt.Sprint(int64(id)), strconv.Itoa(i)), id, state, theme, string(share))
	}
	if d.chance(50) {
		for i, share := range d.shares(2) {
			add(i, nil, string([]term.Theme{term.Smuggling, term.Trafficking}[i]), share)
		}
		return
	}
	for i, share := range d.shares(len(a.places)) {
		add(i, a.places[i].state, nil, share)
	}
}

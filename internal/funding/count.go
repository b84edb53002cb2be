package funding

import (
	"cmp"
	"math/big"
	"slices"

	"adam/internal/fault"
	"adam/internal/term"
)

// count is an answer in the making.
type count struct {
	query      Query
	facts      Facts
	x          *exchange
	activities []Activity // by key
	entries    []*entry   // of the kind that is asked for, by id
	byID       map[term.ID]*entry
	paying     [][]*entry // by activity
	placed     []*Row     // while rows are made: those in which the lines stand that pay for one activity, one line after the other

	cluster  []int   // of each activity
	clusters [][]int // activities that are one
	tops     []term.ID
	byTop    map[term.ID]int
	top      func(term.ID) term.ID
	above    map[term.ID][]term.ID

	order order // of the lines of the whole answer, as they were read last
}

// MostRows is how many rows an answer has at the most: more are no table that anybody reads.
const MostRows = 20_000

// Count answers a query from facts. What it gives does not depend on the order of the facts. A query with more rows than
// MostRows is refused.
func Count(f Facts, q Query) (*Answer, error) {
	c := &count{query: q, facts: f, x: newExchange(q.Currency, f.Rates), byID: map[term.ID]*entry{}}
	if c.activities = f.Activities; !slices.IsSortedFunc(f.Activities, byKey) {
		c.activities = slices.Clone(f.Activities)
		slices.SortFunc(c.activities, byKey)
	}
	c.gather()
	c.enter()
	c.once()
	for _, e := range c.entries {
		if e.outcome == Counted && c.x.factor(e.money()) == nil {
			e.outcome = NoRate
		}
	}
	a := &Answer{Currency: string(q.Currency), count: c}
	if a.Rows = c.rows(); a.Rows == nil {
		return nil, fault.New(fault.Limit, "The answer would have more than %d rows. Name fewer dimensions, or narrow the filter.", MostRows).At("by")
	}
	c.totals(a)
	a.Rates = c.x.list()
	c.x.closed = true
	return a, nil
}

// byKey is the order of activities in an answer.
func byKey(a, b Activity) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID)) }

// enter lists the lines of the kind that pay for something the filter asks for.
func (c *count) enter() {
	at := make(map[term.ID]int, len(c.activities))
	for i := range c.activities {
		at[c.activities[i].ID] = i
	}
	c.paying = make([][]*entry, len(c.activities))
	var room []entry // several are made at once
	var members []int
	for i := range c.facts.Lines {
		if !c.query.wants(&c.facts.Lines[i]) {
			continue
		}
		if len(room) == 0 {
			room = make([]entry, 1+min(len(c.facts.Lines)-i, 1000))
		}
		e := &room[0]
		e.Line, room = &c.facts.Lines[i], room[1:]
		start, wanted := len(members), false
		for _, id := range e.Activities {
			if m, known := at[id]; known {
				members, wanted = append(members, m), wanted || c.activities[m].Counted
			}
		}
		e.members = members[start:len(members):len(members)]
		if !wanted || c.byID[e.ID] != nil {
			continue
		}
		slices.Sort(e.members)
		e.outcome, c.byID[e.ID], c.entries = first(e.Line), e, append(c.entries, e)
	}
	slices.SortFunc(c.entries, func(a, b *entry) int { return cmp.Compare(a.ID, b.ID) })
	for _, e := range c.entries {
		for _, m := range e.members {
			c.paying[m] = append(c.paying[m], e)
		}
	}
}

// first is what becomes of a line by itself.
func first(l *Line) Outcome {
	switch {
	case l.Amount == nil && l.Withheld:
		return HiddenAmount
	case l.Amount == nil:
		return UnknownAmount
	case l.ReportedBy == term.ReportedByThirdParty || l.ReportedBy == term.ReportedAsEstimate:
		return Estimated
	}
	return Counted
}

func (e *entry) money() money { return money{e.Currency, yearOf(e.ValueOn)} }

// verified says whether all the activities that a line pays for are, as far as the viewer sees them.
func (c *count) verified(e *entry) bool {
	return !slices.ContainsFunc(e.members, func(m int) bool { return !c.activities[m].Verified })
}

// totals adds up what counts, what is shown apart, and what was set aside.
func (c *count) totals(a *Answer) {
	var total, verified, estimates, aside sum
	put := func(s *sum, e *entry) {
		if c.x.factor(e.money()) != nil {
			s.add(e.money(), *e.Amount, nil)
		}
	}
	twice := map[int]bool{}
	for _, e := range c.entries {
		switch {
		case e.outcome == Counted:
			put(&total, e)
			if c.verified(e) {
				put(&verified, e)
			}
		case e.outcome == Estimated:
			put(&estimates, e)
		case e.outcome.aside():
			put(&aside, e)
			for _, m := range e.members {
				if c.activities[m].Counted {
					twice[m] = true
				}
			}
		}
	}
	whole := total.in(c.x)
	a.Total, a.Estimates = written(whole), written(estimates.in(c.x))
	a.CountedOnce = &CountedOnce{len(twice), written(aside.in(c.x))}
	a.VerifiedShare = shareOf(verified.in(c.x), whole)
	a.Unconverted = c.unconverted(c.entries)
	c.denominators(a)
}

// denominators counts the activities of the filter: a total always carries them (rule 1).
func (c *count) denominators(a *Answer) {
	for _, of := range c.stand() {
		a.ActivityCount++
		a.WithoutAmount += bit(!of.known && !of.hidden)
		a.Withheld += bit(!of.known && of.hidden)
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// standing is what is known of the money of an activity, or of all that are one.
type standing struct{ known, hidden bool }

// stand tells it of every activity of the filter, by cluster. Every known amount stands somewhere in the answer: in the
// total, set aside, among estimates, or without a rate.
func (c *count) stand() map[int]standing {
	out := map[int]standing{}
	for m := range c.activities {
		if !c.activities[m].Counted {
			continue
		}
		s := out[c.cluster[m]]
		s.hidden = s.hidden || c.activities[m].Hidden
		for _, e := range c.paying[m] {
			s.note(e)
		}
		out[c.cluster[m]] = s
	}
	return out
}

func (s *standing) note(e *entry) {
	s.known = s.known || e.Amount != nil
	s.hidden = s.hidden || e.outcome == HiddenAmount
}

// unconverted adds up what has no rate, by currency, estimates apart.
func (c *count) unconverted(all []*entry) []*Unconverted {
	type of struct {
		currency  term.Currency
		estimated bool
	}
	sums, lines := map[of]*sum{}, map[of]int{}
	for _, e := range all {
		estimated := e.outcome == Estimated
		if e.outcome != NoRate && (!estimated || c.x.factor(e.money()) != nil) {
			continue
		}
		key := of{e.Currency, estimated}
		if sums[key] == nil {
			sums[key] = &sum{}
		}
		sums[key].add(money{}, *e.Amount, nil)
		lines[key]++
	}
	out := []*Unconverted{}
	for key, s := range sums {
		u := &Unconverted{Amount: written(new(big.Rat).SetInt(s.whole[money{}].int())), Lines: lines[key], Estimated: key.estimated}
		if key.currency != "" {
			name := string(key.currency)
			u.Currency = &name
		}
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b *Unconverted) int {
		return cmp.Or(bit(a.Estimated)-bit(b.Estimated), cmp.Compare(nameOf(a.Currency), nameOf(b.Currency)))
	})
	return out
}

func nameOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

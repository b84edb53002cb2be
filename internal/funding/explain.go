package funding

import (
	"cmp"
	"math/big"
	"slices"
	"sync"

	"adam/internal/fault"
	"adam/internal/term"
)

// Explanation is what stands behind a figure.
type Explanation struct {
	Total int // lines in all, on all pages
	Lines []*Explained
}

// Explained is one line and what became of it.
type Explained struct {
	LineID    term.ID
	Outcome   Outcome
	Sentence  string
	Amount    *term.Decimal // in the answer's currency; nil where unknown, withheld, or without a rate
	InsteadID term.ID       // the line that counts in its place; 0 where none does
}

// Explain tells the lines behind the whole answer, the largest first: of some outcomes, else of all. after is the id of
// the line after which to go on.
func (a *Answer) Explain(outcomes []Outcome, first *int, after *term.ID) (*Explanation, error) {
	return a.count.explain(a.count.inOrder(outcomes), first, after)
}

// Explain tells the lines that stand in the row.
func (r *Row) Explain(outcomes []Outcome, first *int, after *term.ID) (*Explanation, error) {
	return r.count.explain(r.count.largestFirst(r.lines, outcomes), first, after)
}

// ActivityIDs are the activities that stand in the row, by key, from the one after a key on.
func (r *Row) ActivityIDs(first *int, after *string) ([]term.ID, error) {
	n, err := page(first)
	if err != nil {
		return nil, err
	}
	out := []term.ID{}
	for _, m := range r.members {
		if a := r.count.activities[m]; (after == nil || a.Key > *after) && len(out) < n {
			out = append(out, a.ID)
		}
	}
	return out, nil
}

const (
	page25  = 25
	page100 = 100
)

func page(first *int) (int, error) {
	switch {
	case first == nil:
		return page25, nil
	case *first < 1 || *first > page100:
		return 0, fault.New(fault.Limit, "%d cannot be given at once. Ask for 1 to 100, and go on with after.", *first).At("first")
	}
	return *first, nil
}

func (c *count) explain(list []*entry, first *int, after *term.ID) (*Explanation, error) {
	n, err := page(first)
	if err != nil {
		return nil, err
	}
	out := &Explanation{Total: len(list), Lines: []*Explained{}}
	if after != nil {
		i := slices.IndexFunc(list, func(e *entry) bool { return e.ID == *after })
		if i < 0 {
			return nil, fault.New(fault.Invalid, "The line after which to go on does not stand here. Use the id of a line of the page before.").At("after")
		}
		list = list[i+1:]
	}
	for _, e := range list[:min(n, len(list))] {
		x := &Explained{LineID: e.ID, Outcome: e.outcome, Sentence: e.sentence()}
		if e.by != nil {
			x.InsteadID = e.root().ID
		}
		if amount := c.worth(e); amount != nil {
			d := written(amount)
			x.Amount = &d
		}
		out.Lines = append(out.Lines, x)
	}
	return out, nil
}

// order is the lines of some outcomes, the largest first. Who reads all lines of an answer that is kept asks for one page after
// the other.
type order struct {
	sync.Mutex
	of    []Outcome
	lines []*entry // nil where nobody has asked yet
}

// inOrder lists all lines of some outcomes, the largest first.
func (c *count) inOrder(outcomes []Outcome) []*entry {
	c.order.Lock()
	defer c.order.Unlock()
	if c.order.lines == nil || !slices.Equal(c.order.of, outcomes) {
		c.order.of, c.order.lines = slices.Clone(outcomes), c.largestFirst(c.entries, outcomes)
	}
	return c.order.lines
}

// largestFirst lists the lines of some outcomes, else all, the largest first.
func (c *count) largestFirst(all []*entry, outcomes []Outcome) []*entry {
	type weighed struct {
		*entry
		amount *big.Rat // nil where it is not known what the line is worth
	}
	var list []weighed
	for _, e := range all {
		if len(outcomes) == 0 || slices.Contains(outcomes, e.outcome) {
			list = append(list, weighed{e, c.worth(e)})
		}
	}
	slices.SortFunc(list, func(x, y weighed) int {
		if x.amount != nil && y.amount != nil {
			return cmp.Or(y.amount.Cmp(x.amount), cmp.Compare(x.ID, y.ID))
		}
		return cmp.Or(bit(x.amount == nil)-bit(y.amount == nil), cmp.Compare(x.ID, y.ID))
	})
	out := make([]*entry, len(list))
	for i, w := range list {
		out[i] = w.entry
	}
	return out
}

// worth is the amount of a line in the currency of the answer, in 1/10,000; nil where there is none.
func (c *count) worth(e *entry) *big.Rat {
	if e.Amount == nil {
		return nil
	}
	f := c.x.factor(e.money())
	if f == nil {
		return nil
	}
	r := new(big.Rat).SetInt64(int64(*e.Amount))
	return r.Mul(r, f)
}

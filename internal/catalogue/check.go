package catalogue

import (
	"math/big"

	"adam/internal/fault"
	"adam/internal/term"
)

// inOrder refuses a period whose end lies before its start, as far as both are known.
func (p *plan) inOrder(start, end, name, sentence string) {
	if !has(p.values, start) && !has(p.values, end) {
		return // as it was
	}
	if !ordered(p.becomes(start), p.becomes(end)) {
		p.in.fail(p.in.at(name), "%s Correct one of the two.", sentence)
	}
}

// noCircles refuses a record that would be, over others, a part of itself, or come after itself.
func (p *plan) noCircles() {
	if !p.in.now.known() {
		return // nothing points at a new record
	}
	const far = 1000
	for i := range p.s.fields {
		f := &p.s.fields[i]
		if f.refers != p.s.kind || !has(p.values, f.column) {
			continue
		}
		id, _ := p.values[f.column].(term.ID)
		for n := 0; id != 0 && n < far; n++ {
			if id == p.in.now.id() {
				p.in.fail(p.in.at(f.name), "This would lead from the record in a circle back to itself. Correct the other end first.")
				break
			}
			next, err := p.s.byID(operator(p.in.ctx), p.in.c, id)
			if err != nil {
				p.in.broken(err)
				return
			}
			id, _ = next.get(f.column).(term.ID)
		}
	}
}

// ordered says whether a period may be one: that its last day may come after its first.
func ordered(start, end any) bool {
	s, _ := start.(term.PartialDate)
	e, _ := end.(term.PartialDate)
	return s == "" || e == "" || e.Last() >= s.First()
}

// dated is the check of rows with a first and a last date.
func dated(start, end, name string) func(*intake, string, map[string]any) {
	return func(in *intake, path string, values map[string]any) {
		if !ordered(values[start], values[end]) {
			in.fail(path+"."+name, "The end lies before the start. Correct one of the two.")
		}
	}
}

// percentage is a share between 0 and 100.
func percentage(name, column string) field {
	return field{name: name, column: column, fact: true, unknown: term.Decimal(""), read: func(in *intake, path string, v any) (any, bool) {
		d, err := term.ParseDecimal(textOf(v))
		if f := fault.As(err); f != nil {
			in.fail(path, "%s", f.Sentence)
			return nil, false
		}
		if n := shareOf(d); n.Sign() < 0 || n.Cmp(hundred) > 0 {
			in.fail(path, "A percentage is between 0 and 100.")
			return nil, false
		}
		return d, true
	}}
}

var hundred = big.NewRat(100, 1)

// shareOf is a percentage as a number; 0 where it is unknown.
func shareOf(v any) *big.Rat {
	d, _ := v.(term.Decimal)
	if n, ok := new(big.Rat).SetString(string(d)); ok {
		return n
	}
	return new(big.Rat)
}

// atMostAll refuses shares that are more than the whole; of several groups, each by itself.
func (in *intake) atMostAll(path string, all []item, group func(map[string]any) string) {
	sums := map[string]*big.Rat{}
	for _, it := range all {
		g := group(it.values)
		if sums[g] == nil {
			sums[g] = new(big.Rat)
		}
		sums[g].Add(sums[g], shareOf(it.values["percentage"]))
	}
	for _, n := range sums {
		if n.Cmp(hundred) > 0 {
			in.fail(path, "The percentages add up to %s, more than 100. Correct them.", n.FloatString(2))
		}
	}
}

func contains(all []term.ID, id term.ID) bool {
	for _, x := range all {
		if x == id {
			return true
		}
	}
	return false
}

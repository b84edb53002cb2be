package search

import (
	"context"
	"math/big"

	"adam/ent"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// OverlapFilter says which pairs of activities.
type OverlapFilter struct {
	Kinds     []term.OverlapKind
	Decisions []term.OverlapDecision
	States    []string
	Activity  *string
	MinScore  *term.Decimal
	Changed   *bool
	Mine      *bool
	Assigned  *bool
	Merged    *bool // whoever asks reads withdrawn records then
}

// Overlaps are the pairs of activities that a filter asks for.
func Overlaps(ctx context.Context, c *ent.Client, f *OverlapFilter) (*ent.OverlapQuery, error) {
	if f == nil {
		f = &OverlapFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	in(b, "kind", f.Kinds)
	in(b, "decision", f.Decisions)
	if list := b.stateIDs("states", f.States); list != nil {
		b.ofActivities("activity_states", "activity_id", "state_id", list)
	}
	if f.Activity != nil {
		b.ofActivities("activities", "id", "key", []any{*f.Activity})
	}
	b.scored(f.MinScore)
	if f.Changed != nil {
		b.add(func(s *sql.Selector) { s.Where(sql.EQ(s.C("changed"), *f.Changed)) })
	}
	if f.Assigned != nil {
		b.assigned(*f.Assigned, sql.NEQ, 0)
	}
	if f.Mine != nil {
		if me := access.From(ctx).Person; me == 0 {
			b.assigned(*f.Mine, sql.EQ, -1) // nobody's
		} else {
			b.assigned(*f.Mine, sql.EQ, me)
		}
	}
	where, err := predicates[predicate.Overlap](b)
	return c.Overlap.Query().Where(where...), err
}

// ofActivities adds: one of the two activities stands in a column of a table where another one has one of some values.
func (b *builder) ofActivities(table, activity, column string, values []any) {
	b.add(func(s *sql.Selector) {
		d := sql.Dialect(s.Dialect())
		j, t := sql.Table("activity_overlaps"), sql.Table(table)
		some := d.Select(t.C(activity)).From(t).Where(sql.In(t.C(column), values...))
		s.Where(sql.In(s.C("id"), d.Select(j.C("overlap_id")).From(j).Where(sql.In(j.C("activity_id"), some))))
	})
}

// assigned adds: who looks at the pair is somebody, or not.
func (b *builder) assigned(yes bool, is func(string, any) *sql.Predicate, person term.ID) {
	b.add(func(s *sql.Selector) {
		p := is(s.C("assigned_to"), person)
		if !yes {
			p = sql.Not(p)
		}
		s.Where(p)
	})
}

// scored adds: the pair is at least as sure. Scores are kept with two places, so that they compare as texts.
func (b *builder) scored(least *term.Decimal) {
	if least == nil {
		return
	}
	r, ok := new(big.Rat).SetString(string(*least))
	if !ok || r.Sign() < 0 || r.Cmp(big.NewRat(1, 1)) > 0 {
		b.fail("minScore", "%q is no likelihood. Write a number from 0 to 1, such as 0.9.", term.Clip(string(*least)))
		return
	}
	up := new(big.Rat).Add(r, big.NewRat(4999, 1_000_000)) // to the next place of two, so that 0.851 asks for 0.86 and more
	b.add(func(s *sql.Selector) { s.Where(sql.GTE(s.C("score"), up.FloatString(2))) })
}

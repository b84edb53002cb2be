package search

import (
	"context"
	"time"

	"adam/ent"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

type dayKey struct{}

// On says which day it is for filters and counts: a verification lapses with it.
func On(ctx context.Context, day term.Date) context.Context {
	return context.WithValue(ctx, dayKey{}, day)
}

// Today is the day that the context says, else that of the clock in the region: what a record shows first may come from
// any State, or from an organisation.
func Today(ctx context.Context) term.Date {
	if day, ok := ctx.Value(dayKey{}).(term.Date); ok {
		return day
	}
	now := time.Now().UTC()
	if z, err := time.LoadLocation(term.RegionZone); err == nil {
		now = now.In(z)
	}
	return term.DateOf(now)
}

// Verified narrows records, or chapters, to those that an institution has verified, where that still counts today.
func Verified(ctx context.Context) func(*sql.Selector) {
	return func(s *sql.Selector) { s.Where(ent.VerifiedOn(s.C, Today(ctx))) }
}

// PaysForVerified narrows lines of money to those that pay for verified activities only, as far as the viewer sees them.
func PaysForVerified(ctx context.Context) func(*sql.Selector) {
	return func(s *sql.Selector) {
		pays := func(what func(*sql.SelectTable) *sql.Predicate) *sql.Selector {
			j, a := sql.Table("activity_fundings"), sql.Table("activities")
			return sql.Dialect(s.Dialect()).Select(j.C("funding_id")).From(j).Join(a).On(j.C("activity_id"), a.C("id")).
				Where(sql.And(sql.ColumnsEQ(j.C("funding_id"), s.C("id")), sql.EQ(a.C("withdrawn"), false), what(a)))
		}
		verified := func(a *sql.SelectTable) *sql.Predicate { return ent.VerifiedOn(a.C, Today(ctx)) }
		other := func(a *sql.SelectTable) *sql.Predicate { return sql.Not(verified(a)) }
		s.Where(sql.And(sql.Exists(pays(verified)), sql.NotExists(pays(other))))
	}
}

// verified adds: an institution has verified the record, and that still counts.
func (b *builder) verified(v *bool) {
	if v == nil {
		return
	}
	b.add(func(s *sql.Selector) {
		p := ent.VerifiedOn(s.C, Today(b.ctx))
		if !*v {
			p = sql.Not(p)
		}
		s.Where(p)
	})
}

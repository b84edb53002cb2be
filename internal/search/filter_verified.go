package search

import (
	"context"
	"time"

	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

type dayKey struct{}

// On says which day it is for filters: a verification lapses with it.
func On(ctx context.Context, day term.Date) context.Context {
	return context.WithValue(ctx, dayKey{}, day)
}

// today is the day that the context says, else that of the clock in the region: what a record shows first may come from
// any State, or from an organisation.
func today(ctx context.Context) term.Date {
	if day, ok := ctx.Value(dayKey{}).(term.Date); ok {
		return day
	}
	now := time.Now().UTC()
	if z, err := time.LoadLocation(term.RegionZone); err == nil {
		now = now.In(z)
	}
	return term.DateOf(now)
}

// verified adds: an institution has verified the record, and that still counts.
func (b *builder) verified(v *bool) {
	if v == nil {
		return
	}
	b.add(func(s *sql.Selector) {
		p := sql.And(sql.EQ(s.C("verified_status"), string(term.Verified)), sql.GTE(s.C("verified_until"), string(today(b.ctx))))
		if !*v {
			p = sql.Not(p)
		}
		s.Where(p)
	})
}

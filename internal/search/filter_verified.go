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

// today is the day that the context says, else that of the clock (UTC).
func today(ctx context.Context) term.Date {
	if day, ok := ctx.Value(dayKey{}).(term.Date); ok {
		return day
	}
	return term.DateOf(time.Now().UTC())
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

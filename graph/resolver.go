package graph

import (
	"context"
	"time"

	"adam/ent"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
)

// Resolver is the root of all resolvers. Now is the clock: deadlines turn with it. Store is the working store, in which
// mutations write, People keeps its accounts and Desk its reviews; nil on a server that only reads.
type Resolver struct {
	Now    func() time.Time
	Store  *store.Store
	People *people.Keeper
	Desk   *review.Desk
}

// today is the day in a chapter's time zone.
func (r *Resolver) today(ctx context.Context, c *ent.ReviewCycle) (term.Date, error) {
	chapter, err := c.Chapter(ctx)
	if err != nil {
		return "", err
	}
	zone, err := time.LoadLocation(chapter.TimeZone)
	if err != nil {
		return "", err
	}
	return term.DateOf(r.Now().In(zone)), nil
}

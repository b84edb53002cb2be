package graph

import (
	"context"
	"time"

	"adam/ent"
	"adam/internal/exchange/intake"
	"adam/internal/funding"
	"adam/internal/overlap"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
)

// Resolver is the root of all resolvers. Now is the clock: deadlines turn with it. Store is the working store, in which
// mutations write, People keeps its accounts, Desk its reviews, Overlaps an index of its activities, Imports the files that
// are sent, and Books ledgers of its money where it is large; nil on a server that only reads.
type Resolver struct {
	Now      func() time.Time
	Store    *store.Store
	People   *people.Keeper
	Desk     *review.Desk
	Overlaps *overlap.Watch
	Imports  *intake.Desk
	Books    *funding.Books
}

// today is the day in the time zone of a review: its chapter's, or the office's where it is of a portfolio.
func (r *Resolver) today(ctx context.Context, c *ent.ReviewCycle) (term.Date, error) {
	chapter, err := c.Chapter(ctx)
	if err != nil {
		return "", err
	}
	if chapter == nil {
		return review.Today(r.Now(), term.RegionZone)
	}
	return review.Today(r.Now(), chapter.TimeZone)
}

package funding

import (
	"context"
	"time"

	"adam/ent"
	"adam/internal/term"
)

// WithMuch calls more than n identifiers much, for as long as f takes.
func WithMuch(n int, f func()) {
	defer func(usual int) { much = usual }(much)
	much = n
	f()
}

// WithBooks answers every question from books, and calls more than n identifiers much, for as long as f takes.
func WithBooks(n int, f func()) {
	defer func(usual int) { few = usual }(few)
	few = 0
	WithMuch(n, f)
}

// Hold keeps so many books.
func (b *Books) Hold(n int) { b.known.Resize(n) }

// Facts reads as Ask does.
func (b *Books) Facts(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date) (*Facts, error) {
	return b.factsOf(ctx, c, q, day)
}

// Made says when the ledger of the viewer in the context was read as a whole.
func (b *Books) Made(ctx context.Context) time.Time {
	k := b.book(ctx)
	k.turn <- struct{}{}
	defer func() { <-k.turn }()
	return k.made
}

// Kept is how many books there are.
func (b *Books) Kept() int { return b.known.Len() }

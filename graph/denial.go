package graph

import (
	"context"
	"log/slog"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/store"
)

// denied keeps in the log that somebody who has signed in was refused something. What it was about is not told: a viewer
// learns nothing of it either.
func denied(ctx context.Context, st *store.Store, mutation string, err error) {
	v := access.From(ctx)
	if fault.KindOf(err) != fault.Forbidden || v.Person == 0 || st == nil {
		return
	}
	err = people.New(st, time.Now).Denied(ctx, "the mutation "+mutation+".")
	if err != nil {
		slog.ErrorContext(ctx, "graphql: a denial could not be logged", "error", err)
	}
}

//go:build !codegen

package rule

import (
	"context"

	"adam/internal/term"
)

type changesKey struct{}

// WithChanges adds what changed in the parts of a record, its States, donors or contacts, to the history entry of the
// next write of the record made with this context: one change, one entry.
func WithChanges(ctx context.Context, changes []term.Change) context.Context {
	return context.WithValue(ctx, changesKey{}, changes)
}

func changesOf(ctx context.Context) []term.Change {
	c, _ := ctx.Value(changesKey{}).([]term.Change)
	return c
}

type sourceKey struct{}

// WithSource names the document that shows the changes made with this context; history keeps it.
func WithSource(ctx context.Context, source term.ID) context.Context {
	return context.WithValue(ctx, sourceKey{}, source)
}

type firstSourceKey struct{}

// WithFirstSource writes the document that shows a new record when its anchor is there, on which sources hang, and before
// its history, which names it.
func WithFirstSource(ctx context.Context, write func(ctx context.Context, record term.ID) (source term.ID, err error)) context.Context {
	return context.WithValue(ctx, firstSourceKey{}, write)
}

func sourceOf(ctx context.Context) (term.ID, bool) {
	id, ok := ctx.Value(sourceKey{}).(term.ID)
	return id, ok
}

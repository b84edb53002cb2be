package graph

import (
	"adam/graph/cursor"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *queryResolver) Search(ctx context.Context, text string, kinds []term.RecordKind, states []string, themes []term.Theme, after *string, first *int, before *string, last *int) (*search.Hits, error) {
	return search.Find(ctx, client(ctx), text, search.Within{Kinds: kinds, States: states, Themes: themes}, search.Page{After: cursor.At(after), Before: cursor.At(before), First: first, Last: last})
}

package graph

import (
	"context"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/search"
)

// gapStates are the States with a chapter, or those of them that are asked for by their codes; an unknown code is refused.
func gapStates(ctx context.Context, codes []string) (*ent.StateQuery, error) {
	q, err := search.States(ctx, client(ctx), &search.StateFilter{Codes: codes})
	if fault.KindOf(err) == fault.Invalid {
		err = fault.New(fault.Invalid, "%s", fault.As(err).Sentence).At("states")
	}
	return q, err
}

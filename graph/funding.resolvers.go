package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"context"
)

func (r *queryResolver) Rates(ctx context.Context, after *string, first *int, before *string, last *int, currency *string, orderBy *ent.RateOrder) (*ent.RateConnection, error) {
	q, err := ratesOf(ctx, currency)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithRateOrder(orderBy))
}

type ()

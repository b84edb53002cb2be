package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"context"
)

func (r *queryResolver) Editions(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.EditionOrder) (*ent.EditionConnection, error) {
	return client(ctx).Edition.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithEditionOrder(orderBy))
}

func (r *queryResolver) Edition(ctx context.Context, number int) (*ent.Edition, error) {
	return byKey(ctx, client(ctx).Edition.Query().Where, "number", number, "edition")
}

func (r *queryResolver) CurrentEdition(ctx context.Context) (*ent.Edition, error) {
	return currentEdition(ctx)
}

package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/search"
	"context"
)

func (r *queryResolver) States(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.StateFilter, orderBy *ent.StateOrder) (*ent.StateConnection, error) {
	q, err := search.States(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithStateOrder(orderBy))
}

func (r *queryResolver) State(ctx context.Context, code string) (*ent.State, error) {
	return byKey(ctx, client(ctx).State.Query().Where, "code", code, "State")
}

func (r *stateResolver) Verifications(ctx context.Context, obj *ent.State) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *stateResolver) Sources(ctx context.Context, obj *ent.State) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *stateResolver) History(ctx context.Context, obj *ent.State, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *stateResolver) Disputes(ctx context.Context, obj *ent.State) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *stateResolver) MayCorrect(ctx context.Context, obj *ent.State) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *stateResolver) SharedWith(ctx context.Context, obj *ent.State) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *stateResolver) Related(ctx context.Context, obj *ent.State) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *Resolver) State() StateResolver { return &stateResolver{r} }

type (
	stateResolver struct{ *Resolver }
)

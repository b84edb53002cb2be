package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *actorResolver) Verifications(ctx context.Context, obj *ent.Actor) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *actorResolver) Sources(ctx context.Context, obj *ent.Actor) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *actorResolver) History(ctx context.Context, obj *ent.Actor, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *actorResolver) Disputes(ctx context.Context, obj *ent.Actor) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *actorResolver) MayCorrect(ctx context.Context, obj *ent.Actor) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *actorResolver) SharedWith(ctx context.Context, obj *ent.Actor) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *actorResolver) Related(ctx context.Context, obj *ent.Actor) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *queryResolver) Actors(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.ActorFilter, orderBy *ent.ActorOrder) (*ent.ActorConnection, error) {
	q, err := search.Actors(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithActorOrder(orderBy))
}

func (r *queryResolver) Actor(ctx context.Context, key string) (*ent.Actor, error) {
	return recordByKey(ctx, client(ctx).Actor.Query, term.KindActor, key, "actor")
}

func (r *Resolver) Actor() ActorResolver { return &actorResolver{r} }

type (
	actorResolver struct{ *Resolver }
)

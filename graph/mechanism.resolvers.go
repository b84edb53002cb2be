package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/gap"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *coordinationMechanismResolver) Verifications(ctx context.Context, obj *ent.CoordinationMechanism) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *coordinationMechanismResolver) Sources(ctx context.Context, obj *ent.CoordinationMechanism) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *coordinationMechanismResolver) History(ctx context.Context, obj *ent.CoordinationMechanism, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *coordinationMechanismResolver) Disputes(ctx context.Context, obj *ent.CoordinationMechanism) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *coordinationMechanismResolver) MayCorrect(ctx context.Context, obj *ent.CoordinationMechanism) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *coordinationMechanismResolver) ConceptFlags(ctx context.Context, obj *ent.CoordinationMechanism, dismissed bool) ([]*gap.Flag, error) {
	return flags(ctx, obj.ID, dismissed, func() (gap.Subject, error) { return gap.OfMechanism(obj), nil })
}

func (r *coordinationMechanismResolver) SharedWith(ctx context.Context, obj *ent.CoordinationMechanism) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *coordinationMechanismResolver) Related(ctx context.Context, obj *ent.CoordinationMechanism) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *queryResolver) Mechanisms(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.CoordinationMechanismFilter, orderBy *ent.CoordinationMechanismOrder) (*ent.CoordinationMechanismConnection, error) {
	q, err := search.Mechanisms(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithCoordinationMechanismOrder(orderBy))
}

func (r *queryResolver) Mechanism(ctx context.Context, key string) (*ent.CoordinationMechanism, error) {
	return recordByKey(ctx, client(ctx).CoordinationMechanism.Query, term.KindMechanism, key, "coordination mechanism")
}

func (r *Resolver) CoordinationMechanism() CoordinationMechanismResolver {
	return &coordinationMechanismResolver{r}
}

type (
	coordinationMechanismResolver struct{ *Resolver }
)

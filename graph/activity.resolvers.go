package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/gap"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *activityResolver) Verifications(ctx context.Context, obj *ent.Activity) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *activityResolver) Sources(ctx context.Context, obj *ent.Activity) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *activityResolver) History(ctx context.Context, obj *ent.Activity, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *activityResolver) Disputes(ctx context.Context, obj *ent.Activity) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *activityResolver) MayCorrect(ctx context.Context, obj *ent.Activity) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *activityResolver) ConceptFlags(ctx context.Context, obj *ent.Activity, dismissed bool) ([]*gap.Flag, error) {
	return flags(ctx, obj.ID, dismissed, func() (gap.Subject, error) { return gap.OfActivity(obj), nil })
}

func (r *activityResolver) SharedWith(ctx context.Context, obj *ent.Activity) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *activityResolver) Related(ctx context.Context, obj *ent.Activity) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *activityConnectionResolver) PossiblyActive(ctx context.Context, obj *ent.ActivityConnection) (*int, error) {
	return possiblyActive(ctx)
}

func (r *queryResolver) Activities(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.ActivityFilter, orderBy *ent.ActivityOrder) (*ent.ActivityConnection, error) {
	q, err := search.Activities(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithActivityOrder(orderBy))
}

func (r *queryResolver) Activity(ctx context.Context, key string) (*ent.Activity, error) {
	return recordByKey(ctx, client(ctx).Activity.Query, term.KindActivity, key, "activity")
}

func (r *Resolver) Activity() ActivityResolver { return &activityResolver{r} }

func (r *Resolver) ActivityConnection() ActivityConnectionResolver {
	return &activityConnectionResolver{Resolver: r}
}

type (
	activityResolver           struct{ *Resolver }
	activityConnectionResolver struct {
		*Resolver
		counting[ent.ActivityConnection]
	}
)

package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/gap"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *lawResolver) Verifications(ctx context.Context, obj *ent.Law) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *lawResolver) Sources(ctx context.Context, obj *ent.Law) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *lawResolver) History(ctx context.Context, obj *ent.Law, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *lawResolver) Disputes(ctx context.Context, obj *ent.Law) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *lawResolver) MayCorrect(ctx context.Context, obj *ent.Law) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *lawResolver) ConceptFlags(ctx context.Context, obj *ent.Law, dismissed bool) ([]*gap.Flag, error) {
	return flags(ctx, obj.ID, dismissed, func() (gap.Subject, error) { return gap.OfLaw(ctx, obj) })
}

func (r *lawResolver) SharedWith(ctx context.Context, obj *ent.Law) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *lawResolver) Related(ctx context.Context, obj *ent.Law) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *queryResolver) Laws(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.LawFilter, orderBy *ent.LawOrder) (*ent.LawConnection, error) {
	q, err := search.Laws(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithLawOrder(orderBy))
}

func (r *queryResolver) Law(ctx context.Context, key string) (*ent.Law, error) {
	return recordByKey(ctx, client(ctx).Law.Query, term.KindLaw, key, "law")
}

func (r *Resolver) Law() LawResolver { return &lawResolver{r} }

type (
	lawResolver struct{ *Resolver }
)

package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/gap"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *policyResolver) Verifications(ctx context.Context, obj *ent.PolicyDocument) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *policyResolver) Sources(ctx context.Context, obj *ent.PolicyDocument) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *policyResolver) History(ctx context.Context, obj *ent.PolicyDocument, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *policyResolver) Disputes(ctx context.Context, obj *ent.PolicyDocument) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *policyResolver) MayCorrect(ctx context.Context, obj *ent.PolicyDocument) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *policyResolver) ConceptFlags(ctx context.Context, obj *ent.PolicyDocument, dismissed bool) ([]*gap.Flag, error) {
	return flags(ctx, obj.ID, dismissed, func() (gap.Subject, error) { return gap.OfPolicy(obj), nil })
}

func (r *policyResolver) SharedWith(ctx context.Context, obj *ent.PolicyDocument) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *policyResolver) Related(ctx context.Context, obj *ent.PolicyDocument) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *queryResolver) Policies(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.PolicyFilter, orderBy *ent.PolicyDocumentOrder) (*ent.PolicyDocumentConnection, error) {
	q, err := search.Policies(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithPolicyDocumentOrder(orderBy))
}

func (r *queryResolver) Policy(ctx context.Context, key string) (*ent.PolicyDocument, error) {
	return recordByKey(ctx, client(ctx).PolicyDocument.Query, term.KindPolicy, key, "policy")
}

func (r *Resolver) Policy() PolicyResolver { return &policyResolver{r} }

type (
	policyResolver struct{ *Resolver }
)

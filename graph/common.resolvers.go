package graph

import (
	"adam/ent"
	"adam/internal/review"
	"adam/internal/term"
	"context"
)

func (r *historyEntryResolver) By(ctx context.Context, obj *ent.HistoryEntry) (*ent.Institution, error) {
	return &ent.Institution{Name: obj.By}, nil
}

func (r *queryResolver) Node(ctx context.Context, id term.ID) (ent.Noder, error) {
	return node(ctx, id)
}

func (r *queryResolver) Nodes(ctx context.Context, ids []term.ID) ([]ent.Noder, error) {
	return nodes(ctx, ids)
}

func (r *Resolver) HistoryEntry() HistoryEntryResolver { return &historyEntryResolver{r} }

func (r *Resolver) Query() QueryResolver { return &queryResolver{r} }

func (r *verificationResolver) Status(ctx context.Context, obj *ent.Verification) (term.VerificationStatus, error) {
	return review.Standing(obj, r.Now())
}

func (r *Resolver) Verification() VerificationResolver { return &verificationResolver{r} }

type (
	verificationResolver struct{ *Resolver }
	historyEntryResolver struct{ *Resolver }
	queryResolver        struct{ *Resolver }
)

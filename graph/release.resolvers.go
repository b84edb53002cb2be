package graph

import (
	"context"

	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/term"
)

func (r *mutationResolver) ProposeRelease(ctx context.Context, input ProposeReleaseInput) (*ReleasePayload, error) {
	in := edition.Proposal{Summary: input.Summary, Note: orNone(input.Note), Seen: input.Seen}
	return changed(ctx, r.Store, input, given(r.gate().Propose, in), releasing)
}

func (r *mutationResolver) DecideRelease(ctx context.Context, input DecideReleaseInput) (*ReleasePayload, error) {
	in := edition.Decision{Release: input.Release, Approve: input.Approve, Reason: orNone(input.Reason), Seen: orNone(input.Seen)}
	return changed(ctx, r.Store, input, given(r.gate().Decide, in), releasing)
}

func (r *mutationResolver) WithdrawRelease(ctx context.Context, input WithdrawReleaseInput) (*ReleasePayload, error) {
	return changed(ctx, r.Store, input, given(r.gate().TakeBack, input.Release), releasing)
}

func (r *queryResolver) Unreleased(ctx context.Context, after *string, first *int, before *string, last *int) (*edition.Unreleased, error) {
	return r.unreleased(ctx, edition.ReleasePage{After: cursor.At(after), Before: cursor.At(before), First: first, Last: last})
}

func (r *queryResolver) PendingRelease(ctx context.Context) (*ent.Release, error) {
	return pendingRelease(ctx)
}

func (r *queryResolver) Release(ctx context.Context, id term.ID) (*ent.Release, error) {
	return releaseBy(ctx, id)
}

func (r *queryResolver) Releases(ctx context.Context, first *int) ([]*ent.Release, error) {
	return releases(ctx, first)
}

func (r *releaseResolver) ProposedBy(ctx context.Context, obj *ent.Release) (*ent.Institution, error) {
	return institution(&obj.ProposedBy), nil
}

func (r *releaseResolver) Mine(ctx context.Context, obj *ent.Release) (bool, error) {
	v := access.From(ctx)
	return v.Person != 0 && v.Person == obj.Proposer, nil
}

func (r *releaseResolver) DecidedBy(ctx context.Context, obj *ent.Release) (*ent.Institution, error) {
	return institution(obj.DecidedBy), nil
}

func (r *releaseResolver) Edition(ctx context.Context, obj *ent.Release) (*ent.Edition, error) {
	return numbered(ctx, obj.Edition)
}

func (r *releaseResolver) LateChanges(ctx context.Context, obj *ent.Release) (*int, error) {
	return r.lateChanges(ctx, obj)
}

func (r *Resolver) Release() ReleaseResolver { return &releaseResolver{r} }

type releaseResolver struct{ *Resolver }

package graph

import (
	"context"

	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/search"
	"adam/internal/term"
)

func (r *queryResolver) Overlaps(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.OverlapFilter, orderBy *ent.OverlapOrder) (*ent.OverlapConnection, error) {
	return overlapsFor(ctx, filter, page{cursor.At(after), cursor.At(before), first, last}, orderBy)
}

func (r *mutationResolver) ResolveOverlap(ctx context.Context, input ResolveOverlapInput) (*ResolveOverlapPayload, error) {
	done, err := changed(ctx, r.Store, input, settling(input), overlapNow)
	return &ResolveOverlapPayload{Overlap: done}, err
}

func (r *mutationResolver) AssignOverlap(ctx context.Context, input AssignOverlapInput) (*AssignOverlapPayload, error) {
	done, err := changed(ctx, r.Store, input, assigning(input), overlapNow)
	return &AssignOverlapPayload{Overlap: done}, err
}

func (r *resolveOverlapPayloadResolver) Activity(ctx context.Context, obj *ResolveOverlapPayload) (*ent.Activity, error) {
	return stays(ctx, obj.Overlap)
}

func (r *overlapResolver) DecidedBy(ctx context.Context, obj *ent.Overlap) (*ent.Institution, error) {
	return institution(obj.DecidedBy), nil
}

func (r *overlapResolver) AssignedTo(ctx context.Context, obj *ent.Overlap) (*ent.Institution, error) {
	return institution(obj.Assignee), nil
}

func (r *overlapResolver) AssignedToMe(ctx context.Context, obj *ent.Overlap) (bool, error) {
	return obj.AssignedTo != 0 && obj.AssignedTo == access.From(ctx).Person, nil
}

func (r *overlapResolver) Sentence(ctx context.Context, obj *ent.Overlap) (string, error) {
	e, err := explanationOf(ctx, obj)
	return e.Sentence, err
}

func (r *overlapResolver) Evidence(ctx context.Context, obj *ent.Overlap) ([]*OverlapEvidence, error) {
	e, err := explanationOf(ctx, obj)
	return e.Evidence, err
}

func (r *overlapResolver) Reasons(ctx context.Context, obj *ent.Overlap) ([]string, error) {
	e, err := explanationOf(ctx, obj)
	return e.Reasons, err
}

func (r *overlapResolver) Missing(ctx context.Context, obj *ent.Overlap) ([]string, error) {
	e, err := explanationOf(ctx, obj)
	return e.Missing, err
}

func (r *overlapResolver) Rates(ctx context.Context, obj *ent.Overlap) ([]string, error) {
	e, err := explanationOf(ctx, obj)
	return e.Rates, err
}

func (r *overlapResolver) Contradictions(ctx context.Context, obj *ent.Overlap, decision term.OverlapDecision) ([]*catalogue.Contradicted, error) {
	return catalogue.ContradictionsOf(ctx, client(ctx), obj.ID, decision)
}

func (r *overlapResolver) MaySettle(ctx context.Context, obj *ent.Overlap) (bool, error) {
	return maySettle(ctx), nil
}

func (r *overlapStepResolver) Relation(ctx context.Context, obj *term.OverlapStep) (*term.RelationKind, error) {
	if obj.Relation == "" {
		return nil, nil
	}
	return &obj.Relation, nil
}

func (r *overlapStepResolver) By(ctx context.Context, obj *term.OverlapStep) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *Resolver) Overlap() OverlapResolver { return &overlapResolver{r} }

func (r *Resolver) OverlapStep() OverlapStepResolver { return &overlapStepResolver{r} }

func (r *Resolver) ResolveOverlapPayload() ResolveOverlapPayloadResolver {
	return &resolveOverlapPayloadResolver{r}
}

type (
	overlapResolver               struct{ *Resolver }
	overlapStepResolver           struct{ *Resolver }
	resolveOverlapPayloadResolver struct{ *Resolver }
)

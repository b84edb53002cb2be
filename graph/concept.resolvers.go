package graph

import (
	"context"

	"adam/ent"
	"adam/internal/gap"
)

func (r *mutationResolver) DismissConceptFlag(ctx context.Context, input ConceptFlagInput) (*DismissConceptFlagPayload, error) {
	done, err := changed(ctx, r.Store, input, dismissing(gap.Dismiss, input), flaggedNow)
	return &DismissConceptFlagPayload{Record: done.record, ConceptFlags: done.flags}, err
}

func (r *mutationResolver) RestoreConceptFlag(ctx context.Context, input ConceptFlagInput) (*RestoreConceptFlagPayload, error) {
	done, err := changed(ctx, r.Store, input, dismissing(gap.Restore, input), flaggedNow)
	return &RestoreConceptFlagPayload{Record: done.record, ConceptFlags: done.flags}, err
}

func (r *conceptDismissalResolver) By(ctx context.Context, obj *gap.Dismissed) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *Resolver) ConceptDismissal() ConceptDismissalResolver { return &conceptDismissalResolver{r} }

func (r *conceptDismissalTakenBackResolver) By(ctx context.Context, obj *gap.TakenBack) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *Resolver) ConceptDismissalTakenBack() ConceptDismissalTakenBackResolver {
	return &conceptDismissalTakenBackResolver{r}
}

func (r *createActivityPayloadResolver) ConceptFlags(ctx context.Context, obj *CreateActivityPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Activity.ID, obj.Activity)
}

func (r *updateActivityPayloadResolver) ConceptFlags(ctx context.Context, obj *UpdateActivityPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Activity.ID, obj.Activity)
}

func (r *createLawPayloadResolver) ConceptFlags(ctx context.Context, obj *CreateLawPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Law.ID, obj.Law)
}

func (r *Resolver) CreateLawPayload() CreateLawPayloadResolver { return &createLawPayloadResolver{r} }

func (r *updateLawPayloadResolver) ConceptFlags(ctx context.Context, obj *UpdateLawPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Law.ID, obj.Law)
}

func (r *Resolver) UpdateLawPayload() UpdateLawPayloadResolver { return &updateLawPayloadResolver{r} }

func (r *createPolicyPayloadResolver) ConceptFlags(ctx context.Context, obj *CreatePolicyPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Policy.ID, obj.Policy)
}

func (r *Resolver) CreatePolicyPayload() CreatePolicyPayloadResolver {
	return &createPolicyPayloadResolver{r}
}

func (r *updatePolicyPayloadResolver) ConceptFlags(ctx context.Context, obj *UpdatePolicyPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Policy.ID, obj.Policy)
}

func (r *Resolver) UpdatePolicyPayload() UpdatePolicyPayloadResolver {
	return &updatePolicyPayloadResolver{r}
}

func (r *createMechanismPayloadResolver) ConceptFlags(ctx context.Context, obj *CreateMechanismPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Mechanism.ID, obj.Mechanism)
}

func (r *Resolver) CreateMechanismPayload() CreateMechanismPayloadResolver {
	return &createMechanismPayloadResolver{r}
}

func (r *updateMechanismPayloadResolver) ConceptFlags(ctx context.Context, obj *UpdateMechanismPayload) ([]*gap.Flag, error) {
	return madeFlags(ctx, obj.Mechanism.ID, obj.Mechanism)
}

func (r *Resolver) UpdateMechanismPayload() UpdateMechanismPayloadResolver {
	return &updateMechanismPayloadResolver{r}
}

type (
	conceptDismissalResolver          struct{ *Resolver }
	conceptDismissalTakenBackResolver struct{ *Resolver }
	createLawPayloadResolver          struct{ *Resolver }
	updateLawPayloadResolver          struct{ *Resolver }
	createPolicyPayloadResolver       struct{ *Resolver }
	updatePolicyPayloadResolver       struct{ *Resolver }
	createMechanismPayloadResolver    struct{ *Resolver }
	updateMechanismPayloadResolver    struct{ *Resolver }
)

package graph

import (
	"adam/ent"
	"adam/internal/catalogue"
	"adam/internal/term"
	"context"
)

func (r *mutationResolver) CreateActivity(ctx context.Context, input map[string]any) (*CreateActivityPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Create, term.KindActivity, input), activityNow)
	return &CreateActivityPayload{Activity: done}, err
}

func (r *mutationResolver) UpdateActivity(ctx context.Context, input map[string]any) (*UpdateActivityPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindActivity, input), activityNow)
	return &UpdateActivityPayload{Activity: done}, err
}

func (r *mutationResolver) WithdrawActivity(ctx context.Context, input WithdrawInput) (*WithdrawActivityPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Withdraw, term.KindActivity, input.Key, input.Version, input.Reason), activityNow)
	return &WithdrawActivityPayload{Activity: done}, err
}

func (r *mutationResolver) RestoreActivity(ctx context.Context, input RestoreInput) (*RestoreActivityPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Restore, term.KindActivity, input.Key, input.Version, input.Reason), activityNow)
	return &RestoreActivityPayload{Activity: done}, err
}

func (r *mutationResolver) RenameActivity(ctx context.Context, input RenameInput) (*RenameActivityPayload, error) {
	done, err := changed(ctx, r.Store, input, renaming(term.KindActivity, input), activityNow)
	return &RenameActivityPayload{Activity: done}, err
}

func (r *mutationResolver) CreateActor(ctx context.Context, input map[string]any) (*CreateActorPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Create, term.KindActor, input), actorNow)
	return &CreateActorPayload{Actor: done}, err
}

func (r *mutationResolver) UpdateActor(ctx context.Context, input map[string]any) (*UpdateActorPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindActor, input), actorNow)
	return &UpdateActorPayload{Actor: done}, err
}

func (r *mutationResolver) WithdrawActor(ctx context.Context, input WithdrawInput) (*WithdrawActorPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Withdraw, term.KindActor, input.Key, input.Version, input.Reason), actorNow)
	return &WithdrawActorPayload{Actor: done}, err
}

func (r *mutationResolver) RestoreActor(ctx context.Context, input RestoreInput) (*RestoreActorPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Restore, term.KindActor, input.Key, input.Version, input.Reason), actorNow)
	return &RestoreActorPayload{Actor: done}, err
}

func (r *mutationResolver) RenameActor(ctx context.Context, input RenameInput) (*RenameActorPayload, error) {
	done, err := changed(ctx, r.Store, input, renaming(term.KindActor, input), actorNow)
	return &RenameActorPayload{Actor: done}, err
}

func (r *mutationResolver) CreateLaw(ctx context.Context, input map[string]any) (*CreateLawPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Create, term.KindLaw, input), lawNow)
	return &CreateLawPayload{Law: done}, err
}

func (r *mutationResolver) UpdateLaw(ctx context.Context, input map[string]any) (*UpdateLawPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindLaw, input), lawNow)
	return &UpdateLawPayload{Law: done}, err
}

func (r *mutationResolver) WithdrawLaw(ctx context.Context, input WithdrawInput) (*WithdrawLawPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Withdraw, term.KindLaw, input.Key, input.Version, input.Reason), lawNow)
	return &WithdrawLawPayload{Law: done}, err
}

func (r *mutationResolver) RestoreLaw(ctx context.Context, input RestoreInput) (*RestoreLawPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Restore, term.KindLaw, input.Key, input.Version, input.Reason), lawNow)
	return &RestoreLawPayload{Law: done}, err
}

func (r *mutationResolver) RenameLaw(ctx context.Context, input RenameInput) (*RenameLawPayload, error) {
	done, err := changed(ctx, r.Store, input, renaming(term.KindLaw, input), lawNow)
	return &RenameLawPayload{Law: done}, err
}

func (r *mutationResolver) CreatePolicy(ctx context.Context, input map[string]any) (*CreatePolicyPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Create, term.KindPolicy, input), policyNow)
	return &CreatePolicyPayload{Policy: done}, err
}

func (r *mutationResolver) UpdatePolicy(ctx context.Context, input map[string]any) (*UpdatePolicyPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindPolicy, input), policyNow)
	return &UpdatePolicyPayload{Policy: done}, err
}

func (r *mutationResolver) WithdrawPolicy(ctx context.Context, input WithdrawInput) (*WithdrawPolicyPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Withdraw, term.KindPolicy, input.Key, input.Version, input.Reason), policyNow)
	return &WithdrawPolicyPayload{Policy: done}, err
}

func (r *mutationResolver) RestorePolicy(ctx context.Context, input RestoreInput) (*RestorePolicyPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Restore, term.KindPolicy, input.Key, input.Version, input.Reason), policyNow)
	return &RestorePolicyPayload{Policy: done}, err
}

func (r *mutationResolver) RenamePolicy(ctx context.Context, input RenameInput) (*RenamePolicyPayload, error) {
	done, err := changed(ctx, r.Store, input, renaming(term.KindPolicy, input), policyNow)
	return &RenamePolicyPayload{Policy: done}, err
}

func (r *mutationResolver) CreateMechanism(ctx context.Context, input map[string]any) (*CreateMechanismPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Create, term.KindMechanism, input), mechanismNow)
	return &CreateMechanismPayload{Mechanism: done}, err
}

func (r *mutationResolver) UpdateMechanism(ctx context.Context, input map[string]any) (*UpdateMechanismPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindMechanism, input), mechanismNow)
	return &UpdateMechanismPayload{Mechanism: done}, err
}

func (r *mutationResolver) WithdrawMechanism(ctx context.Context, input WithdrawInput) (*WithdrawMechanismPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Withdraw, term.KindMechanism, input.Key, input.Version, input.Reason), mechanismNow)
	return &WithdrawMechanismPayload{Mechanism: done}, err
}

func (r *mutationResolver) RestoreMechanism(ctx context.Context, input RestoreInput) (*RestoreMechanismPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Restore, term.KindMechanism, input.Key, input.Version, input.Reason), mechanismNow)
	return &RestoreMechanismPayload{Mechanism: done}, err
}

func (r *mutationResolver) RenameMechanism(ctx context.Context, input RenameInput) (*RenameMechanismPayload, error) {
	done, err := changed(ctx, r.Store, input, renaming(term.KindMechanism, input), mechanismNow)
	return &RenameMechanismPayload{Mechanism: done}, err
}

func (r *mutationResolver) UpdateState(ctx context.Context, input map[string]any) (*UpdateStatePayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindState, input), stateNow)
	return &UpdateStatePayload{State: done}, err
}

func (r *mutationResolver) AddFunding(ctx context.Context, input map[string]any) (*AddFundingPayload, error) {
	done, err := changed(ctx, r.Store, input, given(catalogue.AddFunding, input), activityNow)
	return &AddFundingPayload{Activity: done}, err
}

func (r *mutationResolver) UpdateFunding(ctx context.Context, input map[string]any) (*UpdateFundingPayload, error) {
	done, err := changed(ctx, r.Store, input, given(catalogue.UpdateFunding, input), activityNow)
	return &UpdateFundingPayload{Activity: done}, err
}

func (r *mutationResolver) RemoveFunding(ctx context.Context, input map[string]any) (*RemoveFundingPayload, error) {
	done, err := changed(ctx, r.Store, input, given(catalogue.RemoveFunding, input), activityNow)
	return &RemoveFundingPayload{Activity: done}, err
}

func (r *mutationResolver) CreateNeed(ctx context.Context, input map[string]any) (*CreateNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Create, term.KindNeed, input), needNow)
	return &CreateNeedPayload{Need: done}, err
}

func (r *mutationResolver) UpdateNeed(ctx context.Context, input map[string]any) (*UpdateNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, writing(catalogue.Update, term.KindNeed, input), needNow)
	return &UpdateNeedPayload{Need: done}, err
}

func (r *mutationResolver) WithdrawNeed(ctx context.Context, input WithdrawInput) (*WithdrawNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Withdraw, term.KindNeed, input.Key, input.Version, input.Reason), needNow)
	return &WithdrawNeedPayload{Need: done}, err
}

func (r *mutationResolver) RestoreNeed(ctx context.Context, input RestoreInput) (*RestoreNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, with(catalogue.Restore, term.KindNeed, input.Key, input.Version, input.Reason), needNow)
	return &RestoreNeedPayload{Need: done}, err
}

func (r *mutationResolver) RenameNeed(ctx context.Context, input RenameInput) (*RenameNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, renaming(term.KindNeed, input), needNow)
	return &RenameNeedPayload{Need: done}, err
}

func (r *mutationResolver) DisputeRecord(ctx context.Context, input DisputeRecordInput) (*DisputeRecordPayload, error) {
	done, err := changed(ctx, r.Store, input, disputing(input), disputeNow)
	return &DisputeRecordPayload{Dispute: done}, err
}

func (r *mutationResolver) RetractDispute(ctx context.Context, input RetractDisputeInput) (*RetractDisputePayload, error) {
	done, err := changed(ctx, r.Store, input, retracting(input), disputeNow)
	return &RetractDisputePayload{Dispute: done}, err
}

func (r *mutationResolver) DecideDispute(ctx context.Context, input DecideDisputeInput) (*DecideDisputePayload, error) {
	done, err := changed(ctx, r.Store, input, deciding(input), disputeNow)
	return &DecideDisputePayload{Dispute: done}, err
}

func (r *mutationResolver) ShareRecord(ctx context.Context, input catalogue.Sharing) (*ShareRecordPayload, error) {
	return changed(ctx, r.Store, input, given(catalogue.Share, input), sharingNow)
}

func (r *createActivityPayloadResolver) PossibleOverlaps(ctx context.Context, obj *CreateActivityPayload) ([]*PossibleOverlap, error) {
	return r.possibleOverlaps(ctx, obj.Activity)
}

func (r *updateActivityPayloadResolver) PossibleOverlaps(ctx context.Context, obj *UpdateActivityPayload) ([]*PossibleOverlap, error) {
	return r.possibleOverlaps(ctx, obj.Activity)
}

func (r *disputeResolver) By(ctx context.Context, obj *ent.Dispute) (*ent.Institution, error) {
	return &ent.Institution{Name: obj.By}, nil
}

func (r *disputeResolver) Record(ctx context.Context, obj *ent.Dispute) (ent.CatalogueRecord, error) {
	return loadersFrom(ctx).records.Load(ctx, obj.RecordID)
}

func (r *queryResolver) Disputes(ctx context.Context, status []term.DisputeStatus, first *int) ([]*ent.Dispute, error) {
	return catalogue.Disputes(ctx, client(ctx), status, orUsual(first))
}

func (r *disputeResolver) DecidedBy(ctx context.Context, obj *ent.Dispute) (*ent.Institution, error) {
	return institution(obj.DecidedBy), nil
}

func (r *shareResolver) By(ctx context.Context, obj *ent.Share) (*ent.Institution, error) {
	return &ent.Institution{Name: obj.By}, nil
}

func (r *Resolver) CreateActivityPayload() CreateActivityPayloadResolver {
	return &createActivityPayloadResolver{r}
}

func (r *Resolver) UpdateActivityPayload() UpdateActivityPayloadResolver {
	return &updateActivityPayloadResolver{r}
}

func (r *Resolver) Dispute() DisputeResolver { return &disputeResolver{r} }

func (r *Resolver) Mutation() MutationResolver { return &mutationResolver{r} }

func (r *Resolver) Share() ShareResolver { return &shareResolver{r} }

type (
	createActivityPayloadResolver struct{ *Resolver }
	disputeResolver               struct{ *Resolver }
	mutationResolver              struct{ *Resolver }
	shareResolver                 struct{ *Resolver }
	updateActivityPayloadResolver struct{ *Resolver }
)

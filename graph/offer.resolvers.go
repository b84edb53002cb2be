package graph

import (
	"context"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/catalogue"
	"adam/internal/search"
	"adam/internal/term"
)

func (r *mutationResolver) OfferForNeed(ctx context.Context, input OfferForNeedInput) (*OfferForNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, offering(input), offerNow)
	return &OfferForNeedPayload{Offer: done}, err
}

func (r *mutationResolver) WithdrawOffer(ctx context.Context, input WithdrawOfferInput) (*WithdrawOfferPayload, error) {
	done, err := changed(ctx, r.Store, input, withdrawingOffer(input), offerNow)
	return &WithdrawOfferPayload{Offer: done}, err
}

func (r *mutationResolver) AnswerOffer(ctx context.Context, input AnswerOfferInput) (*AnswerOfferPayload, error) {
	done, err := changed(ctx, r.Store, input, answeringOffer(input), offerNow)
	return &AnswerOfferPayload{Offer: done}, err
}

func (r *mutationResolver) MeetNeed(ctx context.Context, input MeetNeedInput) (*MeetNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, meeting(input), needNow)
	return &MeetNeedPayload{Need: done}, err
}

func (r *mutationResolver) ReopenNeed(ctx context.Context, input ReopenNeedInput) (*ReopenNeedPayload, error) {
	done, err := changed(ctx, r.Store, input, reopening(input), needNow)
	return &ReopenNeedPayload{Need: done}, err
}

func (r *needOfferResolver) By(ctx context.Context, obj *ent.NeedOffer) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *needOfferResolver) DecidedBy(ctx context.Context, obj *ent.NeedOffer) (*ent.Institution, error) {
	return institution(obj.DecidedBy), nil
}

func (r *needOfferResolver) MayWithdraw(ctx context.Context, obj *ent.NeedOffer) (bool, error) {
	return catalogue.Stands(obj) && rule.MayOffer(ctx, obj.OrganisationID) == nil, nil
}

func (r *needOfferResolver) MayAnswer(ctx context.Context, obj *ent.NeedOffer) (bool, error) {
	if !catalogue.Stands(obj) {
		return false, nil
	}
	return mayAnswer(ctx, obj.NeedID)
}

func (r *offerStepResolver) By(ctx context.Context, obj *term.OfferStep) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *Resolver) NeedOffer() NeedOfferResolver { return &needOfferResolver{r} }

func (r *Resolver) MatchingActivityConnection() MatchingActivityConnectionResolver {
	return counting[search.Matches]{}
}

func (r *Resolver) OfferStep() OfferStepResolver { return &offerStepResolver{r} }

type (
	needOfferResolver struct{ *Resolver }
	offerStepResolver struct{ *Resolver }
)

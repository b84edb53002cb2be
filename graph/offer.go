package graph

import (
	"context"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/need"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/search"
	"adam/internal/term"
)

func offering(in OfferForNeedInput) change {
	o := catalogue.Offering{Need: in.Need, Organisation: orNone(in.Organisation), Activity: orNone(in.Activity), Statement: in.Statement}
	if in.Visibility != nil {
		o.Visibility = *in.Visibility
	}
	return given(catalogue.Offer, o)
}

func withdrawingOffer(in WithdrawOfferInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.WithdrawOffer(ctx, tx, in.Offer, in.Version, in.Reason)
	}
}

func answeringOffer(in AnswerOfferInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.AnswerOffer(ctx, tx, in.Offer, in.Version, in.Accept, in.Reason)
	}
}

func meeting(in MeetNeedInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.MeetNeed(ctx, tx, in.Key, in.Version, orNone(in.Activity), in.Reason)
	}
}

func reopening(in ReopenNeedInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.ReopenNeed(ctx, tx, in.Key, in.Version, in.Reason)
	}
}

func offerNow(ctx context.Context, id term.ID) (*ent.NeedOffer, error) {
	o, err := client(ctx).NeedOffer.Get(ctx, id)
	if err == nil {
		loadersFrom(ctx).forget(o.NeedID)
	}
	return o, err
}

func loadAnswers(ctx context.Context, needs []term.ID) (map[term.ID]bool, error) {
	return rule.Answers(ctx, client(ctx), needs)
}

func loadNeedStatus(ctx context.Context, needs []term.ID) (map[term.ID]term.NeedStatus, error) {
	return catalogue.NeedStatuses(ctx, client(ctx), needs)
}

// mayAnswer says whether the viewer speaks for the side that has a need, on the working store.
func mayAnswer(ctx context.Context, need term.ID) (bool, error) {
	return loadersFrom(ctx).answers.Load(ctx, need)
}

// mayOffer says whether the viewer offers for any organisation, while the need takes offers.
func mayOffer(ctx context.Context, n *ent.Need) bool {
	v := access.From(ctx)
	return n.Status != term.NeedMet && (len(v.Actors()) > 0 || v.SeesAll())
}

// matchesOf is a page of the activities that may answer a need.
func matchesOf(ctx context.Context, n *ent.Need, p page, order *ent.ActivityOrder) (*search.Matches, error) {
	day := search.Today(ctx)
	q, err := search.Answering(ctx, client(ctx), n, day)
	if err != nil {
		return nil, err
	}
	found, err := q.Paginate(ctx, p.after, p.first, p.before, p.last, ent.WithActivityOrder(order))
	if err != nil {
		return nil, err
	}
	return search.Explained(n, found, day), nil
}

// verifiedMatches counts of each need the activities that may answer it and are verified today.
func verifiedMatches(ctx context.Context, needs []term.ID) (map[term.ID]int, error) {
	all, err := client(ctx).Need.Query().Where(need.IDIn(needs...)).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[term.ID]int, len(all))
	for _, n := range all {
		q, err := search.Answering(ctx, client(ctx), n, search.Today(ctx))
		if err != nil {
			return nil, err
		}
		if out[n.ID], err = q.Where(search.Verified(ctx)).Unique(false).Select(activity.FieldID).Count(ctx); err != nil {
			return nil, err
		}
	}
	return out, nil
}

package catalogue

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/need"
	"adam/ent/needoffer"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"
)

// MeetNeed says that a need is met, with a reason, and by which activity where one is named. The State that has it says
// so, or the secretariat.
func MeetNeed(ctx context.Context, tx *ent.Tx, key string, version int, activity, reason string) (term.ID, error) {
	s, now, err := toAnswer(ctx, tx, key, version, reason)
	if err != nil {
		return 0, err
	}
	if now.get(need.FieldStatus) == term.NeedMet {
		return 0, fault.New(fault.Invalid, "This need is met already. Reopen it first to say so anew.").At(below(ctx) + ".key")
	}
	values := map[string]any{need.FieldStatus: term.NeedMet}
	if activity != "" {
		in := newIntake(ctx, tx.Client(), now)
		id, _ := in.refer(in.at("activity"), term.KindActivity, activity)
		if err := in.err(); err != nil {
			return 0, err
		}
		values[need.FieldMetByID] = id
	}
	return now.id(), s.touch(rule.WithReason(ctx, strings.TrimSpace(reason)), tx.Client(), now, values)
}

// ReopenNeed says that a need is not met after all, with a reason. It is then as far as its offers are.
func ReopenNeed(ctx context.Context, tx *ent.Tx, key string, version int, reason string) (term.ID, error) {
	s, now, err := toAnswer(ctx, tx, key, version, reason)
	if err != nil {
		return 0, err
	}
	if now.get(need.FieldStatus) == term.NeedOpen {
		return now.id(), nil
	}
	return now.id(), s.touch(rule.WithReason(ctx, strings.TrimSpace(reason)), tx.Client(), now, map[string]any{need.FieldStatus: term.NeedOpen, need.FieldMetByID: nil})
}

// toAnswer finds a need for whose side the viewer speaks, at the version that she read, and wants a reason.
func toAnswer(ctx context.Context, tx *ent.Tx, key string, version int, reason string) (*subject, row, error) {
	s, now, err := toChange(ctx, tx, term.KindNeed, key, version, reason)
	if err != nil {
		return nil, row{}, err
	}
	return s, now, rule.MayAnswer(ctx, tx.Client(), now.id())
}

// furthest is the status that is further on.
func furthest(a, b term.NeedStatus) term.NeedStatus {
	for _, s := range []term.NeedStatus{term.NeedMet, term.NeedMatched, term.NeedOffered} {
		if a == s || b == s {
			return s
		}
	}
	return term.NeedOpen
}

// NeedStatuses says of needs how far they are for the viewer in the context: as far as has been said of each, and as
// far as the offers bring it that she sees (decision 026).
func NeedStatuses(ctx context.Context, c *ent.Client, needs []term.ID) (map[term.ID]term.NeedStatus, error) {
	said, err := c.Need.Query().Where(need.IDIn(needs...)).Select(need.FieldID, need.FieldStatus).All(rule.WithWithdrawn(ctx))
	if err != nil {
		return nil, err
	}
	offers, err := c.NeedOffer.Query().Where(needoffer.NeedIDIn(needs...), needoffer.StatusIn(standing...)).
		Select(needoffer.FieldNeedID, needoffer.FieldStatus).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[term.ID]term.NeedStatus, len(said))
	for _, n := range said {
		out[n.ID] = n.Status
	}
	for _, o := range offers {
		reached := map[term.OfferStatus]term.NeedStatus{term.OfferMade: term.NeedOffered, term.OfferAccepted: term.NeedMatched}[o.Status]
		out[o.NeedID] = furthest(out[o.NeedID], reached)
	}
	return out, nil
}

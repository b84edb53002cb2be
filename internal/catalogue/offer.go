package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/needoffer"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// Offering is what an organisation offers for a need.
type Offering struct {
	Need         string // its key
	Organisation string // its key; "" where the viewer reports for one alone
	Activity     string // key of the activity by which the need would be met; "" where there is none yet
	Statement    string
	Visibility   term.Visibility // "" is restricted: to both sides, coordinators and the secretariat
}

// Offer offers something for a need, for an organisation that the viewer reports for, and gives the id of the offer. An
// organisation has one standing offer for a need; a need that is met takes none.
func Offer(ctx context.Context, tx *ent.Tx, o Offering) (term.ID, error) {
	c := tx.Client()
	in := newIntake(ctx, c, row{})
	named := func(field string, kind term.Kind, key string) term.ID {
		found, _ := in.refer(in.at(field), kind, key)
		id, _ := found.(term.ID)
		return id
	}
	id, need := term.NewID(term.KindNeedOffer), named("need", term.KindNeed, o.Need)
	build := c.NeedOffer.Create().SetID(id).SetNeedID(need)
	if o.Activity != "" {
		build.SetActivityID(named("activity", term.KindActivity, o.Activity))
	}
	organisation := in.offerer(o.Organisation, named)
	statement := in.statement(o.Statement)
	if err := in.err(); err != nil {
		return 0, err
	}
	if err := rule.MayOffer(ctx, organisation); err != nil {
		return 0, err
	}
	if err := followOffers(ctx, tx, need); err != nil {
		return 0, err
	}
	if err := takesOffers(ctx, c, need, organisation); err != nil {
		return 0, err
	}
	if o.Visibility != "" {
		build.SetVisibility(o.Visibility)
	}
	v := access.From(ctx)
	offerLogged(ctx, tx, id, "made")
	return id, build.SetOrganisationID(organisation).SetStatement(statement).SetBy(v.Name).SetPerson(v.Person).SetAt(term.Now()).Exec(ctx)
}

// offerer is the organisation that an offer names, or the only one that the viewer reports for.
func (in *intake) offerer(key string, named func(string, term.Kind, string) term.ID) term.ID {
	mine := access.From(in.ctx).Actors()
	switch {
	case key != "":
		return named("organisation", term.KindActor, key)
	case len(mine) == 1:
		return mine[0]
	case len(mine) == 0:
		in.fail(in.at("organisation"), "You report for no organisation: name the one that offers.")
	default:
		in.fail(in.at("organisation"), "You report for several organisations: say which of them offers.")
	}
	return 0
}

// statement is what is offered, in words.
func (in *intake) statement(s string) string {
	v, ok := in.text(in.at("statement"), s, longText, true)
	text, _ := v.(string)
	if ok && text == "" {
		in.fail(in.at("statement"), "Say what is offered.")
	}
	return text
}

// standing are the states in which an offer stands.
var standing = []term.OfferStatus{term.OfferMade, term.OfferAccepted}

// followOffers lets offers for one need come after each other, and after what is said of the need, so that an organisation
// has one standing offer however many of its people make one at once. SQLite has one writer at a time anyway.
func followOffers(ctx context.Context, tx *ent.Tx, need term.ID) error {
	_, err := tx.ExecContext(operator(ctx), "UPDATE needs SET version = version WHERE id = $1", need)
	return err
}

// takesOffers refuses an offer for a need that is met, and a second one of the same organisation.
func takesOffers(ctx context.Context, c *ent.Client, need, organisation term.ID) error {
	now, err := c.Need.Get(ctx, need)
	if err != nil {
		return err
	}
	if now.Status == term.NeedMet {
		return fault.New(fault.Invalid, "This need is met, and takes no offers. If it is not met after all, ask its State to reopen it.").At(below(ctx) + ".need")
	}
	again, err := c.NeedOffer.Query().Where(needoffer.NeedID(need), needoffer.OrganisationID(organisation), needoffer.StatusIn(standing...)).Exist(ctx)
	if err != nil || !again {
		return err
	}
	return fault.New(fault.Invalid, "This organisation offers for this need already. Withdraw that offer first if you want to offer something else.").At(below(ctx) + ".need")
}

// WithdrawOffer takes an offer back, also an accepted one, with a reason. Its organisation may, and the secretariat.
func WithdrawOffer(ctx context.Context, tx *ent.Tx, id term.ID, version int, reason string) (term.ID, error) {
	offer, err := standingOffer(ctx, tx, id, version, reason)
	if err != nil {
		return 0, err
	}
	if err := rule.MayOffer(ctx, offer.OrganisationID); err != nil {
		return 0, err
	}
	return endOffer(ctx, tx, offer, term.OfferWithdrawn, reason)
}

// AnswerOffer accepts or declines an offer, with a reason. The State that has the need answers, and the secretariat; one
// of theirs who also reports for the organisation that offers may, and that is marked.
func AnswerOffer(ctx context.Context, tx *ent.Tx, id term.ID, version int, accept bool, reason string) (term.ID, error) {
	offer, err := standingOffer(ctx, tx, id, version, reason)
	if err != nil {
		return 0, err
	}
	if err := rule.MayAnswer(ctx, tx.Client(), offer.NeedID); err != nil {
		return 0, err
	}
	if !accept {
		return endOffer(ctx, tx, offer, term.OfferDeclined, reason)
	}
	if offer.Status == term.OfferAccepted {
		return id, nil
	}
	if err := followOffers(ctx, tx, offer.NeedID); err != nil { // the need may just have been met
		return 0, err
	}
	need, err := tx.Client().Need.Get(ctx, offer.NeedID)
	if err != nil {
		return 0, err
	}
	if need.Status == term.NeedMet {
		return 0, fault.New(fault.Invalid, "The need is met: reopen it before you accept another offer.").At(below(ctx) + ".offer")
	}
	return endOffer(ctx, tx, offer, term.OfferAccepted, reason)
}

// standingOffer finds an offer that stands, at the version that was read, and wants a reason.
func standingOffer(ctx context.Context, tx *ent.Tx, id term.ID, version int, reason string) (*ent.NeedOffer, error) {
	offer, err := tx.Client().NeedOffer.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no offer with the id %s that you may see.", id).At(below(ctx) + ".offer")
	}
	if err != nil {
		return nil, err
	}
	if err := reasonable(ctx, reason); err != nil {
		return nil, err
	}
	if offer.Version != version {
		return nil, offerOvertaken(ctx, offer)
	}
	if !Stands(offer) {
		return nil, fault.New(fault.Invalid, "This offer is over: it was declined or withdrawn. Make a new one.").At(below(ctx) + ".offer")
	}
	return offer, nil
}

// offerOvertaken tells whoever read an older version what became of the offer.
func offerOvertaken(ctx context.Context, now *ent.NeedOffer) *fault.Error {
	err := fault.New(fault.Conflict, "Somebody has changed this offer since you read it: it is at version %d now. Look at it, then answer again with that version.", now.Version).
		At(below(ctx) + ".version")
	err.Details = map[string]any{"version": now.Version, "yours": map[string]any{}, "theirs": map[string]any{"status": now.Status}}
	return err
}

// endOffer writes what became of an offer, after what was said to it before: an answer that is changed stays in its steps.
func endOffer(ctx context.Context, tx *ent.Tx, offer *ent.NeedOffer, status term.OfferStatus, reason string) (term.ID, error) {
	v := access.From(ctx)
	step := term.OfferStep{Status: status, Reason: strings.TrimSpace(reason), By: v.Name, At: term.Now(),
		OwnInterest: status != term.OfferWithdrawn && contains(v.Actors(), offer.OrganisationID)}
	n, err := tx.Client().NeedOffer.Update().Where(needoffer.ID(offer.ID), needoffer.Version(offer.Version)).SetVersion(offer.Version + 1).
		SetStatus(status).SetReason(step.Reason).SetDecidedBy(step.By).SetDecidedAt(step.At).SetOwnInterest(step.OwnInterest || offer.OwnInterest).
		SetSteps(append(offer.Steps, step)).Save(ctx)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "Somebody was faster with this offer.") // tried again, it tells what became of it
	}
	offerLogged(ctx, tx, offer.ID, strings.ToLower(string(status)))
	return offer.ID, err
}

// offerLogged tells the log what became of an offer; its words stay out of it.
func offerLogged(ctx context.Context, tx *ent.Tx, id term.ID, did string) {
	audit.AtCommit(ctx, tx, time.Now(), audit.Entry{Kind: term.LogChanged, Person: access.From(ctx).Person, Subject: id, Summary: fmt.Sprintf("%s was %s.", id, did)})
}

// Stands says whether an offer can still be ended.
func Stands(offer *ent.NeedOffer) bool { return slices.Contains(standing, offer.Status) }

package sight

import (
	"context"

	"adam/internal/term"
)

// offers are seen with the need and the organisation; restricted ones by both sides, coordinators and the secretariat.
func (w *World) offers(ctx context.Context) {
	for _, o := range []struct {
		label, need, by, activity string
		visibility                term.Visibility
		status                    term.OfferStatus
		seen                      Who
	}{
		{"offer-public", "need-public-THA", "actor iom", "", term.Public, term.OfferMade, Everyone},
		{"offer-members", "need-public-THA", "actor unodc", "activity-restricted-iom", term.Members, term.OfferMade, SignedIn},
		{"offer-accepted", "need-public-LAO", "actor unodc", "", term.Restricted, term.OfferAccepted, Desk | UNODC | LAO | Coordinator | Several},
		{"offer-restricted", "need-public-KHM", "actor iom", "activity-restricted-iom", term.Restricted, term.OfferMade, Desk | IOM | Coordinator | Several},
		{"offer-withdrawn", "need-public-THA", "actor unodc", "", term.Restricted, term.OfferWithdrawn, Desk | UNODC | THA | Coordinator | Several},
		{"offer-of-hidden-need", "need-restricted-THA", "actor unodc", "", term.Public, term.OfferMade, w.on("need-restricted-THA")},
		{"offer-of-hidden-organisation", "need-public-THA", "actor-restricted-org", "", term.Public, term.OfferMade, w.on("actor-restricted-org")},
		{"offer-of-withdrawn-need", "need-gone", "actor iom", "", term.Public, term.OfferMade, Nobody},
	} {
		id, says := w.row(term.KindNeedOffer, o.label, o.seen), w.canary(o.label)
		q := w.c.NeedOffer.Create().SetID(id).SetNeedID(w.ID(o.need)).SetOrganisationID(w.ID(o.by)).SetVisibility(o.visibility).SetStatus(o.status).
			SetStatement("Offer " + says).SetReason("Because " + says).SetBy("Institution " + says).SetDecidedBy("Institution " + says).
			SetPerson(term.HashID(term.KindPerson, "sight", "person-several")).SetAt("2026-10-01T00:00:00Z").SetDecidedAt("2026-10-02T00:00:00Z").
			SetSteps([]term.OfferStep{{Status: term.OfferAccepted, Reason: "Once " + says, By: "Institution " + says, At: "2026-10-01T12:00:00Z"}})
		if o.activity != "" {
			q.SetActivityID(w.ID(o.activity))
		}
		q.ExecX(ctx)
	}
	w.miss(Everyone, "UPDATE need_offers SET person = 0")
	w.asking(ctx)
	met := w.ID("need-members-LAO")
	w.c.Need.UpdateOneID(met).SetStatus(term.NeedMet).SetMetByID(w.ID("activity-restricted-iom")).ExecX(ctx)
	w.without(Everyone&^(Desk|IOM), met, "met_by_id")
	w.dismissals(ctx)
}

// asking: a need is also that of the reporter of the authority that asks, where she sees it and it is the State's own.
func (w *World) asking(ctx context.Context) {
	const authority = "actor-public-reported-authority"
	w.actor(authority, term.Public, w.row(term.KindActor, authority, Everyone)).SetKind(term.StateAuthority).SetStateID(w.ID("state THA")).ExecX(ctx)
	for label, of := range map[string]struct {
		authority, state string
		seen             Who
	}{
		"need-of-reported-authority":        {authority, "THA", Desk | THA | UNODC},
		"need-of-hidden-reported-authority": {"actor-restricted-reported-authority", "THA", Desk | THA},
		"need-of-another-states-authority":  {authority, "KHM", Desk},
		"need-of-an-organisation":           {"actor unodc", "KHM", Desk},
	} {
		w.need(label, term.Restricted, w.row(term.KindNeed, label, of.seen), "state "+of.state).SetAuthorityID(w.ID(of.authority)).ExecX(ctx)
	}
}

// dismissals are between the owner of a record and the secretariat.
func (w *World) dismissals(ctx context.Context) {
	for record, seen := range map[string]Who{"law-public-THA": Desk | THA, "activity-public-iom": Desk | IOM, "activity-restricted-iom": Desk | IOM, "activity-gone": Nobody} {
		label := "dismissal-of-" + record
		id := w.row(term.KindDismissal, label, seen)
		w.c.ConceptDismissal.Create().SetID(id).SetRecordID(w.ID(record)).SetCode("VICTIMS_TAGGED_SMUGGLING").SetTextHash("hash").
			SetReason("Reason " + w.canary(label)).SetBy("Institution").SetPerson(term.HashID(term.KindPerson, "sight", "person-several")).SetAt("2026-10-01T00:00:00Z").ExecX(ctx)
	}
}

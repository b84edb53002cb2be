package graph_test

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/term"
)

// part takes down a row that stands and falls with others.
func (w *world) part(kind term.Kind, label string, on ...string) term.ID {
	return w.row(kind, label, w.on(on...))
}

func (w *world) contact(label, actor string, v term.Visibility, kind term.ContactKind, seen who) *ent.ContactCreate {
	id := w.row(term.KindContact, label, seen)
	return w.c.Contact.Create().SetID(id).SetActorID(w.id(actor)).SetVisibility(v).SetKind(kind).SetUnit("Unit " + w.canary(label)).
		SetValue(w.canary(label) + "@example.org")
}

// parts hang on records that somebody may not see.
func (w *world) parts(ctx context.Context) {
	for _, c := range []struct {
		label, actor string
		visibility   term.Visibility
		kind         term.ContactKind
		seen         who
	}{
		{"contact-public", "actor-public-org", term.Public, term.ContactEmail, everyone},
		{"contact-members", "actor-public-org", term.Members, term.ContactEmail, signedIn},
		{"contact-restricted", "actor-public-org", term.Restricted, term.ContactEmail, desk | unodc},
		{"contact-of-authority", "actor-public-tha", term.Restricted, term.ContactPhone, desk | tha},
		{"contact-of-hidden", "actor-restricted-lao", term.Public, term.ContactEmail, desk | lao | several},
		{"contact-of-safe", "actor-safe", term.Public, term.ContactPhone, signedIn},
		{"contact-of-safe-hidden", "actor-safe", term.Restricted, term.ContactPhone, desk | unodc},
		{"address-of-safe", "actor-safe", term.Public, term.ContactAddress, desk | unodc},
		{"address-of-safe-hidden", "actor-safe", term.Restricted, term.ContactAddress, desk | unodc},
		{"address", "actor-public-org", term.Public, term.ContactAddress, everyone},
	} {
		w.contact(c.label, c.actor, c.visibility, c.kind, c.seen).SetPerson("Quokka-person of " + c.label).ExecX(ctx)
	}
	w.contact("contact-named", "actor-public-org", term.Public, term.ContactPhone, everyone).SetPerson("Named").SetConsent(true).ExecX(ctx)
	w.miss(everyone&^(desk|unodc), "UPDATE contacts SET person = NULL WHERE NOT consent AND actor_id IN (%d, %d)", w.id("actor-public-org"), w.id("actor-safe"))
	w.miss(everyone&^(desk|tha), "UPDATE contacts SET person = NULL WHERE NOT consent AND actor_id = %d", w.id("actor-public-tha"))
	w.partsOfStates(ctx)
	w.partsOfLaws(ctx)
	for _, label := range []string{"actor-restricted-tha", "actor-public-tha", "law-restricted-LAO", "policy-restricted-REGIONAL", "mechanism-restricted-served",
		"activity-restricted-iom", "activity-members-none", "activity-gone", "state-RESTRICTED"} {
		source := "source-of-" + label
		w.c.Source.Create().SetID(w.part(term.KindSource, source, label)).SetRecordID(w.id(label)).SetTitle("Report " + w.canary(source)).ExecX(ctx)
		old := "old-key-of-" + label
		w.c.OldKey.Create().SetID(w.part(term.KindOldKey, old, label)).SetRecordID(w.id(label)).SetKind(recordKind(w.id(label))).SetKey(w.canary(old)).ExecX(ctx)
	}
	w.c.OtherName.Create().SetID(w.part(term.KindOtherName, "name-hidden", "actor-restricted-tha")).SetActorID(w.id("actor-restricted-tha")).
		SetName("Alias " + w.canary("name-hidden")).ExecX(ctx)
	w.c.ExternalIdentifier.Create().SetID(w.part(term.KindExternalIdentifier, "iati-hidden", "activity-restricted-iom")).
		SetActivityID(w.id("activity-restricted-iom")).SetValue(w.canary("iati-hidden")).ExecX(ctx)
}

func recordKind(id term.ID) term.RecordKind {
	for _, k := range term.RecordKind("").Values() {
		if term.RecordKind(k).Kind() == id.Kind() {
			return term.RecordKind(k)
		}
	}
	panic(fmt.Sprint(id, " is no record"))
}

func (w *world) partsOfStates(ctx context.Context) {
	for _, s := range []string{"state-RESTRICTED", "state-MEMBERS", "state-gone"} {
		m, a := "membership-of-"+s, "treaty-of-"+s
		w.c.Membership.Create().SetID(w.part(term.KindMembership, m, s)).SetStateID(w.id(s)).SetGroup(term.GroupASEAN).SetNote(w.canary(m)).ExecX(ctx)
		w.c.TreatyAction.Create().SetID(w.part(term.KindTreatyAction, a, s)).SetStateID(w.id(s)).SetTreaty(term.UNTOC).SetParty(true).SetNote(w.canary(a)).ExecX(ctx)
	}
	for _, a := range []string{"actor-restricted-tha", "actor-members-tha", "actor-gone"} {
		w.c.LeadAuthority.Create().SetID(w.part(term.KindLeadAuthority, "lead-of-"+a, a)).SetStateID(w.id("state THA")).SetActorID(w.id(a)).
			SetTheme(term.Smuggling).ExecX(ctx)
	}
	w.c.LeadAuthority.Create().SetID(w.part(term.KindLeadAuthority, "lead-of-hidden", "state-RESTRICTED")).SetStateID(w.id("state-RESTRICTED")).
		SetActorID(w.id("actor iom")).SetTheme(term.Trafficking).ExecX(ctx)
}

func (w *world) partsOfLaws(ctx context.Context) {
	for i, law := range []string{"law-restricted-THA", "law-members-KHM", "law-public-THA", "law-read", "law-half-read"} {
		seen := w.on(law)
		if law != "law-read" { // the only one whose State has had its say
			seen &^= anonymous
		}
		p := w.row(term.KindProvision, "provision-of-"+law, seen)
		w.c.Provision.Create().SetID(p).SetLawID(w.id(law)).SetTheme(term.Smuggling).SetElement(term.OffenceElement(term.OffenceElement("").Values()[i])).
			SetCoverage(term.Covered).SetArticle("Article " + w.canary("provision-of-"+law)).ExecX(ctx)
		y := w.part(term.KindPenalty, "penalty-of-"+law, law)
		w.c.Penalty.Create().SetID(y).SetLawID(w.id(law)).SetTheme(term.Smuggling).SetKind(term.PenaltyYears).SetYears(10 + i).
			SetArticle("Article " + w.canary("penalty-of-"+law)).ExecX(ctx)
		a := w.part(term.KindAmendment, "amendment-of-"+law, law)
		w.c.Amendment.Create().SetID(a).SetLawID(w.id(law)).SetTitle("Change " + w.canary("amendment-of-"+law)).SetAmendingLawID(w.id("law-restricted-LAO")).ExecX(ctx)
	}
}

// pointing: records that all may see point at some that not all may see.
func (w *world) pointing(ctx context.Context) {
	hidden := []string{"restricted", "members", "shared-unodc", "gone"}
	target := func(kind, v, owner string) term.ID {
		if v == "gone" {
			return w.id(kind + "-gone")
		}
		return w.id(kind + "-" + v + "-" + owner)
	}
	for _, v := range hidden {
		at := "-at-" + v
		public := func(kind term.Kind, what string) (string, term.ID) {
			return what + at, w.row(kind, what+at, everyone)
		}
		label, id := public(term.KindActivity, "activity")
		w.activity(label, term.Public, id).SetPartOfID(target("activity", v, "iom")).SetFollowsID(target("activity", v, "none")).ExecX(ctx)
		label, id = public(term.KindActor, "actor")
		w.actor(label, term.Public, id).SetParentID(target("actor", v, "tha")).SetSuccessorID(target("actor", v, "lao")).ExecX(ctx)
		label, id = public(term.KindLaw, "law")
		w.law(label, term.Public, id).SetStateID(w.id("state THA")).SetReplacedByID(target("law", v, "THA")).AddInChapterIDs(w.id("chapter THA")).ExecX(ctx)
		label, id = public(term.KindPolicy, "policy")
		w.policy(label, term.Public, id).SetLeadActorID(target("actor", v, "tha")).SetSupersededByID(target("policy", v, "LAO")).ExecX(ctx)
		label, id = public(term.KindMechanism, "mechanism")
		w.mechanism(label, term.Public, id).SetSecretariatActorID(target("actor", v, "none")).SetSupersededByID(target("mechanism", v, "national")).ExecX(ctx)
		w.related(ctx, v, target)
	}
	for _, s := range []string{"state-RESTRICTED", "state-MEMBERS", "state-gone"} {
		w.actor("actor-of-"+s, term.Public, w.row(term.KindActor, "actor-of-"+s, everyone)).SetStateID(w.id(s)).SetGovernmentID(w.id(s)).ExecX(ctx)
		w.policy("policy-of-"+s, term.Public, w.row(term.KindPolicy, "policy-of-"+s, everyone)).SetStateID(w.id(s)).ExecX(ctx)
		w.mechanism("mechanism-of-"+s, term.Public, w.row(term.KindMechanism, "mechanism-of-"+s, everyone)).SetStateID(w.id(s)).ExecX(ctx)
		place := w.part(term.KindActivityState, "place-in-"+s, "activity-public-iom", s)
		w.c.ActivityState.Create().SetID(place).SetActivityID(w.id("activity-public-iom")).SetStateID(w.id(s)).SetPosition(1).ExecX(ctx)
	}
}

// related links public records with others, and puts others into what is public.
func (w *world) related(ctx context.Context, v string, target func(kind, v, owner string) term.ID) {
	seen := func(id term.ID) who {
		for _, f := range w.rows {
			if f.id == id {
				return f.seen
			}
		}
		panic("unknown row")
	}
	law, agency, activity := target("law", v, "THA"), target("actor", v, "none"), target("activity", v, "unodc")
	public := w.id("activity-public-iom")
	w.c.Relation.Create().SetID(w.row(term.KindRelation, "relation-to-"+v, seen(law))).SetRecordID(public).SetRelatedID(law).ExecX(ctx)
	w.c.Relation.Create().SetID(w.row(term.KindRelation, "relation-from-"+v, seen(activity))).SetRecordID(activity).SetRelatedID(public).ExecX(ctx)
	for _, role := range term.ParticipationRole("").Values() {
		id := w.row(term.KindParticipation, "role-"+role+"-"+v, seen(agency))
		w.c.Participation.Create().SetID(id).SetActivityID(public).SetActorID(agency).SetRole(term.ParticipationRole(role)).ExecX(ctx)
	}
	m := w.row(term.KindMechanismMember, "member-"+v, seen(agency))
	w.c.MechanismMember.Create().SetID(m).SetMechanismID(w.id("mechanism-public-served")).SetActorID(agency).SetSince("2001").ExecX(ctx)
	if v == "restricted" {
		s := w.part(term.KindMechanismMember, "member-state", "state-RESTRICTED")
		w.c.MechanismMember.Create().SetID(s).SetMechanismID(w.id("mechanism-public-served")).SetStateID(w.id("state-RESTRICTED")).SetSince("2002").ExecX(ctx)
	}
}

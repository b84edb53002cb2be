package sight

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/term"
)

// part takes down a row that stands and falls with others.
func (w *World) part(kind term.Kind, label string, on ...string) term.ID {
	return w.row(kind, label, w.on(on...))
}

func (w *World) contact(label, actor string, v term.Visibility, kind term.ContactKind, seen Who) *ent.ContactCreate {
	id := w.row(term.KindContact, label, seen)
	return w.c.Contact.Create().SetID(id).SetActorID(w.ID(actor)).SetVisibility(v).SetKind(kind).SetUnit("Unit " + w.canary(label)).
		SetValue(w.canary(label) + "@example.org")
}

// parts hang on records that somebody may not see.
func (w *World) parts(ctx context.Context) {
	for _, c := range []struct {
		label, actor string
		visibility   term.Visibility
		kind         term.ContactKind
		seen         Who
	}{
		{"contact-public", "actor-public-org", term.Public, term.ContactEmail, Everyone},
		{"contact-members", "actor-public-org", term.Members, term.ContactEmail, SignedIn},
		{"contact-restricted", "actor-public-org", term.Restricted, term.ContactEmail, Desk | UNODC},
		{"contact-of-authority", "actor-public-tha", term.Restricted, term.ContactPhone, Desk | THA},
		{"contact-of-hidden", "actor-restricted-lao", term.Public, term.ContactEmail, Desk | LAO | Several},
		{"contact-of-safe", "actor-safe", term.Public, term.ContactPhone, SignedIn},
		{"contact-of-safe-hidden", "actor-safe", term.Restricted, term.ContactPhone, Desk | UNODC},
		{"address-of-safe", "actor-safe", term.Public, term.ContactAddress, Desk | UNODC},
		{"address-of-safe-hidden", "actor-safe", term.Restricted, term.ContactAddress, Desk | UNODC},
		{"address", "actor-public-org", term.Public, term.ContactAddress, Everyone},
	} {
		w.contact(c.label, c.actor, c.visibility, c.kind, c.seen).SetPerson("Quokka-person of " + c.label).ExecX(ctx)
	}
	w.contact("contact-named", "actor-public-org", term.Public, term.ContactPhone, Everyone).SetPerson("Named").SetConsent(true).ExecX(ctx)
	w.miss(Everyone&^(Desk|UNODC), "UPDATE contacts SET person = NULL WHERE NOT consent AND actor_id IN (%d, %d)", w.ID("actor-public-org"), w.ID("actor-safe"))
	w.miss(Everyone&^(Desk|THA), "UPDATE contacts SET person = NULL WHERE NOT consent AND actor_id = %d", w.ID("actor-public-tha"))
	w.partsOfStates(ctx)
	w.partsOfLaws(ctx)
	for _, label := range []string{"actor-restricted-tha", "actor-public-tha", "law-restricted-LAO", "policy-restricted-REGIONAL", "mechanism-restricted-served",
		"activity-restricted-iom", "activity-members-none", "activity-gone", "state-RESTRICTED"} {
		source := "source-of-" + label
		w.c.Source.Create().SetID(w.part(term.KindSource, source, label)).SetRecordID(w.ID(label)).SetTitle("Report " + w.canary(source)).SetLicence("Licence " + w.canary(source)).ExecX(ctx)
		old := "old-key-of-" + label
		w.c.OldKey.Create().SetID(w.part(term.KindOldKey, old, label)).SetRecordID(w.ID(label)).SetKind(recordKind(w.ID(label))).SetKey(w.canary(old)).ExecX(ctx)
	}
	w.c.OtherName.Create().SetID(w.part(term.KindOtherName, "name-hidden", "actor-restricted-tha")).SetActorID(w.ID("actor-restricted-tha")).
		SetName("Alias " + w.canary("name-hidden")).ExecX(ctx)
	w.c.ExternalIdentifier.Create().SetID(w.part(term.KindExternalIdentifier, "iati-hidden", "activity-restricted-iom")).
		SetActivityID(w.ID("activity-restricted-iom")).SetValue(w.canary("iati-hidden")).ExecX(ctx)
}

func recordKind(id term.ID) term.RecordKind {
	for _, k := range term.RecordKind("").Values() {
		if term.RecordKind(k).Kind() == id.Kind() {
			return term.RecordKind(k)
		}
	}
	panic(fmt.Sprint(id, " is no record"))
}

func (w *World) partsOfStates(ctx context.Context) {
	for _, s := range []string{"state-RESTRICTED", "state-MEMBERS", "state-gone"} {
		m, a := "membership-of-"+s, "treaty-of-"+s
		w.c.Membership.Create().SetID(w.part(term.KindMembership, m, s)).SetStateID(w.ID(s)).SetGroup(term.GroupASEAN).SetNote(w.canary(m)).ExecX(ctx)
		w.c.TreatyAction.Create().SetID(w.part(term.KindTreatyAction, a, s)).SetStateID(w.ID(s)).SetTreaty(term.UNTOC).SetParty(true).SetNote(w.canary(a)).ExecX(ctx)
	}
	for _, a := range []string{"actor-restricted-tha", "actor-members-tha", "actor-gone"} {
		w.c.LeadAuthority.Create().SetID(w.part(term.KindLeadAuthority, "lead-of-"+a, a)).SetStateID(w.ID("state THA")).SetActorID(w.ID(a)).
			SetTheme(term.Smuggling).ExecX(ctx)
	}
	w.c.LeadAuthority.Create().SetID(w.part(term.KindLeadAuthority, "lead-of-hidden", "state-RESTRICTED")).SetStateID(w.ID("state-RESTRICTED")).
		SetActorID(w.ID("actor iom")).SetTheme(term.Trafficking).ExecX(ctx)
}

func (w *World) partsOfLaws(ctx context.Context) {
	for i, law := range []string{"law-restricted-THA", "law-members-KHM", "law-public-THA", "law-read", "law-half-read"} {
		seen := w.on(law)
		if law != "law-read" { // the only one whose State has had its say
			seen &^= Anonymous
		}
		p := w.row(term.KindProvision, "provision-of-"+law, seen)
		w.c.Provision.Create().SetID(p).SetLawID(w.ID(law)).SetTheme(term.Smuggling).SetElement(term.Elements(term.Smuggling)[i]).
			SetCoverage(term.Covered).SetArticle("Article " + w.canary("provision-of-"+law)).ExecX(ctx)
		y := w.part(term.KindPenalty, "penalty-of-"+law, law)
		w.c.Penalty.Create().SetID(y).SetLawID(w.ID(law)).SetTheme(term.Smuggling).SetKind(term.PenaltyYears).SetYears(10 + i).
			SetArticle("Article " + w.canary("penalty-of-"+law)).ExecX(ctx)
		a := w.part(term.KindAmendment, "amendment-of-"+law, law)
		w.c.Amendment.Create().SetID(a).SetLawID(w.ID(law)).SetTitle("Change " + w.canary("amendment-of-"+law)).SetAmendingLawID(w.ID("law-restricted-LAO")).ExecX(ctx)
	}
}

// pointing: records that all may see point at some that not all may see.
func (w *World) pointing(ctx context.Context) {
	hidden := []string{"restricted", "members", "shared-unodc", "gone"}
	target := func(kind, v, owner string) term.ID {
		if v == "gone" {
			return w.ID(kind + "-gone")
		}
		return w.ID(kind + "-" + v + "-" + owner)
	}
	for _, v := range hidden {
		at := "-at-" + v
		public := func(kind term.Kind, what string) (string, term.ID) {
			return what + at, w.row(kind, what+at, Everyone)
		}
		label, id := public(term.KindActivity, "activity")
		w.activity(label, term.Public, id).SetPartOfID(target("activity", v, "iom")).SetFollowsID(target("activity", v, "none")).ExecX(ctx)
		label, id = public(term.KindActor, "actor")
		w.actor(label, term.Public, id).SetParentID(target("actor", v, "tha")).SetSuccessorID(target("actor", v, "lao")).ExecX(ctx)
		label, id = public(term.KindLaw, "law")
		w.law(label, term.Public, id).SetStateID(w.ID("state THA")).SetReplacedByID(target("law", v, "THA")).AddInChapterIDs(w.ID("chapter THA")).ExecX(ctx)
		label, id = public(term.KindPolicy, "policy")
		w.policy(label, term.Public, id).SetLeadActorID(target("actor", v, "tha")).SetSupersededByID(target("policy", v, "LAO")).ExecX(ctx)
		label, id = public(term.KindMechanism, "mechanism")
		w.mechanism(label, term.Public, id).SetSecretariatActorID(target("actor", v, "none")).SetSupersededByID(target("mechanism", v, "national")).ExecX(ctx)
		w.related(ctx, v, target)
	}
	for _, s := range []string{"state-RESTRICTED", "state-MEMBERS", "state-gone"} {
		w.actor("actor-of-"+s, term.Public, w.row(term.KindActor, "actor-of-"+s, Everyone)).SetStateID(w.ID(s)).SetGovernmentID(w.ID(s)).ExecX(ctx)
		w.policy("policy-of-"+s, term.Public, w.row(term.KindPolicy, "policy-of-"+s, Everyone)).SetStateID(w.ID(s)).ExecX(ctx)
		w.mechanism("mechanism-of-"+s, term.Public, w.row(term.KindMechanism, "mechanism-of-"+s, Everyone)).SetStateID(w.ID(s)).ExecX(ctx)
		place := w.part(term.KindActivityState, "place-in-"+s, "activity-public-iom", s)
		w.c.ActivityState.Create().SetID(place).SetActivityID(w.ID("activity-public-iom")).SetStateID(w.ID(s)).SetPosition(1).ExecX(ctx)
	}
}

// related links public records with others, and puts others into what is public.
func (w *World) related(ctx context.Context, v string, target func(kind, v, owner string) term.ID) {
	seen := func(id term.ID) Who {
		for _, f := range w.Rows {
			if f.ID == id {
				return f.Seen
			}
		}
		panic("unknown row")
	}
	law, agency, activity := target("law", v, "THA"), target("actor", v, "none"), target("activity", v, "unodc")
	public := w.ID("activity-public-iom")
	w.c.Relation.Create().SetID(w.row(term.KindRelation, "relation-to-"+v, seen(law))).SetRecordID(public).SetRelatedID(law).ExecX(ctx)
	w.c.Relation.Create().SetID(w.row(term.KindRelation, "relation-from-"+v, seen(activity))).SetRecordID(activity).SetRelatedID(public).ExecX(ctx)
	for _, role := range term.ParticipationRole("").Values() {
		id := w.row(term.KindParticipation, "role-"+role+"-"+v, seen(agency))
		w.c.Participation.Create().SetID(id).SetActivityID(public).SetActorID(agency).SetRole(term.ParticipationRole(role)).ExecX(ctx)
	}
	m := w.row(term.KindMechanismMember, "member-"+v, seen(agency))
	w.c.MechanismMember.Create().SetID(m).SetMechanismID(w.ID("mechanism-public-served")).SetActorID(agency).SetSince("2001").ExecX(ctx)
	if v == "restricted" {
		h := w.part(term.KindMechanismMember, "member-of-hidden", "mechanism-restricted-served")
		w.c.MechanismMember.Create().SetID(h).SetMechanismID(w.ID("mechanism-restricted-served")).SetStateID(w.ID("state THA")).ExecX(ctx)
		s := w.part(term.KindMechanismMember, "member-state", "state-RESTRICTED")
		w.c.MechanismMember.Create().SetID(s).SetMechanismID(w.ID("mechanism-public-served")).SetStateID(w.ID("state-RESTRICTED")).SetSince("2002").ExecX(ctx)
	}
}

package rule_test

import (
	"context"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// realm is a small catalogue with owners: two States with chapters, a region, two organisations, and records of each.
type realm struct {
	s  *store.Store
	id map[string]term.ID
}

// kindOf tells the kind of what the realm calls by a name.
var realmKinds = map[string]term.Kind{
	"THA": term.KindState, "LAO": term.KindState, "AUS": term.KindState,
	"chapter THA": term.KindChapter, "chapter LAO": term.KindChapter, "chapter REGIONAL": term.KindChapter,
	"iom": term.KindActor, "unodc": term.KindActor, "thai police": term.KindActor, "australian police": term.KindActor, "office": term.KindActor,
	"law": term.KindLaw, "policy": term.KindPolicy, "regional policy": term.KindPolicy,
	"committee": term.KindMechanism, "treaty": term.KindMechanism, "process": term.KindMechanism,
	"training": term.KindActivity, "reported": term.KindActivity, "line": term.KindFunding, "reported line": term.KindFunding, "need": term.KindNeed,
	"need of police": term.KindNeed, "need of iom": term.KindNeed,
}

func newRealm(t testing.TB, s *store.Store) *realm {
	t.Helper()
	r := &realm{s: s, id: map[string]term.ID{}}
	for name, kind := range realmKinds {
		r.id[name] = term.NewID(kind)
	}
	err := s.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		for _, make := range []func(context.Context, *ent.Client) error{r.states, r.actors, r.texts, r.mechanisms, r.activities, r.parts} {
			if err := make(ctx, tx.Client()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *realm) states(ctx context.Context, c *ent.Client) error {
	for _, code := range []string{"THA", "LAO", "AUS"} {
		err := c.State.Create().SetID(r.id[code]).SetKey("state-" + code).SetCode(code).SetAlpha2(code[:2]).SetM49("000").
			SetName(code).SetVisibility(term.Public).Exec(ctx)
		if err != nil {
			return err
		}
	}
	for code, state := range map[string]string{"THA": "THA", "LAO": "LAO", "REGIONAL": ""} {
		q := c.Chapter.Create().SetID(r.id["chapter "+code]).SetCode(code).SetTitle(code).SetTimeZone("Asia/Bangkok")
		if state != "" {
			q.SetStateID(r.id[state])
		}
		if err := q.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *realm) actors(ctx context.Context, c *ent.Client) error {
	for name, kind := range map[string]term.ActorKind{"iom": term.InternationalOrganization, "unodc": term.InternationalOrganization,
		"thai police": term.StateAuthority, "australian police": term.StateAuthority, "office": term.RegionalOrganization} {
		q := c.Actor.Create().SetID(r.id[name]).SetKey(name).SetName(name).SetKind(kind).SetVisibility(term.Public)
		switch name {
		case "thai police":
			q.SetStateID(r.id["THA"]).AddInChapterIDs(r.id["chapter THA"])
		case "australian police":
			q.SetStateID(r.id["AUS"]).AddInChapterIDs(r.id["chapter THA"])
		}
		if err := q.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *realm) texts(ctx context.Context, c *ent.Client) error {
	err := c.Law.Create().SetID(r.id["law"]).SetKey("law").SetTitle("Law").SetStatus(term.LawInForce).SetStateID(r.id["THA"]).
		SetVisibility(term.Public).AddInChapterIDs(r.id["chapter THA"]).Exec(ctx)
	if err != nil {
		return err
	}
	err = c.PolicyDocument.Create().SetID(r.id["policy"]).SetKey("policy").SetTitle("Policy").SetStatus(term.PolicyCurrent).
		SetStateID(r.id["THA"]).SetVisibility(term.Public).AddInChapterIDs(r.id["chapter THA"]).Exec(ctx)
	if err != nil {
		return err
	}
	return c.PolicyDocument.Create().SetID(r.id["regional policy"]).SetKey("regional").SetTitle("Regional").SetStatus(term.PolicyCurrent).
		SetVisibility(term.Public).AddInChapterIDs(r.id["chapter REGIONAL"]).Exec(ctx)
}

func (r *realm) mechanisms(ctx context.Context, c *ent.Client) error {
	level := map[string]term.MechanismLevel{"committee": term.LevelNational, "treaty": term.LevelBilateral, "process": term.LevelRegional}
	for name, l := range level {
		q := c.CoordinationMechanism.Create().SetID(r.id[name]).SetKey(name).SetName(name).SetLevel(l).SetForm("COMMITTEE").
			SetStatus(term.MechanismActive).SetVisibility(term.Public).AddInChapterIDs(r.id["chapter THA"])
		switch name {
		case "committee":
			q.SetStateID(r.id["THA"])
		case "treaty":
			q.AddInChapterIDs(r.id["chapter LAO"])
		case "process":
			q.SetSecretariatActorID(r.id["office"])
		}
		if err := q.Exec(ctx); err != nil {
			return err
		}
	}
	return c.MechanismMember.Create().SetMechanismID(r.id["process"]).SetActorID(r.id["unodc"]).Exec(ctx)
}

func (r *realm) activities(ctx context.Context, c *ent.Client) error {
	for _, name := range []string{"training", "reported"} {
		q := c.Activity.Create().SetID(r.id[name]).SetKey(name).SetTitle(name).SetVisibility(term.Public).AddInChapterIDs(r.id["chapter THA"])
		if name == "reported" {
			q.SetReporterID(r.id["unodc"])
		}
		if err := q.Exec(ctx); err != nil {
			return err
		}
		err := c.Participation.Create().SetActivityID(r.id[name]).SetActorID(r.id["iom"]).SetRole(term.Implementing).Exec(ctx)
		if err != nil {
			return err
		}
	}
	err := c.Participation.Create().SetActivityID(r.id["training"]).SetActorID(r.id["unodc"]).SetRole(term.Partner).Exec(ctx)
	if err != nil {
		return err
	}
	err = c.ActivityState.Create().SetActivityID(r.id["training"]).SetStateID(r.id["LAO"]).Exec(ctx)
	if err != nil {
		return err
	}
	err = c.Funding.Create().SetID(r.id["line"]).SetVisibility(term.Public).SetProviderID(r.id["iom"]).AddActivityIDs(r.id["training"]).Exec(ctx)
	if err != nil {
		return err
	}
	err = c.Funding.Create().SetID(r.id["reported line"]).SetVisibility(term.Public).SetProviderID(r.id["iom"]).SetReporterID(r.id["unodc"]).Exec(ctx)
	if err != nil {
		return err
	}
	for name, authority := range map[string]string{"need": "", "need of police": "thai police", "need of iom": "iom"} {
		q := c.Need.Create().SetID(r.id[name]).SetKey(name).SetVisibility(term.Members).SetStateID(r.id["THA"]).SetTitle("Need").SetAssistanceType("COORDINATION")
		if authority != "" {
			q.SetAuthorityID(r.id[authority])
		}
		if err := q.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// parts are what hangs on the records: one of each kind that people write.
func (r *realm) parts(ctx context.Context, c *ent.Client) error {
	tha, law, training := r.id["THA"], r.id["law"], r.id["training"]
	for _, err := range []error{
		c.Membership.Create().SetStateID(tha).SetGroup("ASEAN").Exec(ctx),
		c.TreatyAction.Create().SetStateID(tha).SetTreaty("UNTOC").SetParty(true).Exec(ctx),
		c.LeadAuthority.Create().SetStateID(tha).SetActorID(r.id["thai police"]).SetTheme(term.Smuggling).Exec(ctx),
		c.OtherName.Create().SetActorID(r.id["iom"]).SetName("OIM").Exec(ctx),
		c.Contact.Create().SetActorID(r.id["iom"]).SetKind(term.ContactPhone).SetValue("1").Exec(ctx),
		c.Provision.Create().SetLawID(law).SetTheme(term.Trafficking).SetElement("ACT").Exec(ctx),
		c.Penalty.Create().SetLawID(law).SetTheme(term.Trafficking).SetKind(term.PenaltyLife).Exec(ctx),
		c.Amendment.Create().SetLawID(law).SetTitle("Amendment").Exec(ctx),
		c.ExternalIdentifier.Create().SetActivityID(training).SetValue("XM-1").Exec(ctx),
		c.Allocation.Create().SetFundingID(r.id["line"]).SetPercentage("10").Exec(ctx),
		c.Source.Create().SetRecordID(law).SetTitle("Gazette").Exec(ctx),
		c.Relation.Create().SetRecordID(law).SetRelatedID(r.id["policy"]).Exec(ctx),
		c.OldKey.Create().SetRecordID(law).SetKind(term.RecordLaw).SetKey("old").Exec(ctx),
		c.Share.Create().SetRecordID(training).SetActorID(r.id["unodc"]).SetBy("IOM").SetAt(term.Now()).Exec(ctx),
		c.Overlap.Create().SetKind(term.OverlapAssistance).SetScore("0.9").AddActivityIDs(training, r.id["reported"]).Exec(ctx),
		c.NeedOffer.Create().SetNeedID(r.id["need"]).SetOrganisationID(r.id["unodc"]).SetStatement("x").SetBy("x").SetPerson(1).SetAt(term.Now()).Exec(ctx),
		c.ConceptDismissal.Create().SetRecordID(law).SetCode("x").SetTextHash("x").SetReason("x").SetBy("x").SetPerson(1).SetAt(term.Now()).Exec(ctx),
		c.Dispute.Create().SetRecordID(law).SetRecordVersion(1).SetVisibility(term.Public).SetStatement("No.").SetBy("LAO").SetPerson(lao).SetAt(term.Now()).Exec(ctx),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// lao is the person who is the focal point of Laos.
var lao = term.NewID(term.KindPerson)

// viewers are one of each role.
func (r *realm) viewers() map[string]access.Viewer {
	person := func() term.ID { return term.NewID(term.KindPerson) }
	focal := func(p term.ID, code string) access.Viewer {
		return access.SignedIn(p, code, []access.Grant{{Role: access.FocalPoint, Chapter: r.id["chapter "+code], State: r.id[code]}})
	}
	reporter := func(actor string) access.Viewer {
		return access.SignedIn(person(), actor, []access.Grant{{Role: access.Reporter, Actor: r.id[actor]}})
	}
	only := func(role access.Role) access.Viewer {
		return access.SignedIn(person(), string(role), []access.Grant{{Role: role}})
	}
	return map[string]access.Viewer{
		"visitor": access.Anonymous(), "member": only(access.Member), "administrator": only(access.Administrator),
		"coordinator": only(access.Coordinator), "secretariat": only(access.Secretariat),
		"iom": reporter("iom"), "unodc": reporter("unodc"), "thai reporter": reporter("thai police"), "afp": reporter("australian police"), "office": reporter("office"),
		"THA": focal(person(), "THA"), "LAO": focal(lao, "LAO"), "REGIONAL": focal(person(), "REGIONAL"),
	}
}

package sight

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/term"
)

func (w *World) state(label, code string, v term.Visibility, id term.ID) *ent.StateCreate {
	w.Codes[id] = code
	return w.c.State.Create().SetID(id).SetKey(w.canary(label)).SetCode(code).SetAlpha2(code[1:]).SetM49("999").
		SetName("Land of " + w.canary(label)).SetNote("Note " + w.canary(label)).SetVisibility(v)
}

func (w *World) states(ctx context.Context) {
	for code, v := range map[string]term.Visibility{"QKP": term.Public, "QKM": term.Members, "QKR": term.Restricted} {
		label := "state-" + string(v)
		w.state(label, code, v, w.row(term.KindState, label, open(v, Nobody))).ExecX(ctx)
	}
	w.state("state-gone", "QKG", term.Public, w.row(term.KindState, "state-gone", Nobody)).ExecX(ctx)
	w.state("state-shared", "QKS", term.Restricted, w.row(term.KindState, "state-shared", Desk)).ExecX(ctx)
	w.share(ctx, "state-shared", Nobody, variants[3])
}

func (w *World) actor(label string, v term.Visibility, id term.ID) *ent.ActorCreate {
	return w.c.Actor.Create().SetID(id).SetKey(w.canary(label)).SetName("Agency " + w.canary(label)).SetMandate("Mandate " + w.canary(label)).
		SetKind(term.NGO).SetVisibility(v).AddInChapterIDs(w.ID("chapter THA"))
}

func (w *World) actors(ctx context.Context) {
	made := func(more func(*ent.ActorCreate)) func(string, term.Visibility, term.ID) {
		return func(label string, v term.Visibility, id term.ID) {
			q := w.actor(label, v, id)
			more(q)
			q.ExecX(ctx)
		}
	}
	authority := func(state string) func(*ent.ActorCreate) {
		return func(q *ent.ActorCreate) { q.SetKind(term.StateAuthority).SetStateID(w.ID(state)) }
	}
	w.variants(ctx, term.KindActor, "actor", "tha", THA, made(authority("state THA")))
	w.variants(ctx, term.KindActor, "actor", "lao", LAO|Several, made(authority("state LAO")))
	w.variants(ctx, term.KindActor, "actor", "none", Nobody, made(func(q *ent.ActorCreate) { q.SetStateID(w.ID("state THA")) }))
	for name, v := range map[string]term.Visibility{"public": term.Public, "members": term.Members, "restricted": term.Restricted} {
		label := "actor-" + name + "-org"
		w.actor(label, v, w.row(term.KindActor, label, open(v, UNODC))).ExecX(ctx)
	}
	const reported = "actor-restricted-reported-authority" // a State's own, whoever reports for it
	made(authority("state THA"))(reported, term.Restricted, w.row(term.KindActor, reported, Desk|THA))
	w.actor("actor-gone", term.Public, w.row(term.KindActor, "actor-gone", Nobody)).ExecX(ctx)
	w.actor("actor-safe", term.Public, w.row(term.KindActor, "actor-safe", Everyone)).SetSafety(true).SetSeat("quokka-seat-of-the-shelter").ExecX(ctx)
	w.miss(Everyone&^(Desk|UNODC), `UPDATE actors SET seat = NULL, withheld = '["seat"]' WHERE id = %d`, w.ID("actor-safe"))
}

func (w *World) texts(ctx context.Context) {
	for owner, sees := range map[string]Who{"THA": THA, "LAO": LAO | Several, "KHM": Nobody} {
		w.variants(ctx, term.KindLaw, "law", owner, sees, func(label string, v term.Visibility, id term.ID) {
			w.law(label, v, id).SetStateID(w.ID("state " + owner)).AddInChapterIDs(w.ID("chapter " + owner)).ExecX(ctx)
		})
	}
	for owner, sees := range map[string]Who{"THA": THA, "LAO": LAO | Several, "REGIONAL": Office} {
		w.variants(ctx, term.KindPolicy, "policy", owner, sees, func(label string, v term.Visibility, id term.ID) {
			q := w.policy(label, v, id).AddInChapterIDs(w.ID("chapter " + owner))
			if owner != "REGIONAL" {
				q.SetStateID(w.ID("state " + owner))
			}
			q.ExecX(ctx)
		})
	}
	w.law("law-gone", term.Public, w.row(term.KindLaw, "law-gone", Nobody)).SetStateID(w.ID("state THA")).ExecX(ctx)
	w.policy("policy-gone", term.Public, w.row(term.KindPolicy, "policy-gone", Nobody)).ExecX(ctx)
	w.law("law-read", term.Public, w.row(term.KindLaw, "law-read", Everyone)).SetStateID(w.ID("state LKA")).AddInChapterIDs(w.ID("chapter LKA")).ExecX(ctx)
	w.law("law-half-read", term.Public, w.row(term.KindLaw, "law-half-read", Everyone)).SetStateID(w.ID("state LKA")).
		AddInChapterIDs(w.ID("chapter LKA"), w.ID("chapter THA")).ExecX(ctx)
	w.policy("policy-read", term.Public, w.row(term.KindPolicy, "policy-read", Everyone)).SetStateID(w.ID("state LKA")).AddInChapterIDs(w.ID("chapter LKA")).ExecX(ctx)
	w.law("law-of-hidden-state", term.Public, w.row(term.KindLaw, "law-of-hidden-state", w.on("state-RESTRICTED"))).
		SetStateID(w.ID("state-RESTRICTED")).AddInChapterIDs(w.ID("chapter THA")).ExecX(ctx)
	w.readings()
}

// readings: the public sees what secretariat research made of laws and policies once every State concerned has had its say. In
// the fixture that is Sri Lanka alone.
func (w *World) readings() {
	const others = `id NOT IN (SELECT l.id FROM %[1]s l JOIN %[2]s j ON j.%[3]s = l.id WHERE j.chapter_id = %[4]d
		AND NOT EXISTS (SELECT 1 FROM %[2]s k WHERE k.%[3]s = l.id AND k.chapter_id <> %[4]d))`
	law, policy := "UPDATE laws SET criminalises_smuggling = 'WITHHELD', criminalises_trafficking = 'WITHHELD', "+
		`withheld = '["criminalisesSmuggling","criminalisesTrafficking","elements"]' WHERE `+others,
		`UPDATE policies SET comprehensive_smuggling = 'WITHHELD', comprehensive_trafficking = 'WITHHELD', `+
			`withheld = '["comprehensiveSmuggling","comprehensiveTrafficking"]' WHERE `+others
	w.miss(Anonymous, law, "laws", "chapter_laws", "law_id", w.ID("chapter LKA"))
	w.miss(Anonymous, policy, "policies", "chapter_policies", "policy_document_id", w.ID("chapter LKA"))
	w.miss(Anonymous, "DELETE FROM provisions WHERE law_"+others, "laws", "chapter_laws", "law_id", w.ID("chapter LKA"))
}

func (w *World) law(label string, v term.Visibility, id term.ID) *ent.LawCreate {
	return w.c.Law.Create().SetID(id).SetKey(w.canary(label)).SetTitle("Act " + w.canary(label)).SetSummary("Summary " + w.canary(label)).
		SetVisibility(v).SetStatus(term.LawInForce).SetCriminalisesSmuggling(term.Criminalised)
}

func (w *World) policy(label string, v term.Visibility, id term.ID) *ent.PolicyDocumentCreate {
	return w.c.PolicyDocument.Create().SetID(id).SetKey(w.canary(label)).SetTitle("Plan " + w.canary(label)).SetSummary("Summary " + w.canary(label)).
		SetVisibility(v).SetStatus(term.PolicyCurrent).SetSmuggling(term.Significant).SetComprehensiveSmuggling(term.PartialPolicy)
}

func (w *World) mechanism(label string, v term.Visibility, id term.ID) *ent.CoordinationMechanismCreate {
	return w.c.CoordinationMechanism.Create().SetID(id).SetKey(w.canary(label)).SetName("Committee " + w.canary(label)).
		SetMandate("Mandate " + w.canary(label)).SetVisibility(v).SetSmuggling(term.Significant).SetLevel(term.LevelRegional).SetForm("COMMITTEE").SetStatus(term.MechanismActive)
}

func (w *World) mechanisms(ctx context.Context) {
	for name, of := range map[string]struct {
		owners Who
		fill   func(*ent.CoordinationMechanismCreate)
	}{
		"national": {THA, func(q *ent.CoordinationMechanismCreate) {
			q.SetLevel(term.LevelNational).SetStateID(w.ID("state THA")).AddInChapterIDs(w.ID("chapter THA"))
		}},
		"bilateral": {THA | LAO | Several, func(q *ent.CoordinationMechanismCreate) {
			q.SetLevel(term.LevelBilateral).AddInChapterIDs(w.ID("chapter THA"), w.ID("chapter LAO"))
		}},
		"served": {IOM | Office, func(q *ent.CoordinationMechanismCreate) { q.SetSecretariatActorID(w.ID("actor iom")) }},
		"regional": {Office, func(q *ent.CoordinationMechanismCreate) {
			q.SetLevel(term.LevelSubregional).AddInChapterIDs(w.ID("chapter REGIONAL"))
		}},
	} {
		w.variants(ctx, term.KindMechanism, "mechanism", name, of.owners, func(label string, v term.Visibility, id term.ID) {
			q := w.mechanism(label, v, id)
			of.fill(q)
			q.ExecX(ctx)
		})
	}
	w.mechanism("mechanism-gone", term.Public, w.row(term.KindMechanism, "mechanism-gone", Nobody)).ExecX(ctx)
}

func (w *World) activity(label string, v term.Visibility, id term.ID) *ent.ActivityCreate {
	return w.c.Activity.Create().SetID(id).SetKey(w.canary(label)).SetTitle("Training " + w.canary(label)).SetSummary("Summary " + w.canary(label)).
		SetVisibility(v).SetSmuggling(term.Significant).SetStartOn("2019").SetAssistanceTypes([]term.AssistanceType{term.AssistAwareness}).
		SetPlaces([]string{"Place " + w.canary(label)}).AddInChapterIDs(w.ID("chapter THA"))
}

func (w *World) activities(ctx context.Context) {
	for owner, of := range map[string]struct {
		owners   Who
		reporter string
		role     term.ParticipationRole // of IOM
	}{
		"iom": {IOM, "actor iom", ""}, "unodc": {UNODC, "actor unodc", ""}, "none": {Nobody, "", ""},
		"paid": {IOM, "", term.Funding}, "joined": {Nobody, "", term.Partner}, "ilo": {Several, "actor ilo", term.Funding},
	} {
		w.variants(ctx, term.KindActivity, "activity", owner, of.owners, func(label string, v term.Visibility, id term.ID) {
			q := w.activity(label, v, id)
			if of.reporter != "" {
				q.SetReporterID(w.ID(of.reporter))
			}
			q.ExecX(ctx)
			place := w.row(term.KindActivityState, "place-of-"+label, Everyone)
			w.c.ActivityState.Create().SetID(place).SetActivityID(id).SetStateID(w.ID("state THA")).ExecX(ctx)
			if of.role != "" {
				part := w.row(term.KindParticipation, "part-of-"+label, Everyone)
				w.c.Participation.Create().SetID(part).SetActivityID(id).SetActorID(w.ID("actor iom")).SetRole(of.role).ExecX(ctx)
			}
		})
	}
	for _, f := range w.Rows { // the shares are known now: places and roles stand and fall with their activity
		if k := f.ID.Kind(); k == term.KindActivityState || k == term.KindParticipation {
			_, of, _ := strings.Cut(f.Label, "-of-")
			f.Seen = w.on(of)
		}
	}
	w.activity("activity-gone", term.Public, w.row(term.KindActivity, "activity-gone", Nobody)).ExecX(ctx)
	w.activity("activity-back", term.Public, w.row(term.KindActivity, "activity-back", Everyone)).SetReporterID(w.ID("actor iom")).ExecX(ctx)
}

// withdraw takes records out: deleting hides them from all, and leaves no mark on what pointed at them.
func (w *World) withdraw(ctx context.Context) {
	for _, f := range w.Rows {
		ctx := rule.WithWithdrawn(ctx)
		switch f.Label {
		case "state-gone":
			w.c.State.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "actor-gone":
			w.c.Actor.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "law-gone":
			w.c.Law.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "policy-gone":
			w.c.PolicyDocument.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "mechanism-gone":
			w.c.CoordinationMechanism.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "activity-gone":
			w.c.Activity.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "need-gone":
			w.c.Need.UpdateOneID(f.ID).SetWithdrawn(true).ExecX(ctx)
		case "need-of-withdrawn-state": // it goes with its State, and only the list of what is unreleased still names it
		default:
			continue
		}
		w.gone[f.ID] = true
	}
}

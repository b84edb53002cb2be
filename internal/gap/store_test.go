package gap

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"adam/ent"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

const today = term.Date("2026-11-24")

// world is a small catalogue in the making: what it hides from the public is written down, to be removed.
type world struct {
	c       *ent.Client
	states  map[string]*ent.State
	chapter map[string]*ent.Chapter
	hidden  []string // statements that take away what the public may not see
}

func made(t *testing.T, s *store.Store) (context.Context, *world) {
	t.Helper()
	ctx, w := testdb.Context(t), &world{states: map[string]*ent.State{}, chapter: map[string]*ent.Chapter{}}
	if err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		w.c = tx.Client()
		w.places(ctx)
		w.fill(ctx)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.c = s.Client
	return ctx, w
}

// places are three States with chapters, of which one has had its first review, and one without.
func (w *world) places(ctx context.Context) {
	for _, code := range []string{"BBB", "AAA", "CCC"} {
		st := w.c.State.Create().SetKey("s-" + code).SetCode(code).SetAlpha2(code[1:]).SetM49("00" + code[:1]).SetName("Land " + code).SetVisibility(term.Public).SaveX(ctx)
		w.states[code] = st
		w.chapter[code] = w.c.Chapter.Create().SetCode(code).SetTitle(code).SetTimeZone("UTC").SetStateID(st.ID).SetReadingsReleased(code == "BBB").SaveX(ctx)
	}
	w.c.State.Create().SetKey("other").SetCode("ZZZ").SetAlpha2("ZZ").SetM49("999").SetName("Elsewhere").SetVisibility(term.Public).ExecX(ctx)
}

func (w *world) hide(format string, args ...any) {
	w.hidden = append(w.hidden, fmt.Sprintf(format, args...))
}

// law adds a law with one reading of trafficking.
func (w *world) law(ctx context.Context, code, key string, s term.LawStatus, v term.Visibility, c term.Coverage, article string) {
	l := w.c.Law.Create().SetKey(key).SetTitle(key).SetStateID(w.states[code].ID).AddInChapterIDs(w.chapter[code].ID).SetStatus(s).SetVisibility(v).SaveX(ctx)
	p := w.c.Provision.Create().SetLawID(l.ID).SetTheme(term.Trafficking).SetElement(term.ElementAct).SetCoverage(c).SetArticle(article).SaveX(ctx)
	if code != "BBB" || v != term.Public {
		w.hide("DELETE FROM provisions WHERE id = %d", p.ID)
	}
	if v != term.Public {
		w.hide("DELETE FROM laws WHERE id = %d", l.ID)
	}
}

func (w *world) activity(ctx context.Context, key string, v term.Visibility, s term.ActivityStatus, types []term.AssistanceType, codes ...string) {
	a := w.c.Activity.Create().SetKey(key).SetTitle(key).SetTrafficking(term.Principal).SetVisibility(v).SetStatus(s).SetAssistanceTypes(types).SaveX(ctx)
	for _, code := range codes {
		w.c.ActivityState.Create().SetActivityID(a.ID).SetStateID(w.states[code].ID).ExecX(ctx)
	}
	if v != term.Public {
		w.hide("DELETE FROM activity_states WHERE activity_id = %d", a.ID)
		w.hide("DELETE FROM activities WHERE id = %d", a.ID)
	}
}

func (w *world) fill(ctx context.Context) {
	w.law(ctx, "AAA", "act-1", term.LawInForce, term.Public, term.NotCovered, "Article 1")
	w.law(ctx, "AAA", "act-2", term.LawReplaced, term.Public, term.Covered, "Article 2")
	w.law(ctx, "BBB", "act-3", term.LawAmended, term.Public, term.PartlyCovered, "Article 3")
	w.law(ctx, "BBB", "act-4", term.LawInForce, term.Restricted, term.Covered, "Article 4")
	w.activity(ctx, "act-a", term.Public, term.Closed, []term.AssistanceType{term.AssistAwareness, term.AssistPolicy}, "AAA", "BBB")
	w.activity(ctx, "act-b", term.Restricted, term.Closed, []term.AssistanceType{term.AssistAwareness}, "AAA")
	w.activity(ctx, "act-c", term.Public, term.Cancelled, []term.AssistanceType{term.AssistLegislative}, "AAA")
	w.activity(ctx, "act-d", term.Public, term.StatusUnknown, nil, "BBB")
	p := w.c.PolicyDocument.Create().SetKey("plan").SetTitle("Plan").SetStateID(w.states["AAA"].ID).AddInChapterIDs(w.chapter["AAA"].ID).SetStatus(term.PolicyCurrent).
		SetTrafficking(term.Principal).SetComprehensiveTrafficking(term.PartialPolicy).SetLeadAuthority("Ministry of Plans").SetVisibility(term.Public).SaveX(ctx)
	w.hide("UPDATE policies SET comprehensive_trafficking = 'WITHHELD' WHERE id = %d", p.ID)
	w.c.TreatyAction.Create().SetStateID(w.states["AAA"].ID).SetTreaty(term.TIPProtocol).SetParty(true).SetBoundOn("2001").ExecX(ctx)
	w.c.TreatyAction.Create().SetStateID(w.states["AAA"].ID).SetTreaty(term.SOMProtocol).SetParty(false).ExecX(ctx)
	w.mechanisms(ctx)
	w.ledger(ctx)
}

func (w *world) mechanisms(ctx context.Context) {
	add := func(key string, l term.MechanismLevel, s term.MechanismStatus, v term.Visibility) *ent.CoordinationMechanismCreate {
		return w.c.CoordinationMechanism.Create().SetKey(key).SetName(key).SetLevel(l).SetForm("COMMITTEE").SetStatus(s).SetVisibility(v).SetTrafficking(term.Principal)
	}
	add("nat-1", term.LevelNational, term.MechanismActive, term.Public).SetStateID(w.states["AAA"].ID).ExecX(ctx)
	add("nat-2", term.LevelNational, term.MechanismHistoric, term.Public).SetStateID(w.states["AAA"].ID).ExecX(ctx)
	add("nat-3", term.LevelNational, term.MechanismUnclear, term.Public).SetStateID(w.states["BBB"].ID).ExecX(ctx)
	reg := add("reg-1", term.LevelBilateral, term.MechanismActive, term.Public).SaveX(ctx)
	w.c.MechanismMember.Create().SetMechanismID(reg.ID).SetStateID(w.states["AAA"].ID).ExecX(ctx)
	w.c.MechanismMember.Create().SetMechanismID(reg.ID).SetStateID(w.states["AAA"].ID).SetSince("2020").ExecX(ctx)
	w.c.MechanismMember.Create().SetMechanismID(reg.ID).SetStateID(w.states["BBB"].ID).SetUntil("2019").ExecX(ctx)
}

func (w *world) ledger(ctx context.Context) {
	old := w.c.Questionnaire.Create().SetKey("q-1").SetTitle("Old").SetKind("STATE").SetSentOn("2011").SetTally(map[string]int{"ANSWERED": 1, "DECLINED": 1}).SaveX(ctx)
	late := w.c.Questionnaire.Create().SetKey("q-2").SetTitle("New").SetKind("STATE").SetSentOn("2026").SetTally(map[string]int{"NOT_ANSWERED": 2, "NOT_ASKED": 1}).SaveX(ctx)
	add := func(q term.ID, code string, s term.ResponseStatus) {
		w.c.Response.Create().SetQuestionnaireID(q).SetChapterID(w.chapter[code].ID).SetStatus(s).ExecX(ctx)
	}
	add(old.ID, "AAA", term.Answered)
	add(old.ID, "CCC", term.NothingToReport)
	add(late.ID, "AAA", term.NotAnswered)
	silent := w.c.Actor.Create().SetKey("silent").SetName("Silent").SetKind(term.NGO).SetVisibility(term.Public).SaveX(ctx)
	w.c.Response.Create().SetQuestionnaireID(late.ID).SetActorID(silent.ID).SetStatus(term.NotAnswered).ExecX(ctx)
	w.hide("DELETE FROM responses")
}

func (w *world) rows(ctx context.Context, t *testing.T) map[string]*Row {
	t.Helper()
	all, err := Analyse(ctx, w.c, w.c.State.Query().Where(state.HasChapter()), term.Trafficking, today)
	if err != nil {
		t.Fatal(err)
	}
	out, names := map[string]*Row{}, []string{}
	for _, r := range all {
		out[r.State.Code], names = r, append(names, r.State.Name)
	}
	if len(all) != 3 || !slices.IsSorted(names) {
		t.Errorf("the States are %v", names)
	}
	return out
}

var secretariat = access.SignedIn(1, "Office", []access.Grant{{Role: access.Secretariat}})

func TestARowIsWhatTheCatalogueHoldsOfAState(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, w := made(t, s)
		got := w.rows(access.With(ctx, secretariat), t)
		a, b, c := got["AAA"], got["BBB"], got["CCC"]
		if e := a.Elements[0]; e.Coverage != term.NotCovered || e.Law.Key != "act-1" || *e.Article != "Article 1" || a.LawsInForce != 1 {
			t.Errorf("a law that was replaced counts: %+v", e)
		}
		if e := b.Elements[0]; e.Coverage != term.Covered || e.Law.Key != "act-4" || b.Criminalisation.NotExamined != 10 {
			t.Errorf("BBB: %+v", e)
		}
		if a.Treaty == nil || !a.Treaty.Party || a.Treaty.BoundOn != "2001" || b.Treaty != nil {
			t.Errorf("treaties: %v and %v", a.Treaty, b.Treaty)
		}
		if a.Policy != (Policies{Partial: 1}) || len(a.LeadAuthority) != 1 || *a.LeadAuthority[0].Words != "Ministry of Plans" || a.LeadAuthority[0].Policy.Key != "plan" {
			t.Errorf("policies: %+v; led by %+v", a.Policy, a.LeadAuthority)
		}
		if a.Mechanism != (Mechanisms{National: 1, Regional: 1}) || b.Mechanism != (Mechanisms{UnclearNational: 1}) {
			t.Errorf("mechanisms: %+v and %+v", a.Mechanism, b.Mechanism)
		}
		if a.Activities != (Activities{Total: 2}) || b.Activities != (Activities{Total: 2, WithoutType: 1}) || given(a, term.AssistAwareness) != 2 || given(a, term.AssistLegislative) != 0 {
			t.Errorf("activities: %+v and %+v", a.Activities, b.Activities)
		}
		if a.Replied == nil || *a.Replied || *a.Response != term.NotAnswered || b.Replied != nil || c.Replied == nil || !*c.Replied {
			t.Errorf("the newest questionnaire: %v, %v, %v", a.Replied, b.Replied, c.Replied)
		}
	})
}

func given(r *Row, want term.AssistanceType) int {
	i := slices.IndexFunc(r.Assistance, func(a *Assistance) bool { return a.Type == want })
	return r.Assistance[i].Activities
}

// Rule 3: readings and who answered are for members; the public is told that they are withheld, not that there are none.
func TestThePublicIsToldWhatIsWithheld(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, w := made(t, s)
		got := w.rows(access.With(ctx, access.Anonymous()), t)
		a, b, c := got["AAA"], got["BBB"], got["CCC"]
		if a.Criminalisation.Withheld != 11 || a.Elements[0].Law != nil || !slices.Equal(a.Withheld, []string{"criminalisation", "elements", "policy", "replied", "response"}) || a.Policy != (Policies{Withheld: 1}) {
			t.Errorf("AAA: %+v, %v, %+v", a.Criminalisation, a.Withheld, a.Policy)
		}
		if e := b.Elements[0]; e.Coverage != term.PartlyCovered || e.Law.Key != "act-3" || b.Criminalisation.Withheld != 0 {
			t.Errorf("BBB has had its review: %+v", e)
		}
		if given(a, term.AssistAwareness) != 1 || a.Activities.Total != 1 {
			t.Errorf("a restricted activity counts: %+v", a.Activities)
		}
		if c.Criminalisation.NotExamined != 11 || c.Replied != nil {
			t.Errorf("CCC: %+v", c.Criminalisation)
		}
	})
}

// Non-interference: the answer is the same as if what the public may not see had never been there.
func TestNothingTellsOfWhatIsHidden(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, w := made(t, s)
		public := access.With(ctx, access.Anonymous())
		answers := func() string {
			findings, err := Findings(public, w.c, w.c.State.Query().Where(state.HasChapter()), nil, today)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal([]any{w.rows(public, t), findings})
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		before := answers()
		for _, statement := range w.hidden {
			if _, err := s.DB.ExecContext(ctx, statement); err != nil {
				t.Fatalf("%v: %s", err, statement)
			}
		}
		if after := answers(); after != before {
			t.Errorf("with\n%s\nwithout\n%s", before, after)
		}
	})
}

func TestTheSixQuestionsKeepNoAndUnknownApart(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, w := made(t, s)
		theme := term.Trafficking
		ask := func(v access.Viewer) map[FindingCode]*Finding {
			all, err := Findings(access.With(ctx, v), w.c, w.c.State.Query().Where(state.HasChapter()), &theme, today)
			if err != nil || len(all) != 6 {
				t.Fatalf("%d answers; %v", len(all), err)
			}
			out := map[FindingCode]*Finding{}
			for _, f := range all {
				out[f.Code] = f
			}
			return out
		}
		counts := func(f *Finding) [3]int { return [3]int{f.Count, f.Unknown, f.Denominator} }
		own, public := ask(secretariat), ask(access.Anonymous())
		for code, want := range map[FindingCode][2][3]int{ // for the secretariat, and for the public
			NoOffence: {{1, 2, 3}, {0, 3, 3}}, NoPolicy: {{1, 1, 3}, {0, 2, 3}}, NoMechanism: {{1, 1, 3}, {0, 2, 3}},
			NoAssistance: {{11, 18, 33}, {0, 29, 33}}, Confused: {{0, 3, 3}, {0, 3, 3}}, NoReply: {{2, 1, 5}, {2, 1, 5}},
		} {
			if got := [2][3]int{counts(own[code]), counts(public[code])}; got != want {
				t.Errorf("%s: %v, want %v", code, got, want)
			}
		}
		if f := own[NoReply]; len(f.States) != 1 || f.States[0].Code != "AAA" || len(f.Organisations) != 1 || f.Organisations[0].Key != "silent" || len(f.UnknownStates) != 1 || len(f.Withheld) != 0 {
			t.Errorf("members are told who did not answer: %+v", f)
		}
		if f := public[NoReply]; len(f.States)+len(f.Organisations)+len(f.UnknownStates) != 0 || len(f.Withheld) != 3 {
			t.Errorf("the public is told who did not answer: %+v", f)
		}
	})
}

// That nothing is recorded is a lack as long as the State has said so: until its verification lapses.
func TestAVerifiedChapterSpeaksForItsStateUntilItLapses(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, w := made(t, s)
		theme := term.Trafficking
		for until, lacks := range map[term.Date]int{"2026-11-24": 1, "2026-11-23": 0} {
			w.c.Chapter.UpdateOneID(w.chapter["CCC"].ID).SetVerifiedStatus(term.Verified).SetVerifiedUntil(until).ExecX(ctx)
			all, err := Findings(access.With(ctx, access.Anonymous()), w.c, w.c.State.Query().Where(state.HasChapter()), &theme, today)
			if err != nil {
				t.Fatal(err)
			}
			if f := all[1]; f.Code != NoPolicy || f.Count != lacks || f.Unknown != 2-lacks {
				t.Errorf("verified until %s: %s, %d lack one, of %d it is not known", until, f.Code, f.Count, f.Unknown)
			}
		}
	})
}

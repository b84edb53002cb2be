package catalogue_test

import (
	"context"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/chapter"
	"adam/ent/coordinationmechanism"
	"adam/ent/rule"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/internal/testdb"
)

// recordType is what the tests write of one type of record.
type recordType struct {
	kind   term.Kind
	create input
	key    string // that a record of this title gets
	change input
	told   []string // what history must tell of the change
	now    func(*ent.Client, context.Context, term.ID) (version int, key string, withdrawn bool, err error)
}

var recordTypes = map[string]recordType{
	"activity": {term.KindActivity,
		input{"title": "Border Police: Training (Phase I)", "summary": "Teaches.", "themes": []any{"TRAFFICKING"}, "states": []any{"THA"}, "donors": []any{"dfat"},
			"implementers": []any{"international-organization-for-migration", "unodc"}, "startOn": "2010", "status": "CLOSED", "places": []any{"Chiang Rai"}},
		"border-police-training-phase-i",
		input{"summary": nil, "states": []any{"LAO", "THA"}, "donors": nil, "implementers": []any{"unodc"}, "partners": []any{"dfat"}, "externalIdentifiers": []any{"XM-DAC-1", "XM-DAC-2"},
			"endOn": "2012-05", "themes": []any{"SMUGGLING"}, "purposeCodes": []any{"15190"}},
		[]string{"states: THA → LAO; THA", "donors: dfat → -", "implementers: international-organization-for-migration; unodc → unodc", "partners: - → dfat",
			"externalIdentifiers: - → XM-DAC-1; XM-DAC-2", "summary: Teaches. → -", "chapters: THA → LAO; THA"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Activity.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"actor": {term.KindActor,
		input{"name": "Department of Special Investigation", "kind": "STATE_AUTHORITY", "state": "THA", "otherNames": []any{input{"name": "DSI", "kind": "ACRONYM"}},
			"contacts": []any{input{"kind": "EMAIL", "value": "desk@example.org", "unit": "Desk"}}},
		"department-of-special-investigation",
		input{"website": "https://www.dsi.example", "otherNames": []any{input{"name": "DSI", "kind": "ACRONYM", "language": "en"}, input{"name": "กรมสอบสวนคดีพิเศษ", "language": "th", "kind": "TRANSLATION"}},
			"contacts": []any{input{"kind": "EMAIL", "value": "desk@example.org", "unit": "Front desk"}, input{"kind": "PHONE", "value": "+66 2 000"}}, "parent": "unodc"},
		[]string{"otherNames: DSI ACRONYM → DSI ACRONYM en; กรมสอบสวนคดีพิเศษ TRANSLATION th", "contacts: (withheld) → (withheld); (withheld)", "website: - → https://www.dsi.example"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Actor.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"law": {term.KindLaw,
		input{"title": "Anti-Trafficking in Persons Act", "state": "THA", "status": "IN_FORCE", "year": "2008", "elements": []any{input{"theme": "TRAFFICKING", "element": "ACT", "coverage": "COVERED", "article": "6"}},
			"penalties": []any{input{"theme": "TRAFFICKING", "kind": "YEARS", "years": 10}}},
		"anti-trafficking-in-persons-act",
		input{"status": "AMENDED", "elements": []any{input{"theme": "TRAFFICKING", "element": "ACT", "coverage": "PARTLY_COVERED", "article": "6"}, input{"theme": "SMUGGLING", "element": "DOCUMENT_FRAUD", "coverage": "UNCLEAR"}},
			"penalties": []any{input{"theme": "TRAFFICKING", "kind": "YEARS", "years": 15}, input{"theme": "TRAFFICKING", "kind": "DEATH"}}, "amendments": []any{input{"title": "Second Act", "year": "2015"}}},
		[]string{"elements: TRAFFICKING ACT COVERED 6 → TRAFFICKING ACT PARTLY_COVERED 6; SMUGGLING DOCUMENT_FRAUD UNCLEAR", "penalties: TRAFFICKING YEARS 10 → TRAFFICKING YEARS 15; TRAFFICKING DEATH",
			"amendments: - → Second Act 2015", "status: IN_FORCE → AMENDED"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Law.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"policy": {term.KindPolicy,
		input{"title": "Regional work plan", "status": "CURRENT", "periodFrom": "2017"},
		"regional-work-plan",
		input{"periodTo": "2020", "leadActor": "unodc", "leadAuthority": "The office", "state": "LAO"},
		[]string{"leadAuthority: - → The office", "chapters: REGIONAL → LAO"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.PolicyDocument.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"mechanism": {term.KindMechanism,
		input{"name": "COMMIT", "level": "SUBREGIONAL", "form": "PROCESS", "status": "ACTIVE", "members": []any{input{"state": "THA", "since": "2004"}}},
		"commit",
		input{"foundedOn": "2004-10", "members": []any{input{"state": "THA", "since": "2004"}, input{"state": "LAO"}, input{"actor": "unodc", "until": "2014"}}},
		[]string{"members: THA 2004 → THA 2004; LAO; unodc 2014", "foundedOn: - → 2004-10", "chapters: THA → LAO; THA"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.CoordinationMechanism.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"need": {term.KindNeed,
		input{"title": "Training for prosecutors", "state": "THA", "assistanceType": "LEGISLATIVE"},
		"training-for-prosecutors",
		input{"status": "MATCHED", "gap": "No course exists.", "authority": "unodc", "themes": []any{"SMUGGLING"}},
		[]string{"status: OPEN → MATCHED", "gap: - → No course exists.", "smuggling: NOT_TARGETED → PRINCIPAL"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Need.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
}

func TestARecordIsMadeChangedWithdrawnRestoredAndRenamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, r := range recordTypes {
			t.Run(name, func(t *testing.T) { w.t = t; w.life(r) })
		}
	})
}

// life takes one record through everything that can become of it.
func (w *world) life(r recordType) {
	t := w.t
	id, err := w.create(w.keeper, r.kind, with(r.create))
	if err != nil {
		t.Fatalf("%v %v", err, fieldsOf(err))
	}
	w.stands(r, id, 1, r.key, false)
	if e := w.last(id); e.Action != term.ActionCreated || e.By != "Regional Support Office" {
		t.Errorf("history begins with %s by %s", e.Action, e.By)
	}
	w.change(w.keeper, r.kind, with(r.change, "key", r.key, "version", 1, "reason", "Read again.", "sources", []any{input{"title": "New report", "kind": "FOCAL_POINT"}}))
	w.stands(r, id, 2, r.key, false)
	e := w.last(id)
	for _, want := range append(r.told, "sources: - → New report") {
		if !strings.Contains(told(e.Changes), want) {
			t.Errorf("history tells\n%s\nand not\n%s", told(e.Changes), want)
		}
	}
	if e.Version != 2 || e.Reason == nil || *e.Reason != "Read again." || e.Edges.Source == nil || e.Edges.Source.Title != "New report" {
		t.Errorf("the entry is %+v", e)
	}
	change := func(do func(context.Context, *ent.Tx, term.Kind, string, int, string) (term.ID, error), key string, version int) error {
		_, err := w.as(w.keeper, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return do(ctx, tx, r.kind, key, version, "A reason.")
		})
		return err
	}
	if err := change(catalogue.Withdraw, r.key, 2); err != nil {
		t.Fatal(err)
	}
	w.stands(r, id, 3, r.key, true)
	refused(t, change(catalogue.Withdraw, r.key, 3), fault.NotFound, "input.key")
	if err := change(catalogue.Restore, r.key, 3); err != nil {
		t.Fatal(err)
	}
	w.stands(r, id, 4, r.key, false)
	rename := func(ctx context.Context, tx *ent.Tx, kind term.Kind, key string, version int, reason string) (term.ID, error) {
		return catalogue.Rename(ctx, tx, kind, key, version, "quite-new", reason)
	}
	if err := change(rename, r.key, 4); err != nil {
		t.Fatal(err)
	}
	w.stands(r, id, 5, "quite-new", false)
	if e := w.last(id); !strings.Contains(told(e.Changes), "key: "+r.key+" → quite-new") || *e.Reason != "A reason." {
		t.Errorf("history tells %s", told(e.Changes))
	}
	w.change(w.keeper, r.kind, input{"key": r.key, "version": 5, "note": "By the old key."})
	w.stands(r, id, 6, "quite-new", false)
}

func (w *world) stands(r recordType, id term.ID, version int, key string, withdrawn bool) {
	w.t.Helper()
	v, k, gone, err := r.now(w.st.Client, rule.WithWithdrawn(testdb.Context(w.t)), id)
	if err != nil || v != version || k != key || gone != withdrawn {
		w.t.Fatalf("the record is %q at version %d, withdrawn %v (%v); expected %q, %d, %v", k, v, gone, err, key, version, withdrawn)
	}
	if n := len(w.history(id)); n != version {
		w.t.Errorf("%d entries of history at version %d", n, version)
	}
}

func TestAStateIsChangedAndNeverMadeOrWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.change(w.keeper, term.KindState, input{"code": "THA", "version": 1, "capital": "Bangkok",
			"memberships":     []any{input{"group": "ASEAN", "since": "1967"}, input{"group": "SAARC", "member": false}},
			"treatyActions":   []any{input{"treaty": "UNTOC", "party": true, "boundOn": "2013-10-17", "mode": "RATIFICATION"}},
			"leadAuthorities": []any{input{"theme": "TRAFFICKING", "actor": "unodc"}}})
		want := []string{"capital: - → Bangkok", "memberships: - → ASEAN true 1967 UNKNOWN UNKNOWN; SAARC false UNKNOWN UNKNOWN", "leadAuthorities: - → TRAFFICKING unodc"}
		for _, s := range want {
			if got := told(w.last(w.tha).Changes); !strings.Contains(got, s) {
				t.Errorf("history tells %s and not %s", got, s)
			}
		}
		_, err := w.create(w.keeper, term.KindState, with(input{"name": "Atlantis"}))
		refused(t, err, fault.Invalid)
		_, err = w.as(w.keeper, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return catalogue.Withdraw(ctx, tx, term.KindState, "THA", 2, "No reason.")
		})
		refused(t, err, fault.Invalid)
	})
}

func TestRowsThatStayKeepTheirIdentifier(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := testdb.Context(t)
		id := w.add(term.KindActivity, input{"title": "A", "allocations": []any{input{"state": "THA", "percentage": "60"}, input{"state": "LAO"}}})
		before, _ := w.activity(id).QueryActivityStates().All(ctx)
		w.change(w.keeper, term.KindActivity, input{"key": "a", "version": 1, "states": []any{"THA"}})
		after, _ := w.activity(id).QueryActivityStates().All(ctx)
		if len(before) != 2 || len(after) != 1 || after[0].ID != before[0].ID && after[0].ID != before[1].ID || after[0].Percentage != "60" {
			t.Errorf("%v became %v", before, after)
		}
	})
}

func TestAnUpdateThatChangesNothingWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, recordTypes["activity"].create)
		same := with(recordTypes["activity"].create, "key", "border-police-training-phase-i", "version", 1)
		w.change(w.keeper, term.KindActivity, same)
		if a := w.activity(id); a.Version != 1 || len(w.history(id)) != 1 {
			t.Errorf("version %d, %d entries", a.Version, len(w.history(id)))
		}
	})
}

func TestKeysAreMadeOfTitlesAndNeverUsedTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		title := func(s string) string { return w.activity(w.add(term.KindActivity, input{"title": s})).Key }
		for _, test := range []struct{ title, key string }{
			{"Été à Phnom Penh", "ete-a-phnom-penh"}, {"Été, à Phnom Penh!", "ete-a-phnom-penh-2"}, {"ETE A PHNOM PENH", "ete-a-phnom-penh-3"},
			{strings.Repeat("long ", 90) + "end", strings.TrimSuffix(strings.Repeat("long-", 16), "-")},
		} {
			if got := title(test.title); got != test.key {
				t.Errorf("%q has the key %q; expected %q", test.title, got, test.key)
			}
		}
		if got := title("การค้ามนุษย์ 2015"); !strings.HasPrefix(got, "activity-") || len(got) != len("activity-")+12 {
			t.Errorf("a Thai title has the key %q", got)
		}
		_, err := w.as(w.keeper, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return catalogue.Rename(ctx, tx, term.KindActivity, "ete-a-phnom-penh", 1, "summer", "Better.")
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := title("Été à Phnom Penh"); got != "ete-a-phnom-penh-4" {
			t.Errorf("the old key of another was given away: %q", got)
		}
	})
}

func TestARenamedKeyLeadsToItsRecordAndIsTakenByNoOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC"})
		w.add(term.KindActivity, input{"title": "Two"})
		rename := func(key string, version int, to string) error {
			_, err := w.as(w.keeper, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
				return catalogue.Rename(ctx, tx, term.KindActivity, key, version, to, "Better.")
			})
			return err
		}
		if err := rename("one", 1, "first"); err != nil {
			t.Fatal(err)
		}
		for _, to := range []string{"first", "one", "Two", "a--b", "-a", "", "ä", strings.Repeat("a", 81)} {
			refused(t, rename("two", 1, to), fault.Invalid, "input.newKey")
		}
		if now, err := catalogue.KeyNow(testdb.Context(t), w.st.Client, term.KindActivity, "one"); now != "first" || err != nil {
			t.Errorf("one is now %q (%v)", now, err)
		}
		if now, err := catalogue.KeyNow(testdb.Context(t), w.st.Client, term.KindLaw, "one"); now != "" || err != nil {
			t.Errorf("a law of that key is %q (%v)", now, err)
		}
		if err := rename("one", 2, "one"); err != nil { // back to what it was
			t.Fatal(err)
		}
		if now, err := catalogue.KeyNow(testdb.Context(t), w.st.Client, term.KindActivity, "first"); now != "one" || err != nil {
			t.Errorf("first is now %q (%v)", now, err)
		}
	})
}

func TestChaptersFollowTheStatesOfARecordWhereNoneAreNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		chapters := func(kind term.Kind, in input) string {
			t.Helper()
			in = with(in)
			var id term.ID
			var err error
			if _, known := in["key"]; known {
				id, err = w.update(w.keeper, kind, in)
			} else {
				id, err = w.create(w.keeper, kind, in)
			}
			if err != nil {
				t.Fatal(err, fieldsOf(err))
			}
			q := w.st.Client.Activity.Query().Where(activity.ID(id)).QueryInChapters()
			if kind == term.KindMechanism {
				q = w.st.Client.CoordinationMechanism.Query().Where(coordinationmechanism.ID(id)).QueryInChapters()
			}
			codes, err := q.Order(chapter.ByCode()).Select(chapter.FieldCode).Strings(w.system())
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(codes, " ")
		}
		mechanism := input{"name": "M", "level": "BILATERAL", "form": "MOU", "status": "ACTIVE", "members": []any{input{"state": "THA"}, input{"state": "LAO"}}}
		for i, step := range []struct {
			kind term.Kind
			in   input
			want string
		}{
			{term.KindActivity, input{"title": "A", "states": []any{"THA"}}, "THA"},
			{term.KindActivity, input{"key": "a", "version": 1, "states": []any{"LAO"}}, "LAO"},
			{term.KindActivity, input{"key": "a", "version": 2, "regional": true}, "LAO REGIONAL"},
			{term.KindActivity, input{"key": "a", "version": 3, "chapters": []any{"THA", "REGIONAL"}}, "REGIONAL THA"},
			{term.KindActivity, input{"key": "a", "version": 4, "regional": false, "allocations": []any{input{"state": "LAO", "percentage": "5"}}}, "THA"},
			{term.KindActivity, input{"key": "a", "version": 5, "states": nil}, "THA"},
			{term.KindMechanism, mechanism, "LAO THA"},
			{term.KindMechanism, input{"key": "m", "version": 1, "state": "THA"}, "LAO THA"},
			{term.KindMechanism, input{"key": "m", "version": 2, "state": nil}, "LAO THA"},
			{term.KindMechanism, input{"key": "m", "version": 3, "level": "REGIONAL", "members": []any{input{"state": "LAO"}}}, "LAO REGIONAL"},
		} {
			if got := chapters(step.kind, step.in); got != step.want {
				t.Errorf("step %d: it stands in %s; expected %s", i, got, step.want)
			}
		}
	})
}

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

package catalogue_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/internal/testdb"
)

func text(v any) string {
	if s, ok := v.(*string); ok && s != nil {
		return *s
	}
	return "-"
}

func TestWhoeverReadAnOlderVersionIsToldBothValues(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "summary": "First.", "states": []any{"THA"}})
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 1, "summary": "Second.", "states": []any{"THA", "LAO"}})
		_, err := w.update(w.keeper, term.KindActivity, with(input{"key": "one", "version": 1, "summary": "Mine.", "states": nil, "acronym": "O"}))
		f := refused(t, err, fault.Conflict, "input.version")
		yours, theirs := f.Details["yours"].(map[string]any), f.Details["theirs"].(map[string]any)
		for field, want := range map[string][2]string{"summary": {"Mine.", "Second."}, "states": {"-", "THA; LAO"}, "acronym": {"O", "-"}} {
			if text(yours[field]) != want[0] || text(theirs[field]) != want[1] {
				t.Errorf("%s: yours %s, theirs %s; expected %v", field, text(yours[field]), text(theirs[field]), want)
			}
		}
		if f.Details["version"] != 2 || len(yours) != 3 || len(theirs) != 3 {
			t.Errorf("the details are %v", f.Details)
		}
		if a := w.activity(id); a.Version != 2 || *a.Summary != "Second." {
			t.Errorf("the loser wrote: %v", a)
		}
		for _, version := range []any{0, 3, -1, nil, "2", 1.5} {
			_, err := w.update(w.keeper, term.KindActivity, with(input{"key": "one", "version": version, "summary": "Mine."}))
			refused(t, err, fault.Conflict)
		}
	})
}

func TestOfFiftyEditorsAtOnceOneWinsAndTheOthersAreToldBothValues(t *testing.T) {
	const editors = 50
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "summary": "First.", "donors": []any{"unodc"}})
		errs := make([]error, editors)
		var all sync.WaitGroup
		for i := range editors {
			all.Go(func() {
				_, errs[i] = w.update(w.keeper, term.KindActivity, with(input{"key": "one", "version": 1, "summary": fmt.Sprint("By ", i), "donors": []any{"dfat"}}))
			})
		}
		all.Wait()
		a := w.activity(id)
		won := 0
		for i, err := range errs {
			if err == nil {
				if won++; *a.Summary != fmt.Sprint("By ", i) {
					t.Errorf("editor %d won, but the record says %q", i, *a.Summary)
				}
				continue
			}
			f := refused(t, err, fault.Conflict)
			yours, _ := f.Details["yours"].(map[string]any)
			theirs, _ := f.Details["theirs"].(map[string]any)
			if text(yours["summary"]) != fmt.Sprint("By ", i) || text(theirs["summary"]) != *a.Summary || text(theirs["donors"]) != "dfat" {
				t.Errorf("editor %d is told %v", i, f.Details)
			}
		}
		if won != 1 || a.Version != 2 || len(w.history(id)) != 2 {
			t.Errorf("%d editors won; the record is at version %d with %d entries", won, a.Version, len(w.history(id)))
		}
	})
}

func TestRecordsOfOneTitleMadeAtOnceGetKeysOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var all sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			all.Go(func() { _, errs[i] = w.create(w.keeper, term.KindActivity, with(input{"title": "The same"})) })
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"the-same", "the-same-2", "the-same-3", "the-same-4"} {
			if _, err := w.update(w.keeper, term.KindActivity, input{"key": key, "version": 1, "note": "Here."}); err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}

// once sends one mutation with a key.
func (w *world) once(v access.Viewer, key, place string, in input) (term.ID, error) {
	ctx := catalogue.WithOnce(access.With(w.t.Context(), v), key)
	return catalogue.Once(ctx, w.st, catalogue.Request{Name: "createActivity", Place: place, Input: in}, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Create(ctx, tx, term.KindActivity, in)
	})
}

func (w *world) activities() int {
	w.t.Helper()
	n, err := w.st.Client.Activity.Query().Count(testdb.Context(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestARequestWithAKeyIsDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := with(input{"title": "One"})
		first, err := w.once(w.keeper, "k", "createActivity", in)
		again, err2 := w.once(w.keeper, "k", "createActivity", in)
		if err != nil || err2 != nil || first != again || w.activities() != 1 {
			t.Fatalf("%v (%v), %v (%v): %d activities", first, err, again, err2, w.activities())
		}
		_, err = w.once(w.keeper, "k", "createActivity", with(input{"title": "Two"}))
		refused(t, err, fault.Invalid)
		for name, do := range map[string]func() (term.ID, error){
			"another key":    func() (term.ID, error) { return w.once(w.keeper, "l", "createActivity", in) },
			"another place":  func() (term.ID, error) { return w.once(w.keeper, "k", "alias", in) },
			"another person": func() (term.ID, error) { return w.once(w.reporter, "k", "createActivity", in) },
		} {
			if id, err := do(); err != nil || id == first {
				t.Errorf("%s: %v (%v)", name, id, err)
			}
		}
		for _, bad := range []string{"", " ", "a b", "ä", "a\n", string(make([]byte, 201))} {
			_, err := w.once(w.keeper, bad, "createActivity", in)
			refused(t, err, fault.Invalid)
		}
		// What was refused is not remembered: it may be mended and sent again.
		_, err = w.once(w.keeper, "m", "createActivity", with(input{"title": ""}))
		refused(t, err, fault.Invalid)
		if _, err := w.once(w.keeper, "m", "createActivity", in); err != nil {
			t.Error(err)
		}
	})
}

func TestARequestWithAKeySentAtOnceIsDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ids, errs := make([]term.ID, 8), make([]error, 8)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() { ids[i], errs[i] = w.once(w.keeper, "k", "x", with(input{"title": "One"})) })
		}
		all.Wait()
		for i, id := range ids {
			if errs[i] != nil || id != ids[0] {
				t.Errorf("%v (%v); expected %v", id, errs[i], ids[0])
			}
		}
		if n := w.activities(); n != 1 {
			t.Errorf("%d activities", n)
		}
	})
}

func TestKeysOfRequestsAreForgottenAfterAWeek(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := with(input{"title": "One"})
		first, err := w.once(w.keeper, "k", "x", in)
		if err != nil {
			t.Fatal(err)
		}
		sweep := func(after time.Duration) int {
			n, err := catalogue.SweepOnce(t.Context(), w.st, time.Now().Add(after))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := sweep(6 * 24 * time.Hour); n != 0 {
			t.Errorf("%d keys are forgotten after six days", n)
		}
		if n := sweep(8 * 24 * time.Hour); n != 1 {
			t.Errorf("%d keys are forgotten after eight days", n)
		}
		if again, err := w.once(w.keeper, "k", "x", in); err != nil || again == first {
			t.Errorf("the forgotten key gives %v (%v)", again, err)
		}
	})
}

package review_test

import (
	"reflect"
	"slices"
	"testing"

	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// Of many answers at once the error says which one is wrong, and none is written.
func TestAnErrorSaysWhichOfManyItemsItIsAbout(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, other := w.open("THA"), w.open("VNM")
		added, err := do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law",
			Input: with(input{"title": "New act", "state": "THA", "status": "IN_FORCE"})})
		ok(t, err)
		fine := []review.ItemVersion{w.read(id, "law"), w.read(id, "draft")}
		stale := w.read(id, "policy")
		stale.Version--
		before := w.dump()
		for _, c := range []struct {
			item  review.ItemVersion
			kind  fault.Kind
			field string
		}{
			{stale, fault.Conflict, "input.items[2].version"},
			{review.ItemVersion{ID: term.NewID(term.KindReviewItem), Version: 2}, fault.NotFound, "input.items[2].id"},
			{w.read(other, "viet draft"), fault.NotFound, "input.items[2].id"},
			{review.ItemVersion{ID: added, Version: 2}, fault.Invalid, "input.items[2].id"},
		} {
			items := append(slices.Clone(fine), c.item)
			f := refused(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: items})), c.kind, "")
			if !slices.Equal(f.Fields, []string{c.field}) {
				t.Errorf("the fields are %v; expected %s: %s", f.Fields, c.field, f.Sentence)
			}
		}
		w.set(other, term.ReviewVerified)
		f := refused(t, second(do(w, "vnm", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{w.read(other, "viet draft")}})), fault.Conflict, "UNDER_REVIEW or RETURNED")
		if !slices.Equal(f.Fields, []string{"input.items[0].id"}) {
			t.Errorf("the fields are %v", f.Fields)
		}
		w.set(other, term.UnderReview)
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
	})
}

// Whoever read an older version is told both, also where it is the record that changed meanwhile.
func TestAnAnswerToAnOlderVersionIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		for name, meanwhile := range map[string]func(){
			"law":    func() { w.edit(w.who["first"], "law", input{"number": "B.E. 2551"}) },
			"policy": func() { ok(t, second(do(w, "deputy", w.desk.Later, review.Reply{Item: w.read(id, "policy")}))) },
		} {
			v := w.read(id, name)
			meanwhile()
			f := refused(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{v}})), fault.Conflict, "changed since you read it", "input.items[0].version")
			yours, theirs := f.Details["yours"].(map[string]any), f.Details["theirs"].(map[string]any)
			if yours["version"] != v.Version || theirs["version"] != v.Version+1 || f.Details["version"] != v.Version+1 {
				t.Errorf("%s: the values are %v", name, f.Details)
			}
			ok(t, second(do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{w.read(id, name)}})))
		}
	})
}

// Whoever comes too late gets back what she sent, beside what stands: nothing that she wrote is lost.
func TestAnAnswerThatComesTooLateIsToldWithBothAnswers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, yes := w.open("THA"), true
		read, law := w.read(id, "training"), w.correction(id, "law", "Act of 2008")
		law.Reason = "It was renamed."
		ok(t, second(do(w, "deputy", w.desk.Dispute, review.Reply{Item: read, Reason: "It never took place."})))
		ok(t, second(do(w, "deputy", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{law.Item}})))
		late := func(err error, yours, theirs map[string]any, field string) {
			t.Helper()
			f := refused(t, err, fault.Conflict, "changed since you read it", field)
			for side, want := range map[string]map[string]any{"yours": yours, "theirs": theirs} {
				got := f.Details[side].(map[string]any)
				for k, v := range want {
					if g := value(got[k]); !reflect.DeepEqual(g, v) {
						t.Errorf("%s: %s is %v; expected %v", side, k, g, v)
					}
				}
			}
		}
		at := string(term.InstantOf(w.clock()))
		disputed := map[string]any{"version": 3, "status": "DISPUTED", "reason": "It never took place.", "by": "Ministry deputy", "at": at}
		confirm := review.Confirmation{Items: []review.ItemVersion{read}, ActiveHere: &yes, Authority: "Police", Reason: "We hold it."}
		late(second(do(w, "tha", w.desk.Confirm, confirm)),
			map[string]any{"version": 2, "status": "CONFIRMED", "activeHere": true, "authority": "Police", "reason": "We hold it.", "notForPublication": false}, disputed, "input.items[0].version")
		late(second(do(w, "tha", w.desk.NotOurs, review.Reply{Item: read, Reason: "It is of the police."})),
			map[string]any{"status": "NOT_OURS", "reason": "It is of the police.", "activeHere": nil}, disputed, "input.version")
		late(second(do(w, "tha", w.desk.Correct, law)), map[string]any{"status": "CORRECTED", "reason": "It was renamed.",
			"input": map[string]any{"key": w.key("law"), "version": 1.0, "title": "Act of 2008", "sources": []any{map[string]any{"title": "Gazette 7"}}}},
			map[string]any{"status": "CONFIRMED", "reason": nil, "by": "Ministry deputy", "at": at}, "input.version")
	})
}

// value is what a detail points at.
func value(v any) any {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Pointer {
		return v
	}
	if r.IsNil() {
		return nil
	}
	return r.Elem().Interface()
}

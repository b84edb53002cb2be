package review_test

import (
	"slices"
	"testing"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

func (w *world) undo(who string, m *review.Merged) error {
	_, err := do(w, who, w.desk.Undo, review.Undoing{Merge: m.Merge.ID})
	return err
}

// answersOf are the items of a review without their versions, which only grow.
func (w *world) answersOf(cycle term.ID) map[term.ID]ent.ReviewItem {
	out := map[term.ID]ent.ReviewItem{}
	for _, it := range w.items(cycle) {
		plain := *it
		plain.Version = 0
		out[it.ID] = plain
	}
	return out
}

// unlike are the items of a review that differ from what they were.
func (w *world) unlike(cycle term.ID, before map[term.ID]ent.ReviewItem) (out []term.ID) {
	now := w.answersOf(cycle)
	for id, it := range before {
		if plain(w.t, now[id]) != plain(w.t, it) {
			out = append(out, id)
		}
	}
	if len(now) != len(before) {
		out = append(out, 0)
	}
	return out
}

// A merge is undone in one step: each item gets back exactly the answer that it had, with its proposal, and what was
// added goes. Nobody can answer what she read before.
func TestAMergeIsUndoneInOneStep(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		ok(t, second(do(w, "deputy", w.desk.Correct, w.correction(id, "law", "Act of 2008"))))
		ok(t, second(do(w, "deputy", w.desk.Later, review.Reply{Item: w.read(id, "policy"), Reason: "Wait."})))
		before, read := w.answersOf(id), w.read(id, "policy")
		m := w.apply("tha", id, w.three(id)...)
		if len(w.unlike(id, before)) < 7 {
			t.Fatal("hardly anything was merged")
		}
		ok(t, w.undo("deputy", m))
		if d := w.unlike(id, before); len(d) > 0 {
			t.Errorf("these are not what they were: %v", d)
		}
		if now := w.read(id, "policy"); now.Version != read.Version+2 {
			t.Errorf("it is at version %d, and was at %d", now.Version, read.Version)
		}
		f := refused(t, w.undo("tha", m), fault.Conflict, "undone already")
		if len(f.Details) == 0 {
			t.Error("undoing twice is tried again by itself")
		}
		kept := w.st.Client.SheetMerge.GetX(testdb.Context(t), m.Merge.ID)
		if kept.UndoneAt == "" || kept.By != "Ministry tha" || !slices.Equal(kept.Agencies, []string{"Courts of Justice", "Ministry of Labour", "Royal Thai Police"}) {
			t.Errorf("of the merge this is kept: %+v", kept)
		}
		w.apply("tha", id, w.three(id)...) // and can be merged again
	})
}

// Items that were answered again since stay, and are named; a record that was taken out already is no hindrance.
func TestUndoingLeavesWhatWasAnsweredAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		before := w.answersOf(id)
		m := w.apply("tha", id, w.three(id)...)
		ok(t, second(do(w, "deputy", w.desk.Reopen, review.Reply{Item: w.read(id, "policy"), Reason: "Look again."})))
		items := w.items(id)
		added := items[len(items)-1]
		ok(t, second(do(w, "deputy", w.desk.Reopen, review.Reply{Item: review.ItemVersion{ID: added.ID, Version: review.VersionOf(added, 0)}})))
		w.edit(w.who["first"], "draft", input{"summary": "As adopted."}) // the record: its answer is still that of the merge
		ok(t, w.undo("tha", m))
		if d := w.unlike(id, before); !slices.Equal(d, []term.ID{w.item(id, "policy").ID}) {
			t.Errorf("these are not what they were: %v", d)
		}
		var stayed []term.ID
		for _, r := range w.st.Client.SheetMerge.GetX(testdb.Context(t), m.Merge.ID).Rows {
			if r.Stayed {
				stayed = append(stayed, r.Item)
			}
		}
		if !slices.Equal(stayed, []term.ID{w.item(id, "policy").ID}) {
			t.Errorf("these are said to stay: %v", stayed)
		}
	})
}

// Two merges are undone one after the other, the later one first.
func TestMergesAreUndoneOneAfterTheOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		start := w.answersOf(id)
		first := w.apply("tha", id, w.three(id)...)
		between := w.answersOf(id)
		later := w.apply("tha", id, review.Sheet{Agency: "Courts", Answers: []review.SheetAnswer{
			w.saying(id, "policy", term.SheetNotSure, ""), w.fixing(id, "law", input{"title": "Another"}), w.saying(id, "secret", term.SheetRight, "")}})
		ok(t, w.undo("tha", later))
		if d := w.unlike(id, between); len(d) > 0 {
			t.Errorf("after the later one these are not what they were: %v", d)
		}
		ok(t, w.undo("tha", first))
		if d := w.unlike(id, start); len(d) > 0 {
			t.Errorf("after both these are not what they were: %v", d)
		}
	})
}

// A review that was signed is not changed any more, by undoing neither.
func TestNothingIsUndoneInAReviewThatIsSigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		m := w.apply("tha", id, w.three(id)...)
		w.confirmAll("tha", id)
		w.complete("tha", id)
		before := w.dump()
		refused(t, w.undo("tha", m), fault.Conflict, "UNDER_REVIEW or RETURNED")
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		ok(t, reasoned(w, "first", w.desk.Return, id, "Look again."))
		ok(t, w.undo("tha", m))
	})
}

// A new record that waits in a review is not put off: that would lose it.
func TestAnAdditionIsNotPutOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		added, err := do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law",
			Input: with(input{"title": "New act", "state": "THA", "status": "IN_FORCE"})})
		ok(t, err)
		it := w.st.Client.ReviewItem.GetX(testdb.Context(t), added)
		_, err = do(w, "tha", w.desk.Later, review.Reply{Item: review.ItemVersion{ID: added, Version: it.Version}})
		refused(t, err, fault.Invalid, "reopen it", "input.item")
		if it = w.st.Client.ReviewItem.GetX(testdb.Context(t), added); it.Proposal != term.ProposalCreate || it.Input["title"] != "New act" {
			t.Errorf("it became %+v", it)
		}
	})
}

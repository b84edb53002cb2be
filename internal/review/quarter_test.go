package review_test

import (
	"context"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// quarter brings the IOM to the review of a quarter, with all items confirmed.
func (w *world) quarter(t *testing.T) term.ID {
	t.Helper()
	w.at(time.Date(w.clock().Year()+1, 1, 2, 3, 0, 0, 0, time.UTC))
	w.tick(t, 0)
	w.finish("iom", w.newest(t, "iom"))
	w.at(w.clock().AddDate(0, 3, 0))
	w.tick(t, 0)
	id := w.newest(t, "iom")
	if p := w.cycle(id).Purpose; p != term.PortfolioQuarter {
		t.Fatalf("it is a review of the %s", p)
	}
	w.confirmAll("iom", id)
	return id
}

// sign signs a review off, as the IOM.
func (w *world) sign(id term.ID, nothingPlanned bool) error {
	return second(do(w, "iom", w.desk.Complete, review.SignOff{Cycle: id, Statement: "All is right.", NothingPlanned: nothingPlanned}))
}

// status corrects the status of the training.
func (w *world) status(t *testing.T, id term.ID, status string) {
	t.Helper()
	ok(t, second(do(w, "iom", w.desk.Correct, review.Correction{Item: w.read(id, "training"), Kind: term.KindActivity, Below: "input.activity", Source: input{"title": "Our plan"},
		Input: input{"key": w.key("training"), "version": w.version("training"), "status": status}})))
}

// A quarter asks "what ended, what is next": it is signed off with something planned, or with the word that nothing is.
func TestAQuarterIsNotSignedInSilenceAboutWhatIsNext(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.quarter(t)
		before := w.dump()
		f := refused(t, w.sign(id, false), fault.Conflict, "Add what is planned next, or say that nothing is planned (nothingPlanned).", "input.nothingPlanned")
		if f.Details["status"] != "UNDER_REVIEW" {
			t.Errorf("the details are %v", f.Details)
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		ok(t, w.sign(id, true))
		if !w.cycle(id).NothingPlanned {
			t.Error("that nothing is planned is not kept")
		}
		ok(t, reasoned(w, "first", w.desk.Return, id, "Look again."))
		if w.cycle(id).NothingPlanned {
			t.Error("it still says that nothing is planned")
		}
		w.status(t, id, "CLOSED")
		refused(t, w.sign(id, false), fault.Conflict, "Add what is planned next")
		w.status(t, id, "PIPELINE")
		refused(t, w.sign(id, true), fault.Invalid, "1 of the activities in this review are added or planned", "input.nothingPlanned")
		ok(t, w.sign(id, false))
	})
}

// What is planned already counts, unless the review says that it is planned no more.
func TestAnActivityThatIsPlannedIsWhatIsNext(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.quarter(t)
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			return tx.Activity.UpdateOneID(w.id["training"]).SetStatus(term.Pipeline).Exec(ctx)
		})
		w.status(t, id, "CANCELLED")
		refused(t, w.sign(id, false), fault.Conflict, "Add what is planned next")
		ok(t, second(do(w, "iom", w.desk.Withdraw, review.Reply{Item: w.read(id, "training"), Reason: "It was never held."})))
		refused(t, w.sign(id, false), fault.Conflict, "Add what is planned next")
		ok(t, second(do(w, "iom", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{w.read(id, "training")}})))
		ok(t, w.sign(id, false))
	})
}

// An activity that is added in a quarter is planned, unless it says what else it is.
func TestWhatIsAddedInAQuarterIsPlanned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.quarter(t)
		added := map[string]term.ID{}
		for title, status := range map[string]any{"Next course": nil, "Course that runs": "IMPLEMENTATION"} {
			in := with(input{"title": title, "states": []any{"THA"}})
			if status != nil {
				in["status"] = status
			}
			item, err := do(w, "iom", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindActivity, Below: "input.activity", Input: in})
			ok(t, err)
			added[title] = item
		}
		ok(t, w.sign(id, false))
		w.publish(id)
		for title, want := range map[string]term.ActivityStatus{"Next course": term.Pipeline, "Course that runs": term.Implementation} {
			it, err := w.st.Client.ReviewItem.Get(w.program(), added[title])
			ok(t, err)
			a, err := w.st.Client.Activity.Get(w.program(), *it.RecordID)
			ok(t, err)
			if a.Status != want {
				t.Errorf("%s is %s; expected %s", title, a.Status, want)
			}
		}
	})
}

// Other reviews do not ask what is next.
func TestOnlyAQuarterSaysThatNothingIsPlanned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		w.confirmAll("tha", id)
		in := review.SignOff{Cycle: id, Statement: "All is right.", NothingPlanned: true}
		refused(t, second(do(w, "tha", w.desk.Complete, in)), fault.Invalid, "Only a quarter's review", "input.nothingPlanned")
		for _, in := range []input{with(input{}), with(input{"visibility": "RESTRICTED"})} {
			_, err := do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindActivity, Below: "input.activity",
				Input: with(in, "title", "A course that is missing", "implementers", []any{"iom"})})
			refused(t, err, fault.Invalid, "Say who may see this record", "input.activity.visibility")
		}
		item, err := do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindActivity, Below: "input.activity",
			Input: with(input{"title": "A course that is missing", "states": []any{"THA"}, "implementers": []any{"iom"}, "visibility": "PUBLIC"})})
		ok(t, err)
		it, err := w.st.Client.ReviewItem.Get(w.program(), item)
		ok(t, err)
		if _, said := it.Input["status"]; said {
			t.Errorf("an activity added to a chapter is %v", it.Input["status"])
		}
	})
}

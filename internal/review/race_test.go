package review_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

// Of several who publish at once one does; each publication has an edition of its own.
func TestAReviewIsPublishedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		w.answerAll(id)
		w.complete("tha", id)
		var group sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			group.Go(func() { _, errs[i] = do(w, "second", w.desk.Publish, id) })
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			refused(t, err, fault.Conflict, "")
		}
		n, err := w.st.Client.Edition.Query().Count(testdb.Context(t))
		ok(t, err)
		if won != 1 || n != 1 {
			t.Errorf("%d were published with %d editions; expected one", won, n)
		}
	})
}

// Signing and answering exclude each other: nothing is pending in a review that was signed.
func TestAnAnswerTakenBackWhileItIsSignedIsSeen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		w.confirmAll("tha", id)
		v := w.read(id, "law")
		inside, signed := make(chan struct{}), make(chan error, 1)
		go func() {
			<-inside
			_, err := do(w, "tha", w.desk.Complete, review.SignOff{Cycle: id, Statement: "All is right."})
			signed <- err
		}()
		_, err := do(w, "deputy", func(ctx context.Context, tx *ent.Tx, r review.Reply) (term.ID, error) {
			done, err := w.desk.Reopen(ctx, tx, r)
			close(inside)
			time.Sleep(300 * time.Millisecond) // the other signs meanwhile, or waits
			return done, err
		}, review.Reply{Item: v})
		ok(t, err)
		refused(t, <-signed, fault.Conflict, "not answered yet")
	})
}

// Fifty confirm one item at once: one wins, and the others are told so with both values.
func TestOfFiftyWhoConfirmOneItemOneWins(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		v := w.read(id, "law")
		var group sync.WaitGroup
		errs := make([]error, 50)
		for i := range errs {
			group.Go(func() { _, errs[i] = do(w, "tha", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{v}}) })
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			f := refused(t, err, fault.Conflict, "changed since you read it")
			if f.Details["theirs"].(map[string]any)["status"] != "CONFIRMED" {
				t.Errorf("a loser is told %v", f.Details)
			}
		}
		if it := w.item(id, "law"); won != 1 || it.Version != 2 {
			t.Errorf("%d won, and the item is at version %d", won, it.Version)
		}
		t.Logf("50 at once: %d confirmed, %d were told that they came too late", won, len(errs)-won)
	})
}

// Two who open a review at once, on whatever day, open one.
func TestOfTwoWhoOpenAReviewOneWins(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		errs := make([]error, 6)
		var group sync.WaitGroup
		for i := range errs {
			day := term.DateOf(w.clock().AddDate(0, 0, -i))
			group.Go(func() { _, errs[i] = do(w, "first", w.desk.Open, review.Opening{Chapter: "THA", OpenedOn: day}) })
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				refused(t, err, fault.Conflict, "")
			}
		}
		n, err := w.st.Client.ReviewCycle.Query().Count(testdb.Context(t))
		ok(t, err)
		if won != 1 || n != 1 {
			t.Errorf("%d won, and there are %d reviews", won, n)
		}
	})
}

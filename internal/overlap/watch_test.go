package overlap_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/overlap"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// watching is a working store with a watch over it, whose clock the test turns.
type watching struct {
	*testing.T
	store *store.Store
	ctx   context.Context
	now   time.Time
	watch *overlap.Watch
}

func watchOver(t *testing.T, d string) *watching {
	w := &watching{T: t, store: testdb.Store(t, d), ctx: testdb.Context(t), now: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)}
	w.watch = overlap.NewWatch(w.store.Client, func() time.Time { return w.now })
	return w
}

func (w *watching) add(title string, v term.Visibility) term.ID {
	w.Helper()
	var id term.ID
	w.do(func(c *ent.Client) error {
		a, err := c.Activity.Create().SetKey(strings.ReplaceAll(title, " ", "-")).SetTitle(title).SetVisibility(v).Save(w.ctx)
		if err == nil {
			id = a.ID
		}
		return err
	})
	return id
}

func (w *watching) show(id term.ID, v term.Visibility) {
	w.Helper()
	w.do(func(c *ent.Client) error { return c.Activity.UpdateOneID(id).SetVisibility(v).Exec(w.ctx) })
}

func (w *watching) do(change func(*ent.Client) error) {
	w.Helper()
	if err := w.store.InTx(w.ctx, func(_ context.Context, tx *ent.Tx) error { return change(tx.Client()) }); err != nil {
		w.Fatal(err)
	}
}

// said is all that the index says of a pair: how rare its words are, too.
func (w *watching) said() string {
	w.Helper()
	x, err := w.watch.Index(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	a := overlap.Activity{ID: "a", Title: "Quokka checkpoint training"}
	return fmt.Sprintf("%d %+v %+v", x.Len(), x.Explain(a, overlap.Activity{ID: "b", Title: "Training at the quokka checkpoint"}, term.OverlapSameActivity), x.Find(a, 10))
}

// settled asks until no new index is being made beside.
func (w *watching) settled() string {
	w.Helper()
	for last := (*overlap.Index)(nil); ; {
		x, err := w.watch.Index(w.ctx)
		if err != nil {
			w.Fatal(err)
		}
		if !w.watch.Renewed() && x == last {
			return w.said()
		}
		last = x
	}
}

// Rule 3: what a member may not see counts in nothing that the index says, also where she could see it before.
func TestTheIndexForgetsWhatIsHidden(t *testing.T) {
	for _, d := range []string{"sqlite3", "postgres"} {
		t.Run(d, func(t *testing.T) {
			w := watchOver(t, d)
			for i := range 5 {
				w.add(fmt.Sprint("Shelter ", i), term.Public)
			}
			before := w.said()
			id := w.add("Quokka checkpoint", term.Restricted)
			if got := w.said(); got != before {
				t.Errorf("with a restricted one\n%s\nwithout\n%s", got, before)
			}
			w.show(id, term.Members)
			if got := w.said(); got == before || !strings.Contains(got, "stands in 1 of 6 titles") {
				t.Errorf("an activity that is open now is not in the index: %s", got)
			}
			w.show(id, term.Restricted)
			if got := w.said(); got != before {
				t.Errorf("after it was restricted again\n%s\nbefore\n%s", got, before)
			}
		})
	}
}

// Rule 3, of an index that is too large to be made anew at each change: what is hidden is out of it, and of how rare words
// are, with the next question; how often a word stands is as if it had never been there once the index is made anew.
func TestALargeIndexForgetsWhatIsHidden(t *testing.T) {
	for _, d := range []string{"sqlite3", "postgres"} {
		t.Run(d, func(t *testing.T) {
			w := watchOver(t, d)
			w.watch.MendFrom(1)
			for i := range 5 {
				w.add(fmt.Sprint("Shelter ", i), term.Public)
			}
			before := w.said()
			id := w.add("Quokka checkpoint", term.Members)
			w.now = w.now.Add(7 * time.Hour)
			if got := w.settled(); got == before || !strings.Contains(got, "stands in 1 of 6 titles") {
				t.Fatalf("an activity that is open is not in the index: %s", got)
			}
			w.do(func(c *ent.Client) error {
				return c.Activity.UpdateOneID(id).SetSummary("About quokkas.").Exec(w.ctx)
			})
			w.settled()
			w.show(id, term.Restricted)
			if got := w.said(); strings.Contains(got, "of 6") || strings.Contains(got, id.String()) || strings.Contains(got, "in 1 of") {
				t.Errorf("at once after it was hidden: %s", got)
			}
			if got := w.settled(); got != before {
				t.Errorf("after it was hidden\n%s\nbefore\n%s", got, before)
			}
		})
	}
}

// A large index answers while it is made anew, and meets what changed meanwhile.
func TestALargeIndexAnswersWhileItIsMadeAnew(t *testing.T) {
	w := watchOver(t, "sqlite3")
	w.watch.MendFrom(1)
	w.add("Shelter", term.Public)
	w.said()
	first, _ := w.watch.Index(w.ctx)
	wait, reading := make(chan struct{}), make(chan struct{}, 1)
	w.store.Client.Rate.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier { // only a new index reads these
		return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
			reading <- struct{}{}
			<-wait
			return next.Query(ctx, q)
		})
	}))
	w.do(func(c *ent.Client) error {
		return c.Actor.Create().SetKey("q").SetName("Quokka Fund").SetKind("NGO").SetVisibility(term.Public).Exec(w.ctx)
	})
	if x, err := w.watch.Index(w.ctx); err != nil || x != first {
		t.Fatal("a question waits for the new index", err)
	}
	<-reading
	w.add("Quokka checkpoint training", term.Public)
	if x, err := w.watch.Index(w.ctx); err != nil || x != first || x.Len() != 2 {
		t.Errorf("%v: what came meanwhile is not met", err)
	}
	close(wait)
	w.settled()
	if x, err := w.watch.Index(w.ctx); err != nil || x == first || x.Len() != 2 {
		t.Errorf("%v: the new index has %d activities", err, x.Len())
	}
}

func TestTheIndexFollowsChangesAndNamesOfActors(t *testing.T) {
	w := watchOver(t, "sqlite3")
	id := w.add("Shelter", term.Public)
	w.said()
	w.do(func(c *ent.Client) error {
		return c.Activity.UpdateOneID(id).SetTitle("Quokka checkpoint training").Exec(w.ctx)
	})
	if got := w.said(); !strings.Contains(got, "stands in 1 of 1 titles") {
		t.Errorf("a new title is not known: %s", got)
	}
	first, _ := w.watch.Index(w.ctx)
	if again, _ := w.watch.Index(w.ctx); again != first {
		t.Error("the index is made anew though nothing has changed")
	}
	w.do(func(c *ent.Client) error {
		return c.Actor.Create().SetKey("q").SetName("Quokka Fund").SetKind("NGO").SetVisibility(term.Public).Exec(w.ctx)
	})
	named, _ := w.watch.Index(w.ctx)
	if named == first {
		t.Error("a new actor is unknown to the index")
	}
	w.now = w.now.Add(7 * time.Hour)
	if old, _ := w.watch.Index(w.ctx); old == named {
		t.Error("an old index is not made anew")
	}
}

// What has failed is tried again: an index that could not be made is no empty one.
func TestAnIndexThatCouldNotBeMadeIsTriedAgain(t *testing.T) {
	w := watchOver(t, "sqlite3")
	w.add("Quokka checkpoint training", term.Public)
	fails := 1
	w.store.Client.Activity.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
		return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
			if fails++; fails == 3 {
				return nil, errors.New("the server has gone")
			}
			if fails == 6 {
				panic("a bug")
			}
			return next.Query(ctx, q)
		})
	}))
	for i := range 2 {
		if x, err := w.watch.Index(w.ctx); err == nil {
			t.Errorf("try %d gives an index of %d activities", i, x.Len())
		}
	}
	if x, err := w.watch.Soon(w.ctx, time.Minute); err != nil || x.Len() != 1 {
		t.Error(x, err)
	}
}

func TestAdviceThatWouldTakeTooLongIsGivenWithoutTheIndex(t *testing.T) {
	w := watchOver(t, "sqlite3")
	w.add("Quokka checkpoint training", term.Public)
	ended, stop := context.WithCancel(w.ctx)
	stop()
	x, err := w.watch.Soon(ended, time.Minute)
	if err == nil || x == nil || x.Len() != 0 {
		t.Errorf("%v, %v", x, err)
	}
}

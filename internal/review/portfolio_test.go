package review_test

import (
	"slices"
	"testing"
	"time"

	"adam/ent/reviewcycle"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// portfolios are the reviews of an organisation, oldest first.
func (w *world) portfolios(t *testing.T, key string) []string {
	t.Helper()
	all, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.ActorID(w.id[key])).Order(reviewcycle.ByOpenedOn()).All(w.program())
	ok(t, err)
	var out []string
	for _, c := range all {
		out = append(out, string(c.Purpose)+" "+string(c.OpenedOn)+" due "+string(c.ReviewDueOn))
	}
	return out
}

// newest is the review of an organisation that was opened last.
func (w *world) newest(t *testing.T, key string) term.ID {
	t.Helper()
	all, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.ActorID(w.id[key])).Order(reviewcycle.ByOpenedOn()).All(w.program())
	ok(t, err)
	if len(all) == 0 {
		t.Fatalf("%s has no review", key)
	}
	return all[len(all)-1].ID
}

// A reporter's portfolio: once a year all that the organisation answers for, and each other quarter what ended and what
// is next; from the first quarter after she became its reporter.
func TestPortfoliosOpenWithTheQuarter(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		w := emptyWorld(t, st, zones)
		w.at(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
		w.cast()
		w.at(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).Add(-7 * time.Hour)) // midnight in Bangkok
		w.id["late"] = w.add(term.KindActor, input{"name": "Late", "kind": "NGO", "visibility": "PUBLIC"})
		w.invite("late", people.Invitation{Role: access.Reporter, Actor: "late"})
		w.pass(-time.Second)
		w.tick(t, 0)
		for _, now := range []time.Time{
			time.Date(2027, 1, 1, 1, 0, 0, 0, time.UTC), time.Date(2027, 2, 1, 1, 0, 0, 0, time.UTC), time.Date(2027, 4, 1, 1, 0, 0, 0, time.UTC),
			time.Date(2027, 7, 3, 1, 0, 0, 0, time.UTC), time.Date(2027, 10, 1, 1, 0, 0, 0, time.UTC), time.Date(2028, 1, 1, 1, 0, 0, 0, time.UTC),
		} {
			w.at(now)
			w.tick(t, 0)
			w.tick(t, 0)
			for _, key := range []string{"iom", "late"} {
				open, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.ActorID(w.id[key]), reviewcycle.StatusEQ(term.UnderReview)).IDs(w.program())
				ok(t, err)
				for _, id := range open {
					w.finish(key, id)
				}
			}
		}
		want := []string{"PORTFOLIO 2027-01-01 due 2027-03-01", "QUARTER 2027-04-01 due 2027-05-01", "QUARTER 2027-07-01 due 2027-07-31",
			"QUARTER 2027-10-01 due 2027-10-31", "PORTFOLIO 2028-01-01 due 2028-03-01"}
		if got := w.portfolios(t, "iom"); !slices.Equal(got, want) {
			t.Errorf("of the IOM: %q; expected %q", got, want)
		}
		late := []string{"PORTFOLIO 2027-04-01 due 2027-06-01", "QUARTER 2027-07-01 due 2027-07-31", "QUARTER 2027-10-01 due 2027-10-31", "QUARTER 2028-01-01 due 2028-01-31"}
		if got := w.portfolios(t, "late"); !slices.Equal(got, late) {
			t.Errorf("of whoever came with the first second of the quarter: %q; expected %q", got, late)
		}
	})
}

// A reporter corrects what her organisation answers for; other reporters and focal points do not even see it.
func TestAReporterAnswersForHerOwnPortfolioOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, err := do(w, "first", w.desk.OpenPortfolio, "iom")
		ok(t, err)
		refused(t, second(do(w, "second", w.desk.OpenPortfolio, "iom")), fault.Conflict, "has a review already")
		refused(t, second(do(w, "iom", w.desk.OpenPortfolio, "unodc")), fault.Forbidden, "secretariat")
		refused(t, second(do(w, "first", w.desk.OpenPortfolio, "nobody")), fault.NotFound, "no organisation", "input.actor")
		var asked []term.ID
		for _, it := range w.items(id) {
			asked = append(asked, *it.RecordID)
		}
		for _, name := range []string{"iom", "training", "hidden", "ended"} {
			if !slices.Contains(asked, w.id[name]) {
				t.Errorf("it is not asked about %s", name)
			}
		}
		if len(asked) != 4 {
			t.Errorf("it is asked about %d records", len(asked))
		}
		fix := review.Correction{Item: w.read(id, "hidden"), Kind: term.KindActivity, Below: "input.activity", Source: input{"title": "Our report"},
			Input: input{"key": w.key("hidden"), "version": w.version("hidden"), "title": "Training of trainers", "status": "CLOSED"}}
		for _, who := range []string{"unodc", "tha", "member", "coordinator"} {
			refused(t, second(do(w, who, w.desk.Correct, fix)), fault.NotFound, "no item")
		}
		ok(t, second(do(w, "iom", w.desk.Correct, fix)))
		w.finish("iom", id)
		a, err := w.st.Client.Activity.Get(w.program(), w.id["hidden"])
		ok(t, err)
		if a.Title != "Training of trainers" || a.VerifiedStatus != term.Verified || *a.VerifiedBy != "Ministry iom" {
			t.Errorf("the activity is %+v", a)
		}
	})
}

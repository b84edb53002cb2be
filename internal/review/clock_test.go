package review_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/mail"
	"adam/ent/reviewcycle"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/term"
)

// written are the letters of the calendar about chapters so far, by what they are and to whom: "14 tha".
func (w *world) written(t *testing.T) []string {
	t.Helper()
	of, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.PurposeEQ(term.ChapterReview)).IDs(w.program())
	ok(t, err)
	all, err := w.st.Client.Mail.Query().Where(mail.CycleIDIn(of...), mail.Not(mail.KeyHasPrefix("nomination:"))).Order(mail.ByCreatedAt(), mail.ByKey()).All(w.program())
	ok(t, err)
	var out []string
	for _, m := range all {
		parts := strings.Split(m.Key, ":")
		what := parts[0]
		if what == "reminder" {
			what = parts[4]
		}
		for name, p := range w.persons {
			if p.ID == m.Person {
				out = append(out, what+" "+name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// dueIn opens the review of Thailand, without any earlier letters, and goes to noon so many days before it is due.
func (w *world) dueIn(t *testing.T, days int) term.ID {
	t.Helper()
	id := w.open("THA")
	w.before(t, id, days)
	return id
}

// before goes to noon in Bangkok so many days before a review is due.
func (w *world) before(t *testing.T, id term.ID, days int) {
	t.Helper()
	end, err := review.EndOf(w.cycle(id).ReviewDueOn, "Asia/Bangkok")
	ok(t, err)
	w.at(end.Add(-12*time.Hour).AddDate(0, 0, -days))
}

func (w *world) wrote(t *testing.T, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := w.written(t); !slices.Equal(got, want) {
		t.Errorf("at %s %q were written; expected %q", w.clock(), got, want)
	}
}

// Two servers that look at the calendar at once write nothing twice, and open nothing twice.
func TestServersThatTickAtOnceDoEverythingOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		published := w.open("VNM")
		w.finish("vnm", published)
		w.at(w.clock().AddDate(1, 0, 3))
		w.dueIn(t, 7)
		var group sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			group.Go(func() { _, errs[i] = w.desk.Tick(t.Context(), w.st) })
		}
		group.Wait()
		for _, err := range errs {
			ok(t, err)
		}
		w.wrote(t, "7 tha", "opened vnm") // the deputy's role has run out by then
		n, err := w.st.Client.ReviewCycle.Query().Count(w.program())
		ok(t, err)
		if n != 5 { // of THA, two of VNM, and the portfolios of two organisations
			t.Errorf("there are %d reviews", n)
		}
	})
}

// A server that was off for days writes the last letter that was missed and not all of them; a clock that is set back
// over midnight brings none back and repeats none.
func TestMissedDaysAndClocksSetBackWriteNothingTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.dueIn(t, 14)
		w.tick(t, 0)
		w.before(t, id, 0) // off meanwhile: those of the 7th and the last day before were missed
		w.tick(t, 0)
		want := []string{"14 deputy", "14 tha", "0 deputy", "0 tha"}
		w.wrote(t, want...)
		w.pass(-13 * time.Hour) // yesterday again
		w.tick(t, 0)
		w.pass(time.Hour)
		w.tick(t, 0)
		w.wrote(t, want...)
	})
}

// At most three reminders after the deadline, a week apart; a week after it the secretariat is told, once.
func TestAfterTheDeadlineThreeRemindersAndOneEscalation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.dueIn(t, 0)
		var want []string
		for day := range 60 {
			w.before(t, id, -day)
			w.tick(t, 0)
		}
		for _, n := range []int{0, -7, -14, -21} {
			want = append(want, fmt.Sprintf("%d tha", n), fmt.Sprintf("%d deputy", n))
		}
		w.wrote(t, append(want, "overdue first", "overdue second")...)
		overdue := 0
		for _, s := range w.cycle(id).Edges.Steps {
			if s.Event == term.EventOverdue {
				overdue++
			}
		}
		if overdue != 1 {
			t.Errorf("that it is overdue is kept %d times", overdue)
		}
	})
}

// Whoever gets a role later is not sent what was due before.
func TestWhoeverComesLaterGetsTheNextReminder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.dueIn(t, 14)
		w.tick(t, 0)
		w.before(t, id, 10)
		w.invite("third", people.Invitation{Role: access.FocalPoint, Chapter: "THA"})
		w.tick(t, 0)
		w.wrote(t, "14 deputy", "14 tha")
		w.before(t, id, 7)
		w.tick(t, 0)
		w.wrote(t, "14 deputy", "14 tha", "7 deputy", "7 tha", "7 third")
	})
}

// Whoever has lost the role gets nothing any more, nor do her deputies.
func TestWhoeverHasLostTheRoleGetsNoReminder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.dueIn(t, 14)
		held, err := w.desk.People.Grants(w.program(), w.persons["tha"].ID)
		ok(t, err)
		ok(t, w.desk.People.End(w.program(), held[0].ID, "She has moved."))
		w.tick(t, 0)
		w.wrote(t)
	})
}

// Of a suspended review nothing is mailed; where it goes on, what was missed is not made up for.
func TestASuspendedReviewIsSilent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		ok(t, reasoned(w, "first", w.desk.Suspend, id, "There is war."))
		for _, day := range []int{14, 7, 1, 0, -7} {
			w.before(t, id, day)
			w.tick(t, 0)
		}
		w.wrote(t)
		w.before(t, id, -8)
		ok(t, reasoned(w, "first", w.desk.Resume, id, "It is over."))
		w.tick(t, 0)
		w.wrote(t, "overdue first", "overdue second")
	})
}

// Readings open to the public when the two months of a State's first review are over, whatever came of it.
func TestReadingsOpenAfterTwoMonths(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		released := func() bool {
			c, err := w.st.Client.Chapter.Get(w.program(), w.id["THA"])
			ok(t, err)
			return c.ReadingsReleased
		}
		w.before(t, id, 0)
		w.tick(t, 0)
		if released() {
			t.Error("they are open on the last day")
		}
		w.before(t, id, -1)
		w.tick(t, 0)
		if !released() {
			t.Error("they are not open the day after")
		}
	})
}

// A portfolio that was declined awaits no nomination: nobody is written to about one.
func TestADeclinedPortfolioIsSilent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, err := do(w, "first", w.desk.OpenPortfolio, "iom")
		ok(t, err)
		ok(t, reasoned(w, "iom", w.desk.Decline, id, "We have no staff."))
		if c := w.cycle(id); c.Status != term.Declined {
			t.Errorf("it is %s", c.Status)
		}
		w.write(func(ctx context.Context, tx *ent.Tx) error { _, err := tx.Grant.Delete().Exec(ctx); return err })
		w.invite("third", people.Invitation{Role: access.Secretariat})
		w.pass(100 * 24 * time.Hour)
		w.tick(t, 0)
		n, err := w.st.Client.Mail.Query().Where(mail.CycleID(id)).Count(w.program())
		ok(t, err)
		if n != 0 {
			t.Errorf("%d letters were written about it", n)
		}
	})
}

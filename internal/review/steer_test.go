package review_test

import (
	"slices"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// Extensions are recorded with who and why, what was due before and what is due now.
func TestAnExtensionIsKeptWithWhoAndWhy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		was := w.cycle(id).ReviewDueOn
		until := term.DateOf(w.clock().AddDate(0, 4, 0))
		today, err := review.Today(w.clock(), "Asia/Bangkok")
		ok(t, err)
		before := w.dump()
		for _, day := range []term.Date{"", "2020-01-01", today, was, term.DateOf(w.clock().AddDate(3, 0, 0))} {
			refused(t, w.extend("first", id, day, "It needs time."), fault.Invalid, "", "input.until")
		}
		refused(t, w.extend("first", id, until, " "), fault.Invalid, "Say why", "input.reason")
		for _, who := range []string{"tha", "deputy", "vnm", "member", "coordinator", "administrator"} {
			refused(t, w.extend(who, id, until, "It needs time."), fault.Forbidden, "secretariat")
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		w.pass(time.Hour)
		ok(t, w.extend("second", id, until, "It needs time."))
		c := w.cycle(id)
		s := c.Edges.Steps[len(c.Edges.Steps)-1]
		if c.ReviewDueOn != until || s.Event != term.EventExtended || s.By != "Ministry second" || s.Person != w.persons["second"].ID ||
			*s.Reason != "It needs time." || s.Was != was || s.Until != until || s.At != term.InstantOf(w.clock()) {
			t.Errorf("due on %s, kept as %+v", c.ReviewDueOn, s)
		}
	})
}

// While a nomination is awaited, its day moves too: later than it was, not into the past, and not beyond the review's day,
// which may stay. Each day that moves has a step of its own.
func TestTheDayOfANominationMoves(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, err := do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"})
		ok(t, err)
		c := w.cycle(id)
		day := func(d term.Date, more int) term.Date { return term.DateOf(dayOf(d, more)) }
		move := func(nomination, until term.Date) error {
			return second(do(w, "first", w.desk.Extend, review.Extension{Cycle: id, Until: until, NominationUntil: nomination, Reason: "It needs time."}))
		}
		before := w.dump()
		refused(t, move(c.NominationDueOn, c.ReviewDueOn), fault.Invalid, "no extension", "input.nominationUntil")
		refused(t, move(day(c.NominationDueOn, -1), c.ReviewDueOn), fault.Invalid, "no extension", "input.nominationUntil")
		refused(t, move(day(c.ReviewDueOn, 1), c.ReviewDueOn), fault.Invalid, "after the review", "input.nominationUntil", "input.until")
		refused(t, move(day(c.NominationDueOn, 7), day(c.ReviewDueOn, -1)), fault.Invalid, "no extension", "input.until")
		refused(t, move("", c.ReviewDueOn), fault.Invalid, "no extension", "input.until")
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		w.pass(time.Second)
		ok(t, move(day(c.NominationDueOn, 7), c.ReviewDueOn))
		w.pass(time.Second)
		ok(t, move(day(c.ReviewDueOn, 5), day(c.ReviewDueOn, 5)))
		now := w.cycle(id)
		if now.NominationDueOn != day(c.ReviewDueOn, 5) || now.ReviewDueOn != day(c.ReviewDueOn, 5) {
			t.Errorf("the nomination is due on %s, the review on %s", now.NominationDueOn, now.ReviewDueOn)
		}
		want := []string{"It needs time. " + string(c.ReviewDueOn) + " " + string(day(c.ReviewDueOn, 5)),
			"Nomination: It needs time. " + string(c.NominationDueOn) + " " + string(day(c.NominationDueOn, 7)),
			"Nomination: It needs time. " + string(day(c.NominationDueOn, 7)) + " " + string(day(c.ReviewDueOn, 5))}
		if steps := extensions(now); !slices.Equal(steps, want) {
			t.Errorf("it is kept as %q; expected %q", steps, want)
		}
		w.set(id, term.UnderReview)
		f := refused(t, move(day(c.ReviewDueOn, 6), day(c.ReviewDueOn, 6)), fault.Conflict, "only while it is AWAITING_NOMINATION", "input.nominationUntil")
		if f.Details["status"] != "UNDER_REVIEW" {
			t.Errorf("the details are %v", f.Details)
		}
	})
}

// extensions are the steps that moved a day, with why, from when and to when.
func extensions(c *ent.ReviewCycle) (out []string) {
	for _, s := range c.Edges.Steps {
		if s.Event == term.EventExtended {
			out = append(out, *s.Reason+" "+string(s.Was)+" "+string(s.Until))
		}
	}
	slices.Sort(out)
	return out
}

// A review is closed without verification only after its deadline, in the chapter's zone; nothing that was proposed is
// written, and another review can be opened.
func TestAReviewIsClosedOnlyAfterItsDeadline(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		ok(t, second(do(w, "tha", w.desk.Correct, w.correction(id, "law", "Another title"))))
		end, err := review.EndOf(w.cycle(id).ReviewDueOn, "Asia/Bangkok")
		ok(t, err)
		w.at(end.Add(-time.Second))
		refused(t, reasoned(w, "first", w.desk.Close, id, "Nobody answers."), fault.Conflict, "which is not over")
		w.at(end)
		refused(t, reasoned(w, "first", w.desk.Close, id, ""), fault.Invalid, "Say why", "input.reason")
		refused(t, reasoned(w, "tha", w.desk.Close, id, "We will not."), fault.Forbidden, "secretariat")
		ok(t, reasoned(w, "first", w.desk.Close, id, "Nobody answers."))
		c := w.cycle(id)
		if c.Status != term.ClosedUnverified || *c.Remark != "Nobody answers." || w.version("law") != 1 || len(w.items(id)) == 0 {
			t.Errorf("the cycle is %+v, the law at version %d", c, w.version("law"))
		}
		ok(t, second(do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"})))
	})
}

// A suspended review goes on where it stood, with its answers; why it was suspended is kept.
func TestASuspendedReviewGoesOnWhereItStood(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, stage := range []term.ReviewStatus{term.AwaitingNomination, term.UnderReview, term.Returned} {
			code := map[term.ReviewStatus]string{term.AwaitingNomination: "AFG", term.UnderReview: "THA", term.Returned: "VNM"}[stage]
			id := w.open(code)
			w.set(id, stage)
			w.pass(time.Second)
			refused(t, reasoned(w, "first", w.desk.Suspend, id, ""), fault.Invalid, "Say why", "input.reason")
			ok(t, reasoned(w, "first", w.desk.Suspend, id, "There is war."))
			w.pass(time.Second)
			c := w.cycle(id)
			if s := c.Edges.Steps[len(c.Edges.Steps)-1]; c.Status != term.Suspended || *c.Remark != "There is war." || *s.Reason != "There is war." || s.By != "Ministry first" {
				t.Errorf("%s: %+v, %+v", code, c, s)
			}
			ok(t, reasoned(w, "second", w.desk.Resume, id, ""))
			if c := w.cycle(id); c.Status != stage || c.Resumes != "" || c.Remark != nil {
				t.Errorf("%s goes on as %+v; expected %s", code, c, stage)
			}
		}
	})
}

// What was declined holds up nothing: another review is opened, of a chapter and of a portfolio, and the declined one is
// closed without waiting. What happens to it then says nothing of its chapter any more.
func TestADeclinedReviewHoldsUpNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		declined, err := do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"})
		ok(t, err)
		ok(t, reasoned(w, "first", w.desk.Decline, declined, "It names nobody."))
		w.pass(24 * time.Hour)
		next, err := do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"})
		ok(t, err)
		refused(t, second(do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"})), fault.Conflict, "has a review already")
		ok(t, reasoned(w, "first", w.desk.Close, declined, "Another was opened."))
		if c := w.cycle(declined); c.Status != term.ClosedUnverified {
			t.Errorf("the declined one is %s", c.Status)
		}
		ch, err := w.st.Client.Chapter.Get(w.program(), w.id["THA"])
		ok(t, err)
		if ch.Status != term.AwaitingNomination || w.cycle(next).Status != term.AwaitingNomination {
			t.Errorf("closing the old review left the chapter %s, and the new one %s", ch.Status, w.cycle(next).Status)
		}
		portfolio, err := do(w, "first", w.desk.OpenPortfolio, "iom")
		ok(t, err)
		ok(t, reasoned(w, "iom", w.desk.Decline, portfolio, "We have no staff."))
		w.pass(24 * time.Hour)
		ok(t, second(do(w, "first", w.desk.OpenPortfolio, "iom")))
		ok(t, reasoned(w, "first", w.desk.Close, portfolio, "Another was opened."))
	})
}

// By the calendar too: the quarter after one that was declined has its review.
func TestAQuarterOpensAfterOneThatWasDeclined(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at(time.Date(w.clock().Year()+1, 1, 2, 3, 0, 0, 0, time.UTC))
		w.tick(t, 0)
		year := w.clock().Format("2006")
		id := w.newest(t, "iom")
		ok(t, reasoned(w, "iom", w.desk.Decline, id, "We have no staff."))
		w.tick(t, 0)
		w.at(w.clock().AddDate(0, 3, 0))
		w.tick(t, 0)
		want := []string{"PORTFOLIO " + year + "-01-01 due " + year + "-03-01", "QUARTER " + year + "-04-01 due " + year + "-05-01"}
		if got := w.portfolios(t, "iom"); !slices.Equal(got, want) {
			t.Errorf("of the IOM: %q; expected %q", got, want)
		}
	})
}

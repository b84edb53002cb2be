package review_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
)

// steps is the whole table of the model's review cycle: from each stage, where each event leads; what is not here is
// refused. Decline is by the secretariat for a State; of DECLINED and SUSPENDED see the model.
var steps = map[term.ReviewStatus]map[term.ReviewEvent]term.ReviewStatus{
	term.AwaitingNomination: {
		term.EventNominated: term.UnderReview, term.EventDeclined: term.Declined, term.EventExtended: term.AwaitingNomination,
		term.EventSuspended: term.Suspended, term.EventClosed: term.ClosedUnverified,
	},
	term.UnderReview: {
		term.EventAccepted: term.UnderReview, term.EventDeclined: term.AwaitingNomination, term.EventExtended: term.UnderReview,
		term.EventSuspended: term.Suspended, term.EventCompleted: term.ReviewVerified, term.EventClosed: term.ClosedUnverified,
	},
	term.Returned: {
		term.EventDeclined: term.AwaitingNomination, term.EventExtended: term.Returned, term.EventSuspended: term.Suspended,
		term.EventCompleted: term.ReviewVerified, term.EventClosed: term.ClosedUnverified,
	},
	term.Suspended:      {term.EventResumed: term.UnderReview},
	term.ReviewVerified: {term.EventPublished: term.ReviewPublished, term.EventReturned: term.Returned},
	term.Declined: {
		term.EventNominated: term.UnderReview, term.EventSuspended: term.Suspended, term.EventClosed: term.ClosedUnverified,
		term.EventOpened: term.AwaitingNomination,
	},
	term.ReviewPublished:  {term.EventOpened: term.UnderReview},
	term.ClosedUnverified: {term.EventOpened: term.AwaitingNomination},
}

// events are the things that people do to a cycle, each by whom it belongs to.
var events = map[term.ReviewEvent]func(*world, term.ID) error{
	term.EventOpened: func(w *world, _ term.ID) error {
		return second(do(w, "first", w.desk.Open, review.Opening{Chapter: "THA"}))
	},
	term.EventNominated: func(w *world, _ term.ID) error {
		return second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "THA", Email: "tha@example.org", Unit: "Unit"}))
	},
	term.EventAccepted: func(w *world, id term.ID) error { return second(do(w, "tha", w.desk.Accept, id)) },
	term.EventDeclined: func(w *world, id term.ID) error { return reasoned(w, "first", w.desk.Decline, id, "It says so.") },
	term.EventExtended: func(w *world, id term.ID) error {
		// In words of its own each time: the same ones again are a form that was sent twice.
		return w.extend("first", id, term.DateOf(w.clock().AddDate(0, 0, 90)), "It needs time, at "+w.clock().Format(time.TimeOnly)+".")
	},
	term.EventSuspended: func(w *world, id term.ID) error { return reasoned(w, "first", w.desk.Suspend, id, "There is war.") },
	term.EventResumed:   func(w *world, id term.ID) error { return reasoned(w, "first", w.desk.Resume, id, "It is over.") },
	term.EventCompleted: func(w *world, id term.ID) error {
		return second(do(w, "tha", w.desk.Complete, review.SignOff{Cycle: id, Statement: "All is right."}))
	},
	term.EventReturned:  func(w *world, id term.ID) error { return reasoned(w, "first", w.desk.Return, id, "Look again.") },
	term.EventPublished: func(w *world, id term.ID) error { return second(do(w, "second", w.desk.Publish, id)) },
	term.EventClosed:    func(w *world, id term.ID) error { return reasoned(w, "first", w.desk.Close, id, "Nobody answers.") },
}

// Steps are never skipped: from each stage each event leads where the table says, or is a CONFLICT that says where the
// review stands and where it must stand, and writes nothing.
func TestEveryStageTakesEveryEventAsTheTableSays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at(w.clock().AddDate(0, 0, -80))
		id := w.open("THA")
		w.confirmAll("tha", id)
		due := w.cycle(id).ReviewDueOn
		w.at(w.clock().AddDate(0, 0, 70)) // the review is due by now, so that it can be closed
		stages := slices.DeleteFunc(term.ReviewStatus("").Values(), func(s string) bool { return s == string(term.NotOpened) })
		allowed, refusedSteps := 0, 0
		for _, stage := range stages {
			for event, try := range events {
				stage := term.ReviewStatus(stage)
				if event == term.EventOpened && steps[stage][event] != "" {
					continue // that the next one opens has its own test
				}
				w.set(id, stage)
				w.write(func(ctx context.Context, tx *ent.Tx) error {
					return tx.ReviewCycle.UpdateOneID(id).SetReviewDueOn(due).Exec(ctx)
				})
				w.pass(time.Second)
				if w.tries(t, id, stage, event, try) {
					allowed++
				} else {
					refusedSteps++
				}
			}
		}
		t.Logf("%d stages × %d events: %d steps done, %d refused", len(stages), len(events), allowed, refusedSteps)
	})
}

// Whoever comes out of order is told what she can do when, in the words of what she wanted.
func TestAStepOutOfOrderIsRefusedInItsOwnWords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		w.set(id, term.ReviewVerified)
		for event, words := range map[term.ReviewEvent]string{
			term.EventNominated: "A focal point can be nominated only while it is AWAITING_NOMINATION or DECLINED.",
			term.EventAccepted:  "It can be accepted only while it is UNDER_REVIEW.",
			term.EventDeclined:  "It can be declined only while it is AWAITING_NOMINATION or UNDER_REVIEW or RETURNED.",
			term.EventExtended:  "Its deadline can be moved only while it is AWAITING_NOMINATION or UNDER_REVIEW or RETURNED.",
			term.EventSuspended: "It can be suspended only while it is AWAITING_NOMINATION or UNDER_REVIEW or RETURNED or DECLINED.",
			term.EventResumed:   "It can be resumed only while it is SUSPENDED.",
			term.EventCompleted: "It can be completed only while it is UNDER_REVIEW or RETURNED.",
			term.EventClosed:    "It can be closed only while it is AWAITING_NOMINATION or UNDER_REVIEW or RETURNED or DECLINED.",
		} {
			refused(t, events[event](w, id), fault.Conflict, "waits to be published. "+words)
		}
		w.set(id, term.UnderReview)
		refused(t, events[term.EventReturned](w, id), fault.Conflict, "This review is under way. It can be returned only while it is VERIFIED.")
		refused(t, events[term.EventPublished](w, id), fault.Conflict, "It can be published only while it is VERIFIED.")
	})
}

// tries does one event at one stage and says whether it was to happen.
func (w *world) tries(t *testing.T, id term.ID, stage term.ReviewStatus, event term.ReviewEvent, try func(*world, term.ID) error) bool {
	t.Helper()
	to, may := steps[stage][event]
	before := w.dump()
	err := try(w, id)
	if !may {
		f := fault.As(err)
		if f == nil || f.Kind != fault.Conflict || !strings.Contains(f.Sentence, "review") || f.Details["status"] != string(stage) ||
			strings.Contains(strings.ReplaceAll(f.Sentence, "became "+string(event), ""), string(event)+" ") || strings.Contains(f.Sentence, "  ") {
			t.Errorf("%s at %s: %v; expected a CONFLICT that says where it stands", event, stage, err)
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("%s at %s wrote %v", event, stage, d)
		}
		return false
	}
	if err != nil {
		t.Errorf("%s at %s: %v", event, stage, err)
		return true
	}
	c := w.cycle(id)
	last := c.Edges.Steps[len(c.Edges.Steps)-1]
	if c.Status != to || last.Event != event || last.By == "" || last.Person == 0 {
		t.Errorf("%s at %s leads to %s, and is kept as %+v; expected %s", event, stage, c.Status, last, to)
	}
	if event == term.EventDeclined { // which ended the role of the focal point
		w.restore(t)
	}
	return true
}

// restore gives the focal point of Thailand her role again.
func (w *world) restore(t *testing.T) {
	t.Helper()
	_, err := w.desk.People.Give(w.program(), w.persons["tha"].ID, "FOCAL_POINT", "", "THA", time.Time{})
	ok(t, err)
	w.meet("tha")
}

// A nomination or a decline by the wrong one, or a nomination of nobody, is refused.
func TestNominationNamesSomebody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, err := do(w, "first", w.desk.Open, review.Opening{Chapter: "IDN"})
		ok(t, err)
		refused(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "IDN", Email: "a@example.org"})), fault.Invalid, "the unit", "input.name", "input.unit")
		refused(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "XXX", Email: "a@example.org", Unit: "U"})), fault.NotFound, "no chapter", "input.chapter")
		refused(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "AFG", Email: "a@example.org", Unit: "U"})), fault.Conflict, "Open one first")
		refused(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "IDN", Email: "nobody", Unit: "U"})), fault.Invalid, "", "input.email")
		refused(t, second(do(w, "tha", w.desk.Nominate, review.Nomination{Chapter: "IDN", Email: "a@example.org", Unit: "U"})), fault.Forbidden, "secretariat")
		ok(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "IDN", Email: "a@example.org", Unit: "U"})))
		if c := w.cycle(id); c.Status != term.UnderReview {
			t.Errorf("after the nomination it is %s", c.Status)
		}
		refused(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "IDN", Email: "b@example.org", Unit: "U"})), fault.Conflict, "focal point already")
		refused(t, reasoned(w, "tha", w.desk.Decline, id, "We will not."), fault.Forbidden, "")
		refused(t, reasoned(w, "first", w.desk.Decline, id, ""), fault.Invalid, "Say why", "input.reason")
		ok(t, reasoned(w, "first", w.desk.Decline, id, "They named another."))
		ok(t, second(do(w, "first", w.desk.Nominate, review.Nomination{Chapter: "IDN", Email: "b@example.org", Unit: "U"})))
		p, err := w.desk.FocalPoint(w.program(), w.st.Client, w.id["IDN"])
		ok(t, err)
		if p == nil || p.Email != "b@example.org" {
			t.Errorf("the focal point is %+v", p)
		}
	})
}

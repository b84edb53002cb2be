package review

import (
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
)

// next says where an event takes a cycle from each stage (model, The review cycle). What is not here cannot happen: steps
// are never skipped.
var next = map[term.ReviewStatus]map[term.ReviewEvent]term.ReviewStatus{
	term.AwaitingNomination: {
		term.EventNominated: term.UnderReview, term.EventDeclined: term.Declined, term.EventSuspended: term.Suspended,
		term.EventClosed: term.ClosedUnverified, term.EventExtended: term.AwaitingNomination,
	},
	term.UnderReview: {
		term.EventAccepted: term.UnderReview, term.EventDeclined: term.AwaitingNomination, term.EventSuspended: term.Suspended,
		term.EventCompleted: term.ReviewVerified, term.EventClosed: term.ClosedUnverified, term.EventExtended: term.UnderReview,
	},
	term.Returned: {
		term.EventDeclined: term.AwaitingNomination, term.EventSuspended: term.Suspended, term.EventCompleted: term.ReviewVerified,
		term.EventClosed: term.ClosedUnverified, term.EventExtended: term.Returned,
	},
	term.Declined:       {term.EventNominated: term.UnderReview, term.EventClosed: term.ClosedUnverified, term.EventSuspended: term.Suspended},
	term.ReviewVerified: {term.EventPublished: term.ReviewPublished, term.EventReturned: term.Returned},
}

// ended are the stages in which a cycle holds up no other one. Of a declined one nobody answers; it may still be taken up
// as long as no other was opened.
var ended = []term.ReviewStatus{term.ReviewPublished, term.ClosedUnverified, term.Declined}

// Running says whether a cycle has not come to its end: no other one of its chapter opens before.
func Running(s term.ReviewStatus) bool { return !slices.Contains(ended, s) }

// answering says whether items are answered in a stage.
func answering(s term.ReviewStatus) bool { return s == term.UnderReview || s == term.Returned }

// after gives the stage that follows. A suspended cycle goes on where it stood. What cannot come now is a CONFLICT that
// says what is missing.
func after(stage, before term.ReviewStatus, e term.ReviewEvent) (term.ReviewStatus, error) {
	if stage == term.Suspended && e == term.EventResumed && before != "" {
		return before, nil
	}
	if to, ok := next[stage][e]; ok {
		return to, nil
	}
	return "", errStage(stage, e)
}

// errStage says where a cycle stands, and where it must stand.
func errStage(stage term.ReviewStatus, e term.ReviewEvent) error {
	var from []string
	for _, s := range stage.Values() {
		if _, ok := next[term.ReviewStatus(s)][e]; ok || e == term.EventResumed && s == string(term.Suspended) {
			from = append(from, s)
		}
	}
	return conflict(stage, "%s %s only while it is %s.", stands[stage], doing[e], strings.Join(from, " or "))
}

// doing says in words what brings an event.
var doing = map[term.ReviewEvent]string{
	term.EventNominated: "A focal point can be nominated",
	term.EventAccepted:  "It can be accepted",
	term.EventDeclined:  "It can be declined",
	term.EventExtended:  "Its deadline can be moved",
	term.EventSuspended: "It can be suspended",
	term.EventResumed:   "It can be resumed",
	term.EventCompleted: "It can be completed",
	term.EventReturned:  "It can be returned",
	term.EventPublished: "It can be published",
	term.EventClosed:    "It can be closed",
}

// conflict is an answer to what comes out of order. It is not tried again by itself.
func conflict(stage term.ReviewStatus, sentence string, args ...any) *fault.Error {
	err := fault.New(fault.Conflict, sentence, args...)
	err.Details = map[string]any{"status": string(stage)}
	return err
}

// stands says in a sentence where a cycle is.
var stands = map[term.ReviewStatus]string{
	term.AwaitingNomination: "This review awaits the nomination of a focal point.",
	term.UnderReview:        "This review is under way.",
	term.ReviewVerified:     "This review is complete and waits to be published.",
	term.ReviewPublished:    "This review has been published; the next one opens by itself a year later.",
	term.Suspended:          "This review is suspended.",
	term.Returned:           "This review was returned to its focal point.",
	term.ClosedUnverified:   "This review was closed without verification.",
	term.Declined:           "This review was declined.",
}

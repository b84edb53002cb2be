package review

import (
	"testing"

	"adam/ent"
	"adam/internal/term"
)

// Rule 5: a day ends at its end, so what is due on a day is overdue on the next; and overdue is derived from what is due
// next at the stage that the cycle has reached.
func TestACycleIsOverdueTheDayAfterWhatIsDueNext(t *testing.T) {
	cycle := func(s term.ReviewStatus) *ent.ReviewCycle {
		return &ent.ReviewCycle{Status: s, NominationDueOn: "2026-01-15", ReviewDueOn: "2026-03-01"}
	}
	for _, c := range []struct {
		status term.ReviewStatus
		today  term.Date
		want   bool
	}{
		{term.AwaitingNomination, "2026-01-15", false},
		{term.AwaitingNomination, "2026-01-16", true},
		{term.UnderReview, "2026-01-16", false},
		{term.UnderReview, "2026-03-01", false},
		{term.UnderReview, "2026-03-02", true},
		{term.Returned, "2026-03-02", true},
		{term.Suspended, "2027-01-01", false},
		{term.ReviewVerified, "2027-01-01", false},
		{term.ReviewPublished, "2027-01-01", false},
		{term.ClosedUnverified, "2027-01-01", false},
	} {
		if got := Overdue(cycle(c.status), c.today); got != c.want {
			t.Errorf("%s on %s: overdue is %v", c.status, c.today, got)
		}
	}
}

func TestTheTotalOfAChapterIsAllItsRecords(t *testing.T) {
	if got := (Holdings{Actors: 51, Laws: 4, Policies: 2, Mechanisms: 23, Activities: 51}).Total(); got != 131 {
		t.Errorf("the total is %d", got)
	}
}

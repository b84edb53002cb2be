package edition

import (
	"context"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Two people release: of what the second one has changed herself meanwhile, nobody else has seen anything.
func TestWhoeverDecidesReleasesNothingOfHerOwnThatNobodySaw(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.everything()
		id, err := d.propose(first)
		must(t, err)
		must(t, d.st.InTx(access.With(t.Context(), second), func(ctx context.Context, tx *ent.Tx) error {
			return tx.Actor.UpdateOneID(d.open).SetName("Her own").Exec(ctx)
		}))
		yes := Decision{Release: id, Approve: true, Seen: d.find(ReleasePage{}).Seen}
		refused(t, d.decide(second, yes), fault.Conflict, "nobody else has seen that")
		must(t, d.decide(second, Decision{Release: id, Reason: "I have changed something."}))
		id, err = d.propose(second)
		must(t, err)
		must(t, d.decide(first, Decision{Release: id, Approve: true, Seen: d.find(ReleasePage{}).Seen}))
	})
}

// Each change of the lines of money tells of one line, so that none of them takes another's place.
func TestNetKeepsEveryLineOfMoney(t *testing.T) {
	line := func(s string) *string { return &s }
	got := Net([]*ent.HistoryEntry{
		{Changes: []term.Change{{Field: "fundings", To: line("A")}, {Field: "title", From: line("x"), To: line("y")}}},
		{Changes: []term.Change{{Field: "fundings", From: line("B")}, {Field: "title", From: line("y"), To: line("x")}}},
	})
	if len(got) != 2 || *got[0].To != "A" || *got[1].From != "B" {
		t.Errorf("the net is %+v", got)
	}
}

package review

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/term"
)

// Remind writes a letter now to whoever a cycle asks, with a remark, beside what the calendar writes: once a day. For the
// secretariat.
func (d *Desk) Remind(ctx context.Context, tx *ent.Tx, id term.ID, remark string) (term.ID, error) {
	found, err := steered(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if !answering(found.Status) {
		return 0, conflict(found.Status, "%s Whoever is asked can be reminded while it is UNDER_REVIEW or RETURNED.", stands[found.Status])
	}
	if remark, err = said(remark, "reason", "Say what you want to remind of: it stands in the letter."); err != nil {
		return 0, err
	}
	cycle, err := tx.ReviewCycle.Query().Where(reviewcycle.ID(id)).WithChapter().WithActor().Only(asProgram(ctx))
	if err != nil {
		return 0, err
	}
	zone, err := zoneOf(ctx, tx.Client(), cycle)
	if err != nil {
		return 0, err
	}
	today, err := Today(d.Now(), zone)
	if err != nil {
		return 0, err
	}
	n, err := d.write(asProgram(ctx), tx, d.reviewers, nudge(cycle, zone, d.BaseURL, remark, today))
	if err == nil && n == 0 {
		err = conflict(cycle.Status, "A reminder went out today already, or nobody who is asked can be reached by mail.")
	}
	return id, err
}

// nudge is a letter that somebody of the secretariat asks for.
func nudge(cycle *ent.ReviewCycle, zone, base, remark string, today term.Date) letter {
	title, path := subjectOf(cycle)
	return letter{cycle, today, zone, fmt.Sprintf("nudge:%s:%s", cycle.ID, today), title + ": your review",
		fmt.Sprintf("The secretariat reminds you of the review of %s, which is due by the end of %s (%s).\n\n%s\n\n%s%s\n", title, cycle.ReviewDueOn, zone, remark, base, path)}
}

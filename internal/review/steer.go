package review

import (
	"context"

	"adam/ent"
	"adam/internal/term"
)

// steered finds the cycle that the secretariat acts on.
func steered(ctx context.Context, tx *ent.Tx, id term.ID) (*ent.ReviewCycle, error) {
	if err := mayRun(ctx); err != nil {
		return nil, err
	}
	return cycleOf(ctx, tx.Client(), id)
}

// Suspend stops a cycle, with a reason: nothing is mailed until it is resumed.
func (d *Desk) Suspend(ctx context.Context, tx *ent.Tx, id term.ID, reason string) (term.ID, error) {
	cycle, err := steered(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if reason, err = said(reason, "reason", "Say why the review is suspended."); err != nil {
		return 0, err
	}
	return id, d.step(ctx, tx, cycle, term.EventSuspended, reason, func(u *ent.ReviewCycleUpdate) { u.SetResumes(cycle.Status).SetRemark(reason) })
}

// Resume lets a suspended cycle go on where it stood. Its deadlines stand: extend them where that is fair.
func (d *Desk) Resume(ctx context.Context, tx *ent.Tx, id term.ID, reason string) (term.ID, error) {
	cycle, err := steered(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if reason, err = optional(reason, "reason"); err != nil {
		return 0, err
	}
	return id, d.step(ctx, tx, cycle, term.EventResumed, reason, func(u *ent.ReviewCycleUpdate) { u.SetResumes("").ClearRemark() })
}

// Return sends a completed review back to whoever completed it, with a remark that says what to do. All answers stay.
func (d *Desk) Return(ctx context.Context, tx *ent.Tx, id term.ID, remark string) (term.ID, error) {
	cycle, err := steered(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if remark, err = said(remark, "remark", "Say what is to be done before the review can be published."); err != nil {
		return 0, err
	}
	return id, d.step(ctx, tx, cycle, term.EventReturned, remark, func(u *ent.ReviewCycleUpdate) {
		u.SetRemark(remark).SetCompletedOn("").SetNextReviewDueOn("").SetCompletedBy(0).SetNothingPlanned(false)
	})
}

// Close ends a cycle that brought no verification, once its deadline has passed, or at once where it was declined. What
// was proposed is kept on its items and never written.
func (d *Desk) Close(ctx context.Context, tx *ent.Tx, id term.ID, reason string) (term.ID, error) {
	cycle, err := steered(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if reason, err = said(reason, "reason", "Say why the review is closed without verification."); err != nil {
		return 0, err
	}
	if _, err := after(cycle.Status, cycle.Resumes, term.EventClosed); err != nil {
		return 0, err
	}
	today, err := d.today(ctx, tx.Client(), cycle)
	if err != nil {
		return 0, err
	}
	if today <= cycle.ReviewDueOn && cycle.Status != term.Declined {
		return 0, conflict(cycle.Status, "The review is due on %s, which is not over. Close it after that day, or suspend it.", cycle.ReviewDueOn)
	}
	return id, d.step(ctx, tx, cycle, term.EventClosed, reason, func(u *ent.ReviewCycleUpdate) { u.SetRemark(reason) })
}

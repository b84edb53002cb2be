package review

import (
	"context"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/fault"
	"adam/internal/term"
)

// steered finds the cycle that the secretariat acts on.
func steered(ctx context.Context, tx *ent.Tx, id term.ID) (*ent.ReviewCycle, error) {
	if err := mayRun(ctx); err != nil {
		return nil, err
	}
	return cycleOf(ctx, tx.Client(), id)
}

// Extend moves what is due next in a cycle to a later day, with a reason: who gave it, and why, is kept.
func (d *Desk) Extend(ctx context.Context, tx *ent.Tx, id term.ID, until term.Date, reason string) (term.ID, error) {
	cycle, err := steered(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if reason, err = said(reason, "reason", "Say why the deadline moves: the reason is kept."); err != nil {
		return 0, err
	}
	if _, err := after(cycle.Status, cycle.Resumes, term.EventExtended); err != nil {
		return 0, err
	}
	if err := repeated(ctx, tx, cycle, term.EventExtended, reason, until); err != nil {
		return 0, err
	}
	today, err := d.today(ctx, tx.Client(), cycle)
	if err != nil {
		return 0, err
	}
	was := cycle.ReviewDueOn
	if until < today || until <= was {
		return 0, fault.New(fault.Invalid, "%s is no extension: today is %s, and the review is due on %s. Give a later day.", until, today, was).At("input.until")
	}
	if limit := addMonths(was, 12); until > limit {
		return 0, fault.New(fault.Invalid, "%s is more than a year later. Give a day up to %s, or close the review and open another.", until, limit).At("input.until")
	}
	ctx = asProgram(ctx)
	n, err := tx.ReviewCycle.Update().Where(reviewcycle.ID(id), reviewcycle.StatusEQ(cycle.Status), reviewcycle.ReviewDueOn(was)).SetReviewDueOn(until).Save(ctx)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, fault.New(fault.Conflict, "Somebody else has moved this review on at the same moment. Read it again.")
	}
	return id, d.note(ctx, tx, id, term.EventExtended, reason, was, until)
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
		u.SetRemark(remark).SetCompletedOn("").SetNextReviewDueOn("").SetCompletedBy(0)
	})
}

// Close ends a cycle that brought no verification, once its deadline has passed. What was proposed is kept on its items
// and never written.
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
	if today <= cycle.ReviewDueOn {
		return 0, conflict(cycle.Status, "The review is due on %s, which is not over. Close it after that day, or suspend it.", cycle.ReviewDueOn)
	}
	return id, d.step(ctx, tx, cycle, term.EventClosed, reason, func(u *ent.ReviewCycleUpdate) { u.SetRemark(reason) })
}

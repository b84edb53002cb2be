package review

import (
	"context"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/fault"
	"adam/internal/term"
)

// Extension moves what is due in a cycle to a later day.
type Extension struct {
	Cycle           term.ID
	Until           term.Date
	NominationUntil term.Date // while a nomination is awaited: its last day, where that moves too
	Reason          string
}

// Extend moves what is due in a cycle to later days, with a reason: who gave it, and why, is kept, in a step for each day
// that moves. For the secretariat.
func (d *Desk) Extend(ctx context.Context, tx *ent.Tx, in Extension) (term.ID, error) {
	cycle, err := steered(ctx, tx, in.Cycle)
	if err != nil {
		return 0, err
	}
	if in.Reason, err = said(in.Reason, "reason", "Say why the deadline moves: the reason is kept."); err != nil {
		return 0, err
	}
	if _, err := after(cycle.Status, cycle.Resumes, term.EventExtended); err != nil {
		return 0, err
	}
	if in.NominationUntil != "" && cycle.Status != term.AwaitingNomination {
		return 0, conflict(cycle.Status, "%s The day for a nomination can be moved only while it is %s. Leave nominationUntil out.", stands[cycle.Status], term.AwaitingNomination).
			At("input.nominationUntil")
	}
	if err := repeated(ctx, tx, cycle, term.EventExtended, in.Reason, in.Until); err != nil {
		return 0, err
	}
	today, err := d.today(ctx, tx.Client(), cycle)
	if err != nil {
		return 0, err
	}
	if err := in.later(cycle, today); err != nil {
		return 0, err
	}
	return cycle.ID, d.extend(asProgram(ctx), tx, cycle, in)
}

// later checks that the days are extensions. Where the nomination's moves, the review's may stay.
func (in Extension) later(cycle *ent.ReviewCycle, today term.Date) error {
	was, nomination := cycle.ReviewDueOn, in.NominationUntil
	stays := nomination != "" && in.Until == was
	if !stays && in.Until <= was || in.Until < today {
		return fault.New(fault.Invalid, "%s is no extension: today is %s, and the review is due on %s. Give a later day.", in.Until, today, was).At("input.until")
	}
	if limit := addMonths(was, 12); in.Until > limit {
		return fault.New(fault.Invalid, "%s is more than a year later. Give a day up to %s, or close the review and open another.", in.Until, limit).At("input.until")
	}
	if nomination == "" {
		return nil
	}
	if nomination < today || nomination <= cycle.NominationDueOn {
		return fault.New(fault.Invalid, "%s is no extension: today is %s, and the nomination is due on %s. Give a later day.", nomination, today, cycle.NominationDueOn).
			At("input.nominationUntil")
	}
	if nomination > in.Until {
		return fault.New(fault.Invalid, "The nomination would be due on %s, after the review, which is due on %s. Give an earlier day, or move the review's too.", nomination, in.Until).
			At("input.nominationUntil", "input.until")
	}
	return nil
}

// extend writes the days that move, unless somebody else has moved them meanwhile.
func (d *Desk) extend(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, in Extension) error {
	u := tx.ReviewCycle.Update().Where(reviewcycle.ID(cycle.ID), reviewcycle.StatusEQ(cycle.Status), reviewcycle.ReviewDueOn(cycle.ReviewDueOn),
		reviewcycle.NominationDueOn(cycle.NominationDueOn)).SetReviewDueOn(in.Until)
	if in.NominationUntil != "" {
		u.SetNominationDueOn(in.NominationUntil)
	}
	n, err := u.Save(ctx)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "Somebody else has moved this review on at the same moment. Read it again.")
	}
	if in.NominationUntil != "" {
		if err := d.note(ctx, tx, cycle.ID, term.EventExtended, "Nomination: "+in.Reason, cycle.NominationDueOn, in.NominationUntil); err != nil {
			return err
		}
	}
	if in.Until == cycle.ReviewDueOn {
		return nil
	}
	return d.note(ctx, tx, cycle.ID, term.EventExtended, in.Reason, cycle.ReviewDueOn, in.Until)
}

package review

import (
	"context"
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/reviewitem"
	"adam/internal/fault"
	"adam/internal/term"
)

// A quarter asks "what ended, what is next": planned activities come from there (model, The review cycle). So it is not
// signed off in silence about what is next.

// saysWhatIsNext lets a quarter's review be signed where it names an activity that is added or planned, or where whoever
// is asked says that there is none; not where she says both.
func (in SignOff) saysWhatIsNext(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) error {
	if cycle.Purpose != term.PortfolioQuarter {
		if in.NothingPlanned {
			return fault.New(fault.Invalid, "Only a quarter's review asks what is planned. Leave nothingPlanned out.").At("input.nothingPlanned")
		}
		return nil
	}
	n, err := nextIn(asProgram(ctx), tx, cycle)
	switch {
	case err != nil:
		return err
	case n == 0 && !in.NothingPlanned:
		return conflict(cycle.Status, "Add what is planned next, or say that nothing is planned (nothingPlanned).").At("input.nothingPlanned")
	case n > 0 && in.NothingPlanned:
		return fault.New(fault.Invalid, "You say that nothing is planned, but %d of the activities in this review are added or planned. Correct their status, or leave nothingPlanned out.", n).
			At("input.nothingPlanned")
	}
	return nil
}

// nextIn counts the activities that were added in a cycle, and those among its items that are planned once its answers
// are written.
func nextIn(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) (int, error) {
	items, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.KindEQ(term.RecordActivity)).All(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	var stand []term.ID // activities that stay as they are
	for _, it := range items {
		status, said := it.Input["status"]
		switch {
		case it.Proposal == term.ProposalCreate:
			n++
		case it.Proposal == term.ProposalUpdate && said:
			if status == string(term.Pipeline) {
				n++
			}
		case it.Proposal != term.ProposalWithdraw:
			stand = append(stand, *it.RecordID)
		}
	}
	for part := range slices.Chunk(stand, 500) {
		planned, err := tx.Activity.Query().Where(activity.IDIn(part...), activity.StatusEQ(term.Pipeline), activity.Withdrawn(false)).Count(ctx)
		if err != nil {
			return 0, err
		}
		n += planned
	}
	return n, nil
}

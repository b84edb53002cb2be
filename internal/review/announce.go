package review

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/term"
)

// announce writes to whoever is asked that a review has opened, on the day on which it does, and says to how many it was
// new. Where a nomination is awaited, it writes to the secretariat, but not of what the secretariat has opened itself. A
// suspended review is silent.
func (d *Desk) announce(ctx context.Context, tx *ent.Tx, id term.ID, itself bool) (int, error) {
	cycle, err := tx.ReviewCycle.Query().Where(reviewcycle.ID(id)).WithChapter().WithActor().Only(ctx)
	if err != nil {
		return 0, err
	}
	to := d.reviewers
	switch {
	case cycle.Status == term.AwaitingNomination && itself:
		to = d.secretariat
	case cycle.Status != term.UnderReview:
		return 0, nil
	}
	zone, err := zoneOf(ctx, tx.Client(), cycle)
	if err != nil {
		return 0, err
	}
	today, err := Today(d.Now(), zone)
	if err != nil {
		return 0, err
	}
	return d.write(ctx, tx, to, opened(cycle, today, zone, d.BaseURL))
}

// opened tells what a review asks, and by when.
func opened(cycle *ent.ReviewCycle, today term.Date, zone, base string) letter {
	title, path := subjectOf(cycle)
	due, asks := cycle.ReviewDueOn, asking[cycle.Purpose]
	if cycle.Status == term.AwaitingNomination {
		due, asks, path = cycle.NominationDueOn, "Please write to the State, so that it names a focal point", "/cycles"
	}
	return letter{cycle, today, zone, fmt.Sprintf("opened:%s", cycle.ID), title + ": a review has opened",
		fmt.Sprintf("A review of %s has opened. %s, by the end of %s (%s):\n%s%s\n", title, asks, due, zone, base, path)}
}

// asking is what a review asks for, in words.
var asking = map[term.ReviewPurpose]string{
	term.ChapterReview:    "Please say of each record whether it is right, correct what is wrong and add what is missing",
	term.PortfolioReview:  "Please say of each record that you answer for whether it is right, correct what is wrong and add what is missing",
	term.PortfolioQuarter: "Please say what has ended and what is planned next",
}

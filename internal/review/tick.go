package review

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"adam/ent"
	"adam/ent/chapter"
	entmail "adam/ent/mail"
	"adam/ent/predicate"
	"adam/ent/reviewcycle"
	"adam/ent/reviewstep"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// Ticked is what one look at the calendar brought.
type Ticked struct{ Opened, Mails, Released int }

// tickLock makes servers that look at the calendar of one PostgreSQL database follow each other. 4023 to 4026 are those
// of migrations, editions and the log.
const tickLock = 4027

// Tick does what the calendar asks for, in one transaction: it opens the reviews whose year is over, writes reminders and
// tells the secretariat what is overdue, and releases readings whose two months have passed. Everything is done once,
// however often it is called and by however many servers. For the program.
func (d *Desk) Tick(ctx context.Context, st *store.Store) (t Ticked, err error) {
	ctx = access.With(ctx, access.Operator("Calendar"))
	err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if tx.Client().Dialect() == dialect.Postgres {
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", tickLock); err != nil {
				return err
			}
		}
		t = Ticked{}
		for _, do := range []func(context.Context, *ent.Tx, *Ticked) error{d.reopen, d.openPortfolios, d.remind, d.releaseReadings} {
			if err := do(ctx, tx, &t); err != nil {
				return err
			}
		}
		return nil
	})
	return t, err
}

// reopen begins the next review of chapters whose verification is a year old.
func (d *Desk) reopen(ctx context.Context, tx *ent.Tx, t *Ticked) error {
	newest, err := Newest(ctx, tx.Client())
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(newest)) {
		last := newest[id]
		if last.Status != term.ReviewPublished {
			continue
		}
		ch, err := tx.Chapter.Get(ctx, id)
		if err != nil {
			return err
		}
		today, err := Today(d.Now(), ch.TimeZone)
		if err != nil {
			return err
		}
		if today < last.NextReviewDueOn {
			continue
		}
		next, err := d.open(ctx, tx, ch, today, Opening{Addressee: text(last.Addressee)})
		if err != nil {
			return err
		}
		n, err := d.announce(ctx, tx, next, true)
		if err != nil {
			return err
		}
		t.Opened, t.Mails = t.Opened+1, t.Mails+n
	}
	return nil
}

// remind writes the reminders that are due for every review under way.
func (d *Desk) remind(ctx context.Context, tx *ent.Tx, t *Ticked) error {
	all, err := tx.ReviewCycle.Query().Where(reviewcycle.StatusIn(term.AwaitingNomination, term.UnderReview, term.Returned)).
		WithChapter().WithActor().WithSteps().Order(reviewcycle.ByID()).All(ctx)
	if err != nil {
		return err
	}
	for _, cycle := range all {
		n, err := d.remindOf(ctx, tx, cycle)
		if err != nil {
			return fmt.Errorf("reminders of %s: %w", cycle.ID, err)
		}
		t.Mails += n
	}
	return nil
}

func (d *Desk) remindOf(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) (int, error) {
	zone, err := zoneOf(ctx, tx.Client(), cycle)
	if err != nil {
		return 0, err
	}
	today, err := Today(d.Now(), zone)
	if err != nil {
		return 0, err
	}
	due, offsets, to := cycle.ReviewDueOn, beforeReview, d.reviewers
	if cycle.Status == term.AwaitingNomination {
		due, offsets, to = cycle.NominationDueOn, beforeNomination, d.secretariat
	}
	since, err := sinceOf(cycle, zone)
	if err != nil {
		return 0, err
	}
	n := 0
	if r, ok := reminderOn(offsets, due, since, today); ok {
		later, err := remindedLater(ctx, tx, cycle, r, offsets)
		if err != nil || later {
			return 0, err
		}
		if n, err = d.write(ctx, tx, to, reminding(cycle, r, zone, d.BaseURL, today)); err != nil {
			return n, err
		}
	}
	if escalated(due, today) {
		more, err := d.write(ctx, tx, d.secretariat, overdue(cycle, due, zone, d.BaseURL))
		if err != nil {
			return n, err
		}
		n += more
		return n, d.noteOverdue(ctx, tx, cycle, due)
	}
	return n, nil
}

// remindedLater says whether somebody was reminded nearer to the deadline already: the clock was set back then.
func remindedLater(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, r reminder, offsets []int) (bool, error) {
	var later []predicate.Mail
	for _, n := range offsets {
		if n < r.before {
			later = append(later, entmail.KeyHasPrefix(reminder{r.due, n}.key(cycle)+":"))
		}
	}
	if len(later) == 0 {
		return false, nil
	}
	return tx.Mail.Query().Where(entmail.Or(later...)).Exist(ctx)
}

// sinceOf is the day from which a deadline is reminded of: that of the step which began the stage or moved the deadline.
func sinceOf(cycle *ent.ReviewCycle, zone string) (term.Date, error) {
	at := term.Instant("")
	for _, s := range cycle.Edges.Steps {
		if s.Event != term.EventAccepted && s.Event != term.EventOverdue {
			at = max(at, s.At)
		}
	}
	if at == "" {
		return cycle.OpenedOn, nil
	}
	return Today(at.Time(), zone)
}

// noteOverdue keeps, once for a deadline, that the secretariat was told.
func (d *Desk) noteOverdue(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, due term.Date) error {
	told, err := tx.ReviewStep.Query().Where(reviewstep.CycleID(cycle.ID), reviewstep.EventEQ(term.EventOverdue), reviewstep.Was(due)).Exist(ctx)
	if err != nil || told {
		return err
	}
	return d.note(ctx, tx, cycle.ID, term.EventOverdue, "", due, "")
}

// releaseReadings lets the public see what desk research judged of a chapter, once the two months of its first review
// have passed (rule 3). It shows with the next edition.
func (d *Desk) releaseReadings(ctx context.Context, tx *ent.Tx, t *Ticked) error {
	waiting, err := tx.Chapter.Query().Where(chapter.ReadingsReleased(false)).WithCycles(func(q *ent.ReviewCycleQuery) { q.Order(reviewcycle.ByOpenedOn()) }).
		Order(chapter.ByCode()).All(ctx)
	if err != nil {
		return err
	}
	for _, ch := range waiting {
		today, err := Today(d.Now(), ch.TimeZone)
		if err != nil {
			return err
		}
		if len(ch.Edges.Cycles) == 0 || today <= ReviewDue(ch.Edges.Cycles[0].OpenedOn) {
			continue
		}
		if err := ch.Update().SetReadingsReleased(true).Exec(ctx); err != nil {
			return err
		}
		t.Released++
	}
	return nil
}

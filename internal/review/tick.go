package review

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/grant"
	entmail "adam/ent/mail"
	"adam/ent/reviewcycle"
	"adam/ent/reviewstep"
	"adam/internal/access"
	"adam/internal/mail"
	"adam/internal/people"
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
		if _, err := d.open(ctx, tx, ch, today, Opening{Addressee: text(last.Addressee)}); err != nil {
			return err
		}
		t.Opened++
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
	due, offsets, begin, to := cycle.ReviewDueOn, beforeReview, term.EventNominated, d.reviewers
	if cycle.Status == term.AwaitingNomination {
		due, offsets, begin, to = cycle.NominationDueOn, beforeNomination, term.EventOpened, d.secretariat
	}
	since, err := d.sinceOf(cycle, begin, zone)
	if err != nil {
		return 0, err
	}
	n := 0
	if r, ok := reminderOn(offsets, due, since, today); ok {
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

// sinceOf is the day from which a deadline is reminded of: that of the step which began the stage.
func (d *Desk) sinceOf(cycle *ent.ReviewCycle, begin term.ReviewEvent, zone string) (term.Date, error) {
	at := term.Instant("")
	for _, s := range cycle.Edges.Steps {
		if s.Event == begin || s.Event == term.EventOpened {
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

// recipient is a person with the role for which she is written to.
type recipient struct{ person, grant term.ID }

// reviewers are those who are asked by a cycle: focal points with their deputies, or reporters.
func (d *Desk) reviewers(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) ([]recipient, error) {
	q := tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now()))).Order(grant.ByGivenAt(), grant.ByID())
	if cycle.ChapterID != nil {
		q.Where(grant.RoleEQ(access.FocalPoint), grant.ChapterID(*cycle.ChapterID))
	} else {
		q.Where(grant.RoleEQ(access.Reporter), grant.ActorID(*cycle.ActorID))
	}
	return recipients(q.All(ctx))
}

// secretariat is everybody of the secretariat.
func (d *Desk) secretariat(ctx context.Context, tx *ent.Tx, _ *ent.ReviewCycle) ([]recipient, error) {
	return recipients(tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now())), grant.RoleEQ(access.Secretariat)).Order(grant.ByGivenAt(), grant.ByID()).All(ctx))
}

// recipients takes each person once.
func recipients(held []*ent.Grant, err error) ([]recipient, error) {
	var out []recipient
	for _, g := range held {
		if !slices.ContainsFunc(out, func(r recipient) bool { return r.person == g.PersonID }) {
			out = append(out, recipient{g.PersonID, g.ID})
		}
	}
	return out, err
}

// write puts a letter to several people into the outbox, and says to how many it was new.
func (d *Desk) write(ctx context.Context, tx *ent.Tx, to func(context.Context, *ent.Tx, *ent.ReviewCycle) ([]recipient, error), l letter) (int, error) {
	all, err := to(ctx, tx, l.cycle)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range all {
		key := fmt.Sprintf("%s:%s", l.key, r.person)
		written, err := tx.Mail.Query().Where(entmail.Key(key)).Exist(ctx)
		if err != nil {
			return n, err
		}
		if written {
			continue
		}
		if err := mail.Write(ctx, tx, mail.Message{Key: key, Person: r.person, Grant: r.grant, Cycle: l.cycle.ID, Subject: l.subject, Body: l.body}, d.Now()); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
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

// letter is what is written to somebody about a cycle, once for its key.
type letter struct {
	cycle              *ent.ReviewCycle
	key, subject, body string
}

// subjectOf names what a cycle is about.
func subjectOf(cycle *ent.ReviewCycle) (title, path string) {
	if ch := cycle.Edges.Chapter; ch != nil {
		return ch.Title, "/review/" + ch.Code
	}
	if a := cycle.Edges.Actor; a != nil {
		return a.Name, "/review/" + a.Key
	}
	return "your records", "/"
}

func reminding(cycle *ent.ReviewCycle, r reminder, zone, base string, today term.Date) letter {
	title, path := subjectOf(cycle)
	what, whom := "review", "Please answer what is still open"
	if cycle.Status == term.AwaitingNomination {
		what, whom = "nomination of a focal point", "Please write to the State again"
		path = "/cycles"
	}
	when := fmt.Sprintf("is due by the end of %s (%s): %s", r.due, zone, left(daysBetween(today, r.due)))
	return letter{cycle, fmt.Sprintf("reminder:%s:%s:%s:%d", cycle.ID, cycle.Status, r.due, r.before),
		fmt.Sprintf("%s: %s, %s", title, what, left(daysBetween(today, r.due))),
		fmt.Sprintf("The %s of %s %s.\n\n%s:\n%s%s\n", what, title, when, whom, base, path)}
}

func overdue(cycle *ent.ReviewCycle, due term.Date, zone, base string) letter {
	title, _ := subjectOf(cycle)
	return letter{cycle, fmt.Sprintf("overdue:%s:%s:%s", cycle.ID, cycle.Status, due), title + ": overdue for a week",
		fmt.Sprintf("What was due for %s by the end of %s (%s) has not come. Extend the deadline, suspend the review, enter the answers on behalf of the State, or close it without verification:\n%s/cycles\n", title, due, zone, base)}
}

// left says in words how many days there are.
func left(days int) string {
	switch {
	case days == 0:
		return "today is the last day"
	case days == 1:
		return "one day is left"
	case days > 1:
		return fmt.Sprintf("%d days are left", days)
	case days == -1:
		return "one day over"
	}
	return strings.TrimSpace(fmt.Sprintf("%d days over", -days))
}

package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/grant"
	"adam/ent/reviewcycle"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// quarterDays is how long a reporter has for "what ended, what is next".
const quarterDays = 30

// openPortfolios begins, at the start of a quarter, the reviews of organisations that have a reporter: all that they
// answer for once a year, and what ended and what is next in the other quarters.
func (d *Desk) openPortfolios(ctx context.Context, tx *ent.Tx, t *Ticked) error {
	today, err := Today(d.Now(), term.RegionZone)
	if err != nil {
		return err
	}
	quarter := quarterOf(today)
	began, err := EndOf(addDays(quarter, -1), term.RegionZone)
	if err != nil {
		return err
	}
	held, err := tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now())), grant.RoleEQ(access.Reporter), grant.DelegatedByIDIsNil(), grant.GivenAtLT(term.InstantOf(began))).
		Order(grant.ByID()).All(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(held, func(a, b *ent.Grant) int { return cmp.Compare(*a.ActorID, *b.ActorID) })
	for _, g := range slices.CompactFunc(held, func(a, b *ent.Grant) bool { return *a.ActorID == *b.ActorID }) {
		purpose, err := d.purposeOf(ctx, tx, *g.ActorID, quarter)
		if err != nil {
			return err
		}
		if purpose == "" {
			continue
		}
		id, err := d.openPortfolio(ctx, tx, *g.ActorID, purpose, quarter)
		if err != nil {
			return err
		}
		n, err := d.announce(ctx, tx, id, true)
		if err != nil {
			return err
		}
		t.Opened, t.Mails = t.Opened+1, t.Mails+n
	}
	return nil
}

// purposeOf says what an organisation is asked for in a quarter; "" where it was asked already, or still is.
func (d *Desk) purposeOf(ctx context.Context, tx *ent.Tx, a term.ID, quarter term.Date) (term.ReviewPurpose, error) {
	all, err := tx.ReviewCycle.Query().Where(reviewcycle.ActorID(a)).Order(reviewcycle.ByOpenedOn()).All(ctx)
	if err != nil {
		return "", err
	}
	purpose := term.PortfolioReview
	for _, r := range all {
		if Running(r.Status) || r.OpenedOn >= quarter {
			return "", nil
		}
		if r.Purpose == term.PortfolioReview && NextReview(r.OpenedOn) > quarter {
			purpose = term.PortfolioQuarter
		}
	}
	return purpose, nil
}

// OpenPortfolio begins the yearly review of what an organisation answers for, today. For the secretariat.
func (d *Desk) OpenPortfolio(ctx context.Context, tx *ent.Tx, key string) (term.ID, error) {
	if err := mayRun(ctx); err != nil {
		return 0, err
	}
	a, err := tx.Actor.Query().Where(actor.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.NotFound, "There is no organisation %q. Give its key.", term.Clip(key)).At("input.actor")
	}
	if err != nil {
		return 0, err
	}
	running, err := tx.ReviewCycle.Query().Where(reviewcycle.ActorID(a.ID), reviewcycle.StatusNotIn(ended...)).First(asProgram(ctx))
	if err == nil {
		return 0, conflict(running.Status, "The organisation has a review already, opened on %s. %s", running.OpenedOn, stands[running.Status])
	}
	if !ent.IsNotFound(err) {
		return 0, err
	}
	reports, err := tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now())), grant.RoleEQ(access.Reporter), grant.ActorID(a.ID)).Exist(asProgram(ctx))
	if err != nil {
		return 0, err
	}
	if !reports {
		return 0, conflict(term.NotOpened, "The organisation has no reporter who could answer. Invite one first.")
	}
	today, err := Today(d.Now(), term.RegionZone)
	if err != nil {
		return 0, err
	}
	return d.openPortfolio(asProgram(ctx), tx, a.ID, term.PortfolioReview, today)
}

func (d *Desk) openPortfolio(ctx context.Context, tx *ent.Tx, a term.ID, purpose term.ReviewPurpose, day term.Date) (term.ID, error) {
	due := ReviewDue(day)
	if purpose == term.PortfolioQuarter {
		due = addDays(day, quarterDays)
	}
	create := tx.ReviewCycle.Create().SetActorID(a).SetPurpose(purpose).SetYear(noon(day).Year()).SetStatus(term.UnderReview).
		SetOpenedOn(day).SetReviewDueOn(due)
	if err := compareWith(ctx, tx, create, nil); err != nil {
		return 0, err
	}
	cycle, err := create.Save(ctx)
	if ent.IsConstraintError(err) {
		return 0, fault.New(fault.Conflict, "This review was opened already today. Read it again.").Because(err)
	}
	if err != nil {
		return 0, err
	}
	if err := d.note(ctx, tx, cycle.ID, term.EventOpened, "", "", ""); err != nil {
		return 0, err
	}
	all, err := held(ctx, tx.Client(), a, purpose, day)
	if err != nil {
		return 0, err
	}
	return cycle.ID, d.put(ctx, tx, cycle.ID, all)
}

// held are the records that an organisation answers for: once a year all of them, in a quarter the activities that are
// planned or run, and those that ended in the year before, whose end may not have been told.
func held(ctx context.Context, c *ent.Client, a term.ID, purpose term.ReviewPurpose, day term.Date) ([]question, error) {
	ctx = access.With(ctx, access.SignedIn(0, "Reporter", []access.Grant{{Role: access.Reporter, Actor: a}}))
	var out []question
	kinds := []term.RecordKind{term.RecordActor, term.RecordMechanism, term.RecordActivity}
	if purpose == term.PortfolioQuarter {
		kinds = kinds[2:]
	}
	for _, kind := range kinds {
		where := rule.Owned(ctx, kind.Kind())
		if purpose == term.PortfolioQuarter {
			where = fmt.Sprintf("(%s) AND t.status NOT IN ('CLOSED', 'CANCELLED') AND (t.end_on = '' OR t.end_on >= '%d')", where, noon(day).Year()-1)
		}
		query := fmt.Sprintf("SELECT t.id, t.version, t.sort_name, 1, 0 FROM %s t WHERE %s", kind.Kind().Table(), where)
		if err := gather(ctx, c, query, kind, &out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

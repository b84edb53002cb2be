package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/grant"
	entmail "adam/ent/mail"
	"adam/ent/person"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/term"
)

// recipient is a person with the role for which she is written to, and since when she has it.
type recipient struct {
	person, grant term.ID
	since         term.Instant
}

// reviewers are those who are asked by a cycle: focal points with their deputies, or reporters.
func (d *Desk) reviewers(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) ([]recipient, error) {
	q := tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now())), reached()).Order(grant.ByGivenAt(), grant.ByID())
	if cycle.ChapterID != nil {
		q.Where(grant.RoleEQ(access.FocalPoint), grant.ChapterID(*cycle.ChapterID))
	} else {
		q.Where(grant.RoleEQ(access.Reporter), grant.ActorID(*cycle.ActorID))
	}
	return recipients(q.All(ctx))
}

// secretariat is everybody of the secretariat.
func (d *Desk) secretariat(ctx context.Context, tx *ent.Tx, _ *ent.ReviewCycle) ([]recipient, error) {
	return recipients(tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now())), reached(), grant.RoleEQ(access.Secretariat)).Order(grant.ByGivenAt(), grant.ByID()).All(ctx))
}

// reached leaves out whoever no letter reaches: the account that waits behind the first start's link has no address yet.
func reached() predicate.Grant {
	return grant.HasPersonWith(person.EmailNEQ(""), person.Disabled(false))
}

// recipients takes each person once.
func recipients(held []*ent.Grant, err error) ([]recipient, error) {
	var out []recipient
	for _, g := range held {
		if !slices.ContainsFunc(out, func(r recipient) bool { return r.person == g.PersonID }) {
			out = append(out, recipient{g.PersonID, g.ID, g.GivenAt})
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
	ends, err := EndOf(l.day, l.zone)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range all {
		if r.since >= term.InstantOf(ends) { // whoever came later gets the next one
			continue
		}
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

// letter is what is written to somebody about a cycle, once for its key.
type letter struct {
	cycle              *ent.ReviewCycle
	day                term.Date // on which it is due
	zone               string
	key, subject, body string
}

// key names a reminder, whoever gets it.
func (r reminder) key(cycle *ent.ReviewCycle) string {
	return fmt.Sprintf("reminder:%s:%s:%s:%d", cycle.ID, cycle.Status, r.due, r.before)
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
	return letter{cycle, addDays(r.due, -r.before), zone, r.key(cycle),
		fmt.Sprintf("%s: %s, %s", title, what, left(daysBetween(today, r.due))),
		fmt.Sprintf("The %s of %s %s.\n\n%s:\n%s%s\n", what, title, when, whom, base, path)}
}

func overdue(cycle *ent.ReviewCycle, due term.Date, zone, base string) letter {
	title, _ := subjectOf(cycle)
	return letter{cycle, addDays(due, escalation), zone, fmt.Sprintf("overdue:%s:%s:%s", cycle.ID, cycle.Status, due), title + ": overdue for a week",
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

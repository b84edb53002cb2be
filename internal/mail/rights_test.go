package mail_test

import (
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/term"
)

// A right that ends, ends at once: for what is in the outbox too.
func TestWhoeverLostTheRightGetsNothing(t *testing.T) {
	type scene struct {
		*desk
		k     *people.Keeper
		p     term.ID
		grant term.ID
	}
	for what, lose := range map[string]func(s scene) error{
		"the role ended":          func(s scene) error { return s.k.End(s.program(), s.grant, "left") },
		"the role ran out":        func(s scene) error { s.pass(2 * time.Hour); return nil },
		"the account is disabled": func(s scene) error { return s.k.Disable(s.program(), s.p) },
		"the person was erased":   func(s scene) error { return s.k.Erase(s.program(), s.p, "asked for it") },
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				s := scene{desk: d, k: d.keeper(), p: d.person("ann@example.org").ID}
				g, err := s.k.Give(d.program(), s.p, access.Coordinator, "", "", d.clock().Add(time.Hour))
				ok(t, err)
				s.grant = g.ID
				d.write(mail.Message{Key: "k", Person: s.p, Grant: g.ID})
				ok(t, lose(s))
				d.once()
				d.is(term.MailDropped, 0)
			})
		})
	}
}

func TestARoleThatHangsOnOneThatEndedIsLost(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		k, ctx := d.keeper(), d.program()
		d.cycle(term.UnderReview)
		_, p, err := k.Invite(ctx, people.Invitation{Email: "chief@example.org", Role: access.FocalPoint, Chapter: "REGIONAL"})
		ok(t, err)
		source, err := k.Held(ctx, p.ID, access.FocalPoint, "", "REGIONAL")
		ok(t, err)
		_, g, err := k.Delegate(ctx, source.ID, people.Colleague{Email: "deputy@example.org"}, d.clock().Add(time.Hour))
		ok(t, err)
		d.write(mail.Message{Key: "k", Person: g.PersonID, Grant: g.ID})
		// Ending ends both; here only the source, as a role that runs out does.
		d.Store.Client.Grant.UpdateOneID(source.ID).SetUntil(term.InstantOf(d.clock())).ExecX(ctx)
		d.once()
		d.is(term.MailDropped, 0)
	})
}

func TestTheRoleMustBeThatOfThePerson(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p, q := d.person("ann@example.org"), d.person("bob@example.org")
		g, err := d.keeper().Give(d.program(), q.ID, access.Coordinator, "", "", time.Time{})
		ok(t, err)
		d.write(mail.Message{Key: "k", Person: p.ID, Grant: g.ID})
		d.once()
		d.is(term.MailDropped, 0)
	})
}

func TestWhoeverKeepsTheRightGetsIt(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		g, err := d.keeper().Give(d.program(), p.ID, access.Coordinator, "", "", d.clock().Add(time.Hour))
		ok(t, err)
		d.write(mail.Message{Key: "k", Person: p.ID, Grant: g.ID, Cycle: d.cycle(term.UnderReview).ID})
		d.once()
		d.is(term.MailSent, 1)
	})
}

func TestOfASuspendedReviewNothingIsSent(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		c := d.cycle(term.UnderReview)
		d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID, Cycle: c.ID})
		d.Store.Client.ReviewCycle.UpdateOneID(c.ID).SetStatus(term.Suspended).ExecX(d.program())
		d.once()
		d.is(term.MailDropped, 0)
	})
}

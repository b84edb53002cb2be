package mail_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/mail"
	"adam/internal/term"
)

func TestTheSameKeyIsWrittenOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		ok(t, d.Store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error {
			for _, subject := range []string{"first", "second"} {
				if err := mail.Write(ctx, tx, mail.Message{Key: "k", Person: p.ID, Subject: subject, Body: "x"}, d.clock()); err != nil {
					return err
				}
			}
			// The transaction lives on: what follows is kept.
			return mail.Write(ctx, tx, mail.Message{Key: "other", Person: p.ID, Subject: "third", Body: "x"}, d.clock())
		}))
		d.write(mail.Message{Key: "k", Person: p.ID, Subject: "fourth"})
		d.once()
		d.write(mail.Message{Key: "k", Person: p.ID, Subject: "fifth, after it was sent"})
		d.once()
		list, err := mail.List(d.program(), d.Store, "", 10)
		ok(t, err)
		if len(list) != 2 || list[0].Subject+list[1].Subject != "thirdfirst" && list[0].Subject+list[1].Subject != "firstthird" || len(d.post.taken()) != 2 {
			t.Errorf("the outbox holds %+v", list)
		}
	})
}

func TestOfManyWhoWriteOneKeyAtOnceOneDoes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				err := d.Store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error {
					for i := range 5 {
						if err := mail.Write(ctx, tx, mail.Message{Key: key(i), Person: p.ID, Subject: "s", Body: "b"}, d.clock()); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := d.once(); n != 5 || len(d.post.taken()) != 5 {
			t.Errorf("%d were sent", n)
		}
	})
}

func TestAMailFallsWithItsTransaction(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p, boom := d.person("ann@example.org"), errors.New("boom")
		err := d.Store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error {
			return errors.Join(mail.Write(ctx, tx, mail.Message{Key: "k", Person: p.ID, Subject: "s", Body: "b"}, d.clock()), boom)
		})
		if !errors.Is(err, boom) || d.once() != 0 || d.Store.Client.Mail.Query().CountX(d.program()) != 0 {
			t.Errorf("something remained (%v)", err)
		}
	})
}

func TestAMessageThatLacksSomethingIsAMistakeOfTheProgram(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org").ID
		for _, m := range []mail.Message{{Person: p, Subject: "s", Body: "b"}, {Key: "k", Subject: "s", Body: "b"}, {Key: "k", Person: term.NewID(term.KindLaw), Subject: "s", Body: "b"},
			{Key: "k", Person: p, Subject: " \r\n", Body: "b"}, {Key: "k", Person: p, Subject: "s"}} {
			err := d.Store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error { return mail.Write(ctx, tx, m, d.clock()) })
			if err == nil || fault.As(err) != nil {
				t.Errorf("%+v gives %v", m, err)
			}
		}
		d.write(mail.Message{Key: "k", Person: p, Subject: "a\x00b\xff", Body: "c\x00\xff"}) // PostgreSQL would refuse it
		if m := d.only(); m.Subject != "a\uFFFDb\uFFFD" || m.Body != "c\uFFFD\uFFFD" {
			t.Errorf("it is kept as %q, %q", m.Subject, m.Body)
		}
	})
}

func TestTheListShowsTheNewestFirstAndNoText(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ann, bob := d.person("ann@example.org").ID, d.person("bob@example.org").ID
		d.write(mail.Message{Key: "a", Person: ann, Subject: "one"})
		d.pass(time.Minute)
		d.write(mail.Message{Key: "b", Person: bob, Subject: "two"})
		d.pass(time.Minute)
		d.write(mail.Message{Key: "c", Person: term.NewID(term.KindPerson), Subject: "three"})
		ok(t, d.keeper().Erase(d.program(), bob, "asked for it"))
		d.once()
		all, err := mail.List(d.program(), d.Store, "", 10)
		ok(t, err)
		want := []string{"three DROPPED unknown", "two DROPPED erased", "one SENT ann@example.org"}
		for i, e := range all {
			if got := e.Subject + " " + string(e.Status) + " " + e.To; i >= len(want) || got != want[i] {
				t.Errorf("line %d is %s", i, got)
			}
		}
		if len(all) != 3 || all[2].Sent == "" || all[0].Trouble != "There is no such person." || all[0].At != "2026-11-24T09:02:00Z" {
			t.Errorf("the list is %+v", all)
		}
		sent, err := mail.List(d.program(), d.Store, term.MailSent, 10)
		ok(t, err)
		first, err := mail.List(d.program(), d.Store, "", 1)
		ok(t, err)
		if len(sent) != 1 || sent[0].Subject != "one" || len(first) != 1 || first[0].Subject != "three" {
			t.Errorf("sent: %+v; first: %+v", sent, first)
		}
	})
}

func TestTheListSaysWhatIsWrongWithAQuestion(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		_, err := mail.List(d.program(), d.Store, "LOST", 1)
		kind(t, err, fault.Invalid)
		for _, limit := range []int{0, -1, mail.Most + 1} {
			_, err = mail.List(d.program(), d.Store, "", limit)
			kind(t, err, fault.Invalid)
		}
		_, err = mail.List(t.Context(), d.Store, "", 1)
		kind(t, err, fault.Forbidden)
		kind(t, mail.Retry(t.Context(), d.Store, 1, d.clock()), fault.Forbidden)
	})
}

func TestOnlyWhatFailedIsSentAgain(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org").ID
		kind(t, mail.Retry(d.program(), d.Store, term.NewID(term.KindMail), d.clock()), fault.NotFound)
		d.write(mail.Message{Key: "k", Person: p})
		kind(t, mail.Retry(d.program(), d.Store, d.only().ID, d.clock()), fault.Conflict)
		ok(t, d.keeper().Disable(d.program(), p))
		d.once()
		d.is(term.MailDropped, 0)
		ok(t, mail.Retry(d.program(), d.Store, d.only().ID, d.clock()))
		d.once() // rights are checked again
		d.is(term.MailDropped, 0)
		ok(t, d.keeper().Enable(d.program(), p))
		ok(t, mail.Retry(d.program(), d.Store, d.only().ID, d.clock()))
		d.once()
		d.is(term.MailSent, 1)
		kind(t, mail.Retry(d.program(), d.Store, d.only().ID, d.clock()), fault.Conflict)
	})
}

// Erasing a person leaves nothing of her in the outbox.
func TestTheTextOfAMailIsErasedWithItsPerson(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org").ID
		d.write(mail.Message{Key: "k", Person: p})
		ok(t, d.keeper().Erase(d.program(), p, "asked for it"))
		if body := d.only().Body; body != "" {
			t.Errorf("its text is still %q", body)
		}
		d.once()
		err := mail.Retry(d.program(), d.Store, d.only().ID, d.clock())
		kind(t, err, fault.Conflict)
		if !strings.Contains(err.Error(), "erased") {
			t.Errorf("it says %q", err)
		}
	})
}

// The outbox is nobody's business outside: whoever is not the program finds it empty.
func TestNobodyButTheProgramSeesTheOutbox(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID})
		if n, err := d.Store.Client.Mail.Query().Count(t.Context()); n != 0 || err != nil {
			t.Errorf("a visitor sees %d, %v", n, err)
		}
	})
}

func kind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if fault.As(err) == nil || fault.KindOf(err) != want {
		t.Errorf("got %v; expected %s", err, want)
	}
}

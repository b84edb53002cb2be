package mail_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// desk is an outbox on a database of its own with a mail server and a clock that the test moves.
type desk struct {
	*mail.Sender
	t    *testing.T
	post *post
	mu   sync.Mutex
	at   time.Time
}

func each(t *testing.T, test func(t *testing.T, d *desk)) {
	testdb.Each(t, func(t *testing.T, s *store.Store) { test(t, newDesk(t, s)) })
}

func newDesk(t *testing.T, s *store.Store) *desk {
	t.Helper()
	d := &desk{t: t, post: newPost(t), at: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	d.Sender = &mail.Sender{Store: s, SMTP: d.post.smtp(), Now: d.clock, Logger: slog.New(slog.DiscardHandler), Patience: 5 * time.Second}
	return d
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at
}

func (d *desk) pass(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at = d.at.Add(by)
}

func (d *desk) program() context.Context { return testdb.Context(d.t) }

// other is a second server's sender on the same database.
func (d *desk) other() *mail.Sender {
	s := *d.Sender
	return &s
}

// keeper keeps the accounts of the desk's database.
func (d *desk) keeper() *people.Keeper { return people.New(d.Store, d.clock) }

// person makes an account.
func (d *desk) person(email string) *ent.Person {
	d.t.Helper()
	_, p, err := d.keeper().Invite(d.program(), people.Invitation{Email: email, Role: access.Member})
	ok(d.t, err)
	return p
}

// write puts a message into the outbox; what it lacks is made up.
func (d *desk) write(m mail.Message) {
	d.t.Helper()
	if m.Subject == "" {
		m.Subject = "Review due"
	}
	if m.Body == "" {
		m.Body = "Please see https://adam.example.org/invitation/secret"
	}
	ok(d.t, d.Store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error { return mail.Write(ctx, tx, m, d.clock()) }))
}

// once sends what is due; the server may fail.
func (d *desk) once() int {
	d.t.Helper()
	n, _ := d.Once(d.program())
	return n
}

// only is the one mail of the outbox.
func (d *desk) only() *ent.Mail {
	d.t.Helper()
	m, err := d.Store.Client.Mail.Query().Only(d.program())
	ok(d.t, err)
	return m
}

// is fails unless the one mail has the status and the server has taken so many.
func (d *desk) is(status term.MailStatus, taken int) {
	d.t.Helper()
	if m := d.only(); m.Status != status || len(d.post.taken()) != taken {
		trouble := ""
		if m.Trouble != nil {
			trouble = *m.Trouble
		}
		d.t.Errorf("the mail is %s (%s) and %d arrived; expected %s and %d", m.Status, trouble, len(d.post.taken()), status, taken)
	}
}

// cycle makes a review of a chapter.
func (d *desk) cycle(status term.ReviewStatus) *ent.ReviewCycle {
	d.t.Helper()
	ctx := d.program()
	c := d.Store.Client.Chapter.Create().SetCode("REGIONAL").SetTitle("Region").SetTimeZone("Asia/Bangkok").SaveX(ctx)
	return d.Store.Client.ReviewCycle.Create().SetChapterID(c.ID).SetYear(2026).SetStatus(status).SetOpenedOn("2026-11-01").
		SetReviewDueOn("2027-01-01").SaveX(ctx)
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%+v)", err, fault.As(err))
	}
}

func key(i int) string { return fmt.Sprintf("test:%04d", i) }

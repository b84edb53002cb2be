package mail_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"adam/ent/migrate"
	"entgo.io/ent/dialect"
)

// The program that is killed is this test binary, told what to do in its environment.
const (
	killTask = "ADAM_MAIL_KILL"
	killDB   = "ADAM_MAIL_DB"
	killSMTP = "ADAM_MAIL_SMTP"
)

func TestMain(m *testing.M) {
	if task := os.Getenv(killTask); task != "" {
		victim(task)
	}
	os.Exit(m.Run())
}

// victim writes a mail, or sends what is due, says so, and waits to be killed.
func victim(task string) {
	ctx := access.With(context.Background(), access.Operator("Test"))
	st, err := store.Open(ctx, os.Getenv(killDB))
	if err != nil {
		panic(err)
	}
	switch task {
	case "write":
		err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			p, err := tx.Person.Query().Only(ctx)
			if err != nil {
				return err
			}
			return mail.Write(ctx, tx, mail.Message{Key: "k", Person: p.ID, Subject: "s", Body: "b"}, time.Now())
		})
	case "send":
		s, _ := mail.ParseURL(os.Getenv(killSMTP))
		_, err = (&mail.Sender{Store: st, SMTP: s, Now: time.Now, Logger: slog.New(slog.DiscardHandler)}).Once(ctx)
	}
	fmt.Println("done", err)
	time.Sleep(time.Hour)
}

// prey is a process of this binary that is about to be killed, as a power cut would: kill -9.
type prey struct {
	*exec.Cmd
	said chan string
}

func release(t *testing.T, task, db string, p *post, env ...string) *prey {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), killTask+"="+task, killDB+"="+db, killSMTP+"=smtp://"+p.address+"?from=adam@example.org")
	c.Env = append(c.Env, env...)
	out, err := c.StdoutPipe()
	ok(t, err)
	c.Stderr = os.Stderr
	ok(t, c.Start())
	said := make(chan string, 1)
	go func() {
		if in := bufio.NewScanner(out); in.Scan() {
			said <- in.Text()
		}
	}()
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return &prey{c, said}
}

func (p *prey) kill(t *testing.T) {
	t.Helper()
	ok(t, p.Process.Kill())
	_ = p.Wait()
}

// eachAt runs a test on each engine, with one account and the address at which others open the database.
func eachAt(t *testing.T, test func(t *testing.T, d *desk, address string)) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			address := testdb.Address(t, name)
			st, err := store.Open(t.Context(), address)
			ok(t, err)
			t.Cleanup(func() { _ = st.Close() })
			_, err = migrate.Up(t.Context(), st.DB, st.Dialect)
			ok(t, err)
			d := newDesk(t, st)
			d.at = time.Now() // as the other program's clock
			_, _, err = people.New(st, d.clock).Invite(d.program(), people.Invitation{Email: "ann@example.org", Role: access.Member})
			ok(t, err)
			test(t, d, address)
		})
	}
}

func TestAMailThatWasCommittedIsSentOnceThoughTheProgramIsKilled(t *testing.T) {
	eachAt(t, func(t *testing.T, d *desk, address string) {
		p := release(t, "write", address, d.post)
		if said := <-p.said; said != "done <nil>" {
			t.Fatal(said)
		}
		p.kill(t)
		d.is(term.MailWaiting, 0)
		d.pass(time.Minute) // the other clock may be a second ahead
		d.once()
		d.once()
		d.is(term.MailSent, 1)
	})
}

func TestAMailWhoseProgramIsKilledBeforeTheAnswerIsUnsureAndNotSentAgain(t *testing.T) {
	for _, tt := range []struct {
		verb  string
		taken int // by a server that keeps a mail before it answers
	}{{"MAIL", 0}, {"END", 1}} {
		t.Run(tt.verb, func(t *testing.T) {
			eachAt(t, func(t *testing.T, d *desk, address string) {
				d.write(mail.Message{Key: "k", Person: d.Store.Client.Person.Query().OnlyX(d.program()).ID})
				reached, stuck := make(chan bool, 1), make(chan bool)
				d.post.behave(func(verb, _ string) string {
					if verb == tt.verb {
						reached <- true
						<-stuck
						return hangUp
					}
					return ""
				})
				p := release(t, "send", address, d.post)
				<-reached
				p.kill(t)
				close(stuck)
				d.post.behave(nil)
				d.pass(9 * time.Minute)
				d.once()
				d.is(term.MailSending, tt.taken) // its program may be alive in another server
				d.pass(2 * time.Minute)
				d.once()
				d.is(term.MailUnsure, tt.taken)
				d.pass(100 * time.Hour)
				d.once()
				d.is(term.MailUnsure, tt.taken)
				ok(t, mail.Retry(d.program(), d.Store, d.only().ID, d.clock()))
				d.once()
				d.is(term.MailSent, tt.taken+1)
			})
		})
	}
}

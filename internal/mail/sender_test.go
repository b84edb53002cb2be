package mail_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"adam/internal/mail"
	"adam/internal/store"
	"adam/internal/term"
)

func TestAMailIsSentOnceAndItsTextForgotten(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		d.write(mail.Message{Key: "k", Person: p.ID, Subject: "ປະເທດ is\r\nBcc: due", Body: "Ünder review.\n.\nA line."})
		if n := d.once() + d.once(); n != 1 {
			t.Errorf("%d were sent", n)
		}
		d.is(term.MailSent, 1)
		if m := d.only(); m.Body != "" || m.SentAt != "2026-11-24T09:00:00Z" || m.Trouble != nil || m.Attempts != 1 {
			t.Errorf("it is kept as %v", m)
		}
		l := d.post.taken()[0]
		for _, part := range []string{"From: \"ADAM\" <adam@example.org>\n", "To: <ann@example.org>\n", "Message-ID: <" + d.only().ID.String() + "@example.org>\n",
			"Auto-Submitted: auto-generated\n", "Content-Type: text/plain; charset=UTF-8\n", "Date: Tue, 24 Nov 2026 09:00:00 +0000\n", "=C3=9Cnder review.", "\n..\nA line."} {
			if !strings.Contains(l.data, part) {
				t.Errorf("%q is missing in\n%s", part, l.data)
			}
		}
		if l.to != "ann@example.org" || strings.Contains(l.data, "\nBcc:") || strings.Contains(l.data, "go-mail") {
			t.Errorf("it went to %s as\n%s", l.to, l.data)
		}
	})
}

// Several servers, each with connections of its own, work on one outbox.
func TestManySendersNeverSendOneMailTwice(t *testing.T) {
	eachAt(t, func(t *testing.T, d *desk, address string) {
		p := d.Store.Client.Person.Query().OnlyX(d.program())
		const mails, servers = 60, 4
		for i := range mails {
			d.write(mail.Message{Key: key(i), Person: p.ID, Subject: key(i)})
		}
		var total atomic.Int64
		var all sync.WaitGroup
		for range servers {
			st, err := store.Open(t.Context(), address)
			ok(t, err)
			t.Cleanup(func() { _ = st.Close() })
			s := d.other()
			s.Store = st
			all.Go(func() {
				n, err := s.Once(d.program())
				if total.Add(int64(n)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		seen := map[string]bool{}
		for _, l := range d.post.taken() {
			_, rest, _ := strings.Cut(l.data, "Message-ID: ")
			id, _, _ := strings.Cut(rest, "\n")
			seen[id] = true
		}
		if total.Load() != mails || len(seen) != mails || len(d.post.taken()) != mails {
			t.Errorf("%d were sent; %d arrived, %d different; expected %d", total.Load(), len(d.post.taken()), len(seen), mails)
		}
	})
}

func TestThreeDaysWithoutAMailServerLoseNothingAndSendNothingTwice(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		d.post.close()
		const mails = 12
		for hour := range 72 {
			if hour%6 == 0 {
				d.write(mail.Message{Key: key(hour / 6), Person: p.ID})
			}
			for range 12 { // a look every five minutes is enough to show it
				if n, err := d.Once(d.program()); n != 0 || d.due() && err == nil {
					t.Fatalf("hour %d: %d were sent, %v", hour, n, err)
				}
				d.pass(5 * time.Minute)
			}
		}
		tries := 0
		for _, m := range d.Store.Client.Mail.Query().AllX(d.program()) {
			if tries += m.Attempts; m.Status != term.MailWaiting || m.Body == "" || m.NextAt > term.InstantOf(d.clock().Add(6*time.Hour)) {
				t.Errorf("a mail is %s, next at %s: %v", m.Status, m.NextAt, m.Trouble)
			}
		}
		d.post.open()
		sent := 0
		for range 73 {
			sent += d.once()
			d.pass(5 * time.Minute)
		}
		if sent != mails || len(d.post.taken()) != mails {
			t.Errorf("%d were sent and %d arrived; expected %d", sent, len(d.post.taken()), mails)
		}
		t.Logf("%d mails, %d tries in three days", mails, tries)
	})
}

func TestAMailWaitsTwiceAsLongAfterEachFailureUpToSixHours(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID})
		d.post.behave(only("RCPT", "450 4.2.0 later"))
		for tries, minutes := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360} {
			d.once()
			m, wait := d.only(), time.Duration(minutes)*time.Minute
			if m.Attempts != tries+1 || m.NextAt != term.InstantOf(d.clock().Add(wait)) {
				t.Fatalf("after %d tries at %s it waits until %s; expected %s", m.Attempts, d.clock(), m.NextAt, wait)
			}
			d.pass(wait)
		}
	})
}

// due says whether a mail waits that may be tried now.
func (d *desk) due() bool {
	for _, m := range d.Store.Client.Mail.Query().AllX(d.program()) {
		if m.Status == term.MailSending || m.Status == term.MailWaiting && m.NextAt <= term.InstantOf(d.clock()) {
			return true
		}
	}
	return false
}

func TestFailuresThatPassAreTriedAgainAndOthersAreNot(t *testing.T) {
	for _, tt := range []struct {
		what, verb, said string
		status           term.MailStatus
		trouble          string
	}{
		{"greylisting", "RCPT", "450 4.2.0 later", term.MailWaiting, "The mail server put it off (450 4.2.0)."},
		{"too busy to talk", "HELLO", "421 busy", term.MailWaiting, "The mail server did not let the program in."},
		{"no room now", "END", "452 4.3.1 full", term.MailWaiting, "The mail server put it off (452 4.3.1)."},
		{"a connection that breaks off before the mail", "DATA", hangUp, term.MailWaiting, "The connection to the mail server broke off or was too slow."},
		{"an unknown recipient", "RCPT", "550 5.1.1 <ann@example.org> unknown", term.MailDropped, "The mail server refused the recipient (550 5.1.1)."},
		{"no relaying", "RCPT", "554 5.7.1 relaying denied", term.MailWaiting, "The mail server refused the program (554 5.7.1): see --smtp."},
		{"a sender that is refused", "MAIL", "550 5.1.8 no", term.MailWaiting, "The mail server refused the program (550 5.1.8): see --smtp."},
		{"a mail that is refused", "END", "554 5.6.0 no", term.MailDropped, "The mail server refused the mail (554 5.6.0)."},
	} {
		t.Run(tt.what, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID})
				d.post.behave(only(tt.verb, tt.said))
				d.once()
				m := d.only()
				if m.Status != tt.status || m.Trouble == nil || *m.Trouble != tt.trouble {
					t.Fatalf("it is %s: %v", m.Status, *m.Trouble)
				}
				before := len(d.post.taken()) // "no room now" is kept by this simple server all the same
				d.post.behave(nil)
				d.pass(59 * time.Second)
				if d.once() != 0 {
					t.Error("it was tried again within a minute")
				}
				d.pass(time.Second)
				if again := d.once() == 1; again != (tt.status == term.MailWaiting) || again && len(d.post.taken()) != before+1 {
					t.Errorf("it was sent after a minute: %v", again)
				}
			})
		})
	}
}

// The mail was handed over and its answer never came: it may have arrived, so nobody sends it again by itself.
func TestAMailWithoutAnAnswerIsUnsure(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID})
		d.post.behave(only("END", hangUp))
		d.once()
		d.is(term.MailUnsure, 1)
		d.post.behave(nil)
		d.pass(100 * time.Hour)
		d.once()
		d.is(term.MailUnsure, 1)
		ok(t, mail.Retry(d.program(), d.Store, d.only().ID, d.clock()))
		d.once()
		d.is(term.MailSent, 2)
	})
}

// What goes wrong after the answer changes nothing of it.
func TestAServerThatFailsAfterItsAnswerHasTakenTheMail(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		d.write(mail.Message{Key: "a", Person: p.ID})
		d.write(mail.Message{Key: "b", Person: p.ID})
		d.post.behave(only("RSET", hangUp))
		if n, err := d.Once(d.program()); n != 2 || err != nil {
			t.Errorf("%d were sent, %v", n, err)
		}
		if n := len(d.post.taken()); n != 2 {
			t.Errorf("%d arrived", n)
		}
	})
}

// While a server is slow, everybody else writes: on SQLite a transaction that stays open would hold all of them up.
func TestASlowMailServerHoldsNobodyUp(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		d.write(mail.Message{Key: "a", Person: p.ID})
		reached, goOn := make(chan bool, 1), make(chan bool)
		d.post.behave(func(verb, _ string) string {
			if verb == "RCPT" {
				reached <- true
				<-goOn
			}
			return ""
		})
		done := make(chan int)
		go func() { n, _ := d.other().Once(d.program()); done <- n }()
		<-reached
		start := time.Now()
		d.write(mail.Message{Key: "b", Person: p.ID})
		took := time.Since(start)
		d.post.behave(nil)
		close(goOn)
		if n := <-done; n != 2 || took > 2*time.Second {
			t.Errorf("%d were sent; writing took %s", n, took)
		}
	})
}

func TestASilentMailServerIsGivenUpOn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.Patience = 200 * time.Millisecond
		d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID})
		stuck := make(chan bool)
		t.Cleanup(func() { close(stuck) })
		d.post.behave(func(verb, _ string) string {
			if verb == "HELLO" {
				<-stuck
			}
			return ""
		})
		if _, err := d.Once(d.program()); err == nil {
			t.Error("nothing was said of it")
		}
		d.is(term.MailWaiting, 0)
	})
}

func TestTheSenderFinishesWhatIsUnderWayWhenItIsStopped(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		p := d.person("ann@example.org")
		d.write(mail.Message{Key: "a", Person: p.ID})
		d.write(mail.Message{Key: "b", Person: p.ID})
		ctx, stop := context.WithCancel(d.program())
		d.post.behave(func(verb, _ string) string {
			if verb == "END" {
				stop()
			}
			return ""
		})
		done := make(chan bool)
		go func() { d.Run(ctx); close(done) }()
		<-done
		sent, err := mail.List(d.program(), d.Store, term.MailSent, 10)
		ok(t, err)
		if len(sent) != 1 || len(d.post.taken()) != 1 {
			t.Errorf("%d arrived and %d are kept as sent", len(d.post.taken()), len(sent))
		}
		d.post.behave(nil)
		if d.once() != 1 || len(d.post.taken()) != 2 {
			t.Errorf("%d arrived in all", len(d.post.taken()))
		}
	})
}

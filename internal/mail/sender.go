package mail

import (
	"context"
	"log/slog"
	"time"

	"adam/ent"
	"adam/ent/grant"
	"adam/ent/mail"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
)

const (
	pause      = 10 * time.Second // between two looks at the outbox
	longPause  = time.Minute      // after a look that found no mail server
	patience   = 30 * time.Second // for connecting, and again for each mail
	unsureFrom = 10 * time.Minute // an answer that has not come by then comes no more: patience is far shorter
	firstWait  = time.Minute      // after the first failure; each further one doubles it
	longWait   = 6 * time.Hour
)

// Sender sends what is in the outbox. Any number of them, in any number of servers, may work on one database: each mail
// is sent by one of them, once. Use it by pointer.
type Sender struct {
	Store  *store.Store
	SMTP   SMTP
	Now    func() time.Time
	Logger *slog.Logger
	// Patience is how long the mail server may take to let in, and again for each mail; 0 means half a minute. It must be
	// well below ten minutes, after which a mail without an answer is UNSURE.
	Patience time.Duration
}

// Run sends until ctx ends, and finishes the mail that is under way by then. It logs when the mail server fails and when it
// is back, not each try. For the program.
func (s *Sender) Run(ctx context.Context) {
	failing := false
	for {
		_, err := s.Once(ctx)
		wait := pause
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			wait = longPause
			if !failing {
				s.Logger.Warn("e-mails cannot be sent now; they stay in the outbox and are tried again", slog.Any("error", err))
			}
		case failing:
			s.Logger.Info("e-mails are sent again")
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// Once sends what is due and tells how many mails the server took. It ends early where ctx ends or the mail server does
// not let it in: that is about every mail, and the others need not wait for it. For the program.
func (s *Sender) Once(ctx context.Context) (sent int, err error) {
	ctx = inside(ctx)
	if err := s.doubt(ctx); err != nil {
		return 0, err
	}
	line := &line{SMTP: s.SMTP, patience: s.Patience}
	if line.patience == 0 {
		line.patience = patience
	}
	defer line.hangUp()
	for ctx.Err() == nil {
		m, err := s.claim(ctx)
		if err != nil || m == nil {
			return sent, err
		}
		r, err := s.deliver(ctx, line, m)
		// Whatever was done is kept, also where the program is being stopped.
		if err := s.keep(context.WithoutCancel(ctx), m, r); err != nil {
			return sent, err
		}
		if r.status == term.MailSent {
			sent++
		}
		if err != nil {
			return sent, err
		}
	}
	return sent, ctx.Err()
}

// doubt marks what was handed to a mail server by a program that never kept the answer. It is not sent again by itself:
// nobody knows whether it arrived, and nothing is sent twice.
func (s *Sender) doubt(ctx context.Context) error {
	return s.Store.Client.Mail.Update().Where(mail.StatusEQ(term.MailSending), mail.NextAtLTE(s.now())).SetStatus(term.MailUnsure).
		SetTrouble("The program was stopped before the mail server answered. It may have arrived: ask, and send it again where it did not.").Exec(ctx)
}

// claim takes the mail that is due for longest, in one statement that only one of many senders can make; nil where nothing
// is due. While it is being sent, next_at is when its answer has been waited for long enough.
func (s *Sender) claim(ctx context.Context) (*ent.Mail, error) {
	for {
		now := s.now()
		m, err := s.Store.Client.Mail.Query().Where(mail.StatusEQ(term.MailWaiting), mail.NextAtLTE(now)).
			Order(ent.Asc(mail.FieldNextAt, mail.FieldID)).First(ctx)
		if ent.IsNotFound(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		n, err := s.Store.Client.Mail.Update().Where(mail.ID(m.ID), mail.StatusEQ(term.MailWaiting), mail.Attempts(m.Attempts)).
			SetStatus(term.MailSending).SetAttempts(m.Attempts + 1).SetNextAt(s.after(unsureFrom)).Save(ctx)
		if err != nil {
			return nil, err
		}
		if n == 1 {
			m.Attempts++
			return m, nil
		}
	}
}

// deliver checks once more whether the mail may be sent, and sends it. err tells that the mail server lets nobody in, or
// that the working store does not answer.
func (s *Sender) deliver(ctx context.Context, line *line, m *ent.Mail) (result, error) {
	to, refusal, err := s.mayGet(ctx, m)
	if err != nil {
		return waiting("The database did not answer."), err
	}
	if refusal != "" {
		return result{term.MailDropped, refusal}, nil
	}
	if err := line.dial(ctx); err != nil {
		return waiting("The mail server did not let the program in."), err
	}
	return line.send(m, to, s.Now()), nil
}

// mayGet gives the address of the mail's person, or a sentence on why she gets it no more: what was hers when the mail was
// written need not be now.
func (s *Sender) mayGet(ctx context.Context, m *ent.Mail) (to, refusal string, err error) {
	p, err := s.Store.Client.Person.Get(ctx, m.Person)
	switch {
	case ent.IsNotFound(err):
		return "", "There is no such person.", nil
	case err != nil:
		return "", "", err
	case p.ErasedAt != "":
		return "", "The person was erased.", nil
	case p.Disabled:
		return "", "The account of the person is disabled.", nil
	}
	if m.GrantID != 0 {
		held, err := s.Store.Client.Grant.Query().Where(grant.ID(m.GrantID), grant.PersonID(p.ID), people.Holds(s.now())).Exist(ctx)
		if err != nil {
			return "", "", err
		}
		if !held {
			return "", "The person has lost the role for which it was written.", nil
		}
	}
	if m.CycleID != 0 {
		c, err := s.Store.Client.ReviewCycle.Get(ctx, m.CycleID)
		if ent.IsNotFound(err) || err == nil && c.Status == term.Suspended {
			return "", "The review that it is about is suspended.", nil
		}
		if err != nil {
			return "", "", err
		}
	}
	return p.Email, "", nil
}

// result is what became of one try.
type result struct {
	status  term.MailStatus
	trouble string
}

func waiting(trouble string) result { return result{term.MailWaiting, trouble} }

// keep keeps the result of a try. A database that is being restarted is asked again for a few seconds: without the
// result the mail would be UNSURE.
func (s *Sender) keep(ctx context.Context, m *ent.Mail, r result) (err error) {
	for try := range 5 {
		if try > 0 {
			time.Sleep(time.Second)
		}
		if err = s.settle(ctx, m, r); err == nil {
			break
		}
	}
	level := slog.LevelInfo
	switch r.status {
	case term.MailSent:
		return err
	case term.MailWaiting:
		level = slog.LevelDebug // it is tried again for days, if need be
	}
	s.Logger.Log(ctx, level, "an e-mail was not sent", slog.String("mail", m.ID.String()), slog.String("status", string(r.status)), slog.String("trouble", r.trouble))
	return err
}

// settle writes the result of a try. The number of the try guards it: a late answer changes nothing of a later try, but
// that it was sent counts also where the answer was no longer waited for.
func (s *Sender) settle(ctx context.Context, m *ent.Mail, r result) error {
	u := s.Store.Client.Mail.Update().Where(mail.ID(m.ID), mail.Attempts(m.Attempts)).SetStatus(r.status)
	if r.status == term.MailSent {
		return u.SetSentAt(s.now()).SetBody("").ClearTrouble().Exec(ctx)
	}
	if r.status == term.MailWaiting {
		u.SetNextAt(s.after(backOff(m.Attempts)))
	}
	return u.Where(mail.StatusEQ(term.MailSending)).SetTrouble(r.trouble).Exec(ctx)
}

// backOff is how long a mail waits after so many failures: a minute, doubled each time up to six hours, for ever.
func backOff(failures int) time.Duration {
	wait := firstWait
	for ; failures > 1 && wait < longWait; failures-- {
		wait *= 2
	}
	return min(wait, longWait)
}

func (s *Sender) now() term.Instant { return term.InstantOf(s.Now()) }

func (s *Sender) after(d time.Duration) term.Instant { return term.InstantOf(s.Now().Add(d)) }

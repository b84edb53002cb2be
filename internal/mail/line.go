package mail

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"adam/ent"
	"adam/internal/term"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// line is a connection to the mail server, made when the first mail needs it and kept for those that follow.
type line struct {
	SMTP
	patience time.Duration
	client   *gomail.Client
	open     *smtp.Client // nil while there is no connection
}

// policies are the ways of STARTTLS in the library's terms.
var policies = map[Security]gomail.TLSPolicy{
	Offered: gomail.TLSOpportunistic, Required: gomail.TLSMandatory, Implicit: gomail.NoTLS, Plain: gomail.NoTLS,
}

// dial connects, greets and signs in, unless that was done already. Nothing of a mail has been said when it fails.
func (l *line) dial(ctx context.Context) error {
	if l.open != nil {
		return nil
	}
	// Without NOOP the deadline is set anew before each mail.
	options := []gomail.Option{gomail.WithPort(l.Port), gomail.WithTimeout(l.patience), gomail.WithTLSPolicy(policies[l.Security]), gomail.WithoutNoop()}
	if l.Security == Implicit {
		options = append(options, gomail.WithSSL())
	}
	if l.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(l.User), gomail.WithPassword(l.Password))
	}
	client, err := gomail.NewClient(l.Host, options...)
	if err != nil {
		return fmt.Errorf("prepare for the mail server: %w", err)
	}
	open, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("the mail server %s: %w", l.SMTP, err)
	}
	l.client, l.open = client, open
	return nil
}

// hangUp ends the connection. What the server says to it changes nothing.
func (l *line) hangUp() {
	if l.open != nil {
		_ = l.client.CloseWithSMTPClient(l.open)
		l.open = nil
	}
}

// send hands one mail to the server and reads its answer. After anything but success the next mail gets a connection of its
// own.
func (l *line) send(m *ent.Mail, to string, now time.Time) result {
	msg, err := l.letter(m, to, now)
	if err != nil {
		return result{term.MailDropped, "The address of the person is none that a mail server understands."}
	}
	err = l.client.SendWithSMTPClient(l.open, msg)
	if err == nil {
		return result{status: term.MailSent}
	}
	l.hangUp()
	if msg.IsDelivered() { // only what followed went wrong
		return result{status: term.MailSent}
	}
	return judge(err)
}

// letter is the mail as it is sent: plain text in UTF-8, marked so that no robot answers it, with an identifier that stays
// the same if it is ever sent again.
func (l *line) letter(m *ent.Mail, to string, now time.Time) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&l.From)
	if err := msg.To(to); err != nil {
		return nil, err
	}
	msg.SetMessageIDWithValue(m.ID.String() + "@" + l.domain())
	msg.SetDateWithValue(now)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	return msg, nil
}

// judge says what an error of sending means. The words of the server are not kept: they hold addresses.
//
//   - No answer after the whole mail was handed over: nobody knows whether it arrived, so it is UNSURE.
//   - 5xx to the recipient or to the mail itself: it is DROPPED, since trying again would change nothing.
//   - All else is about the server, the connection or its configuration, or is temporary (4xx): it waits.
func judge(err error) result {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return waiting("The connection to the mail server broke off.")
	}
	code := e.ErrorCode()
	if code == 0 && e.Reason == gomail.ErrSMTPDataClose {
		return result{term.MailUnsure, "The mail server did not answer after it had the whole mail. It may have arrived: ask, and send it again where it did not."}
	}
	if code == 0 {
		return waiting("The connection to the mail server broke off or was too slow.")
	}
	said := fmt.Sprint(code)
	if x := e.EnhancedStatusCode(); x != "" {
		said += " " + x
	}
	switch {
	case code < 500:
		return waiting("The mail server put it off (" + said + ").")
	case e.Reason == gomail.ErrSMTPRcptTo && !aboutUs(code, e.EnhancedStatusCode()):
		return result{term.MailDropped, "The mail server refused the recipient (" + said + ")."}
	case e.Reason == gomail.ErrSMTPDataClose:
		return result{term.MailDropped, "The mail server refused the mail (" + said + ")."}
	}
	return waiting("The mail server refused the program (" + said + "): see --smtp.")
}

// aboutUs tells refusals that are about who sends, though they come as an answer to the recipient: signing in is needed
// first (530, 535, 538), or a policy of the server, such as relaying (x.7.x).
func aboutUs(code int, enhanced string) bool {
	return code == 530 || code == 535 || code == 538 || strings.HasPrefix(enhanced, "5.7.")
}

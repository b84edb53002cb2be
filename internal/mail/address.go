package mail

import (
	"fmt"
	"log/slog"
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	"adam/internal/fault"
)

// Security is how the connection to a mail server is encrypted.
type Security string

// The ways. Whatever is chosen, a password as it is goes over an encrypted connection only.
const (
	Offered  Security = "offered"  // STARTTLS where the server offers it
	Required Security = "required" // STARTTLS, or nothing is sent
	Implicit Security = "implicit" // TLS from the first byte: smtps://
	Plain    Security = "none"     // for a relay on this machine whose certificate nobody can check
)

// SMTP is a mail server and how to speak to it. Printed or logged it shows no password.
type SMTP struct {
	Host           string
	Port           int
	User, Password string // both "" where the server asks for none
	Security       Security
	From           mail.Address // the sender of every mail
}

// String is the server without the password.
func (s SMTP) String() string { return fmt.Sprintf("%s:%d (TLS %s)", s.Host, s.Port, s.Security) }

// GoString is the same, so that no way of printing shows the password.
func (s SMTP) GoString() string { return s.String() }

// LogValue is the same for logs.
func (s SMTP) LogValue() slog.Value { return slog.StringValue(s.String()) }

// domain is that of the sender: identifiers of mails are made with it.
func (s SMTP) domain() string { return s.From.Address[strings.LastIndexByte(s.From.Address, '@')+1:] }

// ParseURL reads the address of a mail server:
//
//	smtp://user:password@host:587?from=adam@example.org
//
// The port is 587 where none is given, 465 for smtps://, which is TLS from the first byte. tls is offered (STARTTLS where
// the server offers it; so where nothing is said), required, or none. from may have a name: ADAM <adam@example.org>, with
// its signs escaped as in any URL. Mistakes give INVALID; no sentence repeats the address, which may hold a password.
func ParseURL(address string) (SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.Fragment != "" {
		return SMTP{}, wrong("It is not understood")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return SMTP{}, wrong("What follows the question mark is not understood")
	}
	for name := range q {
		if name != "from" && name != "tls" {
			return SMTP{}, wrong("After the question mark it has something else than from and tls")
		}
	}
	s := SMTP{Host: u.Hostname(), User: u.User.Username()}
	s.Password, _ = u.User.Password()
	if (s.User == "") != (s.Password == "") {
		return SMTP{}, wrong("A user and a password go together; escape what is special in them, @ as %40")
	}
	if s.Security, err = security(u.Scheme, q.Get("tls")); err != nil {
		return SMTP{}, err
	}
	if s.Port, err = port(u); err != nil {
		return SMTP{}, err
	}
	from, err := mail.ParseAddress(q.Get("from"))
	if err != nil {
		return SMTP{}, wrong("It does not say who sends: from is missing or is no e-mail address")
	}
	s.From = *from
	return s, nil
}

func security(scheme, tls string) (Security, error) {
	switch s := Security(tls); {
	case scheme == "smtps" && (s == "" || s == Required):
		return Implicit, nil
	case scheme == "smtps":
		return "", wrong("smtps is always encrypted, so it takes no other tls than required")
	case s == "":
		return Offered, nil
	case s == Offered || s == Required || s == Plain:
		return s, nil
	}
	return "", wrong("tls is offered, required or none")
}

func port(u *url.URL) (int, error) {
	switch {
	case u.Port() != "":
		n, err := strconv.Atoi(u.Port())
		if err != nil || n < 1 || n > 65535 {
			return 0, wrong("A port is a number from 1 to 65535")
		}
		return n, nil
	case u.Scheme == "smtps":
		return 465, nil
	}
	return 587, nil
}

// wrong says what is wrong with an address without repeating any of it.
func wrong(what string) *fault.Error {
	return fault.New(fault.Invalid, "The address of the mail server cannot be used. %s. Write it as smtp://user:password@host:587?from=adam@example.org.", what).At("smtp")
}

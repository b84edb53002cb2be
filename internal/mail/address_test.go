package mail_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"adam/internal/fault"
	"adam/internal/mail"
)

func TestAnAddressOfAMailServerIsRead(t *testing.T) {
	for address, want := range map[string]string{
		"smtp://host?from=a@example.org":                                   "host 587 offered '' '' <a@example.org>",
		"smtp://u:p@host:25?from=a@example.org":                            "host 25 offered 'u' 'p' <a@example.org>",
		"smtp://u%40x:p%3A%2F%40@host/?from=a@example.org&tls=required":    "host 587 required 'u@x' 'p:/@' <a@example.org>",
		"smtps://u:p@host?from=ADAM+%3Ca@example.org%3E":                   `host 465 implicit 'u' 'p' "ADAM" <a@example.org>`,
		"smtps://host:4465?from=a@example.org&tls=required":                "host 4465 implicit '' '' <a@example.org>",
		"smtp://[::1]:2525?from=a@example.org&tls=none":                    "::1 2525 none '' '' <a@example.org>",
		"smtp://host:587?tls=offered&from=" + "%22A%2C%20B%22%20%3Ca@x%3E": `host 587 offered '' '' "A, B" <a@x>`,
	} {
		s, err := mail.ParseURL(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if got := fmt.Sprintf("%s %d %s '%s' '%s' %s", s.Host, s.Port, s.Security, s.User, s.Password, &s.From); got != want {
			t.Errorf("%s is %s; expected %s", address, got, want)
		}
	}
}

func TestAnAddressThatIsNoneSaysWhatIsWrongAndNoPassword(t *testing.T) {
	for address, says := range map[string]string{
		"":                                     "not understood",
		"host:587":                             "not understood",
		"http://u:secret@host?from=a@x":        "not understood",
		"smtp://?from=a@x":                     "not understood",
		"smtp://u:secret@host/path?from=a@x":   "not understood",
		"smtp://u:secret@host:port?from=a@x":   "not understood",
		"smtp://u:sec ret@host?from=a@x":       "not understood",
		"smtp://u:secret@host:0?from=a@x":      "A port is a number from 1 to 65535",
		"smtp://u:secret@host:65536?from=a@x":  "A port is a number from 1 to 65535",
		"smtp://u:secret@host":                 "from is missing",
		"smtp://u:secret@host?from=adam":       "from is missing or is no e-mail address",
		"smtp://u@host?from=a@x":               "A user and a password go together",
		"smtp://:secret@host?from=a@x":         "A user and a password go together",
		"smtp://u:secret@host?from=a@x&tls=no": "tls is offered, required or none",
		"smtps://host?from=a@x&tls=none":       "smtps is always encrypted",
		"smtp://u:secret@host?from=a@x&fro=b":  "something else than from and tls",
		"smtp://u:secret@host?from=%zz":        "What follows the question mark",
	} {
		_, err := mail.ParseURL(address)
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || !strings.Contains(f.Sentence, says) || !strings.Contains(f.Sentence, "smtp://user:password@host:587?from=") {
			t.Errorf("%s gives %v; expected %q", address, err, says)
		}
		if strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("the password is shown: %v", err)
		}
	}
}

func TestNoWayOfPrintingShowsThePassword(t *testing.T) {
	s, err := mail.ParseURL("smtps://u:secret@host?from=a@example.org")
	ok(t, err)
	var text, json strings.Builder
	slog.New(slog.NewTextHandler(&text, nil)).Info("x", "smtp", s, "pointer", &s)
	slog.New(slog.NewJSONHandler(&json, nil)).Info("x", "smtp", s, "pointer", &s)
	for _, got := range []string{fmt.Sprint(s), fmt.Sprintf("%+v %#v %s", s, s, s), fmt.Sprintf("%v %#v", &s, &s), text.String(), json.String()} {
		if strings.Contains(got, "secret") {
			t.Errorf("the password is shown: %s", got)
		}
	}
}

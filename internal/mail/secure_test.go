package mail_test

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"encoding/pem"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"adam/internal/mail"
	"adam/internal/term"
)

// certificate is one for 127.0.0.1, and the file with which a program trusts it.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.StartTLS()
	t.Cleanup(s.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	ok(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600))
	return &tls.Config{Certificates: s.TLS.Certificates}, file
}

// The sender is a process of its own: a program reads whom to trust once.
func TestAnEncryptedServerIsSignedInTo(t *testing.T) {
	eachAt(t, func(t *testing.T, d *desk, address string) {
		d.write(mail.Message{Key: "k", Person: d.Store.Client.Person.Query().OnlyX(d.program()).ID})
		config, trust := certificate(t)
		p := &post{t: t, tls: config, conns: map[net.Conn]bool{}}
		p.openAt("127.0.0.1:0")
		t.Cleanup(p.close)
		var signedIn atomic.Value
		p.behave(func(verb, line string) string {
			switch verb {
			case "EHLO":
				return "250-post.example.org\r\n250 AUTH PLAIN"
			case "AUTH":
				signedIn.Store(line)
				return "235 welcome"
			}
			return ""
		})
		smtps := "smtps://adam:se%40cret@" + p.address + "?from=adam@example.org"
		if said := <-release(t, "send", address, p, killSMTP+"="+smtps, "SSL_CERT_FILE="+trust).said; said != "done <nil>" {
			t.Fatal(said)
		}
		if want := "PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00adam\x00se@cret")); signedIn.Load() != want || len(p.taken()) != 1 {
			t.Errorf("it signed in with %q; %d arrived", signedIn.Load(), len(p.taken()))
		}
		if m := d.only(); m.Status != term.MailSent {
			t.Errorf("the mail is %s", m.Status)
		}
	})
}

// Neither a mail nor a password goes where it could be read on the way, though it was to be protected.
func TestWhatCannotBeProtectedIsNotSent(t *testing.T) {
	config, _ := certificate(t)
	for what, tt := range map[string]struct {
		address func(host string) string
		tls     *tls.Config
	}{
		"no STARTTLS though it is required":     {func(host string) string { return "smtp://" + host + "?from=adam@example.org&tls=required" }, nil},
		"a password without encryption":         {func(host string) string { return "smtp://adam:secret@" + host + "?from=adam@example.org" }, nil},
		"a certificate of nobody that is known": {func(host string) string { return "smtps://adam:secret@" + host + "?from=adam@example.org" }, config},
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				var log bytes.Buffer
				d.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
				d.write(mail.Message{Key: "k", Person: d.person("ann@example.org").ID})
				p := &post{t: t, tls: tt.tls, conns: map[net.Conn]bool{}}
				p.openAt("127.0.0.1:0")
				t.Cleanup(p.close)
				var said atomic.Value
				p.behave(func(verb, line string) string {
					if verb == "EHLO" {
						return "250-post.example.org\r\n250 AUTH PLAIN LOGIN"
					}
					if verb != "HELLO" && verb != "QUIT" {
						said.Store(verb + " " + line)
					}
					return ""
				})
				var err error
				d.SMTP, err = mail.ParseURL(tt.address(p.address))
				ok(t, err)
				_, err = d.Once(d.program())
				if err == nil || said.Load() != nil || strings.Contains(err.Error()+log.String(), "secret") {
					t.Errorf("it ended with %v; the server heard %v; the log is %s", err, said.Load(), log.String())
				}
				d.is(term.MailWaiting, 0)
			})
		})
	}
}

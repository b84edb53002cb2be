package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// letterbox is a mail server on loopback that takes everything and gives each mail to the channel.
func letterbox(t *testing.T) (address string, taken <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	box := make(chan string, 10)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go take(c, box)
		}
	}()
	return l.Addr().String(), box
}

func take(c net.Conn, box chan<- string) {
	defer c.Close()
	fmt.Fprint(c, "220 box\r\n")
	for in := bufio.NewScanner(c); in.Scan(); {
		verb, _, _ := strings.Cut(in.Text(), " ")
		switch verb {
		case "DATA":
			fmt.Fprint(c, "354 go on\r\n")
			var text strings.Builder
			for in.Scan() && in.Text() != "." {
				text.WriteString(in.Text() + "\n")
			}
			box <- text.String()
			fmt.Fprint(c, "250 taken\r\n")
		case "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

// adam runs a command and gives what it wrote to both sides, and its exit code.
func adam(t *testing.T, args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), args, &out, &out)
	return out.String(), code
}

// The whole way: a mail is committed while no mail server is given, listed, sent by a server that has one, and kept as sent.
func TestServeSendsWhatIsInTheOutbox(t *testing.T) {
	db, editions := testdb.Address(t, dialect.SQLite), t.TempDir()
	w := working{DB: db, Editions: editions}
	st, _, err := w.prepare(testdb.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	_, p, err := people.New(st, time.Now).Invite(testdb.Context(t), people.Invitation{Email: "ann@example.org", Role: access.Member})
	if err == nil {
		err = st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
			return mail.Write(ctx, tx, mail.Message{Key: "k", Person: p.ID, Subject: "Review due", Body: "Please."}, time.Now())
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	if said, code := adam(t, "mail", "list", "--db", db); code != 0 || !strings.Contains(said, "WAITING") || !strings.Contains(said, "ann@example.org") || strings.Contains(said, "Please.") {
		t.Errorf("the list ends with %d:\n%s", code, said)
	}
	address, taken := letterbox(t)
	ctx, stop := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	var log bytes.Buffer
	serving.Go(func() {
		if code := run(ctx, []string{"serve", "--db", db, "--editions", editions, "--addr", freeAddress(t), "--smtp", "smtp://" + address + "?from=adam@example.org"}, &bytes.Buffer{}, &log); code != 0 {
			t.Errorf("serve ended with %d: %s", code, log.String())
		}
	})
	select {
	case text := <-taken:
		if !strings.Contains(text, "Subject: Review due") || !strings.Contains(text, "Please.") {
			t.Errorf("what arrived is\n%s", text)
		}
	case <-time.After(time.Minute):
		t.Error("nothing arrived")
	}
	stop()
	serving.Wait()
	said, code := adam(t, "mail", "list", "--db", db, "--status", "sent")
	if code != 0 || !strings.Contains(said, "Review due") || strings.Contains(log.String(), "stay in the outbox") {
		t.Errorf("the list ends with %d:\n%s\nthe log is\n%s", code, said, log.String())
	}
	id, _, _ := strings.Cut(strings.Split(said, "\n")[1], " ")
	if said, code := adam(t, "mail", "retry", "--db", db, id); code != 1 || !strings.Contains(said, "This e-mail is SENT.") {
		t.Errorf("retry ends with %d: %s", code, said)
	}
}

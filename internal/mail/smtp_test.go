package mail_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"

	"adam/internal/mail"
)

// letter is what a mail server has taken.
type letter struct{ from, to, data string }

// post is a small mail server on loopback. It keeps what it takes, and does what the test wants at a verb.
type post struct {
	t        testing.TB
	mu       sync.Mutex
	listener net.Listener
	address  string
	conns    map[net.Conn]bool
	box      []letter
	tls      *tls.Config // nil where the server speaks openly
	// at gives the answer to a verb: HELLO when somebody calls, EHLO, MAIL, RCPT, DATA, END after the mail. "" is the
	// usual one and hangUp breaks the connection off.
	at func(verb, line string) string
}

const hangUp = "hang up"

func newPost(t testing.TB) *post {
	t.Helper()
	p := &post{t: t, conns: map[net.Conn]bool{}}
	p.openAt("127.0.0.1:0")
	t.Cleanup(p.close)
	return p
}

// openAt begins to listen; open does so where it did before.
func (p *post) openAt(address string) {
	p.t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		p.t.Fatal(err)
	}
	if p.tls != nil {
		l = tls.NewListener(l, p.tls)
	}
	p.mu.Lock()
	p.listener, p.address = l, l.Addr().String()
	p.mu.Unlock()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.mu.Lock()
			p.conns[c] = true
			p.mu.Unlock()
			go p.talk(c)
		}
	}()
}

func (p *post) open() { p.openAt(p.address) }

// close stops to listen and breaks off what is under way.
func (p *post) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.listener.Close()
	for c := range p.conns {
		_ = c.Close()
	}
}

// behave says what the server does at a verb from now on.
func (p *post) behave(at func(verb, line string) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = at
}

// answer is what the server says, and whether it goes on.
func (p *post) answer(c net.Conn, verb, line, usual string) (string, bool) {
	p.mu.Lock()
	at := p.at
	p.mu.Unlock()
	said := usual
	if at != nil {
		if own := at(verb, line); own != "" {
			said = own
		}
	}
	if said == hangUp {
		return "", false
	}
	_, err := fmt.Fprintf(c, "%s\r\n", said)
	return said, err == nil
}

func (p *post) talk(c net.Conn) {
	defer c.Close()
	if _, on := p.answer(c, "HELLO", "", "220 post.example.org"); !on {
		return
	}
	usual := map[string]string{"EHLO": "250-post.example.org\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES", "DATA": "354 go on", "QUIT": "221 bye"}
	var l letter
	for in := bufio.NewScanner(c); in.Scan(); {
		verb, rest, _ := strings.Cut(in.Text(), " ")
		verb = strings.ToUpper(verb)
		said := usual[verb]
		if said == "" {
			said = "250 2.0.0 ok"
		}
		said, on := p.answer(c, verb, rest, said)
		if !on || verb == "QUIT" {
			return
		}
		switch taken := said[0] < '4'; {
		case taken && verb == "MAIL":
			l = letter{from: rest}
		case taken && verb == "RCPT":
			l.to = strings.TrimSuffix(strings.TrimPrefix(rest, "TO:<"), ">")
		case taken && verb == "DATA":
			if !p.read(c, in, l) {
				return
			}
		}
	}
}

// read takes a mail up to its end. It is kept before the answer is given, as real servers do.
func (p *post) read(c net.Conn, in *bufio.Scanner, l letter) bool {
	for in.Scan() && in.Text() != "." {
		l.data += in.Text() + "\n"
	}
	p.mu.Lock()
	at := p.at
	p.mu.Unlock()
	refused := false
	if at != nil {
		refused = strings.HasPrefix(at("JUDGE", ""), "5")
	}
	if !refused {
		p.mu.Lock()
		p.box = append(p.box, l)
		p.mu.Unlock()
	}
	_, on := p.answer(c, "END", "", "250 2.0.0 taken")
	return on
}

// taken is what has arrived.
func (p *post) taken() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.box...)
}

// smtp is how to reach the server.
func (p *post) smtp() mail.SMTP {
	p.t.Helper()
	s, err := mail.ParseURL("smtp://" + p.address + "?from=ADAM+%3Cadam@example.org%3E")
	if err != nil {
		p.t.Fatal(err)
	}
	return s
}

// only answers so at one verb.
func only(verb, said string) func(string, string) string {
	return func(v, _ string) string {
		if v == verb || verb == "END" && v == "JUDGE" {
			return said
		}
		return ""
	}
}

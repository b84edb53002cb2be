package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/internal/store"

	"entgo.io/ent/dialect"
)

// killRuns is how many servers are killed at a random moment on each engine, beside those that are killed at a certain one;
// ADAM_KILL_RUNS asks for more.
const killRuns = 2

// moment is when a server is killed that was told to publish.
type moment struct {
	name  string
	table string // a row of this table is never written: the transaction hangs there
	come  func(*attempt)
}

// moments are those that a publication goes through, in order, and some at random.
func (p *publication) moments() []moment {
	stuck := func(*attempt) { time.Sleep(2*p.answering + 100*time.Millisecond) }
	all := []moment{
		{"while the verifications are written", "record_verifications", stuck},
		{"at the last row before the commit", "once_keys", stuck},
		{"as soon as the commit is seen", "", func(a *attempt) { a.until(func() bool { return a.announced() != "" }) }},
		{"while the edition is cut", "", func(a *attempt) { a.until(func() bool { return len(a.unfinished()) > 0 }) }},
		{"as soon as it was answered", "", func(a *attempt) { <-a.over }},
		{"as soon as the edition is made", "", func(a *attempt) { a.until(func() bool { return a.announced() == "PUBLISHED" }) }},
	}
	runs := killRuns
	if n, err := strconv.Atoi(os.Getenv("ADAM_KILL_RUNS")); err == nil && n > 0 {
		runs = n
	}
	for i := range runs {
		within := []time.Duration{2 * p.answering, p.making}[i%2]
		d := time.Duration(rand.Int64N(int64(within)))
		all = append(all, moment{fmt.Sprint("after ", d.Round(time.Millisecond)), "", func(*attempt) { time.Sleep(d) }})
	}
	return all
}

// kill -9 at any moment of a publication: nothing of it is there, and publishing again works; or all of it is, and its
// edition is made by the next start.
func TestAPublicationThatIsKilledIsThereAsAWholeOrNotAtAll(t *testing.T) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) {
			p := completed(t, d)
			p.undisturbed(t)
			var mu sync.Mutex
			died := map[string]int{}
			t.Run("killed", func(t *testing.T) {
				for _, m := range p.moments() {
					t.Run(m.name, func(t *testing.T) {
						t.Parallel()
						where := p.kill(t, m)
						mu.Lock()
						defer mu.Unlock()
						died[where]++
					})
				}
			})
			t.Logf("a publication is answered after %s and its edition made after %s; servers died with it %v", p.answering.Round(time.Millisecond), p.making.Round(time.Millisecond), died)
			for _, where := range []string{notThere, notMade, made} {
				if died[where] == 0 && !t.Failed() {
					t.Errorf("no server died with the publication %s: %v", where, died)
				}
			}
		})
	}
}

// Where a server died.
const (
	notThere = "not there"
	notMade  = "there, its edition not made"
	made     = "there with its edition"
)

// attempt is one server on a copy of the database, with the publication that it was told to do.
type attempt struct {
	*testing.T
	*publication
	db, editions string
	zone         string // of its host; "" for that of the test's
	process      *exec.Cmd
	addr         string
	over         chan bool // closed when it has answered or died
	answered     string    // what it answered by then; "" where it did not
	working      *store.Store
}

// kill ends a server at a moment of the publication, starts another, and looks at what is there. It tells where it died.
func (p *publication) kill(t *testing.T, m moment) (where string) {
	db, editions := p.copied(t)
	box, taken := letterbox(t)
	a := &attempt{T: t, publication: p, db: db, editions: editions, over: make(chan bool)}
	let := a.hang(m.table)
	a.start("--smtp", "smtp://"+box+"?from=adam@example.org")
	go func() { defer close(a.over); a.answered = a.publish() }()
	m.come(a)
	_ = a.process.Process.Kill()
	_ = a.process.Wait()
	<-a.over
	let()
	where = a.where(m)
	a.start("--smtp", "smtp://"+box+"?from=adam@example.org")
	if said := a.publish(); !strings.Contains(said, `"PUBLISHED"`) {
		t.Errorf("sent again, it answers %s", said)
	}
	a.whole()
	once := map[string]int{}
	for len(taken) > 0 {
		once[subject(<-taken)]++
	}
	for letter, n := range once {
		if n > 1 {
			t.Errorf("%q was sent %d times", letter, n)
		}
	}
	return where
}

// where tells where the server died, and fails where the publication is there in part, or was said to be and is not.
func (a *attempt) where(m moment) string {
	a.Helper()
	now := a.stands()
	switch {
	case now == a.before:
		if strings.Contains(a.answered, `"PUBLISHED"`) {
			a.Errorf("lost: it had answered %s", a.answered)
		}
		return notThere
	case now != a.after:
		a.Errorf("in part: there are\n%s\nbefore it\n%s\nand after it\n%s", now, a.before, a.after)
	case m.table != "":
		a.Errorf("it was published though its transaction hung")
	}
	if a.announced() == "PUBLISHED" {
		return made
	}
	return notMade
}

// whole fails where not all of the publication is there, soon after the server has started.
func (a *attempt) whole() {
	a.Helper()
	a.until(func() bool { return a.announced() == "PUBLISHED" })
	if now := a.stands(); now != a.after {
		a.Errorf("there are\n%s\nexpected\n%s", now, a.after)
	}
	a.until(func() bool { return strings.Contains(a.ask("", shownLaw, nil), corrected) })
	if got := a.ask("", shownLaw, nil); !strings.Contains(got, corrected) {
		a.Errorf("the public reads %s", got)
	}
	for _, name := range []string{"0002-public.sqlite", "0002-members.sqlite"} {
		if _, err := os.Stat(filepath.Join(a.editions, name)); err != nil {
			a.Error(err)
		}
	}
	if left := a.unfinished(); len(left) > 0 {
		a.Errorf("%v are left", left)
	}
	if said, code := adam(a.T, "audit", "verify", "--db", a.db); code != 0 {
		a.Errorf("the log: %s", said)
	}
}

// until waits for something, at most a quarter of a minute.
func (a *attempt) until(come func() bool) {
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(3 * time.Millisecond) {
		if come() {
			return
		}
	}
}

// unfinished are files of editions that are being made.
func (a *attempt) unfinished() []string {
	found, _ := filepath.Glob(filepath.Join(a.editions, "*.tmp*"))
	return found
}

// start starts the program and waits until it answers.
func (a *attempt) start(more ...string) {
	a.Helper()
	a.addr = freeAddress(a.T)
	a.process = exec.Command("adam", append([]string{"serve", "--db", a.db, "--editions", a.editions, "--addr", a.addr}, more...)...)
	if a.zone != "" {
		a.process.Env = append(os.Environ(), "TZ="+a.zone)
	}
	var said bytes.Buffer
	a.process.Stdout, a.process.Stderr = &said, &said
	if err := a.process.Start(); err != nil {
		a.Fatal(err)
	}
	started := a.process
	a.Cleanup(func() {
		_ = started.Process.Kill()
		_ = started.Wait()
		if a.Failed() {
			a.Logf("a server said\n%s", said.String())
		}
	})
	answers(a.T, a.addr)
}

// publish asks for the publication, always as the same request, and gives the answer; "" where none came.
func (a *attempt) publish() string {
	return a.ask(a.second, `mutation($c: ID!) { publishChapter(input: {cycle: $c}) { cycle { status } edition { number } } }`, map[string]any{"c": a.cycle}, "Idempotency-Key", "publication")
}

// ask sends a query, with a token where there is one; "" where no answer came.
func (a *attempt) ask(token, query string, variables map[string]any, header ...string) string {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err) // they are this file's
	}
	r, err := http.NewRequestWithContext(context.WithoutCancel(a.Context()), http.MethodPost, "http://"+a.addr+"/graphql", bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		return ""
	}
	defer got.Body.Close()
	var text bytes.Buffer
	_, _ = text.ReadFrom(got.Body) // an answer that is cut off is none
	return text.String()
}

func subject(mail string) string {
	for line := range strings.Lines(mail) {
		if s, ok := strings.CutPrefix(line, "Subject: "); ok {
			return strings.TrimSpace(s)
		}
	}
	return mail
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/chapter"
	entedition "adam/ent/edition"
	"adam/ent/law"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// The law that the review corrects, and what it says afterwards.
const (
	lawKey    = "mdv-phta-2013"
	corrected = "Act No. 12/2013 as published"
	shownLaw  = `{ law(key: "` + lawKey + `") { number verification { status } } }`
)

// publication is a database with a review of the Maldives that the secretariat has completed, and another of it publishes.
type publication struct {
	engine, db, editions string
	second               string // token of who publishes
	cycle                string
	before, after        string        // what is there; see stands
	answering, making    time.Duration // how long it takes until it is answered, and until its edition is made
}

// completed takes a review to the point where it can be published: the secretariat enters what a letter says, and signs.
func completed(t *testing.T, engine string) *publication {
	t.Helper()
	p := &publication{engine: engine, db: testdb.Address(t, engine), editions: filepath.Join(t.TempDir(), "editions")}
	a := &attempt{T: t, publication: p, db: p.db, editions: p.editions}
	a.start()
	first := a.secretariat("first@example.org")
	p.second = a.secretariat("second@example.org")
	a.must(first, `mutation { openCycle(input: {chapter: "MDV"}) { cycle { id } } }`)
	a.must(first, `mutation { nominateFocalPoint(input: {chapter: "MDV", email: "focal@example.org", unit: "Ministry"}) { cycle { id } } }`)
	said := a.must(first, `{ chapter(code: "MDV") { currentCycle { id items(first: 100) { edges { node { id version own record { key } } } } } } }`)
	p.cycle = regexp.MustCompile(`"currentCycle":{"id":"([^"]*)"`).FindStringSubmatch(said)[1]
	var right []string
	for _, m := range regexp.MustCompile(`{"id":"([^"]*)","version":2,"own":(true|false),"record":{"key":"([^"]*)"}}`).FindAllStringSubmatch(said, -1) {
		switch id, own, key := m[1], m[2] == "true", m[3]; {
		case key == lawKey:
			a.must(first, `mutation { correctItem(input: {item: "`+id+`", version: 2, letter: "Letter 7", source: {title: "Gazette"}, law: {key: "`+key+`", version: 1, number: "`+corrected+`"}}) { item { id } } }`)
		case !own && len(right)%5 == 4:
			a.must(first, `mutation { disputeItem(input: {item: "`+id+`", version: 2, letter: "Letter 7", reason: "Unknown here."}) { item { id } } }`)
			right = append(right, "")
		default:
			right = append(right, `{id: "`+id+`", version: 2}`)
		}
	}
	for some := range slices.Chunk(right, 10) {
		a.must(first, `mutation { confirmItems(input: {letter: "Letter 7", items: [`+strings.Join(some, " ")+`]}) { cycle { id } } }`)
	}
	a.must(first, `mutation { addToCycle(input: {cycle: "`+p.cycle+`", letter: "Letter 7", law: {title: "Regulation on borders", state: "MDV", status: IN_FORCE, sources: [{title: "Gazette"}]}}) { item { id } } }`)
	a.must(first, `mutation { completeCycle(input: {cycle: "`+p.cycle+`", statement: "Right.", letter: "Letter 7"}) { cycle { id } } }`)
	a.verifiedElsewhere()
	if said, code := adam(t, "overlaps", "scan", "--all", "--db", p.db); code != 0 { // else a server finds them at some moment later
		t.Fatal(said)
	}
	p.before = a.stands()
	a.close()
	a.stop()
	return p
}

// secretariat makes an account with a token.
func (a *attempt) secretariat(email string) string {
	a.Helper()
	_, code := adam(a.T, "user", "add", "--email", email, "--role", "secretariat", "--db", a.db)
	said, code2 := adam(a.T, "token", "create", "--email", email, "--db", a.db)
	words := strings.Fields(said)
	if code+code2 != 0 {
		a.Fatal(said)
	}
	return words[len(words)-1]
}

// must asks for what must succeed.
func (a *attempt) must(token, query string) string {
	a.Helper()
	said := a.ask(token, query, nil)
	if said == "" || strings.Contains(said, `"errors"`) {
		a.Fatalf("%s\nanswers %s", query, said)
	}
	return said
}

// verifiedElsewhere lets another State have verified the law, so that publishing writes to its focal point; and lets an
// administrator come in, so that no server makes a link for the first one.
func (a *attempt) verifiedElsewhere() {
	a.Helper()
	st, ctx := a.store(), testdb.Context(a.T)
	k := people.New(st, time.Now)
	_, _, err := k.Invite(ctx, people.Invitation{Email: "other@example.org", Role: access.FocalPoint, Chapter: "LKA"})
	if err == nil {
		err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			l := tx.Law.Query().Where(law.Key(lawKey)).OnlyIDX(ctx)
			if _, err := tx.ExecContext(ctx, "UPDATE laws SET verified_status = 'VERIFIED' WHERE id = $1", l); err != nil {
				return err
			}
			return tx.RecordVerification.Create().SetRecordID(l).SetChapterID(tx.Chapter.Query().Where(chapter.Code("LKA")).OnlyIDX(ctx)).
				SetCycleID(term.NewID(term.KindReviewCycle)).SetRecordVersion(1).SetStatus(term.Verified).SetBy("Sri Lanka").
				SetVerifiedOn("2026-01-01").SetVerifiedUntil("2099-01-01").Exec(ctx)
		})
	}
	if err != nil {
		a.Fatal(err)
	}
	secret, _, err := k.FirstLink(ctx)
	if err == nil {
		_, err = k.Accept(ctx, secret, people.Acceptance{Email: "admin@example.org", Password: "several words put together"})
	}
	if err != nil {
		a.Fatal(err)
	}
}

// stop ends a server as an operator does, so that its database can be copied.
func (a *attempt) stop() {
	a.Helper()
	if err := a.process.Process.Signal(os.Interrupt); err != nil {
		a.Fatal(err)
	}
	if err := a.process.Wait(); err != nil {
		a.Fatal(err)
	}
}

// store opens the database beside the server.
func (a *attempt) store() *store.Store {
	a.Helper()
	if a.working == nil {
		st, err := store.Open(a.Context(), a.db)
		if err != nil {
			a.Fatal(err)
		}
		a.working = st
		a.Cleanup(a.close)
	}
	return a.working
}

func (a *attempt) close() {
	if a.working != nil {
		_ = a.working.Close()
		a.working = nil
	}
}

// announced is the status of the edition that publishes the review; "" where there is none.
func (a *attempt) announced() string {
	a.Helper()
	e, err := a.store().Client.Edition.Query().Where(entedition.Number(2)).Only(testdb.Context(a.T))
	if ent.IsNotFound(err) {
		return ""
	}
	if err != nil {
		a.Fatal(err)
	}
	return string(e.Status)
}

// stands is what is there of the review and its publication, whether or not its edition is made: how far it has come, and
// how many rows each table holds.
func (a *attempt) stands() string {
	a.Helper()
	var all bytes.Buffer
	if err := edition.Canonical(testdb.Context(a.T), a.store(), &all); err != nil {
		a.Fatal(err)
	}
	rows := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)"table":"(\w+)"}$`).FindAllSubmatch(all.Bytes(), -1) {
		rows[string(m[1])]++
	}
	ctx, c := testdb.Context(a.T), a.store().Client
	cycle, err := c.ReviewCycle.Query().Only(ctx)
	if err != nil {
		a.Fatal(err)
	}
	l, err := c.Law.Query().Where(law.Key(lawKey)).Only(ctx)
	if err != nil {
		a.Fatal(err)
	}
	return fmt.Sprintln(cycle.Status, cycle.PublishedOn != "", cycle.Edition, *l.Number, l.Version, l.VerifiedStatus, rows)
}

// undisturbed publishes without killing anything, so that it is known what is there afterwards, and how long it takes.
func (p *publication) undisturbed(t *testing.T) {
	t.Helper()
	db, editions := p.copied(t)
	a := &attempt{T: t, publication: p, db: db, editions: editions}
	a.start()
	begun := time.Now()
	if said := a.publish(); !strings.Contains(said, `"PUBLISHED"`) {
		t.Fatal(said)
	}
	p.answering = time.Since(begun)
	a.until(func() bool { return a.announced() == "PUBLISHED" })
	p.making = time.Since(begun)
	p.after = a.stands()
	a.whole()
	for _, table := range []string{"mails", "record_verifications", "disputes", "history_entries", "editions", "log_entries", "once_keys", "laws"} {
		if rowsOf(p.before, table) >= rowsOf(p.after, table) {
			t.Errorf("publishing wrote nothing into %s: before\n%s\nafter\n%s", table, p.before, p.after)
		}
	}
}

// rowsOf tells how many rows of a table stand in what stands tells.
func rowsOf(stands, table string) int {
	n := 0
	if m := regexp.MustCompile(`[ \[]` + table + `:(\d+)`).FindStringSubmatch(stands); m != nil {
		n, _ = strconv.Atoi(m[1])
	}
	return n
}

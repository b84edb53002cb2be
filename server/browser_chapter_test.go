package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/law"
	"adam/ent/rule"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

var shippedFiles = sync.OnceValues(func() (*seed.Files, error) { return seed.Check(seed.Read(seed.Shipped())) })

// chapterHouse is a whole server on localhost, with two editions of the shipped data: in between a law changed, one came,
// one went, and one was verified. What the second says of each is in the names of the sources.
func chapterHouse(t *testing.T) *house {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	h := houseOn(t, testdb.Store(t, dialect.SQLite), func(d *Doors) { d.BaseURL = "http://localhost:" + port })
	cat := &Catalogue{Shelf: h.shelfOfTwo(t.TempDir()), Accounts: true, BaseURL: h.doors.BaseURL, Built: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
	cfg := testConfig()
	cfg.BaseURL = h.doors.BaseURL
	h.fixture = newFixture(t, cfg, cat.Handlers(graph.Handler(time.Now, h.keeper, cfg.BaseURL), graph.SDL(), h.doors))
	srv := &http.Server{Handler: h.handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return h
}

// shelfOfTwo publishes the two editions.
func (h *house) shelfOfTwo(folder string) *edition.Shelf {
	h.t.Helper()
	ctx := h.program()
	must := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	files, err := shippedFiles()
	must(err)
	must(h.store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := seed.Load(ctx, tx, files)
		return err
	}))
	_, err = edition.Release(ctx, h.store, folder, "The shipped data.", time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	must(err)
	must(h.store.InTx(rule.WithReason(ctx, "A reason <for> the change."), changeLaws))
	_, err = h.store.DB.ExecContext(ctx, `UPDATE policies SET verified_status = 'VERIFIED', verified_by = 'A ministry', verified_on = '2026-11-25',
		verified_until = '2099-11-25' WHERE id IN (SELECT id FROM records WHERE kind = 'POLICY') AND key LIKE 'tha-%' AND title LIKE 'National Referral%'`)
	must(err)
	_, err = edition.Release(ctx, h.store, folder, "After the changes.", time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC))
	must(err)
	shelf := edition.NewShelf(folder, h.store)
	h.t.Cleanup(shelf.Close)
	must(shelf.Refresh(ctx))
	return shelf
}

// changeLaws changes a law of Thailand twice, takes one out, takes one in from another chapter, and changes an activity.
func changeLaws(ctx context.Context, tx *ent.Tx) error {
	find := func(key string) *ent.Law { return tx.Law.Query().Where(law.Key(key)).OnlyX(ctx) }
	changed := find("tha-atipa-2008")
	for _, number := range []string{"B.E. 2551 & more", "B.E. 2551 (2008)"} {
		if err := tx.Law.UpdateOneID(changed.ID).SetNumber(number).Exec(ctx); err != nil {
			return err
		}
	}
	if err := tx.Law.UpdateOneID(find("tha-transnational-organised-crime-act-2013").ID).SetWithdrawn(true).Exec(ctx); err != nil {
		return err
	}
	foreign := tx.Law.Query().Where(law.KeyHasPrefix("khm-")).Order(law.ByKey()).FirstX(ctx)
	if err := tx.Law.UpdateOneID(foreign.ID).AddInChapters(tx.Law.QueryInChapters(changed).OnlyX(ctx)).Exec(ctx); err != nil {
		return err
	}
	some := tx.Activity.Query().Where(activity.Key("rso-scam-conference-2025")).OnlyX(ctx)
	return tx.Activity.UpdateOneID(some.ID).ClearSummary().Exec(ctx)
}

var (
	aTag      = regexp.MustCompile(`<(/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^"<>])*)>`)
	anID      = regexp.MustCompile(`\sid="([^"]*)"`)
	noContent = []string{"br", "input", "link", "meta"}
)

// wellFormed fails where an element of a page is not closed by its own end, an id stands twice, or a sign is left over.
func wellFormed(t *testing.T, name, page string) {
	t.Helper()
	page = strings.Replace(page[strings.Index(page, ">")+1:], page[strings.Index(page, "<style>")+7:strings.Index(page, "</style>")], "", 1)
	var open, ids []string
	for _, m := range aTag.FindAllStringSubmatch(page, -1) {
		switch {
		case m[1] == "/" && (len(open) == 0 || open[len(open)-1] != m[2]):
			t.Fatalf("%s: </%s> closes %v", name, m[2], open)
		case m[1] == "/":
			open = open[:len(open)-1]
		case !slices.Contains(noContent, m[2]):
			open = append(open, m[2])
		}
		if id := anID.FindStringSubmatch(m[3]); id != nil {
			ids = append(ids, id[1])
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: %v are not closed", name, open)
	}
	if left := aTag.ReplaceAllString(page, ""); strings.ContainsAny(left, "<>") {
		t.Errorf("%s: a sign is left over near %.80q", name, left[strings.IndexAny(left, "<>"):])
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("%s: an id stands twice in %v", name, ids)
	}
}

// weight is how many bytes of a page come over the wire, and the page.
func (h *house) weight(t *testing.T, address string) (int, string) {
	t.Helper()
	w := h.ask("GET", address, "", "Accept", "text/html", "Accept-Encoding", "gzip")
	if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("%s: %d %s", address, w.Code, w.Body)
	}
	n := w.Body.Len()
	z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return n, string(page)
}

// languages are those in which pages are looked at: from left to right, and from right to left.
var languages = []string{"", "/ur"}

// lookedAt opens a page in both directions, on all screens, and weighs it.
func (l *looker) lookedAt(path string, most int) {
	l.t.Helper()
	for _, lang := range languages {
		l.open(lang + path)
		l.look(lang + path)
		n, page := l.weight(l.t, lang+path)
		wellFormed(l.t, lang+path, page)
		if n > most {
			l.t.Errorf("%s%s weighs %d bytes, more than %d", lang, path, n, most)
		}
	}
}

func TestPageChapter(t *testing.T) {
	h, c := chapterHouse(t), chromium(t)
	p := h.tab(t, c, true).looker()
	p.shots = ""
	p.lookedAt("/chapters/THA", 30_000)
	p.lookedAt("/chapters/REGIONAL", 30_000)
	p.lookedAt("/chapters/THA?edition=1", 30_000)
	for _, scripts := range []bool{true, false} {
		reader := h.tab(t, c, scripts)
		reader.open("/chapters/THA")
		reader.says("Thailand", "This page has 168 records", "1 of 168 is verified", "7 records have facts that are withheld", "Laws (5)", "Activities (72)",
			"Asia/Bangkok", "No review of this chapter has been opened yet", "Nobody has said yet how complete", "from 2006 on",
			"Verified by A ministry on 25 November 2026", "donor not known", "Of 16 of these 72 no donor is known", "Edition 1 of 24 November 2026")
		reader.press("Edition 1 of 24 November 2026")
		reader.says("?edition=1", "You are reading edition 1", "None of them is verified", "Anti-Participation in Transnational Organized Crime Act")
		reader.lacks("A ministry")
		reader.press("What changed since an earlier edition")
		reader.says("/chapters/THA/changes?edition=1", "There is no earlier edition")
	}
	for _, code := range []string{"XXX", "tha", "%3Cb%3E"} {
		wantPage(t, h.ask("GET", "/chapters/"+code, "", "Accept", "text/html"), http.StatusNotFound)
	}
}

// A chapter with more records than the API gives at once is whole all the same.
func TestAChapterOfManyRecordsIsWholeOnItsPage(t *testing.T) {
	h := houseOn(t, testdb.Store(t, dialect.SQLite))
	ctx, folder := h.program(), t.TempDir()
	err := h.store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		ch := tx.Chapter.Create().SetCode("REGIONAL").SetTitle("Region").SetTimeZone("Asia/Bangkok").SaveX(ctx)
		for i := range 230 {
			tx.Actor.Create().SetKey(fmt.Sprintf("actor-%03d", i)).SetName(fmt.Sprintf("Actor %03d", i)).SetKind("NGO").SetVisibility("PUBLIC").AddInChapters(ch).ExecX(ctx)
		}
		return nil
	})
	if err == nil {
		_, err = edition.Release(ctx, h.store, folder, "Many.", time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	shelf := edition.NewShelf(folder, h.store)
	t.Cleanup(shelf.Close)
	cat := &Catalogue{Shelf: shelf, BaseURL: h.doors.BaseURL}
	f := newFixture(t, testConfig(), cat.Handlers(graph.Handler(time.Now, nil, ""), graph.SDL(), nil))
	if err := shelf.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	page := f.ask("GET", "/chapters/REGIONAL", "", "Accept", "text/html").Body.String()
	for i := range 230 {
		if n := strings.Count(page, fmt.Sprintf("/actors/actor-%03d\"", i)); n != 1 {
			t.Fatalf("actor %d stands there %d times", i, n)
		}
	}
	wantContains(t, page, "Organisations and authorities</a> (230)", "The catalogue has none of these")
}

func TestPageChapterChanges(t *testing.T) {
	h, c := chapterHouse(t), chromium(t)
	p := h.tab(t, c, true).looker()
	p.lookedAt("/chapters/THA/changes", 20_000)
	p.lookedAt("/chapters/THA/changes?edition=1", 20_000)
	for _, scripts := range []bool{true, false} {
		reader := h.tab(t, c, scripts)
		reader.open("/chapters/THA/changes?from=1")
		reader.says("Thailand: what changed", "From edition 1, published on 24 November 2026, 19:00 (Asia/Bangkok), to edition 2.",
			"1\nrecord added", "3\nrecords changed", "1\nrecord gone",
			"A reason <for> the change.", "Before: B.E. 2551\nNow: B.E. 2551 & more", "Before: B.E. 2551 & more\nNow: B.E. 2551 (2008)",
			"Gone (1)", "Anti-Participation in Transnational Organized Crime Act", "Verification. Before: Unverified: desk research. Now: Verified by A ministry",
			"summary\nBefore:", "Now: Not known", "What is compared")
		reader.press("Anti-Participation in Transnational Organized Crime Act B.E. 2556")
		reader.says("?edition=1")
	}
	for address, want := range map[string]int{
		"?from=x": 400, "?from=0": 400, "?from=2": 404, "?from=9": 404, "?from=1&edition=1": 404, "?from=1&edition=2": 200,
	} {
		wantPage(t, h.ask("GET", "/chapters/THA/changes"+address, "", "Accept", "text/html"), want)
	}
	wantPage(t, h.ask("GET", "/chapters/XXX/changes", "", "Accept", "text/html"), http.StatusNotFound)
}

// Whoever keeps the catalogue compares with what is in it now.
func TestChangesOfTheWorkingStoreAreThoseSinceTheNewestEdition(t *testing.T) {
	h := chapterHouse(t)
	person := h.person("coordinator@example.org", access.Coordinator)
	if person == nil {
		t.Fatal("nobody")
	}
	b := h.signedIn("coordinator@example.org")
	wantPage(t, b.get("/chapters/THA/changes"), 200, "From edition 2", "to what is in the catalogue now", "Nothing changed.")
	ctx := h.program()
	err := h.store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		some := tx.Law.Query().Where(law.Key("tha-immigration-act-1979")).OnlyX(ctx)
		return tx.Law.UpdateOneID(some.ID).SetNumber("B.E. 2522 (1979)").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantPage(t, b.get("/chapters/THA/changes"), 200, "B.E. 2522 (1979)")
	if w := h.ask("GET", "/chapters/THA/changes", "", "Accept", "text/html"); strings.Contains(w.Body.String(), "B.E. 2522 (1979)") {
		t.Error("the public sees what is not published")
	}
	wantPage(t, b.get("/chapters/THA"), 200, "It has no permanent address until it is published")
}

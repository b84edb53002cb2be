package server

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/edition"
	"adam/internal/exchange/intake"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"

	"github.com/chromedp/chromedp"
)

// fields are what is written of a record.
type fields = map[string]any

// library is a whole server with the shipped data and what more adds to it, published as one edition.
func library(t *testing.T, more func(*writer)) *house {
	t.Helper()
	st, ctx := testdb.Store(t, dialect.SQLite), testdb.Context(t)
	f, err := seed.Check(seed.Read(seed.Shipped()))
	if err == nil {
		err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { _, err := seed.Load(ctx, tx, f); return err })
	}
	if err != nil {
		t.Fatal(err)
	}
	more(&writer{t, st})
	folder := t.TempDir()
	if _, err := edition.Release(ctx, st, folder, "For a test.", time.Now()); err != nil {
		t.Fatal(err)
	}
	shelf := edition.NewShelf(folder, st)
	if err := shelf.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	h := houseOn(t, st, func(d *Doors) { d.BaseURL = "http://localhost:" + port })
	h.press = func() {
		t.Helper()
		if n, err := edition.Resume(ctx, st, folder); n != 1 || err != nil {
			t.Fatalf("%d editions were made, %v", n, err)
		}
		if err := shelf.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
	}
	cfg := testConfig()
	cfg.BaseURL = h.doors.BaseURL
	c := &Catalogue{Shelf: shelf, Accounts: true, BaseURL: cfg.BaseURL}
	h.doors.Imports = intake.NewDesk(st, time.Now, slog.New(slog.DiscardHandler))
	api := graph.Handler(time.Now, h.keeper, cfg.BaseURL, func(r *graph.Resolver) { r.Imports = h.doors.Imports })
	handler, err := New(cfg, c.Handlers(api, graph.SDL(), h.doors), slog.New(slog.DiscardHandler)).Handler()
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return h
}

// writer writes records as the program does.
type writer struct {
	t  *testing.T
	st *store.Store
}

func (w *writer) do(what func(context.Context, *ent.Tx) (term.ID, error)) term.ID {
	w.t.Helper()
	id, err := catalogue.InTx(testdb.Context(w.t), w.st, what)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// create makes a public record with a key: the second version of it, since keys are made from titles.
func (w *writer) create(kind term.Kind, key string, in fields) {
	w.t.Helper()
	in["sources"], in["visibility"] = []any{document()}, "PUBLIC"
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		id, err := catalogue.Create(ctx, tx, kind, in)
		if err != nil {
			return 0, err
		}
		r, err := tx.Record.Get(ctx, id)
		if err != nil {
			return 0, err
		}
		return catalogue.Rename(ctx, tx, kind, r.Key, 1, key, "A short key.")
	})
}

func (w *writer) update(kind term.Kind, in fields) {
	w.t.Helper()
	in["sources"] = []any{document()}
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return catalogue.Update(ctx, tx, kind, in) })
}

// What a record may say that a page must not obey.
const (
	script    = `<script>window.caught=1</script><img src=x onerror="window.caught=1">'"&amp;{{.}}`
	backwards = "left \u202eright\u2066 after"
)

var longWord = strings.Repeat("x", 9_900)

func document() fields {
	return fields{"title": "Report " + script, "publisher": backwards, "url": "https://www.example.org/?a=1&b=%3Cc%3E"}
}

// hostile writes a record of each type that tries what a page must not do, and whose lists are full.
func hostile(w *writer) {
	w.create(term.KindActor, "evil-body", fields{"name": "Evil " + script, "kind": "NGO", "state": "THA", "acronym": backwards, "mandate": longWord,
		"website": "https://evil.example.org/%22onmouseover=1", "parent": "iom", "successor": "unodc", "seat": "A secret house", "safety": true,
		"otherNames": []any{fields{"name": backwards, "kind": "TRANSLATION", "language": "ur"}},
		"contacts":   []any{fields{"kind": "EMAIL", "value": "unit@example.org", "unit": script, "visibility": "PUBLIC"}, fields{"kind": "PHONE", "value": "+66 2 999", "visibility": "RESTRICTED"}}})
	w.create(term.KindLaw, "evil-law", fields{"title": "Law " + script, "titleLocal": backwards, "state": "THA", "status": "IN_FORCE", "number": strings.Repeat("n", 200), "summary": longWord,
		"keyArticles": []any{script}, "elements": []any{fields{"theme": "TRAFFICKING", "element": "ACT", "coverage": "COVERED", "article": backwards}},
		"penalties": []any{fields{"theme": "TRAFFICKING", "kind": "LIFE", "article": script}}})
	w.create(term.KindPolicy, "evil-policy", fields{"title": backwards, "state": "THA", "status": "CURRENT", "leadAuthority": script, "leadActor": "evil-body", "summary": longWord})
	w.create(term.KindMechanism, "evil-mechanism", fields{"name": script, "level": "BILATERAL", "form": "MOU", "status": "ACTIVE", "subject": backwards, "legalBasis": longWord, "secretariatActor": "evil-body",
		"members": []any{fields{"state": "THA", "since": "2009-05"}, fields{"actor": "evil-body", "since": "2010", "until": "2011"}}})
	w.create(term.KindNeed, "evil-need", fields{"title": script, "state": "THA", "authority": "evil-body", "assistanceType": "LEGISLATIVE", "gap": longWord})
	w.create(term.KindActivity, "evil-activity", fields{"title": "Teach " + script, "summary": longWord, "results": backwards, "themes": []any{"SMUGGLING"},
		"allocations": []any{fields{"state": "THA", "percentage": "60"}, fields{"state": "LAO", "percentage": "40"}}, "places": []any{script, strings.Repeat("p", 150)},
		"donors": []any{"australia-dfat"}, "implementers": []any{"evil-body"}, "partners": []any{"iom"}, "beneficiaries": []any{"evil-body"}, "plannedStartOn": "2026-01", "actualStartOn": "2026-02-03",
		"externalIdentifiers": []any{"XM-DAC-1 " + script}, "purposeCodes": []any{"15190"}, "follows": "aaptip"})
	w.create(term.KindActivity, "evil-part", fields{"title": backwards, "partOf": "evil-activity", "donors": []any{"australia-dfat"}, "states": []any{"THA"}})
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.AddFunding(ctx, tx, fields{"activity": "evil-activity", "version": 2, "kind": "COMMITMENT", "amount": "1250000.5", "currency": "AUD", "valueOn": "2026", "reportedBy": "DONOR",
			"provider": "australia-dfat", "receiver": "evil-body", "note": script, "visibility": "PUBLIC", "sources": []any{document()}, "allocations": []any{fields{"state": "THA", "percentage": "100"}}})
	})
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.AddFunding(ctx, tx, fields{"activity": "evil-activity", "version": 3, "kind": "BUDGET", "visibility": "PUBLIC", "sources": []any{document()}})
	})
	w.update(term.KindActivity, fields{"key": "evil-activity", "version": 4, "status": "CLOSED", "endOn": "2026-05", "follows": nil, "assistanceTypes": []any{"LEGISLATIVE"},
		"states": []any{"THA"}, "summary": backwards, "reason": script})
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Rename(ctx, tx, term.KindActivity, "evil-activity", 5, "evil-deed", "A better key.")
	})
}

// outside are the addresses of links that leave the site and are none of the web's.
const outside = `[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => !/^https?:\/\//.test(h))`

// conjured are elements that a record's words would have become, and what they would have done.
const conjured = `[...document.querySelectorAll('main script, main img, main iframe')].map(e => e.outerHTML).concat(window.caught ? ['a script of a record ran'] : [])`

// leaf is one page of the catalogue and some of what it must say.
type leaf struct {
	path string
	says []string
}

// leaves are the record pages, on shipped records and on hostile ones.
var leaves = []leaf{
	{"/laws/tha-atipa-2008", []string{"Anti-Trafficking in Persons Act B.E. 2551", "Withheld from you", "Offence elements", "How to cite", "?edition=1", "Version 1: see all changes"}},
	{"/laws/evil-law", []string{"Law " + script, "Status", "Report " + script}},
	{"/policies/vnm-program-2026-2030", []string{"Viet Nam", "Lead authority", "No institution that answers for this record has verified it"}},
	{"/policies/evil-policy", []string{"Evil " + script, "Not known"}},
	{"/mechanisms/reg-bali-process", []string{"47 members are named", "Afghanistan", "No end is stated"}},
	{"/mechanisms/evil-mechanism", []string{script, "May 2009", "2011", "Secretariat in the catalogue"}},
	{"/activities/aaptip", []string{"Who funds", "Cardno", "With whom", "None is named", "No share of a State is stated", "AUD 50,000,000"}},
	{"/activities/evil-deed", []string{"Teach " + script, "AUD 1,250,000.50", "amount not published", "January 2026", "3 February 2026", "DAC purpose codes", "Its parts", "Thailand: 100 %"}},
	{"/activities/evil-part", []string{"Part of", "Teach " + script}},
	{"/actors/iom", []string{"Where it is active", "Who funds it", "What it does"}},
	{"/actors/evil-body", []string{"Withheld: to show where it is could endanger people", "Evil " + script, "Successor"}},
	{"/needs/evil-need", []string{script, "The gap that it answers", "Not stated"}},
	{"/states", []string{"14 States have a chapter", "Show all States and territories", "Unverified"}},
	{"/states?all=1", []string{"No chapter", "says nothing of any status", "Timor-Leste"}},
	{"/states/THA", []string{"Kingdom of Thailand", "17 October 2013", "Signed only", "Chapter of Thailand", "Laws"}},
	{"/activities/evil-deed/history", []string{"Changed: version 5", "Closed", "May 2026", "Australia-Asia Program to Combat Trafficking in Persons", "Before", "After", "Reason: " + script, "Created: version 1"}},
	{"/states/THA/history", []string{"1 change, newest first."}},
}

func TestPageRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	c := chromium(t)
	h := library(t, hostile)
	p := h.tab(t, c, true).looker()
	for _, l := range leaves {
		name := strings.NewReplacer("/", " ", "?", " ").Replace(l.path)[1:]
		t.Run(name, func(t *testing.T) {
			p.t = t
			for _, language := range []string{"", "/ur"} {
				p.open(language + l.path)
				p.look(name + strings.TrimPrefix(language, "/"))
				for _, wrong := range append(ask(p.tab, chromedp.Evaluate[[]string](outside)), ask(p.tab, chromedp.Evaluate[[]string](conjured))...) {
					t.Errorf("%s%s: %s", language, l.path, wrong)
				}
				if language == "" {
					p.says(l.says...)
				} else if got := ask(p.tab, chromedp.Evaluate[string](`document.documentElement.lang + ' ' + document.dir`)); got != "ur rtl" {
					t.Errorf("%s is written as %s", l.path, got)
				}
			}
		})
	}
	for _, hidden := range []string{"A secret house", "+66 2 999", "unit@example.org"} {
		p.t = t
		p.open("/actors/evil-body")
		p.lacks(hidden)
	}
}

// What nobody may see and what never was look the same, an old key leads to the new one, and each edition is cited.
func TestPageRecordIsFoundUnderOneAddress(t *testing.T) {
	h := library(t, func(w *writer) {
		hostile(w)
		w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
			return catalogue.Create(ctx, tx, term.KindActor, fields{"name": "Hidden body", "kind": "NGO", "visibility": "RESTRICTED", "sources": []any{document()}})
		})
	})
	get := func(path string) (status int, location, body string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.doors.BaseURL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", "text/html")
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		w, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Body.Close() }()
		text, err := io.ReadAll(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.StatusCode, w.Header.Get("Location"), string(text)
	}
	for path, want := range map[string]string{
		"/activities/evil-activity": "/activities/evil-deed", "/ur/activities/evil-activity": "/ur/activities/evil-deed",
		"/activities/evil-activity/history?edition=1": "/activities/evil-deed/history?edition=1",
	} {
		if status, to, _ := get(path); status != http.StatusSeeOther || to != want {
			t.Errorf("%s leads to %q (%d), want %q", path, to, status, want)
		}
	}
	for _, path := range []string{"/actors/nobody", "/actors/hidden-body", "/actors/hidden-body/history", "/states/XXX", "/needs/none", "/laws/none/history", "/laws/evil-law?edition=7"} {
		if status, _, body := get(path); status != http.StatusNotFound || strings.Contains(body, "Hidden") {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, _, _ := get("/laws/evil-law/history?after=nothing"); status != http.StatusBadRequest {
		t.Errorf("a forged cursor: %d", status)
	}
	if _, _, body := get("/laws/evil-law"); !strings.Contains(body, h.doors.BaseURL+"/laws/evil-law?edition=1") || !strings.Contains(body, `href="/laws/evil-law?edition=1"`) {
		t.Error("the edition is not cited")
	}
}

// The secretariat reads the working store, which nobody can cite; a history is read in parts.
func TestPageRecordOfTheWorkingStore(t *testing.T) {
	h := library(t, func(w *writer) {
		hostile(w)
		for i := range 30 {
			w.update(term.KindLaw, fields{"key": "evil-law", "version": i + 2, "number": strings.Repeat("n", i+1)})
		}
	})
	c := chromium(t)
	secret := h.generator(h.person("desk@example.org", access.Secretariat))
	p := h.tab(t, c, false)
	p.signsIn("desk@example.org", secret)
	p.open("/actors/evil-body")
	p.says("You are reading the working store", "A secret house", "+66 2 999", "unit@example.org", "Cite the record as an edition has it")
	p.open("/laws/evil-law/history")
	p.says("32 changes, newest first.", "Changed: version 32", "Changed: version 8")
	p.lacks("Created: version 1")
	p.press("Next page")
	p.says("Changed: version 7", "Created: version 1")
	p.press("Previous page")
	p.says("Changed: version 32")
}

package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func TestPageSpreadsheetGoesOutAndComesBack(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		b := d.signedIn("focal@example.org")
		shows(t, b.get("/review/THA/sheet"), 200, "Download the spreadsheet", "Asia/Bangkok")
		start := time.Now()
		out := b.download("THA")
		t.Logf("out: %s, %d bytes", time.Since(start), len(out))
		before := d.statuses()
		s := wholeChapter(t, out)
		n := len(s.rows) - 1
		if n < 100 || before[term.ItemPending] != n {
			t.Fatalf("%d rows, %v", n, before)
		}
		in := s.bytes()
		start = time.Now()
		preview := b.upload("/review/THA/sheet", in)
		t.Logf("looked at: %d rows in %s, %d bytes come in; the page has %d", n, time.Since(start), len(in), preview.Body.Len())
		shows(t, preview, 200, "Nothing is written yet.", fmt.Sprintf("%d rows are understood", n), "1 row has no answer.", "0 rows or cells are not understood", "Records!K2", "=B.E. 2556", fmt.Sprintf("Write %d answers", n))
		wellFormed(t, "the preview", preview.Body.String())
		if now := d.statuses(); fmt.Sprint(now) != fmt.Sprint(before) {
			t.Errorf("looking wrote %v", now)
		}
		start = time.Now()
		done := b.apply(preview)
		t.Logf("written: %s", time.Since(start))
		to := done.Header().Get("Location")
		if done.Code != http.StatusSeeOther || !strings.Contains(to, "done=sheet&merge=sheets_") {
			t.Fatalf("%d %q %s", done.Code, to, problemOf(done))
		}
		shows(t, b.get(to), 200, "The answers of your spreadsheet are written.", fmt.Sprintf("%d answers were written.", n), "Undo this spreadsheet", "Ministry of THA")
		want := map[term.ItemStatus]int{term.ItemConfirmed: n - 6, term.ItemCorrected: 3, term.ItemWithdrawn: 1, term.ItemDisputed: 1, term.ItemNotOurs: 1, term.ItemPending: 1}
		if now := d.statuses(); fmt.Sprint(now) != fmt.Sprint(want) {
			t.Errorf("written: %v, want %v", now, want)
		}
		again := b.apply(preview) // the button was pressed twice
		if again.Code != http.StatusSeeOther || again.Header().Get("Location") != to {
			t.Errorf("pressed twice: %d to %q, not to %q: %s", again.Code, again.Header().Get("Location"), to, problemOf(again))
		}
		twice := b.upload("/review/THA/sheet", in)
		shows(t, twice, 200, fmt.Sprintf("%d rows say what stands already.", n), "0 rows are understood", "Send another file")
		if draftField.MatchString(twice.Body.String()) {
			t.Error("the same file can be written twice")
		}
		merge := to[strings.LastIndex(to, "=")+1:]
		wantRedirect(t, b.post("/review/THA/sheet", "undo", merge), "/review/THA/sheet?done=sheetundone&merge="+merge)
		shows(t, b.get("/review/THA/sheet?done=sheetundone"), 200, "The spreadsheet is undone", "Undone on")
		if now := d.statuses(); fmt.Sprint(now) != fmt.Sprint(before) {
			t.Errorf("undone: %v, want %v", now, before)
		}
		shows(t, b.post("/review/THA/sheet", "undo", merge), 409, "undone already")
	})
}

// Whoever is not asked gets nothing out and nothing in; the secretariat may look. A right that has ended makes a file
// useless, also one that was looked at before.
func TestPageSpreadsheetIsForWhomTheReviewAsks(t *testing.T) {
	d := newDesk(t, testdb.Store(t, dialect.SQLite))
	b := d.signedIn("deputy@example.org")
	s := fillIn(t, b.download("THA"))
	s.set("Your decision", 2, "Right")
	in := s.bytes()
	stranger, member := d.signedIn("other@example.org"), d.member("member@example.org")
	for name, c := range map[string]*browser{"another focal point": stranger, "a member": member} {
		for _, w := range []*httptest.ResponseRecorder{c.get("/review/THA/sheet"), c.get("/review/THA/sheet.xlsx"), c.upload("/review/THA/sheet", in)} {
			if (w.Code != 403 && w.Code != 404) || bytes.Contains(w.Body.Bytes(), []byte("Records!")) {
				t.Errorf("%s: %d %s", name, w.Code, problemOf(w))
			}
		}
	}
	if w := d.browser().upload("/review/THA/sheet", in); w.Code != 401 {
		t.Errorf("a visitor: %d", w.Code)
	}
	shows(t, stranger.upload("/review/VNM/sheet", in), 400, "This is the spreadsheet of THA, and here is Viet Nam (VNM)")
	office := d.secretary("office@example.org")
	if w := office.get("/review/THA/sheet"); w.Code != 200 || strings.Contains(w.Body.String(), "enctype") {
		t.Errorf("the secretariat: %d %s", w.Code, problemOf(w))
	}
	office.download("THA")
	shows(t, office.upload("/review/THA/sheet", in), 403, "Only the focal point of this chapter and her deputies")
	preview := b.upload("/review/THA/sheet", in)
	draft := html.UnescapeString(draftField.FindStringSubmatch(preview.Body.String())[1])
	if w := d.signedIn("focal@example.org").post("/review/THA/sheet", "draft", draft); w.Code != 400 {
		t.Errorf("what a deputy looked at is written by somebody else: %d", w.Code)
	}
	shows(t, b.post("/review/THA/sheet", "draft", "A"+draft[1:]), 400, "Send the file again")
	d.must(d.keeper.End(d.program(), d.grantOf(mustFind(d.house, "deputy@example.org")), "She has left."))
	for _, w := range []*httptest.ResponseRecorder{b.upload("/review/THA/sheet", in), b.post("/review/THA/sheet", "draft", draft), b.get("/review/THA/sheet.xlsx")} {
		if w.Code != 403 && w.Code != 404 {
			t.Errorf("a right that has ended: %d %s", w.Code, problemOf(w))
		}
	}
	if now := d.statuses(); len(now) != 1 {
		t.Errorf("something was written: %v", now)
	}
}

func TestPageSpreadsheetTellsWhatWasChangedAndWhatIsNotUnderstood(t *testing.T) {
	d := newDesk(t, testdb.Store(t, dialect.SQLite))
	b := d.signedIn("focal@example.org")
	s := fillIn(t, b.download("THA"))
	law := s.find("Law", true, 0)
	second := s.find("Law", true, law)
	third := s.find("Law", true, second)
	fourth := s.find("Law", true, third)
	s.set("Your decision", law, "Take it out")
	s.set("Comment or reason", law, "Old.")
	s.set("Your decision", second, "Part is wrong")
	s.set("What is right: Adopted", second, "2551")
	s.set("Which document shows this? (title)", second, "Gazette")
	s.set("Title", third, "Another law")
	s.set("Your decision", third, "Right")
	s.set("Your decision", fourth, "Part is wrong")
	s.set("What is right: Number", fourth, strings.Repeat("word ", 2000))
	s.set("Which document shows this? (title)", fourth, "Gazette")
	fresh := fillIn(t, b.download("THA"))
	fresh.set("Your decision", law, "Right")
	b.apply(b.upload("/review/THA/sheet", fresh.bytes()))
	w := b.upload("/review/THA/sheet", s.bytes())
	shows(t, w, 200, "1 row is about a record that was changed meanwhile.", "3 rows or cells are not understood.",
		"Records!"+s.cols["What is right: Adopted"]+strconv.Itoa(second), "Is 2551 a year of the Buddhist era? Then write 2008.",
		"Records!K"+strconv.Itoa(third), "locked or hidden cells were changed", "Records!"+s.cols["What is right: Number"]+strconv.Itoa(fourth), "It was changed since")
	for name, file := range map[string][]byte{"text": []byte("hello"), "nothing": nil} {
		if w := b.upload("/review/THA/sheet", file); w.Code != 400 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := b.upload("/review/THA/sheet", make([]byte, 16<<20)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", w.Code)
	}
	two := b.upload("/review/THA/sheet", fresh.bytes(), s.bytes())
	shows(t, two, 200, "copy-0.xlsx: Records!K"+strconv.Itoa(law), "copy-1.xlsx: Records!")
}

// The same through the API, with a token.
func TestSpreadsheetThroughTheAPI(t *testing.T) {
	d := newDesk(t, testdb.Store(t, dialect.SQLite))
	p := mustFind(d.house, "focal@example.org")
	as := func(method, target string, body []byte, scopes ...access.Scope) *httptest.ResponseRecorder {
		return d.ask(method, target, string(body), "Authorization", "Bearer "+d.token(p, scopes...), "Content-Type", sheetKind, "Accept", "application/json")
	}
	got := as("GET", "/review/THA/sheet.xlsx", nil, access.ScopeRead)
	if got.Code != 200 {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	s := fillIn(t, got.Body.Bytes())
	s.set("Your decision", 2, "Right")
	s.set("Your decision", 3, "Perhaps")
	for _, scopes := range [][]access.Scope{{access.ScopeRead}, {access.ScopeWrite}} {
		if w := as("POST", "/import/xlsx?chapter=THA", s.bytes(), scopes...); w.Code != 403 {
			t.Errorf("%v: %d", scopes, w.Code)
		}
	}
	both := []access.Scope{access.ScopeRead, access.ScopeWrite}
	for target, want := range map[string]int{"/import/xlsx": 400, "/import/xlsx?chapter=VNM": 403, "/import/xlsx?chapter=XXX": 404, "/import/xlsx?chapter=THA&apply=yes": 400} {
		if w := as("POST", target, s.bytes(), both...); w.Code != want {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	type report struct {
		Applied     bool
		Merge       string
		NotAnswered int
		Rows        []struct {
			Cells                   []string
			Record, Answer, Outcome string
		}
		NotUnderstood []struct{ Cell, Sentence string }
	}
	for apply, want := range map[string]bool{"": false, "&apply=1": true} {
		var r report
		w := as("POST", "/import/xlsx?chapter=THA"+apply, s.bytes(), both...)
		d.must(json.Unmarshal(w.Body.Bytes(), &r))
		if w.Code != 200 || len(r.Rows) != 1 || r.Rows[0].Cells[0] != "Records!K2" || r.Rows[0].Answer != "RIGHT" || len(r.NotUnderstood) != 1 || r.NotUnderstood[0].Cell != "Records!K3" || r.NotAnswered != len(s.rows)-3 {
			t.Errorf("%q: %d %s", apply, w.Code, w.Body)
		}
		if (r.Merge != "" || r.Applied) && !want {
			t.Errorf("a dry run wrote %+v", r)
		}
	}
	if now := d.statuses(); now[term.ItemConfirmed] != 1 {
		t.Errorf("%v", now)
	}
}

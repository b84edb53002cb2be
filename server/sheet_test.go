package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
	"github.com/xuri/excelize/v2"
)

// desk is a server with the shipped data, where the chapters of Thailand and Viet Nam are under review. focal@ and her
// deputy@ are asked about Thailand, other@ about Viet Nam.
type desk struct {
	*house
	review.Desk
	cycle term.ID // of Thailand
}

func newDesk(t *testing.T, st *store.Store) *desk {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	d := &desk{house: houseOn(t, st, func(d *Doors) { d.BaseURL = "http://localhost:" + port })}
	files, err := shippedFiles()
	d.must(err)
	d.must(st.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error {
		_, err := seed.Load(ctx, tx, files)
		return err
	}))
	folder := t.TempDir()
	_, err = edition.Release(d.program(), st, folder, "The shipped data.", time.Now().AddDate(0, 0, -3))
	d.must(err)
	shelf := edition.NewShelf(folder, st)
	t.Cleanup(shelf.Close)
	d.must(shelf.Refresh(d.program()))
	cat := &Catalogue{Shelf: shelf, Accounts: true, BaseURL: d.doors.BaseURL, Built: time.Now()}
	cfg := testConfig()
	cfg.BaseURL = d.doors.BaseURL
	d.fixture = newFixture(t, cfg, cat.Handlers(d.api(), graph.SDL(), d.doors))
	srv := &http.Server{Handler: d.handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	d.Desk = review.Desk{People: d.keeper, BaseURL: cfg.BaseURL, Now: d.keeper.Now}
	focal := d.focal("focal@example.org", "THA")
	d.focal("other@example.org", "VNM")
	d.deputy(focal)
	d.cycle = d.underReview("THA")
	d.underReview("VNM")
	return d
}

// api is the API with the keys of requests, as adam serve puts it together.
func (d *desk) api() http.Handler {
	api := graph.Handler(d.keeper.Now, d.keeper, d.doors.BaseURL)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if key := r.Header.Get("Idempotency-Key"); key != "" {
			ctx = graph.WithIdempotencyKey(ctx, key)
		}
		api.ServeHTTP(w, r.WithContext(ctx))
	})
}

func eachDesk(t *testing.T, test func(*testing.T, *desk)) {
	testdb.Each(t, func(t *testing.T, st *store.Store) { test(t, newDesk(t, st)) })
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// focal makes the focal point of a chapter.
func (d *desk) focal(email, chapter string) *ent.Person {
	d.t.Helper()
	secret, _, err := d.keeper.Invite(d.program(), people.Invitation{Email: email, Role: access.FocalPoint, Chapter: chapter, Institution: "Ministry of " + chapter})
	d.must(err)
	p, err := d.keeper.Accept(d.program(), secret, people.Acceptance{Password: goodPassword})
	d.must(err)
	return p
}

// grantOf is the one role of a person.
func (d *desk) grantOf(p *ent.Person) term.ID {
	d.t.Helper()
	held, err := d.keeper.Grants(d.program(), p.ID)
	d.must(err)
	return held[0].ID
}

func (d *desk) deputy(of *ent.Person) {
	d.t.Helper()
	v, err := d.keeper.Viewer(d.program(), of.ID, false)
	d.must(err)
	secret, _, err := d.keeper.Delegate(access.With(d.t.Context(), v), d.grantOf(of), people.Colleague{Email: "deputy@example.org", Institution: "Ministry of THA"}, d.keeper.Now().AddDate(0, 6, 0))
	d.must(err)
	_, err = d.keeper.Accept(d.program(), secret, people.Acceptance{Password: goodPassword})
	d.must(err)
}

func (d *desk) underReview(chapter string) (id term.ID) {
	d.t.Helper()
	d.must(d.store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) (err error) {
		if id, err = d.Open(ctx, tx, review.Opening{Chapter: chapter}); err != nil {
			return err
		}
		return tx.ReviewCycle.UpdateOneID(id).SetStatus(term.UnderReview).Exec(ctx)
	}))
	return id
}

// statuses counts the items of Thailand by their answer.
func (d *desk) statuses() map[term.ItemStatus]int {
	d.t.Helper()
	all, err := d.store.Client.ReviewItem.Query().Where(reviewitem.CycleID(d.cycle)).All(d.program())
	d.must(err)
	out := map[term.ItemStatus]int{}
	for _, it := range all {
		out[it.Status]++
	}
	return out
}

// upload sends files as a browser does.
func (b *browser) upload(target string, files ...[]byte) *httptest.ResponseRecorder {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i, f := range files {
		w, err := form.CreateFormFile("file", fmt.Sprintf("copy-%d.xlsx", i))
		if err == nil {
			_, err = w.Write(f)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.send("POST", target, body.String(), "Content-Type", form.FormDataContentType(), "Origin", b.doors.BaseURL, "Sec-Fetch-Site", "same-origin")
}

// filling is a spreadsheet that is being filled in.
type filling struct {
	*excelize.File
	t    *testing.T
	cols map[string]string // by heading
	rows [][]string
}

func fillIn(t *testing.T, file []byte) *filling {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	s := &filling{File: f, t: t, cols: map[string]string{}}
	if s.rows, err = f.GetRows("Records"); err != nil {
		t.Fatal(err)
	}
	for j, h := range s.rows[0] {
		s.cols[h], _ = excelize.ColumnNumberToName(j + 1)
	}
	return s
}

func (s *filling) set(heading string, row int, v string) {
	s.t.Helper()
	if s.cols[heading] == "" {
		s.t.Fatalf("no column %q in %v", heading, s.cols)
	}
	if err := s.SetCellStr("Records", s.cols[heading]+strconv.Itoa(row), v); err != nil {
		s.t.Fatal(err)
	}
}

func (s *filling) get(heading string, row int) string {
	v, err := s.GetCellValue("Records", s.cols[heading]+strconv.Itoa(row))
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// find is the first row of a type that is or is not one's own, and not among those before.
func (s *filling) find(kind string, own bool, after int) int {
	s.t.Helper()
	for i := max(after, 1) + 1; i <= len(s.rows); i++ {
		if s.get("Type", i) == kind && (s.get("Kept by", i) == "you") == own {
			return i
		}
	}
	s.t.Fatalf("there is no %s (own: %v) after row %d", kind, own, after)
	return 0
}

func (s *filling) bytes() []byte {
	s.t.Helper()
	b, err := s.WriteToBuffer()
	if err != nil {
		s.t.Fatal(err)
	}
	return b.Bytes()
}

// download gets the spreadsheet of a chapter.
func (b *browser) download(code string) []byte {
	b.t.Helper()
	w := b.get("/review/" + code + "/sheet.xlsx")
	if w.Code != 200 || w.Header().Get("Content-Type") != sheetKind {
		b.t.Fatalf("%d %s", w.Code, problemOf(w))
	}
	return w.Body.Bytes()
}

var draftField = regexp.MustCompile(`name="draft" value="([^"]*)"`)

// apply presses the button of a preview.
func (b *browser) apply(preview *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	b.t.Helper()
	m := draftField.FindStringSubmatch(preview.Body.String())
	once := regexp.MustCompile(`name="once" value="([^"]*)"`).FindStringSubmatch(preview.Body.String())
	if m == nil || once == nil {
		b.t.Fatalf("there is nothing to write: %s", problemOf(preview))
	}
	return b.post("/review/THA/sheet", "draft", html.UnescapeString(m[1]), "once", once[1])
}

// wholeChapter answers all rows but the last: own records are right but for three, activities of others are active here, of
// the rest two are told apart.
func wholeChapter(t *testing.T, file []byte) *filling {
	s := fillIn(t, file)
	for i := 2; i < len(s.rows); i++ {
		if s.set("Your decision", i, "Right"); s.get("Kept by", i) == "others" && s.get("Type", i) == "Activity" {
			s.set("Active here?", i, "Yes")
			s.set("With which authority?", i, "Royal Thai Police")
		}
	}
	law := s.find("Law", true, 0)
	s.set("Your decision", law, "Part is wrong")
	s.set("What is right: Number", law, "=B.E. 2556")
	s.set("What is right: Adopted", law, "2013-06")
	s.set("Which document shows this? (title)", law, "Royal Gazette")
	policy := s.find("Policy", true, 0)
	s.set("Your decision", policy, "Part is wrong")
	s.set("What is right: Title or name", policy, "Another title")
	s.set("Which document shows this? (title)", policy, "Cabinet decision")
	gone := s.find("Law", true, law)
	s.set("Your decision", gone, "Take it out")
	s.set("Comment or reason", gone, "It was never passed.")
	other := s.find("Activity", false, 0)
	s.set("Your decision", other, "We disagree")
	s.set("Comment or reason", other, "It ended in 2024.")
	next := s.find("Activity", false, other)
	s.set("Your decision", next, "Not ours")
	s.addLaw("An act that is missing")
	return s
}

// addLaw fills in the first row of the sheet of new records.
func (s *filling) addLaw(title string) {
	s.t.Helper()
	rows, err := s.GetRows("New records")
	if err != nil {
		s.t.Fatal(err)
	}
	for j, h := range rows[0] {
		v := map[string]string{"Type of the new record": "Law", "Title or name": title, "Status": "In force", "Which document shows this? (title)": "Royal Gazette 7"}[h]
		cell, _ := excelize.CoordinatesToCellName(j+1, 2)
		if v != "" {
			if err := s.SetCellStr("New records", cell, v); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

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

// member is signed in as a member.
func (d *desk) member(email string) *browser {
	d.person(email, access.Member)
	return d.signedIn(email)
}

// secretary is signed in with a second factor.
func (d *desk) secretary(email string) *browser {
	secret := d.generator(d.person(email, access.Secretariat))
	b := d.signedIn(email)
	b.post("/sign-in/code", "code", d.code(secret))
	return b
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

// shows wants words on a page, and tells the words of the page where one is missing.
func shows(t *testing.T, w *httptest.ResponseRecorder, status int, parts ...string) {
	t.Helper()
	text := html.UnescapeString(problemOf(w))
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in: %s", part, text[max(0, strings.Index(text, "Home")):min(len(text), 4000)])
		}
	}
	if w.Code != status {
		t.Errorf("got %d, want %d: %s", w.Code, status, text)
	}
}

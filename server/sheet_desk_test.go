package server

import (
	"bytes"
	"context"
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

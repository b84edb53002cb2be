package server

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	"github.com/pquerna/otp/totp"
)

const goodPassword = "several words put together"

// house is a server with accounts on a database of its own, with a clock that can be set forward.
type house struct {
	*fixture
	t       testing.TB
	store   *store.Store
	keeper  *people.Keeper
	doors   *Doors
	forward *atomic.Int64 // nanoseconds
	press   func()        // makes the editions that were announced, as a server does every second; nil where there is none
}

func newHouse(t testing.TB, change ...func(*Doors)) *house {
	t.Helper()
	return houseOn(t, testdb.Store(t, dialect.SQLite), change...)
}

func houseOn(t testing.TB, st *store.Store, change ...func(*Doors)) *house {
	t.Helper()
	h := &house{t: t, store: st, forward: new(atomic.Int64)}
	h.keeper = people.New(st, func() time.Time { return time.Now().Add(time.Duration(h.forward.Load())) })
	h.doors = &Doors{Keeper: h.keeper, BaseURL: testConfig().BaseURL}
	for _, c := range change {
		c(h.doors)
	}
	cfg := testConfig()
	cfg.BaseURL = h.doors.BaseURL
	log := &logBuffer{}
	logger, err := NewLogger(log, "json", "debug")
	if err != nil {
		t.Fatal(err)
	}
	s := New(cfg, Handlers{
		Doors: h.doors, SchemaSDL: "type Query", Home: asker, Data: text("data"), GraphQL: asker,
		Routes: []Route{
			{Pattern: "GET /read", Needs: NeedsRead, Handler: asker}, {Pattern: "POST /write", Needs: NeedsWrite, Handler: asker},
		},
	}, logger)
	handler, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	h.fixture = &fixture{Server: s, handler: handler, log: log}
	return h
}

// asker answers with who is asking, as the handler behind it sees.
var asker = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	v := access.From(r.Context())
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(v.Name + " " + string(v.Audience)))
	for _, g := range v.Grants {
		_, _ = w.Write([]byte(" " + string(g.Role)))
	}
})

func (h *house) program() context.Context {
	return access.With(context.Background(), access.Operator("Test"))
}

// pass lets time go by.
func (h *house) pass(d time.Duration) { h.forward.Add(int64(d)) }

// invited makes an account with a role and gives the secret of its link.
func (h *house) invited(email string, role access.Role) (string, *ent.Person) {
	h.t.Helper()
	secret, p, err := h.keeper.Invite(h.program(), people.Invitation{Email: email, Role: role})
	if err != nil {
		h.t.Fatal(err)
	}
	return secret, p
}

// person makes an account with a role and the good password.
func (h *house) person(email string, role access.Role) *ent.Person {
	h.t.Helper()
	secret, _ := h.invited(email, role)
	p, err := h.keeper.Accept(h.program(), secret, people.Acceptance{Password: goodPassword})
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// generator gives a person a code generator and tells its secret.
func (h *house) generator(p *ent.Person) string {
	h.t.Helper()
	secret, _, err := h.keeper.EnrolTOTP(h.program(), p.ID, "ADAM", true)
	if err == nil {
		err = h.keeper.ConfirmTOTP(h.program(), p.ID, h.code(secret))
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.pass(time.Minute) // a code works once
	return secret
}

// code is what the generator shows now.
func (h *house) code(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), h.keeper.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

func (h *house) token(p *ent.Person, scopes ...access.Scope) string {
	h.t.Helper()
	secret, _, err := h.keeper.CreateToken(h.program(), p.ID, "test", scopes, 1)
	if err != nil {
		h.t.Fatal(err)
	}
	return secret
}

// rows counts the sessions that are kept.
func (h *house) rows() int {
	h.t.Helper()
	n, err := h.store.Client.Session.Query().Count(h.program())
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// browser keeps the cookie and sends what browsers send.
type browser struct {
	*house
	cookie string
	header []string // sent with every request
}

func (h *house) browser(header ...string) *browser { return &browser{house: h, header: header} }

func (b *browser) get(target string) *httptest.ResponseRecorder { return b.send("GET", target, "") }

func (b *browser) post(target string, form ...string) *httptest.ResponseRecorder {
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	return b.send("POST", target, values.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Origin", b.doors.BaseURL, "Sec-Fetch-Site", "same-origin")
}

func (b *browser) send(method, target, body string, header ...string) *httptest.ResponseRecorder {
	header = append(append([]string{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}, b.header...), header...)
	if b.cookie != "" {
		header = append(header, "Cookie", cookieName+"="+b.cookie)
	}
	w := b.ask(method, target, body, header...)
	for _, c := range w.Result().Cookies() {
		if c.Name == cookieName {
			b.cookie = c.Value
		}
	}
	return w
}

// signIn types the address and the good password, and gives the answer.
func (b *browser) signIn(email string) *httptest.ResponseRecorder {
	return b.post("/sign-in", "email", email, "password", goodPassword)
}

// signedIn is a browser that has signed in with a password alone.
func (h *house) signedIn(email string) *browser {
	h.t.Helper()
	b := h.browser()
	if w := b.signIn(email); w.Code != http.StatusSeeOther || b.cookie == "" {
		h.t.Fatalf("%s could not sign in: %d %s", email, w.Code, w.Body)
	}
	return b
}

// who is what the start page calls the browser's person.
func (b *browser) who() string { return b.get("/").Body.String() }

func wantRedirect(t testing.TB, w *httptest.ResponseRecorder, to string) {
	t.Helper()
	if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != to {
		t.Errorf("got %d to %q, want %q\n%s", w.Code, got, to, problemOf(w))
	}
}

func wantPage(t testing.TB, w *httptest.ResponseRecorder, status int, parts ...string) {
	t.Helper()
	body := html.UnescapeString(styleSheet.ReplaceAllString(w.Body.String(), ""))
	if w.Code != status {
		t.Errorf("got %d, want %d: %s", w.Code, status, body)
	}
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("%q is missing in:\n%s", part, body)
		}
	}
}

var (
	styleSheet = regexp.MustCompile(`(?s)<style>.*?</style>`)
	tag        = regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)
)

// problemOf is the text of a page, for the message of a failed test.
func problemOf(w *httptest.ResponseRecorder) string {
	return strings.Join(strings.Fields(tag.ReplaceAllString(w.Body.String(), " ")), " ")
}

// secretIn finds the link that a page shows.
func secretIn(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	found := regexp.MustCompile(`<code>([^<]*)</code>`).FindStringSubmatch(w.Body.String())
	if found == nil {
		t.Fatalf("no link is shown: %s", problemOf(w))
	}
	return html.UnescapeString(found[1])
}

// inviteAgain asks once more who was asked already.
func inviteAgain(email string) people.Invitation {
	return people.Invitation{Email: email, Role: access.Member}
}

func swapCase(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z':
			return c - 'a' + 'A'
		case 'A' <= c && c <= 'Z':
			return c - 'A' + 'a'
		}
		return c
	}, s)
}

// focalPoint makes the regional chapter and its focal point with the good password.
func (h *house) focalPoint(email string) *ent.Person {
	h.t.Helper()
	if err := h.store.Client.Chapter.Create().SetCode("REGIONAL").SetTitle("Region").SetTimeZone("Asia/Bangkok").Exec(h.program()); err != nil {
		h.t.Fatal(err)
	}
	secret, _, err := h.keeper.Invite(h.program(), people.Invitation{Email: email, Role: access.FocalPoint, Chapter: "REGIONAL"})
	if err != nil {
		h.t.Fatal(err)
	}
	p, err := h.keeper.Accept(h.program(), secret, people.Acceptance{Password: goodPassword})
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func mustFind(h *house, email string) *ent.Person {
	h.t.Helper()
	p, err := h.keeper.Find(h.program(), email)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// textOf is a text that may be unknown.
func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (h *house) personOf(email string) term.ID { return mustFind(h, email).ID }

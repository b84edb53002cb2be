package server

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/testdb"

	"github.com/pquerna/otp/totp"
)

// house is a server with accounts.
type house struct {
	*fixture
	t      *testing.T
	store  *store.Store
	keeper *people.Keeper
	now    time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, store: testdb.Store(t, "sqlite3"), now: time.Now()}
	h.keeper = people.New(h.store, func() time.Time { return h.now })
	who := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := access.From(r.Context())
		_, _ = w.Write([]byte(string(v.Audience) + " " + v.Name))
	})
	cfg := testConfig()
	cfg.BaseURL = "https://adam.example.org"
	h.fixture = newFixture(t, cfg, Handlers{GraphQL: who, Home: who, Doors: NewDoors(h.keeper, cfg.BaseURL, false), Routes: []Route{
		{Pattern: "POST /write", Needs: ToWrite, Handler: who},
	}})
	return h
}

// post sends a form with a cookie and gives the answer.
func (h *house) post(path, cookie string, fields ...string) *recorded {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return h.with("POST", path, cookie, form.Encode())
}

type recorded struct {
	Code   int
	Body   string
	Header http.Header
	cookie string
}

func (h *house) with(method, path, cookie, body string, headers ...string) *recorded {
	if method == "POST" {
		headers = append(headers, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	}
	if cookie != "" {
		headers = append(headers, "Cookie", "__Host-adam="+cookie)
	}
	w := h.ask(method, path, body, headers...)
	out := &recorded{w.Code, w.Body.String(), w.Header(), ""}
	for _, c := range w.Result().Cookies() {
		if c.Name == "__Host-adam" {
			out.cookie = c.Value
			if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				h.t.Errorf("the cookie is %v", c)
			}
		}
	}
	return out
}

func (h *house) get(path, cookie string) *recorded {
	return h.with("GET", path, cookie, "", "Accept", "text/html")
}

const password = "a quokka on the roof"

// invited makes an account with a role and gives its link.
func (h *house) invited(email string, role access.Role) string {
	h.t.Helper()
	secret, _, err := h.keeper.Invite(testdb.Context(h.t), people.Invitation{Email: email, Role: role})
	if err != nil {
		h.t.Fatal(err)
	}
	return "/invitation/" + secret
}

// member makes an account that has signed in and gives its cookie.
func (h *house) member(email string, role access.Role) string {
	h.t.Helper()
	got := h.post(h.invited(email, role), "", "password", password)
	if got.Code != http.StatusSeeOther || got.cookie == "" {
		h.t.Fatalf("accepting gave %d %s", got.Code, got.Body)
	}
	return got.cookie
}

// A mail scanner opens every link; a person uses hers once.
func TestALinkIsUsedByPostAndOnce(t *testing.T) {
	h := newHouse(t)
	link := h.invited("a@example.org", access.Member)
	for _, method := range []string{"GET", "HEAD", "GET"} {
		if got := h.with(method, link, "", "", "Accept", "text/html"); got.Code != 200 || got.cookie != "" {
			t.Errorf("%s gave %d and the cookie %q", method, got.Code, got.cookie)
		}
	}
	if got := h.post(link, "", "password", "short"); got.Code != 400 || !strings.Contains(got.Body, "There is a problem") {
		t.Errorf("a short password gave %d", got.Code)
	}
	if got := h.post(link, "", "password", password); got.cookie == "" || got.Header.Get("Location") != "/account" {
		t.Fatalf("accepting gave %d %v", got.Code, got.Header)
	}
	used, wrong := h.post(link, "", "password", password), h.post("/invitation/wrong", "", "password", password)
	if used.Code != 404 || used.Body != wrong.Body {
		t.Errorf("a used link gives %d, an unknown one %d, or other words", used.Code, wrong.Code)
	}
	if strings.Contains(h.log.String(), strings.TrimPrefix(link, "/invitation/")) {
		t.Error("the link is in the log")
	}
}

func TestKnownAndUnknownAddressesAreToldTheSame(t *testing.T) {
	h := newHouse(t)
	h.member("a@example.org", access.Member)
	known := h.post("/sign-in", "", "email", "A@Example.org", "password", "wrong wrong wrong")
	unknown := h.post("/sign-in", "", "email", "b@example.org", "password", "wrong wrong wrong")
	same := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "b@example.org", "a@example.org") }
	if known.Code != 401 || same(known.Body) != same(unknown.Body) {
		t.Errorf("known: %d\n%s\nunknown: %d\n%s", known.Code, known.Body, unknown.Code, unknown.Body)
	}
	if got := h.post("/sign-in", "", "email", " A@EXAMPLE.org", "password", password, "next", "/account"); got.Code != 303 || got.cookie == "" {
		t.Errorf("the right password gave %d", got.Code)
	}
}

// A cookie that was planted before signing in is worth nothing after it; one that was stolen dies with the password.
func TestSessionsChangeAtSignInAndEndWithThePassword(t *testing.T) {
	h := newHouse(t)
	first := h.member("a@example.org", access.Member)
	second := h.post("/sign-in", first, "email", "a@example.org", "password", password)
	if second.cookie == first || second.cookie == "" {
		t.Fatal("the cookie stayed the same")
	}
	if got := h.get("/account", first); got.Code != 303 || !strings.HasPrefix(got.Header.Get("Location"), "/sign-in?next=") {
		t.Errorf("the old cookie still gives %d", got.Code)
	}
	stolen := h.post("/sign-in", "", "email", "a@example.org", "password", password).cookie
	if got := h.post("/account/password", second.cookie, "old", password, "password", "another quokka sings"); got.Code != 200 || !strings.Contains(got.Body, "is changed") {
		t.Fatalf("changing the password gave %d %s", got.Code, got.Body)
	}
	if got := h.get("/account", stolen); got.Code != 303 {
		t.Errorf("the stolen cookie still gives %d", got.Code)
	}
	mine := h.get("/account", second.cookie)
	if mine.Code != 200 || mine.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the own one gives %d, to be stored as %q", mine.Code, mine.Header.Get("Cache-Control"))
	}
	if got := h.post("/sign-out", second.cookie); got.Code != 303 || h.get("/account", second.cookie).Code != 303 {
		t.Errorf("signing out gave %d, or the session goes on", got.Code)
	}
}

// The secretariat and administrators have their rights only once they have shown two factors.
func TestStrongRolesNeedASecondFactor(t *testing.T) {
	h := newHouse(t)
	got := h.post(h.invited("s@example.org", access.Secretariat), "", "password", password)
	if got.Header.Get("Location") != "/account/second-factor" {
		t.Fatalf("led to %s", got.Header.Get("Location"))
	}
	weak := got.cookie
	if got := h.get("/", weak).Body; !strings.HasPrefix(got, "public ") {
		t.Errorf("with one factor the secretariat is %q", got)
	}
	if got := h.get("/admin", weak); got.Code != 403 {
		t.Errorf("with one factor the accounts give %d", got.Code)
	}
	secret := regexp.MustCompile(`<code>([A-Z2-7]+)</code>`).FindStringSubmatch(h.get("/account/second-factor", weak).Body)[1]
	code, err := totp.GenerateCode(secret, h.now)
	if err != nil {
		t.Fatal(err)
	}
	strong := h.post("/account/second-factor", weak, "code", code)
	if strong.cookie == "" || strong.cookie == weak {
		t.Fatalf("the second factor gave %d %s", strong.Code, strong.Body)
	}
	if got := h.get("/", strong.cookie).Body; got != "working Secretariat" {
		t.Errorf("with two factors the secretariat is %q", got)
	}
	h.now = h.now.Add(2 * time.Minute)
	pending := h.post("/sign-in", "", "email", "s@example.org", "password", password)
	if pending.Header.Get("Location") != "/sign-in/code" || h.get("/account", pending.cookie).Code != 303 {
		t.Errorf("the password alone leads to %s", pending.Header.Get("Location"))
	}
	code, _ = totp.GenerateCode(secret, h.now)
	if got := h.post("/sign-in/code", pending.cookie, "code", code); h.get("/", got.cookie).Body != "working Secretariat" {
		t.Errorf("the code gave %d %s", got.Code, got.Body)
	}
	h.now = h.now.Add(13 * time.Hour)
	if got := h.get("/", strong.cookie).Body; !strings.HasPrefix(got, "public Visitor") {
		t.Errorf("after half a day the secretariat is still %q", got)
	}
}

func TestATokenWorksWholeAndAloneAndOnlyForItsScopes(t *testing.T) {
	h := newHouse(t)
	h.member("a@example.org", access.Coordinator)
	p, _ := h.keeper.Find(testdb.Context(t), "a@example.org")
	token := func(scopes ...access.Scope) string {
		secret, _, err := h.keeper.CreateToken(testdb.Context(t), p.ID, "test", scopes, 1)
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}
	read := token(access.ScopeRead)
	ask := func(header ...string) *recorded { return h.with("GET", "/graphql", "", "", header...) }
	if got := ask("Authorization", "Bearer "+read); got.Code != 200 || got.Body != "working Coordinator" {
		t.Errorf("the token gives %d %s", got.Code, got.Body)
	}
	for _, wrong := range []string{"Bearer " + read[:len(read)-1], "Bearer " + strings.ToUpper(read), "Bearer", "Basic " + read, read, "Bearer " + read + "x"} {
		if got := ask("Authorization", wrong); got.Code != 401 {
			t.Errorf("%q gives %d %s", wrong[:8], got.Code, got.Body)
		}
	}
	h.now = h.now.Add(25 * time.Hour)
	if got := ask("Authorization", "Bearer "+read); got.Code != 401 {
		t.Errorf("an expired token gives %d", got.Code)
	}
}

// Every route answers a token without its scope alike; the table is made from the router itself.
func TestEveryRouteAsksForItsScope(t *testing.T) {
	h := newHouse(t)
	h.member("a@example.org", access.Coordinator)
	p, _ := h.keeper.Find(testdb.Context(t), "a@example.org")
	srv := New(testConfig(), Handlers{GraphQL: echo, Home: echo, Data: echo, SchemaSDL: "type Query", Doors: NewDoors(h.keeper, "https://adam.example.org", false)}, nil)
	var refusal []byte
	cells := 0
	for _, scope := range access.Scope("").Values() {
		secret, _, err := h.keeper.CreateToken(testdb.Context(t), p.ID, scope, []access.Scope{access.Scope(scope)}, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, route := range srv.routes() {
			method, path, _ := strings.Cut(route.Pattern, " ")
			path = strings.NewReplacer("{$}", "", "{token}", "x").Replace(path)
			w := h.ask(method, path, "", "Authorization", "Bearer "+secret, "Accept", "application/json")
			needs := scopeOf[route.Needs]
			if denied := w.Code == 403; denied != (needs != "" && needs != access.Scope(scope)) && !strings.HasPrefix(path, "/admin") {
				t.Errorf("%s with %s gives %d", route.Pattern, scope, w.Code)
			} else if denied && !strings.HasPrefix(path, "/admin") {
				if refusal == nil {
					refusal = w.Body.Bytes()
				}
				if !bytes.Equal(refusal, w.Body.Bytes()) {
					t.Errorf("%s answers otherwise: %s", route.Pattern, w.Body)
				}
			}
			cells++
		}
	}
	t.Logf("%d routes × scopes", cells)
}

func TestVisitorsAreAskedToSignIn(t *testing.T) {
	h := newHouse(t)
	if got := h.get("/account?x=1", ""); got.Code != 303 || got.Header.Get("Location") != "/sign-in?next=%2Faccount%3Fx%3D1" {
		t.Errorf("the page gives %d %s", got.Code, got.Header.Get("Location"))
	}
	if got := h.with("POST", "/write", "", ""); got.Code != 401 {
		t.Errorf("writing gives %d", got.Code)
	}
}

func TestSigningInNeverLeadsToAnotherSite(t *testing.T) {
	for next, want := range map[string]string{"/account": "/account", "/review/THA?x=1": "/review/THA?x=1", "": "/account", "//evil.example": "/account",
		"https://evil.example": "/account", `/\evil.example`: "/account", "/\tevil": "/account", "javascript:alert(1)": "/account"} {
		if got := local(next); got != want {
			t.Errorf("%q leads to %q", next, got)
		}
	}
}

// A page of another site can't post in anybody's name, whatever it says its content is.
func TestForeignPagesCannotPostForms(t *testing.T) {
	h := newHouse(t)
	cookie := h.member("a@example.org", access.Member)
	for _, content := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json", ""} {
		w := h.ask("POST", "/account/password", "old="+url.QueryEscape(password)+"&password=evil+evil+evil+evil", "Content-Type", content,
			"Cookie", "__Host-adam="+cookie, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
		if w.Code != 403 {
			t.Errorf("%q gives %d", content, w.Code)
		}
	}
	if h.get("/account", cookie).Code != 200 {
		t.Error("the session ended")
	}
}

// What a request says of host and proxy is in no link.
func TestLinksAreMadeOfOurOwnAddress(t *testing.T) {
	h := newHouse(t)
	secret, needed, err := h.keeper.FirstLink(testdb.Context(t))
	if err != nil || !needed {
		t.Fatal(err)
	}
	weak := h.post("/invitation/"+secret, "", "email", "admin@example.org", "password", password).cookie
	key := regexp.MustCompile(`<code>([A-Z2-7]+)</code>`).FindStringSubmatch(h.get("/account/second-factor", weak).Body)[1]
	code, _ := totp.GenerateCode(key, h.now)
	admin := h.post("/account/second-factor", weak, "code", code).cookie
	got := h.with("POST", "/admin/invite", admin, "email=b%40example.org&role=MEMBER&visibility=PUBLIC&verified=true", "Host", "evil.example", "X-Forwarded-Host", "evil.example")
	if got.Code != 200 || !strings.Contains(got.Body, "https://adam.example.org/invitation/") || strings.Contains(got.Body, "evil") {
		t.Errorf("inviting gave %d %s", got.Code, got.Body)
	}
}

// Requests never act as whoever started the program.
func TestARequestIsAVisitorsWhoeverServes(t *testing.T) {
	h := newHouse(t)
	ctx := access.With(t.Context(), access.Operator("Operator"))
	r, w := newRequest(ctx), newRecorder()
	h.handler.ServeHTTP(w, r)
	if got := w.Body.String(); got != "public Visitor" {
		t.Errorf("a request acts as %q", got)
	}
}

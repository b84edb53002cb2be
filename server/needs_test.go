package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"adam/internal/access"
)

// caller is one column of the table: who comes, and what each need answers. 0 means that she is let in.
type caller struct {
	name   string
	header []string
	want   map[Needs]int
}

func callers(h *house) []caller {
	p := h.person("all@example.org", access.Administrator)
	secret := h.generator(p)
	b := h.signedIn("all@example.org")
	b.post("/sign-in/code", "code", h.code(secret))
	token := func(scopes ...access.Scope) []string {
		return []string{"Authorization", "Bearer " + h.token(p, scopes...)}
	}
	const no, who = http.StatusForbidden, http.StatusUnauthorized
	wrong := map[Needs]int{Anyone: who, SignedIn: who, NeedsRead: who, NeedsWrite: who, NeedsAccounts: who}
	return []caller{
		{"visitor", nil, map[Needs]int{SignedIn: who, NeedsRead: who, NeedsWrite: who, NeedsAccounts: who}},
		{"session", []string{"Cookie", cookieName + "=" + b.cookie}, nil},
		{"READ", token(access.ScopeRead), map[Needs]int{SignedIn: no, NeedsWrite: no, NeedsAccounts: no}},
		{"WRITE", token(access.ScopeWrite), map[Needs]int{Anyone: no, SignedIn: no, NeedsRead: no, NeedsAccounts: no}},
		{"ACCOUNTS", token(access.ScopeAccounts), map[Needs]int{Anyone: no, SignedIn: no, NeedsRead: no, NeedsWrite: no}},
		{"all scopes", token(access.ScopeRead, access.ScopeWrite, access.ScopeAccounts), map[Needs]int{SignedIn: no}},
		{"wrong token", []string{"Authorization", "Bearer adam_wrong"}, wrong},
		{"token of another scheme", []string{"Authorization", "Basic YTpi"}, wrong},
		{"token beside a session", append(token(access.ScopeRead), "Cookie", cookieName+"="+b.cookie), map[Needs]int{SignedIn: no, NeedsWrite: no, NeedsAccounts: no}},
		{"wrong token beside a session", []string{"Authorization", "Bearer x", "Cookie", cookieName + "=" + b.cookie}, wrong},
		{"wrong session", []string{"Cookie", cookieName + "=wrong"}, map[Needs]int{SignedIn: who, NeedsRead: who, NeedsWrite: who, NeedsAccounts: who}},
	}
}

// The table of every route against everybody, made from the router itself: each cell is asked.
func TestEveryRouteLetsInWhomItNeeds(t *testing.T) {
	h := newHouse(t)
	routes := h.routes()
	for i := range routes {
		routes[i].Handler = text("inside")
	}
	all := callers(h)
	f := &fixture{handler: newRouter(routes, DefaultTimeouts(), h.doors.Identify)}
	refusals := map[int]map[string]bool{}
	for _, route := range routes {
		method, path, _ := strings.Cut(route.Pattern, " ")
		path = strings.NewReplacer("{$}", "", "{id}", "x", "{token}", "x", "{hash}", "x").Replace(path)
		for _, c := range all {
			w := f.ask(method, path, "", append([]string{"Accept", "application/json"}, c.header...)...)
			want := c.want[route.Needs]
			switch {
			case want == 0 && (w.Code != 200 || w.Body.String() != "inside"):
				t.Errorf("%s as %s: got %d, want to be let in", route.Pattern, c.name, w.Code)
			case want != 0 && (w.Code != want || strings.Contains(w.Body.String(), "inside")):
				t.Errorf("%s as %s: got %d, want %d", route.Pattern, c.name, w.Code, want)
			case want == http.StatusForbidden:
				if refusals[want] == nil {
					refusals[want] = map[string]bool{}
				}
				refusals[want][w.Body.String()] = true
			}
		}
	}
	if len(refusals[http.StatusForbidden]) != 1 {
		t.Errorf("a token without the scope gets different answers: %v", refusals)
	}
	t.Logf("%d routes × %d callers", len(routes), len(all))
}

func TestAccountsAreNeverOpenToAnyone(t *testing.T) {
	for _, r := range newHouse(t).routes() {
		_, path, _ := strings.Cut(r.Pattern, " ")
		if strings.HasPrefix(path, "/account") && r.Needs != SignedIn || strings.HasPrefix(path, "/admin") && r.Needs != NeedsAccounts {
			t.Errorf("%s needs %s", r.Pattern, r.Needs)
		}
	}
}

func TestRouteThatDoesNotSayWhomItIsForIsAMistakeOfTheProgram(t *testing.T) {
	for _, needs := range []Needs{"", "READ ", "EVERYBODY"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a route that needs %q was taken", needs)
				}
			}()
			newRouter([]Route{{Pattern: "GET /x", Needs: needs, Handler: text("x")}}, DefaultTimeouts(), (*Doors)(nil).Identify)
		}()
	}
}

func TestVisitorIsLedToSignInAndBack(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	if w := h.browser("HX-Request", "true").get("/account"); w.Code != http.StatusNoContent || !strings.HasPrefix(w.Header().Get("HX-Redirect"), "/sign-in?next=") {
		t.Errorf("the script of a page, whose session has ended, gets %d %v", w.Code, w.Header())
	}
	wantRedirect(t, b.get("/account?done=login"), "/sign-in?next="+url.QueryEscape("/account?done=login"))
	if w := b.post("/account/password"); w.Code != 401 {
		t.Errorf("a form of a visitor got %d", w.Code)
	}
	if w := h.ask("GET", "/account", ""); w.Code != 401 {
		t.Errorf("a program was led to a page: %d", w.Code)
	}
	h.person("a@example.org", access.Member)
	wantRedirect(t, b.post("/sign-in", "email", "a@example.org", "password", goodPassword, "next", "/account?done=login"), "/account?done=login")
	wantPage(t, b.get("/account?done=login"), 200, "a@example.org", "tied to your account")
}

func TestNextStaysOnThisSite(t *testing.T) {
	for next, want := range map[string]string{
		"/account": "/account", "/search?q=a&b=c#d": "/search?q=a&b=c#d", "/states/THA": "/states/THA", "": "/",
		"https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "/\t/evil.example": "/",
		"javascript:alert(1)": "/", "/%2f/evil.example": "/", "/%5cevil.example": "/", "evil": "/", " /account": "/", "/a\nb": "/",
		"/sign-in": "/", "/sign-out": "/", "/invitation/x": "/", "/..//evil.example": "/", "http:/account": "/", "/" + strings.Repeat("a", 3000): "/",
		"/th/account": "/account", "/ur": "/", "/ur?a=b": "/?a=b", "/thailand": "/thailand", "/th//evil.example": "/", "/th/%2fevil.example": "/",
		`/th/\evil.example`: "/", "/th/sign-in": "/", "/ur/invitation/x": "/",
	} {
		if got := localPath(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`} {
		b := h.browser()
		wantRedirect(t, b.post("/sign-in", "email", "a@example.org", "password", goodPassword, "next", next), "/")
		wantRedirect(t, b.get("/sign-in?next="+url.QueryEscape(next)), "/")
		if w := h.browser().get("/sign-in?next=" + url.QueryEscape(next)); strings.Contains(w.Body.String(), "evil") {
			t.Errorf("%q stands in the form", next)
		}
	}
}

func TestTokenCutShortOrInAnotherCaseIsRefused(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	good := h.token(p, access.ScopeRead)
	ask := func(header ...string) int { return h.ask("GET", "/graphql", "", header...).Code }
	if got := h.ask("GET", "/graphql", "", "Authorization", "Bearer "+good); got.Code != 200 || got.Body.String() != "Member members MEMBER" {
		t.Fatalf("the token itself: %d %s", got.Code, got.Body)
	}
	if got := ask("Authorization", "bearer "+good); got != 200 {
		t.Errorf("the scheme in small letters: %d (RFC 9110 allows it)", got)
	}
	for name, header := range map[string]string{
		"cut short": "Bearer " + good[:len(good)-1], "in another case": "Bearer " + strings.ToUpper(good), "twice": "Bearer " + good + "," + good,
		"followed by more": "Bearer " + good + " x", "without a scheme": good, "of another scheme": "Token " + good, "empty": "", "none": "Bearer", "blank": "Bearer ",
	} {
		if got := ask("Authorization", header); got != 401 {
			t.Errorf("a token %s got %d", name, got)
		}
	}
	if got := ask("Authorization", "Bearer "+good, "Authorization", "Bearer "+good); got != 401 {
		t.Errorf("two headers got %d", got)
	}
	h.pass(25 * time.Hour)
	if got := ask("Authorization", "Bearer "+good); got != 401 {
		t.Errorf("a token that has ended got %d", got)
	}
}

func TestServerWithoutAccountsKnowsNobodyAndRefusesTokens(t *testing.T) {
	f := newFixture(t, testConfig(), Handlers{GraphQL: asker})
	if w := f.ask("GET", "/graphql", "", "Cookie", cookieName+"=x"); w.Body.String() != "Visitor public" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := f.ask("GET", "/graphql", "", "Authorization", "Bearer x"); w.Code != 401 || w.Header().Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("a token got %d", w.Code)
	}
}

func TestRequestsDoNotInheritWhoRunsTheProgram(t *testing.T) {
	seen := make(chan access.Viewer, 1)
	look := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen <- access.From(r.Context()) })
	// Open is the route that nobody is identified on: the base context is all it has.
	r := runIn(t, access.With(t.Context(), access.Operator("Serve")), testConfig(), Handlers{Routes: []Route{{Pattern: "GET /open", Needs: Open, Handler: look}}})
	if _, err := get("http://" + r.addr + "/open"); err != nil {
		t.Fatal(err)
	}
	if v := <-seen; v.Program || v.Audience != access.Public {
		t.Errorf("a request acts as %+v", v)
	}
}

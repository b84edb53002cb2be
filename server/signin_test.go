package server

import (
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/store"
	"adam/internal/testdb"
)

func TestSignInBeginsASessionOnBothEngines(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		h := houseOn(t, st)
		h.person("a@example.org", access.Member)
		b := h.browser("User-Agent", "Netscape 4")
		w := b.signIn("A@Example.org ")
		wantRedirect(t, w, "/")
		c := w.Result().Cookies()[0]
		if c.Name != "__Host-adam" || c.Path != "/" || c.Domain != "" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 0 || !c.Expires.IsZero() {
			t.Errorf("the cookie is %s", w.Header().Get("Set-Cookie"))
		}
		if got := b.who(); got != "Member members MEMBER" {
			t.Errorf("the session is of %q", got)
		}
		wantPage(t, b.get("/account"), 200, "a@example.org", "Netscape 4", "This browser")
		wantRedirect(t, b.get("/sign-in?next=/account"), "/account")
		old := b.cookie
		wantRedirect(t, b.post("/sign-out"), "/sign-in?done=signed-out")
		b.cookie = old
		if got := b.who(); got != "Visitor public" {
			t.Errorf("after signing out the cookie is of %q", got)
		}
	})
}

func TestSignInSaysTheSameForKnownAndUnknown(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	h.invited("invited@example.org", access.Member)
	disabled := h.person("disabled@example.org", access.Member)
	if err := h.keeper.Disable(h.program(), disabled.ID); err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{}
	for _, email := range []string{"a@example.org", "nobody@example.org", "invited@example.org", "disabled@example.org"} {
		w := h.browser().post("/sign-in", "email", email, "password", "wrong wrong wrong")
		if w.Code != 401 || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: got %d, cookie %q", email, w.Code, w.Header().Get("Set-Cookie"))
		}
		pages[strings.ReplaceAll(w.Body.String(), email, "")] = true
		if strings.Contains(w.Body.String(), "wrong wrong") {
			t.Error("the password stands in the page")
		}
	}
	if len(pages) != 1 {
		t.Errorf("%d different answers", len(pages))
	}
	if strings.Contains(h.log.String(), "wrong wrong") {
		t.Error("a password is in the log")
	}
}

// However the address is spelt and wherever the tries come from, there is one counter for each account.
func TestTriesAtOneAccountShareOneCounter(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	for _, email := range []string{"a@example.org", "nobody@example.org"} {
		spellings := []string{email, strings.ToUpper(email), " " + email, email + "\t", strings.ToUpper(email[:1]) + email[1:]}
		for i, spelling := range spellings {
			w := h.browser("Peer", "10.0.0.1:1", "X-Forwarded-For", "203.0.113."+strconv.Itoa(i)).post("/sign-in", "email", spelling, "password", "wrong")
			if w.Code != 401 {
				t.Errorf("try %d at %s: %d", i, email, w.Code)
			}
		}
		w := h.browser("Peer", "198.51.100.7:1").post("/sign-in", "email", email, "password", goodPassword)
		seconds, _ := strconv.Atoi(w.Header().Get("Retry-After"))
		if w.Code != 429 || seconds < 30 || seconds > 61 {
			t.Errorf("%s after five tries: %d, Retry-After %q", email, w.Code, w.Header().Get("Retry-After"))
		}
		wantPage(t, w, 429, "too many wrong tries")
		if w := h.ask("POST", "/sign-in", "email="+email+"&password=x", "Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"); w.Code != 429 || w.Header().Get("Retry-After") == "" {
			t.Errorf("a program gets %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
		}
	}
	h.pass(2 * time.Minute)
	wantRedirect(t, h.browser().signIn("a@example.org"), "/")
}

func TestSecondFactorIsAskedForAndGivesTheRights(t *testing.T) {
	h := newHouse(t)
	secret := h.generator(h.person("s@example.org", access.Secretariat))
	b := h.browser()
	wantRedirect(t, b.post("/sign-in", "email", "s@example.org", "password", goodPassword, "next", "/admin"), "/sign-in/code")
	half := b.cookie
	if got := b.who(); got != "Visitor public" {
		t.Errorf("with one factor of two she is %q", got)
	}
	wantRedirect(t, b.get("/account"), "/sign-in?next=%2Faccount")
	wantPage(t, b.get("/sign-in/code"), 200, "six digits", "one-time-code")
	wantPage(t, b.post("/sign-in/code", "code", "000000"), 401, "code is wrong")
	code := h.code(secret)
	wantRedirect(t, b.post("/sign-in/code", "code", code[:3]+" "+code[3:]), "/admin")
	if got := b.who(); got != "Secretariat working SECRETARIAT" {
		t.Errorf("with both she is %q", got)
	}
	if half == b.cookie {
		t.Error("the cookie stayed the same at the second factor")
	}
	stale := &browser{house: h, cookie: half}
	wantRedirect(t, stale.get("/sign-in/code"), "/sign-in")
	other := h.browser()
	other.signIn("s@example.org")
	wantPage(t, other.post("/sign-in/code", "code", code), 401, "code is wrong")
	wantRedirect(t, h.browser().post("/sign-in/code", "code", code), "/sign-in")
}

func TestWhoWaitsTooLongAtTheSecondFactorStartsAgain(t *testing.T) {
	h := newHouse(t)
	secret := h.generator(h.person("s@example.org", access.Member))
	b := h.browser()
	b.signIn("s@example.org")
	h.pass(visitorLifetime + time.Minute)
	wantRedirect(t, b.post("/sign-in/code", "code", h.code(secret)), "/sign-in")
}

func TestCookieFromBeforeSigningInIsWorthNothingAfter(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	b := h.browser()
	b.send("POST", "/sign-in/passkey/options", "", "Origin", h.doors.BaseURL)
	before := b.cookie
	if before == "" {
		t.Fatal("no session for a visitor")
	}
	b.signIn("a@example.org")
	if b.cookie == before {
		t.Error("the cookie stayed the same")
	}
	if got := (&browser{house: h, cookie: before}).who(); got != "Visitor public" {
		t.Errorf("the cookie from before is of %q", got)
	}
	planted := &browser{house: h, cookie: "planted-by-somebody-else"}
	planted.signIn("a@example.org")
	if planted.cookie == "planted-by-somebody-else" || (&browser{house: h, cookie: "planted-by-somebody-else"}).who() != "Visitor public" {
		t.Error("a planted cookie was taken")
	}
}

func TestStolenCookieDiesWithThePassword(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	elsewhere, before := h.signedIn("a@example.org"), b.cookie
	thief := &browser{house: h, cookie: before}
	wantPage(t, b.post("/account/password", "old", "wrong", "password", "another good secret"), 401, "old password is wrong")
	wantPage(t, b.post("/account/password", "old", goodPassword, "password", "short"), 400, "too short")
	wantRedirect(t, b.post("/account/password", "old", goodPassword, "password", "another good secret"), "/account?done=password")
	if got := b.who(); got != "Member members MEMBER" {
		t.Errorf("who changed it is %q", got)
	}
	for name, x := range map[string]*browser{"a stolen cookie": thief, "another session": elsewhere} {
		if got := x.who(); got != "Visitor public" {
			t.Errorf("%s is of %q", name, got)
		}
	}
	wantPage(t, h.browser().signIn("a@example.org"), 401, "wrong")
}

func TestBackButtonShowsNothing(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	for _, target := range []string{"/account", "/account/second-factor", "/sign-in"} {
		if got := b.get(target).Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", target, got)
		}
	}
	w := b.post("/sign-out")
	if w.Header().Get("Clear-Site-Data") != `"cache"` || b.cookie != "" {
		t.Errorf("signing out leaves %q and the cookie %q", w.Header().Get("Clear-Site-Data"), b.cookie)
	}
	wantRedirect(t, b.get("/account"), "/sign-in?next=%2Faccount")
}

func TestSessionEndsWhenUnusedAndForTheMightySooner(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	secret := h.generator(h.person("s@example.org", access.Administrator))
	member, admin := h.signedIn("a@example.org"), h.browser()
	admin.signIn("s@example.org")
	admin.post("/sign-in/code", "code", h.code(secret))
	// scs reckons with the clock of the machine, so that here the store's clock goes ahead of it.
	h.pass(7 * time.Hour)
	if member.who() != "Member members MEMBER" || admin.who() != "Administrator members ADMINISTRATOR" {
		t.Errorf("after 7 hours they are %q and %q", member.who(), admin.who())
	}
	h.pass(2 * time.Hour)
	if got := member.who(); got != "Visitor public" {
		t.Errorf("nine hours unused, and still %q", got)
	}
	v := access.SignedIn(1, "x", []access.Grant{{Role: access.Administrator}})
	ctx, err := h.doors.sessions.Load(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for age, want := range map[time.Duration]bool{11 * time.Hour: false, 13 * time.Hour: true} {
		h.doors.sessions.Put(ctx, sinceKey, int(h.keeper.Now().Add(-age).Unix()))
		if h.doors.tooOld(ctx, v) != want || h.doors.tooOld(ctx, access.SignedIn(1, "x", []access.Grant{{Role: access.Member}})) {
			t.Errorf("after %s: too old is %v", age, !want)
		}
	}
}

func TestReadingWritesAtMostOnceAMinute(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	seen := func() string {
		all, err := h.keeper.SessionsOf(h.program(), p.ID)
		if err != nil || len(all) != 1 {
			t.Fatal(len(all), err)
		}
		return string(all[0].SeenAt) + string(all[0].ExpiresAt)
	}
	at := seen()
	h.pass(50 * time.Second)
	if b.who(); seen() != at {
		t.Error("a read within the minute was written")
	}
	h.pass(20 * time.Second)
	if b.who(); seen() == at {
		t.Error("a read after the minute was not")
	}
	n := h.rows()
	for _, target := range []string{"/", "/sign-in", "/sign-in/code", "/graphql", "/account", "/nowhere"} {
		h.browser().get(target)
	}
	if got := h.rows(); got != n {
		t.Errorf("visitors who only read made %d sessions", got-n)
	}
}

func TestDisabledPersonIsOutAtOnce(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	token := h.token(p, access.ScopeRead)
	b := h.signedIn("a@example.org")
	if err := h.keeper.Disable(h.program(), p.ID); err != nil {
		t.Fatal(err)
	}
	if got := b.who(); got != "Visitor public" {
		t.Errorf("she is %q", got)
	}
	if w := h.ask("GET", "/", "", "Authorization", "Bearer "+token); w.Code != 401 {
		t.Errorf("her token gets %d", w.Code)
	}
}

func TestForgedHostReachesNoLink(t *testing.T) {
	h := newHouse(t)
	secret := h.generator(h.person("admin@example.org", access.Administrator))
	b := h.browser("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http", "Forwarded", "host=evil.example", "X-Original-URL", "//evil.example")
	b.signIn("admin@example.org")
	b.post("/sign-in/code", "code", h.code(secret))
	w := b.post("/admin/invite", "email", "new@example.org", "role", "MEMBER")
	if link := secretIn(t, w); !strings.HasPrefix(link, "https://adam.example.org/invitation/") {
		t.Errorf("the link is %s", link)
	}
	r := newRequest(t.Context())
	r.Host, r.URL.Path, r.RequestURI = "evil.example", "/account", "/account"
	r.Header.Set("Accept", "text/html")
	rec := newRecorder()
	h.handler.ServeHTTP(rec, r)
	wantRedirect(t, rec, "/sign-in?next=%2Faccount")
	for _, target := range []string{"/account", "/admin", "/sign-in"} {
		if w := b.get(target); strings.Contains(w.Body.String(), "evil") || strings.Contains(w.Header().Get("Location"), "evil") {
			t.Errorf("%s holds the forged host", target)
		}
	}
}

// A page of another site may not post, whatever kind of body it sends.
func TestForeignPagesPostNothingAsWhoIsSignedIn(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	bodies := map[string]string{
		"application/x-www-form-urlencoded": "name=evil", "text/plain": "name=evil", "application/json": `{"name":"evil"}`, "": "name=evil",
		"multipart/form-data; boundary=x": "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nevil\r\n--x--\r\n",
	}
	for _, route := range h.doors.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		if method != "POST" {
			continue
		}
		for kind, body := range bodies {
			for _, from := range [][]string{{"Sec-Fetch-Site", "cross-site", "Origin", evil}, {"Origin", evil}, {"Sec-Fetch-Site", "same-site", "Origin", "https://x.example.org"}, {"Origin", "null"}} {
				header := from
				if kind != "" {
					header = append([]string{"Content-Type", kind}, from...)
				}
				if w := b.send("POST", path, body, header...); w.Code != 403 {
					t.Errorf("%s with %q of %v: %d", path, kind, from, w.Code)
				}
			}
		}
	}
	if p, err := h.keeper.Get(h.program(), p.ID); err != nil || p.Name != nil || b.who() != "Member members MEMBER" {
		t.Errorf("something was changed: %v %v", p.Name, err)
	}
	for kind, body := range bodies { // our own pages send forms only: of any other body no field is taken
		w := b.send("POST", "/account", body, "Content-Type", kind, "Origin", own, "Sec-Fetch-Site", "same-origin")
		p, err := h.keeper.Get(h.program(), p.ID)
		if got := textOf(p.Name) == "evil"; err != nil || got != (kind == "application/x-www-form-urlencoded") {
			t.Errorf("%q: %d, the name is %q", kind, w.Code, textOf(p.Name))
		}
		b.post("/account", "name", "")
	}
}

func TestFieldsThatAreNotInTheFormAreIgnored(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	wantRedirect(t, b.post("/account", "name", "Anna", "unit", "Desk", "name_public", "yes", "email", "x@evil.example", "institution", "UN", "disabled", "true",
		"role", "ADMINISTRATOR", "id", "pers_0", "person", "pers_0", "totp_confirmed", "true"), "/account?done=profile")
	got, err := h.keeper.Get(h.program(), p.ID)
	if err != nil || got.Email != "a@example.org" || got.Institution != nil || got.Disabled || got.TotpConfirmed || textOf(got.Name) != "Anna" || !got.NamePublic {
		t.Errorf("the account is %+v, %v", got, err)
	}
	if who := b.who(); who != "Member members MEMBER" {
		t.Errorf("she is %q", who)
	}
	wantPage(t, b.post("/account", "name", strings.Repeat("x", 201)), 400, "200 characters at most", `href="#account-name"`, `id="account-name-error"`, "<title>Error: ")
}

func TestAHundredSignInsAtOnceStayWithinBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	var peak atomic.Uint64
	stop := make(chan struct{})
	go func() {
		var m runtime.MemStats
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), m.HeapInuse))
			}
		}
	}()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := time.Now()
	var in, other atomic.Int64
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if w := h.browser().signIn("a@example.org"); w.Code == http.StatusSeeOther {
				in.Add(1)
			} else if w.Code != 429 && w.Code != 503 {
				other.Add(1)
				t.Errorf("got %d: %s", w.Code, problemOf(w))
			}
		})
	}
	wg.Wait()
	close(stop)
	t.Logf("%d of 100 signed in, in %s; heap %d MB before, %d MB at the peak", in.Load(), time.Since(began).Round(time.Millisecond), before.HeapInuse>>20, peak.Load()>>20)
	if most := before.HeapInuse + 400<<20; peak.Load() > most || in.Load() == 0 {
		t.Errorf("the heap grew from %d MB to %d MB; %d came in", before.HeapInuse>>20, peak.Load()>>20, in.Load())
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	stranger := h.person("b@example.org", access.Member)
	b, other, third := h.signedIn("a@example.org"), h.signedIn("a@example.org"), h.signedIn("a@example.org")
	h.signedIn("b@example.org")
	theirs, err := h.keeper.SessionsOf(h.program(), stranger.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantPage(t, b.post("/account/sessions/"+theirs[0].ID.String()+"/end"), 404, "no such session")
	wantPage(t, b.post("/account/sessions/x/end"), 404, "Nothing is found")
	all, err := h.keeper.SessionsOf(h.program(), p.ID)
	if err != nil || len(all) != 3 {
		t.Fatal(len(all), err)
	}
	for _, s := range all {
		if s.TokenHash == people.TokenHash(other.cookie) {
			wantRedirect(t, b.post("/account/sessions/"+s.ID.String()+"/end"), "/account?done=session")
		}
	}
	if other.who() != "Visitor public" || third.who() == "Visitor public" {
		t.Errorf("after ending one: %q, %q", other.who(), third.who())
	}
	wantRedirect(t, b.post("/account/sessions/end"), "/account?done=sessions")
	if third.who() != "Visitor public" || b.who() == "Visitor public" {
		t.Errorf("after ending the others: %q, %q", third.who(), b.who())
	}
}

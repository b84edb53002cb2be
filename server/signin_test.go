package server

import (
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"adam/internal/access"
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

// Whoever reads in a language goes on in it: to the page for signing in, back, to the second factor, out.
func TestSigningInKeepsTheLanguage(t *testing.T) {
	h := newHouse(t)
	secret := h.generator(h.person("s@example.org", access.Member))
	b := h.browser()
	wantRedirect(t, b.get("/th/account?done=login"), "/th/sign-in?next="+url.QueryEscape("/account?done=login"))
	page := b.get("/th/sign-in?next=/account")
	wantPage(t, page, 200, `<html lang="th" dir="ltr">`, `action="/th/sign-in"`, `action="/th/sign-in/passkey"`, `href="/ur/sign-in?next=%2Faccount"`, `value="/account"`)
	wantRedirect(t, b.post("/th/sign-in", "email", "s@example.org", "password", goodPassword, "next", "/th/account"), "/th/sign-in/code")
	wantPage(t, b.post("/ur/sign-in/code", "code", "000000"), 401, `<html lang="ur" dir="rtl">`, `href="/th/sign-in/code"`, `href="#code-code"`)
	wantRedirect(t, b.post("/ur/sign-in/code", "code", h.code(secret)), "/ur/account")
	wantRedirect(t, b.get("/ur/sign-in?next=/account"), "/ur/account")
	wrong := b.post("/ur/account/password", "old", "wrong", "password", "another good secret")
	wantPage(t, wrong, 401, `<html lang="ur" dir="rtl">`, `action="/ur/account/password"`, `href="/th/account"`)
	wantRedirect(t, b.post("/ur/account", "name", "S"), "/ur/account?done=profile")
	wantRedirect(t, b.post("/ur/sign-out"), "/ur/sign-in?done=signed-out")
}

func TestWhoWaitsTooLongAtTheSecondFactorStartsAgain(t *testing.T) {
	h := newHouse(t)
	secret := h.generator(h.person("s@example.org", access.Member))
	b := h.browser()
	b.signIn("s@example.org")
	h.pass(visitorLifetime + time.Minute)
	wantRedirect(t, b.post("/sign-in/code", "code", h.code(secret)), "/sign-in")
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

package server

import (
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/people"
)

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

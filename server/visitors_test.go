package server

import (
	"strconv"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/testdb"
)

// Each asks for a session as a stranger does, from a network of its own peer.
var visits = map[string]func(b *browser) int{
	"a passkey": func(b *browser) int {
		return b.send("POST", "/sign-in/passkey/options", "", "Origin", b.doors.BaseURL, "Accept", "application/json").Code
	},
	"a provider": func(b *browser) int { return b.get("/sign-in/oidc").Code },
}

func TestStrangersFillNoDatabase(t *testing.T) {
	for what, visit := range visits {
		t.Run(what, func(t *testing.T) {
			i, h := oidcHouse(t)
			defer i.Close()
			h.person("a@example.org", access.Member)
			codes := map[int]int{}
			for n := range 130 { // of one household, behind a proxy that tells
				codes[visit(h.browser("Peer", "10.0.0.1:1", "X-Forwarded-For", "2001:db8:1:2::"+strconv.Itoa(n+1)))]++
			}
			if codes[429] != 30 || len(codes) != 2 || h.rows() != 100 {
				t.Errorf("the answers were %v; %d rows", codes, h.rows())
			}
			if code := visit(h.browser("Peer", "198.51.100.7:1")); code >= 400 {
				t.Errorf("another network gets %d", code)
			}
			wantRedirect(t, h.browser("Peer", "10.0.0.1:1", "X-Forwarded-For", "2001:db8:1:2::1").signIn("a@example.org"), "/")
			h.pass(visitorLifetime + time.Minute)
			if code := visit(h.browser("Peer", "10.0.0.1:1", "X-Forwarded-For", "2001:db8:1:2::1")); code >= 400 {
				t.Errorf("after a quarter of an hour it gets %d", code)
			}
		})
	}
}

func TestWhoIsRefusedIsToldWhatToDo(t *testing.T) {
	i, h := oidcHouse(t)
	defer i.Close()
	for range 100 {
		h.browser().get("/sign-in/oidc")
	}
	w := h.browser().get("/sign-in/oidc")
	wantPage(t, w, 429, "There is a problem", "Sign in with your password, or try again after")
	if seconds, _ := strconv.Atoi(w.Header().Get("Retry-After")); seconds < 800 || seconds > 901 {
		t.Errorf("Retry-After is %q", w.Header().Get("Retry-After"))
	}
	w = h.ask("POST", "/sign-in/passkey/options", "", "Origin", own, "Accept", "application/json")
	wantPage(t, w, 429, "TOO_MANY", "try again after")
}

// Two servers on one database count together.
func TestTwoServersCountTheirVisitorsTogether(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		servers := [2]*house{houseOn(t, st), houseOn(t, st)}
		codes := map[int]int{}
		for n := range 110 {
			codes[visits["a passkey"](servers[n%2].browser())]++
		}
		if codes[200] != 100 || codes[429] != 10 {
			t.Errorf("the answers were %v", codes)
		}
	})
}

// A token is no session: what begins with one must not last for a week.
func TestATokenLeavesNoLongSession(t *testing.T) {
	h := newHouse(t)
	token := h.token(h.person("a@example.org", access.Member), access.ScopeRead)
	if w := h.ask("POST", "/sign-in/passkey/options", "", "Authorization", "Bearer "+token); w.Code != 200 || h.rows() != 1 {
		t.Fatalf("got %d and %d rows", w.Code, h.rows())
	}
	row := h.store.Client.Session.Query().OnlyX(h.program())
	if end := row.ExpiresAt.Time(); end.After(time.Now().Add(visitorLifetime)) {
		t.Errorf("it lasts until %s", end)
	}
}

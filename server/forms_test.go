package server

import (
	"strings"
	"testing"

	"adam/internal/access"
)

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

package server

import (
	"strings"
	"testing"
	"time"

	"adam/internal/access"
)

func TestInvitationIsOpenedOnceAndOnlyByItsForm(t *testing.T) {
	h := newHouse(t)
	secret, _ := h.invited("a@example.org", access.Member)
	link := "/invitation/" + secret
	for range 3 { // mail scanners look at links, some of them twice
		b := h.browser()
		wantPage(t, b.get(link), 200, "a@example.org", "new-password", "Choose a password")
		if w := b.send("HEAD", link, ""); w.Code != 200 || b.cookie != "" {
			t.Errorf("HEAD got %d, cookie %q", w.Code, b.cookie)
		}
	}
	b := h.browser()
	wantPage(t, b.post(link), 400, "Choose a password", `href="#invitation-password"`)
	wantPage(t, b.post(link, "password", "short"), 400, "too short")
	wantPage(t, b.get(link), 200)
	wantRedirect(t, b.post(link, "password", goodPassword, "name", "Anna", "email", "evil@example.org", "role", "ADMINISTRATOR"), "/")
	if got := b.who(); got != "Member members MEMBER" {
		t.Errorf("she is %q", got)
	}
	for name, w := range map[string]int{
		"used": h.browser().post(link, "password", goodPassword).Code, "used, looked at": h.browser().get(link).Code,
		"used, by herself again": b.post(link, "password", goodPassword).Code,
	} {
		if w != 404 {
			t.Errorf("a link %s: %d", name, w)
		}
	}
	wantRedirect(t, h.browser().signIn("a@example.org"), "/")
	if strings.Contains(h.log.String(), secret) {
		t.Error("the link is in the log")
	}
}

func TestLinksThatDoNotWorkLookAlike(t *testing.T) {
	h := newHouse(t)
	old, p := h.invited("a@example.org", access.Member)
	good, _, err := h.keeper.Invite(h.program(), inviteAgain("a@example.org"))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{}
	see := func(name, secret string) {
		for _, w := range []int{h.browser().get("/invitation/" + secret).Code, h.browser().post("/invitation/"+secret, "password", goodPassword).Code} {
			if w != 404 {
				t.Errorf("a link that is %s: %d", name, w)
			}
		}
		pages[h.browser().get("/invitation/"+secret).Body.String()] = true
	}
	see("replaced by another", old)
	see("cut short", good[:len(good)-1])
	see("in another case", swapCase(good))
	see("nothing", "x")
	see("long", strings.Repeat("x", 5000))
	wantPage(t, h.browser().get("/invitation/"+good), 200, p.Email)
	h.pass(73 * time.Hour)
	see("too old", good)
	if len(pages) != 1 {
		t.Errorf("%d different answers", len(pages))
	}
}

func TestForwardedLinkIsOfTheInvitedOnly(t *testing.T) {
	h := newHouse(t)
	h.person("b@example.org", access.Coordinator)
	secret, _ := h.invited("a@example.org", access.Member)
	b := h.signedIn("b@example.org") // somebody else, signed in, to whom the mail was forwarded
	wantPage(t, b.get("/invitation/"+secret), 200, "a@example.org")
	wantRedirect(t, b.post("/invitation/"+secret, "password", goodPassword), "/")
	if got := b.who(); got != "Member members MEMBER" {
		t.Errorf("the browser is of %q: the roles of two accounts may not mix", got)
	}
	if n, err := h.store.Client.Grant.Query().Count(h.program()); err != nil || n != 2 {
		t.Errorf("%d grants, %v", n, err)
	}
}

func TestMightyRolesRestUntilTheSecondFactorIsSetUp(t *testing.T) {
	h := newHouse(t)
	secret, needed, err := h.keeper.FirstLink(h.program())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	b := h.browser()
	wantPage(t, b.get("/invitation/"+secret), 200, "opens the first account", "Your e-mail address")
	wantPage(t, b.post("/invitation/"+secret, "password", goodPassword), 400, `id="invitation-email-error"`)
	wantRedirect(t, b.post("/invitation/"+secret, "password", goodPassword, "email", "first@example.org"), "/account/second-factor")
	if got := b.who(); !strings.HasSuffix(got, " public") {
		t.Errorf("without a second factor she is %q", got)
	}
	wantPage(t, b.get("/admin"), 403, "second factor first")
	wantPage(t, b.post("/admin/invite", "email", "x@example.org", "role", "MEMBER"), 403)
	wantPage(t, b.post("/account/tokens", "name", "x", "scopes", "READ", "days", "1"), 403, "second factor first")
	wantPage(t, b.get("/account/second-factor"), 200, "needs a second factor", "Set up a code generator")
	wantRedirect(t, b.post("/account/second-factor"), "/account/second-factor")
	w := b.get("/account/second-factor")
	wantPage(t, w, 200, "data:image/png;base64,", "otpauth://totp/", "Secret:")
	wantPage(t, b.post("/account/second-factor/confirm", "code", "000000"), 401, "data:image/png;base64,")
	before := b.cookie
	wantRedirect(t, b.post("/account/second-factor/confirm", "code", h.code(secretIn(t, w))), "/account?done=generator")
	if got := b.who(); !strings.Contains(got, "ADMINISTRATOR") || !strings.Contains(got, "SECRETARIAT") || before == b.cookie {
		t.Errorf("with a second factor she is %q", got)
	}
	wantPage(t, b.get("/admin"), 200, "first@example.org")
	h.pass(time.Minute)
	wantRedirect(t, b.post("/account/second-factor/remove", "code", h.code(secretIn(t, w))), "/account?done=generator-removed")
}

func TestLinkForSigningInHasOneButton(t *testing.T) {
	h := newHouse(t)
	p := h.person("a@example.org", access.Member)
	secret, err := h.keeper.SignInLink(h.program(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	b := h.browser()
	w := b.get("/invitation/" + secret)
	wantPage(t, w, 200, "signs in a@example.org, once")
	if strings.Contains(w.Body.String(), "password") && strings.Contains(w.Body.String(), `type="password"`) {
		t.Error("it asks for a password")
	}
	wantRedirect(t, b.post("/invitation/"+secret), "/")
	if b.who() != "Member members MEMBER" || h.browser().post("/invitation/"+secret).Code != 404 {
		t.Errorf("she is %q, or the link works twice", b.who())
	}
	h.generator(p)
	if secret, err = h.keeper.SignInLink(h.program(), p.ID); err != nil {
		t.Fatal(err)
	}
	wantRedirect(t, h.browser().post("/invitation/"+secret), "/sign-in/code")
}

func TestAdministratorKeepsAccounts(t *testing.T) {
	h := newHouse(t)
	code := h.generator(h.person("admin@example.org", access.Administrator))
	admin := h.browser()
	admin.signIn("admin@example.org")
	admin.post("/sign-in/code", "code", h.code(code))
	wantPage(t, admin.post("/admin/invite", "email", "not an address", "role", "MEMBER"), 400, "is not an e-mail address", `href="#invite-email"`)
	link := secretIn(t, admin.post("/admin/invite", "email", "new@example.org", "role", "MEMBER", "name", "N"))
	b := h.browser()
	wantRedirect(t, b.post(strings.TrimPrefix(link, own), "password", goodPassword), "/")
	p, err := h.keeper.Find(h.program(), "new@example.org")
	if err != nil {
		t.Fatal(err)
	}
	at := "/admin/people/" + p.ID.String()
	wantPage(t, admin.get("/admin"), 200, at, "new@example.org")
	wantRedirect(t, admin.post(at+"/roles", "role", "COORDINATOR"), at+"?done=role")
	wantPage(t, admin.post(at+"/roles", "role", "FOCAL_POINT"), 400, "Give its code", `href="#roles-chapter"`)
	if got := b.who(); !strings.HasPrefix(got, "Coordinator working ") {
		t.Errorf("she is %q", got)
	}
	held, _ := h.keeper.Grants(h.program(), p.ID)
	wantRedirect(t, admin.post("/admin/roles/"+held[0].ID.String()+"/end", "reason", "done", "person", p.ID.String()), at+"?done=role-ended")
	reset := secretIn(t, admin.post(at+"/reset"))
	wantPage(t, h.browser().get(strings.TrimPrefix(reset, own)), 200, "sets a new password", "new@example.org")
	wantRedirect(t, h.browser().post(strings.TrimPrefix(reset, own), "password", "another good secret"), "/")
	if got := b.who(); got != "Visitor public" {
		t.Errorf("after the reset her old session is of %q", got)
	}
	wantRedirect(t, admin.post(at+"/disable"), at+"?done=disabled")
	wantRedirect(t, admin.post(at+"/enable"), at+"?done=enabled")
	wantRedirect(t, admin.post(at+"/sessions"), at+"?done=sessions")
	wantPage(t, admin.post(at+"/erase", "email", "other@example.org", "reason", "asked"), 400, "cannot be undone")
	wantRedirect(t, admin.post(at+"/erase", "email", "new@example.org", "reason", "asked"), "/admin?done=erased")
}

func TestSecretariatInvitesAndSeesNoList(t *testing.T) {
	h := newHouse(t)
	code := h.generator(h.person("s@example.org", access.Secretariat))
	hidden := h.person("hidden@example.org", access.Member)
	b := h.browser()
	b.signIn("s@example.org")
	b.post("/sign-in/code", "code", h.code(code))
	w := b.get("/admin")
	wantPage(t, w, 200, "Invite")
	if strings.Contains(w.Body.String(), "hidden@example.org") {
		t.Error("she sees the list")
	}
	wantPage(t, b.get("/admin/people/"+hidden.ID.String()), 403)
	wantPage(t, b.post("/admin/invite", "email", "x@example.org", "role", "ADMINISTRATOR"), 403, "only administrators")
	secretIn(t, b.post("/admin/invite", "email", "x@example.org", "role", "MEMBER"))
	member := h.signedIn("hidden@example.org")
	wantPage(t, member.get("/admin"), 403)
	wantPage(t, member.post("/admin/invite", "email", "x@example.org", "role", "MEMBER"), 403)
}

func TestTokensAreShownOnceAndRevoked(t *testing.T) {
	h := newHouse(t)
	h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	wantPage(t, b.post("/account/tokens", "name", "script", "days", "30"), 400, "Choose what the token", `href="#tokens-scopes"`)
	wantPage(t, b.post("/account/tokens", "name", "script", "scopes", "READ", "days", "1e3"), 400, "whole number")
	wantPage(t, b.post("/account/tokens", "name", "script", "scopes", "READ", "days", "400"), 400, "1 to 366 days")
	w := b.post("/account/tokens", "name", "script", "scopes", "READ", "days", "30")
	wantPage(t, w, 200, "shown this once")
	token := secretIn(t, w)
	ask := func() int { return h.ask("GET", "/read", "", "Authorization", "Bearer "+token).Code }
	if ask() != 200 {
		t.Errorf("the token gets %d", ask())
	}
	w = b.get("/account")
	wantPage(t, w, 200, "script", "Read", "last used")
	if strings.Contains(w.Body.String(), token) {
		t.Error("the token is shown again")
	}
	all, err := h.store.Client.Token.Query().All(h.program())
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	wantRedirect(t, b.post("/account/tokens/"+all[0].ID.String()+"/revoke"), "/account?done=token-revoked")
	if ask() != 401 {
		t.Errorf("after it was revoked it gets %d", ask())
	}
	wantPage(t, b.get("/account"), 200, "revoked")
}

func TestRoleIsPassedOnHandedOverAndEnded(t *testing.T) {
	h := newHouse(t)
	p := h.focalPoint("fp@example.org")
	b := h.signedIn("fp@example.org")
	held, err := h.keeper.Grants(h.program(), p.ID)
	if err != nil || len(held) != 1 {
		t.Fatal(len(held), err)
	}
	at := "/account/roles/" + held[0].ID.String()
	wantPage(t, b.get(at), 200, "Pass it on", "Hand it over", "End it")
	wantPage(t, b.post(at+"/delegate", "email", "deputy@example.org", "until", "soon"), 400, "is not a day", `href="#delegate-until"`)
	until := h.keeper.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	secretIn(t, b.post(at+"/delegate", "email", "deputy@example.org", "until", until))
	wantPage(t, b.post(at+"/hand-over", "email", "next@example.org"), 400, "Say why", `href="#hand-over-reason"`)
	secretIn(t, b.post(at+"/hand-over", "email", "next@example.org", "reason", "moved"))
	if got := b.who(); !strings.HasSuffix(got, " public") {
		t.Errorf("after handing over she is %q", got)
	}
	wantPage(t, b.get(at), 404)
	other := h.person("o@example.org", access.Member)
	theirs, _ := h.keeper.Grants(h.program(), other.ID)
	wantPage(t, b.post("/account/roles/"+theirs[0].ID.String()+"/end", "reason", "x"), 404)
	o := h.signedIn("o@example.org")
	wantRedirect(t, o.post("/account/roles/"+theirs[0].ID.String()+"/end", "reason", "left"), "/account?done=role-ended")
}

func TestLinkOfADemonstrationCountsAsTwoFactors(t *testing.T) {
	for _, demo := range []bool{false, true} {
		h := newHouse(t, func(d *Doors) { d.Demo = demo })
		_, p := h.invited("s@example.org", access.Secretariat)
		secret, err := h.keeper.SignInLink(h.program(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		b := h.browser()
		b.post("/invitation/" + secret)
		if got := b.who(); strings.Contains(got, "SECRETARIAT") != demo {
			t.Errorf("demonstration %v: she is %q", demo, got)
		}
	}
}

func TestDemonstrationIsMarkedOnEveryPage(t *testing.T) {
	h := newHouse(t, func(d *Doors) { d.Demo = true })
	h.person("a@example.org", access.Member)
	b := h.signedIn("a@example.org")
	wantPage(t, h.browser().get("/sign-in"), 200, "This is a demonstration.", "Skip to the content", `lang="en"`)
	wantPage(t, b.get("/account"), 200, "This is a demonstration.", "Sign out")
}

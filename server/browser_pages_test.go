package server

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"adam/internal/access"
)

// agency is a provider that people may sign in with, on the pages.
func agency(t *testing.T) func(*Doors) {
	i := newIssuer(t)
	return func(d *Doors) {
		d.OIDC = &OIDCConfig{Issuer: i.URL, ClientID: "adam", ClientSecret: "s3cret", Name: "Agency"}
	}
}

func TestPagesOfSigningInHaveNoBarriers(t *testing.T) {
	h, c := onLocalhost(t, agency(t), func(d *Doors) { d.Demo = true }), chromium(t)
	first, _, err := h.keeper.FirstLink(h.program())
	if err != nil {
		t.Fatal(err)
	}
	p := h.tab(t, c, true).looker()
	p.open("/sign-in")
	p.look("sign in")
	p.fill("sign-in-email", "nobody@example.org")
	p.press("Sign in", "//main")
	p.look("sign in wrong")
	p.open("/invitation/" + first)
	p.look("first link")
	p.fill("invitation-email", "nobody")
	p.press("Set the password and sign in")
	p.look("first link wrong")
	p.open("/invitation/unknown")
	p.look("unknown link")
	p.open("/static/0/passkey.js")
	p.look("unknown file")
	m := h.person("a@example.org", access.Member)
	for kind, make := range map[string]func() (string, error){
		"reset link":   func() (string, error) { return h.keeper.ResetLink(h.program(), m.ID) },
		"sign-in link": func() (string, error) { return h.keeper.SignInLink(h.program(), m.ID) },
	} {
		secret, err := make()
		if err != nil {
			t.Fatal(err)
		}
		p.open("/invitation/" + secret)
		p.look(kind)
	}
	guest, _ := h.invited("guest@example.org", access.Member)
	p.open("/invitation/" + guest)
	p.look("invitation")
	h.generator(m)
	p.open("/sign-in")
	p.fill("sign-in-email", "a@example.org")
	p.fill("sign-in-password", goodPassword)
	p.press("Sign in", "//main")
	p.look("code")
	p.fill("code-code", "000000")
	p.press("Continue")
	p.look("code wrong")
	for range 5 {
		p.fill("code-code", "000000")
		p.press("Continue")
	}
	p.says("too many wrong tries")
	p.look("too many tries")
}

func TestPagesOfOnesAccountHaveNoBarriers(t *testing.T) {
	h, c := onLocalhost(t, agency(t)), chromium(t)
	f := h.focalPoint("a.person.with.a.very.long.address.indeed@subdomain.of.some.organisation.example.org")
	if err := h.keeper.LinkLogin(h.program(), f.ID, "https://"+"id.example.org", "17", true); err != nil {
		t.Fatal(err)
	}
	p := h.tab(t, c, true).looker()
	p.authenticator()
	p.signsIn(f.Email, "")
	p.look("account")
	p.fill("passkeys-name", "a passkey with quite a long name, of the laptop in the office")
	p.press("Add a passkey")
	p.fill("password-password", "short")
	p.press("Change the password")
	p.look("password wrong")
	p.press("Make the token")
	p.look("token wrong")
	p.fill("tokens-name", "nightly report")
	p.press("Make the token")
	p.says("This is your new token.")
	p.look("token made")
	p.press("Make a calendar address")
	p.says("This is your new calendar address.")
	p.look("calendar address made")
	p.press("Tie a login at Agency to this account")
	p.look("tie a login")
	p.open("/account")
	p.press("Pass on or end: Focal point")
	p.look("role")
	p.press("Hand the role over")
	p.look("role wrong")
	p.fill("delegate-email", "deputy@example.org")
	p.fill("delegate-until", time.Now().AddDate(0, 1, 0).UTC().Format("01022006"))
	p.press("Pass the role on")
	p.look("link made")
	p.press("Go back")
	p.look("account full")
	p.press("End what was passed on to deputy@example.org")
	p.look("role passed on")
	p.open("/account/second-factor")
	p.look("second factor")
	p.press("Set up a code generator")
	p.look("generator")
	secret := p.secret()
	p.press("Finish")
	p.look("generator wrong")
	p.fill("confirm-code", p.code(secret))
	p.press("Finish")
	p.look("generator done")
	p.open("/account/second-factor")
	p.press("Remove the code generator")
	p.look("generator not removed")
}

// What nobody has translated yet is said in English; the language and the direction are those of the address.
func TestPagesOfAccountsSpeakTheLanguageOfTheirAddress(t *testing.T) {
	h, c := onLocalhost(t, agency(t)), chromium(t)
	h.focalPoint("fp@example.org")
	p := h.tab(t, c, true).looker()
	p.open("/th/account")
	p.reads("th", "ltr", "/th/sign-in")
	p.look("sign in Thai")
	p.fill("sign-in-email", "fp@example.org")
	p.fill("sign-in-password", goodPassword)
	p.submits("sign-in-password")
	p.reads("th", "ltr", "/th/account")
	p.authenticator()
	p.open("/ur/account")
	p.reads("ur", "rtl", "/ur/account")
	p.look("account Urdu")
	p.fill("passkeys-name", "laptop")
	p.submits("passkeys-name")
	p.reads("ur", "rtl", "/ur/account")
	p.says("laptop")
	p.fill("password-password", "short")
	p.submits("password-password")
	p.reads("ur", "rtl", "/ur/account/password")
	p.look("password wrong Urdu")
	p.open("/ur/account/second-factor")
	p.look("second factor Urdu")
	p.open("/ur/nowhere")
	p.reads("ur", "rtl", "/ur/nowhere")
}

// reads fails where the page is in another language, of another direction, or elsewhere.
func (l *looker) reads(language, direction, path string) {
	l.t.Helper()
	const is = `document.documentElement.lang + " " + document.documentElement.dir + " " + location.pathname`
	if got, want := ask(l.tab, chromedp.Evaluate[string](is)), language+" "+direction+" "+path; got != want {
		l.t.Errorf("the page is %s, expected %s", got, want)
	}
}

// submits sends the form of a field with the key for it, and waits for the next page.
func (l *looker) submits(id string) {
	l.t.Helper()
	ctx, cancel := l.within()
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.SendKeys(chromedp.CSS(`[id="`+id+`"]`), "\r")); err != nil {
		l.t.Fatalf("the form of %s cannot be sent: %v; the page is %s", id, err, l.text())
	}
}

func TestPagesOfKeepingAccountsHaveNoBarriers(t *testing.T) {
	h, c := onLocalhost(t), chromium(t)
	secret := h.generator(h.person("boss@example.org", access.Administrator))
	guest := h.person("guest.with.a.long.address@subdomain.of.some.organisation.example.org", access.Member)
	half := h.tab(t, c, true).looker()
	h.person("weak@example.org", access.Secretariat)
	half.open("/sign-in")
	half.fill("sign-in-email", "weak@example.org")
	half.fill("sign-in-password", goodPassword)
	half.press("Sign in", "//main")
	half.look("second factor wanted")
	half.open("/account")
	half.look("account without its second factor")
	half.open("/admin")
	half.look("not allowed")
	p := h.tab(t, c, true).looker()
	p.signsIn("boss@example.org", secret)
	p.open("/admin")
	p.look("accounts")
	p.press("The log: who did what")
	p.says("The log is whole up to entry")
	p.look("log")
	p.open("/admin")
	p.press("Invite")
	p.look("invite wrong")
	p.fill("invite-email", "new@example.org")
	p.choose("invite-role", "focal")
	p.press("Invite")
	p.look("invite without chapter")
	p.open("/admin/people/" + guest.ID.String())
	p.look("person")
	p.unfold("End it: Member")
	p.look("person with a role to end")
	p.press("End the role")
	p.look("role not ended")
	p.choose("roles-role", "focal")
	p.press("Give the role")
	p.look("role not given")
	p.press("Erase the account")
	p.look("not erased")
	p.press("Disable the account")
	p.look("disabled")
	p.lacks("Make a link to set a new password")
	p.press("Enable the account")
	p.press("Make a link to set a new password")
	p.look("link for another")
}

package server

import (
	"testing"

	"github.com/chromedp/cdproto/webauthn"

	"adam/internal/access"
)

// authenticator gives the browser one that confirms everything at once, as a laptop does whose owner touches it. It is
// gone when the function that is given back was called.
func (p *tab) authenticator() (remove func()) {
	p.t.Helper()
	send(p, webauthn.Enable, webauthn.EnableParams{})
	made := send(p, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	return func() {
		send(p, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams(made))
	}
}

func TestAPasskeyOfChromiumOpensTheAccount(t *testing.T) {
	h, c := onLocalhost(t), chromium(t)
	p := h.tab(t, c, true)
	p.authenticator()
	secret, person := h.invited("s@example.org", access.Secretariat)
	p.open("/invitation/" + secret)
	p.press("Use a passkey instead")
	p.says("/account/second-factor", "Your role needs a second factor.")
	p.fill("passkeys-name", "office laptop")
	p.press("Add a passkey")
	p.says("The passkey was added.", "office laptop · since", "Secretariat")
	p.press("Sign out")
	p.press("Sign in with a passkey")
	p.open("/account")
	p.says("s@example.org", "last used")
	p.press("Accounts") // it counts as both factors
	p.says("Invite")
	p.open("/account")
	p.press("Remove the passkey office laptop")
	p.says("This is your last way to sign in.")
	p.fill("password-password", goodPassword)
	p.press("Change the password")
	p.says("Your password was changed.")
	p.press("Remove the passkey office laptop")
	p.says("The passkey was removed.", "You have no passkey.")
	if keys, err := h.keeper.Passkeys(h.program(), person.ID); err != nil || len(keys) != 0 {
		t.Errorf("%d passkeys are kept, %v", len(keys), err)
	}
}

func TestAPasskeyIsTheSecondFactorAfterAPassword(t *testing.T) {
	h, c := onLocalhost(t), chromium(t)
	h.person("s@example.org", access.Member)
	p := h.tab(t, c, true)
	remove := p.authenticator()
	p.signsIn("s@example.org", "")
	p.press("Add a passkey")
	p.press("Sign out")
	p.open("/sign-in?next=/account")
	p.fill("sign-in-email", "s@example.org")
	p.fill("sign-in-password", goodPassword)
	p.press("Sign in", "//main")
	p.says("/sign-in/code", "With a passkey")
	p.press("Use a passkey")
	p.says("/account", "s@example.org")
	p.press("Sign out")
	remove() // somebody else's device
	p.authenticator()
	p.open("/sign-in")
	p.click("Sign in with a passkey")
	p.waits("The passkey was not used. Try again, or choose another way.")
	p.says("/sign-in")
}

func TestWithoutJavaScriptNoPasskeyIsOffered(t *testing.T) {
	h, c := onLocalhost(t), chromium(t)
	h.person("a@example.org", access.Member)
	p := h.tab(t, c, false)
	secret, _ := h.invited("guest@example.org", access.Member)
	p.open("/invitation/" + secret) // who chose a passkey would use the link up and could never come back
	p.lacks("Use a passkey instead")
	p.signsIn("a@example.org", "")
	for _, path := range []string{"/account", "/account/second-factor"} {
		p.open(path)
		p.lacks("Add a passkey")
	}
	p.press("Sign out")
	p.lacks("Sign in with a passkey")
}

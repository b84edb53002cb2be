package server

import (
	"strings"
	"testing"
	"time"

	"adam/internal/access"
)

// The whole way of the first person, from the link that the program prints, with and without JavaScript.
func TestTheFirstPersonComesInAndComesBack(t *testing.T) {
	for name, scripts := range map[string]bool{"with JavaScript": true, "without JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			h, c := onLocalhost(t), chromium(t)
			first, _, err := h.keeper.FirstLink(h.program())
			if err != nil {
				t.Fatal(err)
			}
			p := h.tab(t, c, scripts)
			p.open("/invitation/" + first)
			p.fill("invitation-email", "anna@example.org")
			p.fill("invitation-password", "short")
			p.press("Set the password and sign in")
			p.says("There is a problem", "too short")
			p.fill("invitation-name", "Anna")
			p.fill("invitation-password", goodPassword)
			p.press("Set the password and sign in")
			p.says("/account/second-factor", "Your role needs a second factor.")
			p.press("Set up a code generator")
			secret := p.secret()
			p.fill("confirm-code", "000000")
			p.press("Finish")
			p.says("The code is wrong")
			p.fill("confirm-code", h.code(secret))
			p.press("Finish")
			p.says("/account", "The code generator is set up.", "anna@example.org", "Administrator", "Secretariat")
			p.press("Sign out")
			p.says("You have signed out.")
			p.open("/account")
			p.says("/sign-in?next=%2Faccount")
			p.signsIn("anna@example.org", secret)
			p.press("Accounts")
			p.says("Invite", "anna@example.org · Anna")
		})
	}
}

func TestSessionsAndTokensAreKeptOnThePage(t *testing.T) {
	for name, scripts := range map[string]bool{"with JavaScript": true, "without JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			h, c := onLocalhost(t), chromium(t)
			h.person("a@example.org", access.Member)
			p, other := h.tab(t, c, scripts), h.tab(t, c, scripts)
			other.signsIn("a@example.org", "")
			p.signsIn("a@example.org", "")
			p.press("End", `//li[not(contains(., "This browser"))]`)
			p.says("The session has ended.", "This browser")
			other.open("/account")
			other.says("/sign-in?next=%2Faccount")
			p.fill("tokens-days", "9999")
			p.press("Make the token")
			p.says("Name the token")
			p.fill("tokens-name", "nightly report")
			p.fill("tokens-days", "30")
			p.tick("tokens-scopes-WRITE")
			p.press("Make the token")
			p.says("This is your new token. It is shown this once")
			token := p.secret()
			if w := h.ask("POST", "/write", "", "Authorization", "Bearer "+token); w.Code != 200 {
				t.Errorf("the token %q gets %d", token, w.Code)
			}
			p.open("/account")
			p.says("nightly report · Read, Write ·")
			p.press("Revoke the token nightly report")
			p.says("The token was revoked.", "revoked")
			if w := h.ask("POST", "/write", "", "Authorization", "Bearer "+token); w.Code != 401 {
				t.Errorf("once revoked it gets %d", w.Code)
			}
		})
	}
}

func TestCalendarAddressesAreKeptOnThePage(t *testing.T) {
	for name, scripts := range map[string]bool{"with JavaScript": true, "without JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			h, c := onLocalhost(t), chromium(t)
			h.person("a@example.org", access.Member)
			p := h.tab(t, c, scripts)
			p.signsIn("a@example.org", "")
			p.press("Make a calendar address")
			p.says("This is your new calendar address. It is shown this once")
			_, key, _ := strings.Cut(p.link(), "/calendar/all.ics?key=")
			if v, err := h.keeper.FeedViewer(t.Context(), key); err != nil || v.Person != h.personOf("a@example.org") {
				t.Errorf("the address reads as %+v, %v", v, err)
			}
			p.open("/account")
			p.lacks(key)
			p.press("Revoke", `//form[contains(@action, "/account/calendars/")]`)
			p.says("The calendar address was revoked.")
			if _, err := h.keeper.FeedViewer(t.Context(), key); err == nil {
				t.Error("it still reads")
			}
		})
	}
}

func TestARoleIsPassedOnAndHandedOverOnThePage(t *testing.T) {
	for name, scripts := range map[string]bool{"with JavaScript": true, "without JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			h, c := onLocalhost(t), chromium(t)
			h.focalPoint("fp@example.org")
			p, deputy := h.tab(t, c, scripts), h.tab(t, c, scripts)
			p.signsIn("fp@example.org", "")
			p.press("Pass on or end: Focal point")
			p.fill("delegate-email", "deputy@example.org")
			p.press("Pass the role on")
			p.says("is not a day")
			p.fill("delegate-until", time.Now().AddDate(0, 1, 0).UTC().Format("01022006"))
			p.press("Pass the role on")
			p.says("A link for deputy@example.org")
			deputy.open(p.link())
			deputy.fill("invitation-password", goodPassword)
			deputy.press("Set the password and sign in")
			deputy.open("/account")
			deputy.says("Focal point · Region", "passed on")
			p.press("Go back")
			p.says("Passed on", "to deputy@example.org")
			p.press("End what was passed on to deputy@example.org")
			p.fill("end-reason", "back from leave")
			p.press("End the role")
			p.says("The role has ended.")
			deputy.open("/account")
			deputy.says("You have no role now")
			p.press("Pass on or end: Focal point")
			p.fill("hand-over-email", "next@example.org")
			p.fill("hand-over-reason", "retired")
			p.press("Hand the role over")
			p.says("A link for next@example.org")
			p.press("Go back")
			p.says("You have no role now")
		})
	}
}

func TestAnAdministratorKeepsRolesOnThePage(t *testing.T) {
	for name, scripts := range map[string]bool{"with JavaScript": true, "without JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			h, c := onLocalhost(t), chromium(t)
			secret := h.generator(h.person("boss@example.org", access.Administrator))
			p, guest := h.tab(t, c, scripts), h.tab(t, c, scripts)
			p.signsIn("boss@example.org", secret)
			p.press("Accounts")
			p.fill("invite-email", "guest@")
			p.press("Invite")
			p.says("is not an e-mail address")
			p.fill("invite-email", "guest@example.org")
			p.tick("invite-kind")
			p.press("Invite")
			guest.open(p.link())
			guest.fill("invitation-password", goodPassword)
			guest.press("Set the password and sign in")
			p.press("Go back")
			p.press("guest@example.org")
			p.choose("roles-role", "coordinator")
			p.press("Give the role")
			p.says("The role was given.", "Coordinator · since")
			guest.open("/account")
			guest.says("Coordinator · since")
			p.unfold("End it: Coordinator")
			p.press("End the role", `//li[contains(., "Coordinator")]`)
			p.says("Say why the role ends")
			p.fillIn(`details[open] input[name="reason"]`, "a slip")
			p.press("End the role", `//details[@open]`)
			p.says("The role has ended.")
			guest.open("/account")
			guest.says("Member · since")
		})
	}
}

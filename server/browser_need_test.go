package server

import (
	"net/http"
	"strings"
	"testing"

	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"

	"github.com/chromedp/chromedp"
)

// invites makes an account for somebody.
func (h *house) invites(t *testing.T, in people.Invitation) {
	t.Helper()
	secret, _, err := h.keeper.Invite(h.program(), in)
	if err == nil {
		_, err = h.keeper.Accept(h.program(), secret, people.Acceptance{Password: goodPassword})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A reporter offers for a need without a script, and takes it back; the focal point accepts. Whoever is on neither side
// reads the same bytes before and after.
func TestPageRecordNeedIsOfferedAndMet(t *testing.T) {
	h := library(t, func(w *writer) {
		w.create(term.KindNeed, "law-drafting", fields{"title": "Help with a law", "state": "THA", "assistanceType": "LEGISLATIVE", "themes": []any{"SMUGGLING"}, "gapKind": "NO_OFFENCE"})
	})
	const donor, focal, other, path = "donor@example.org", "focal@example.org", "other@example.org", "/needs/law-drafting"
	h.invites(t, people.Invitation{Email: donor, Role: access.Reporter, Actor: "australia-dfat"})
	h.invites(t, people.Invitation{Email: focal, Role: access.FocalPoint, Chapter: "THA"})
	h.invites(t, people.Invitation{Email: other, Role: access.FocalPoint, Chapter: "VNM"})
	outside := h.signedIn(other).cookie
	_, before := h.served(path, outside)
	_, list := h.served("/needs?status=OPEN", outside)
	if !strings.Contains(string(before), "Help with a law") || !strings.Contains(string(list), "Help with a law") {
		t.Fatal("whoever is on neither side does not read the need")
	}
	p := h.tab(t, chromium(t), false)
	p.signsIn(donor, "")
	p.open(path)
	p.says("The crime is not an offence in law", "There is no offer that you may see.", "Activities that may answer it")
	p.adds("statement", "Two experts for a year.")
	p.press("Make this offer")
	p.says("Your offer is made.", "Two experts for a year.", "Assistance offered", "Waiting for an answer")
	if _, after := h.served(path, outside); string(after) != string(before) {
		t.Errorf("whoever is on neither side reads another page:\n%s", after)
	}
	if _, after := h.served("/needs?status=OPEN", outside); string(after) != string(list) {
		t.Error("whoever is on neither side reads another list")
	}
	q := h.tab(t, chromium(t), false)
	q.signsIn(focal, "")
	q.open(path)
	q.fillIn(chromedp.CSS(`input[id^="answer-offer-"]`), "As agreed.")
	q.press("Accept")
	q.says("The offer is answered.", "Offer accepted")
	q.adds("met-reason", "The law was passed.")
	q.press("Say that the need is met")
	q.says("The need is met.")
	q.open("/needs?status=MET&state=THA")
	q.says("Help with a law")
}

// A focal point posts a need without a script and without a document, finds it in the list, corrects it, takes it out and
// brings it back. Whoever posts for nobody finds no way to the form, and is refused where an address of old leads there.
func TestPageRecordNeedIsPosted(t *testing.T) {
	h := library(t, func(w *writer) {
		w.create(term.KindActor, "border-unit", fields{"name": "Border unit", "kind": "STATE_AUTHORITY", "state": "THA"})
	})
	const focal, donor, unit, helper, path = "focal@example.org", "donor@example.org", "unit@example.org", "helper@example.org", "/needs/help-with-a-law"
	h.invites(t, people.Invitation{Email: focal, Role: access.FocalPoint, Chapter: "THA"})
	h.invites(t, people.Invitation{Email: donor, Role: access.Reporter, Actor: "australia-dfat"})
	h.invites(t, people.Invitation{Email: unit, Role: access.Reporter, Actor: "border-unit"})
	h.invites(t, people.Invitation{Email: helper, Role: access.Coordinator})
	p := h.tab(t, chromium(t), false)
	p.signsIn(focal, "")
	p.open("/needs")
	p.press("Post a need")
	p.says("a document is welcome, but not needed")
	p.fill("title", "Help with a law")
	p.fill("authority", "Nobody who is known")
	p.press("Send")
	p.says("No organisation is called “Nobody who is known”.")
	p.fill("authority", "Border unit")
	p.press("Send")
	p.says("There is a problem", "This is required: give it a value.")
	p.choose("state", "Thailand")
	p.choose("assistanceType", "Drafting and reform of laws")
	p.choose("gapKind", "The crime is not an offence in law")
	p.tick("themes-SMUGGLING")
	p.press("Send")
	p.says(path+"?done=made", "The record is added.", "Border unit", "The crime is not an offence in law", "Not stated", "Members")
	p.open("/needs?state=THA&gap=NO_OFFENCE")
	p.says("Help with a law")
	p.open(path)
	p.lacks("We disagree")
	p.press("Correct this record")
	p.choose("priority", "High")
	p.adds("gap", "No act punishes it.")
	p.press("Send")
	p.says(path+"?done=corrected", "High", "No act punishes it.", "Border unit")
	p.press("Take it out")
	p.adds("reason", "It was answered.")
	p.press("Send")
	p.says("The record is taken out.")
	p.adds("reason", "It was not.")
	p.press("Send")
	p.says(path+"?done=restored", "The record is back.")
	h.needIsKeptBy(t, path, unit, helper)
	q := h.tab(t, chromium(t), false)
	q.signsIn(donor, "")
	for _, address := range []string{"/needs", "/add", path} {
		q.open(address)
		q.lacks("Post a need")
		q.lacks("Correct this record")
		q.lacks("We disagree")
	}
	q.open("/add?kind=NEED")
	q.fill("title", "Help with another")
	q.choose("state", "Thailand")
	q.choose("assistanceType", "Drafting and reform of laws")
	q.press("Send")
	q.says("There is a problem", "You can make records only that you answer for")
}

// needIsKeptBy looks whether some may post needs and correct one. Nobody disputes it.
func (h *house) needIsKeptBy(t *testing.T, path string, who ...string) {
	t.Helper()
	for _, email := range who {
		cookie := h.signedIn(email).cookie
		for address, says := range map[string]string{
			"/needs": "Post a need", "/add": "/add?kind=NEED", path: path + "/correct", path + "/correct": "Border unit [border-unit]", path + "/withdraw": "Send",
		} {
			if status, page := h.served(address, cookie); status != http.StatusOK || !strings.Contains(string(page), says) {
				t.Errorf("%s reads %s without %q: %d", email, address, says, status)
			}
		}
		if status, _ := h.served(path+"/dispute", cookie); status == http.StatusOK {
			t.Errorf("%s finds a form to dispute a need", email)
		}
	}
}

// Whoever may correct a record says why the advice about it is wrong, and reads that from then on.
func TestPageRecordAdviceIsDismissed(t *testing.T) {
	h := library(t, func(w *writer) {
		w.create(term.KindActivity, "shelter", fields{"title": "Shelter", "summary": "For victims.", "themes": []any{"SMUGGLING"}, "donors": []any{"australia-dfat"}, "reporter": "australia-dfat", "states": []any{"THA"}})
	})
	h.invites(t, people.Invitation{Email: theReporter, Role: access.Reporter, Actor: "australia-dfat"})
	p := h.tab(t, chromium(t), false)
	p.signsIn(theReporter, "")
	p.open("/activities/shelter")
	p.says("Please look again", "Why is it right?")
	p.fill("reason-VICTIMS_TAGGED_SMUGGLING", "Victims of violence on the way.")
	p.press("This is right as it is")
	p.says("Your reason is kept with the advice.", "Victims of violence on the way.", "Show this advice again")
}

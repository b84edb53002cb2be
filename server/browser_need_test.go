package server

import (
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
	outside := h.signedIn(other)
	before, list := outside.get(path).Body.String(), outside.get("/needs?status=OPEN").Body.String()
	p := h.tab(t, chromium(t), false)
	p.signsIn(donor, "")
	p.open(path)
	p.says("The crime is not an offence in law", "There is no offer that you may see.", "Activities that may answer it")
	p.adds("statement", "Two experts for a year.")
	p.press("Make this offer")
	p.says("Your offer is made.", "Two experts for a year.", "Assistance offered", "Waiting for an answer")
	if after := outside.get(path).Body.String(); after != before {
		t.Errorf("whoever is on neither side reads another page:\n%s", after)
	}
	if after := outside.get("/needs?status=OPEN").Body.String(); after != list {
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

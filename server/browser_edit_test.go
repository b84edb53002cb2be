package server

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/people"
	"adam/internal/term"

	"github.com/chromedp/chromedp"
)

// theDeed is an activity of theReporter's organisation.
const theDeed, theReporter = "/activities/evil-part", "reporter@example.org"

// kept is a catalogue with a reporter who answers for one of its activities.
func kept(t *testing.T) *house {
	t.Helper()
	h := library(t, func(w *writer) {
		hostile(w)
		w.update(term.KindActivity, fields{"key": "evil-part", "version": 2, "title": "Train the trainers", "donors": []any{"australia-dfat"}, "reporter": "australia-dfat"})
	})
	secret, _, err := h.keeper.Invite(h.program(), people.Invitation{Email: theReporter, Role: access.Reporter, Actor: "australia-dfat"})
	if err == nil {
		_, err = h.keeper.Accept(h.program(), secret, people.Acceptance{Password: goodPassword})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

const theSummary = chromedp.CSS(`textarea[name="activity.summary"]`)

// A reporter corrects a record of her organisation without a script: what lacks is told, what was typed is kept, and where
// somebody else was quicker both values stand there, and nothing of the other's is lost.
func TestPageRecordIsCorrected(t *testing.T) {
	h, c := kept(t), chromium(t)
	p := h.tab(t, c, false)
	p.signsIn(theReporter, "")
	p.open(theDeed)
	p.press("Correct this record")
	p.says("Part is wrong: what is right?", "The public sees it with the next edition.", "Which document shows this?")
	p.adds("summary", "A better summary.")
	p.press("Send")
	p.says("There is a problem", "Name the document that shows this")
	if kept := ask(p, chromedp.Value(theSummary)); kept != "A better summary." {
		t.Errorf("%q was kept of what was typed", kept)
	}
	p.fill("source.title", "Annual report")
	p.fill("startOn", "the third")
	p.press("Send")
	p.says("There is a problem", "the third")
	p.fill("startOn", "2024-05")
	w := &writer{t, h.store}
	w.update(term.KindActivity, fields{"key": "evil-part", "version": 3, "summary": "Another summary.", "results": "Nine were trained."})
	p.press("Send")
	p.says("Somebody has changed this activity", "Two values", "A better summary.", "Another summary.")
	if results := ask(p, chromedp.Value(chromedp.CSS(`textarea[name="activity.results"]`))); results != "Nine were trained." {
		t.Errorf("the form has %q where somebody else wrote", results)
	}
	p.adds("reason", "It ended.")
	p.press("Send")
	p.says(theDeed+"?done=corrected", "The record is corrected.", "A better summary.", "May 2024", "Nine were trained.")
	p.open(theDeed + "/history")
	p.says("Changed: version 5", "It ended.", "Annual report", "Another summary.", "A better summary.")
	if got := h.public(theDeed); got != http.StatusOK {
		t.Errorf("the public reads %d", got)
	}
}

// Organisations are written by their names; one that is not known, or that could be another, is told with what is meant.
func TestPageRecordNamesOrganisations(t *testing.T) {
	h, c := kept(t), chromium(t)
	p := h.tab(t, c, false)
	p.signsIn(theReporter, "")
	p.open(theDeed + "/correct")
	written := func() string {
		return ask(p, chromedp.Value(chromedp.CSS(`textarea[name="activity.partners"]`)))
	}
	if kept := ask(p, chromedp.Value(chromedp.CSS(`textarea[name="activity.donors"]`))); !strings.HasSuffix(kept, " [australia-dfat]") {
		t.Errorf("the donors are %q", kept)
	}
	p.fill("source.title", "Annual report")
	p.tick("states-VNM")
	p.adds("partners", "IOM\nNobody who is known\n")
	p.press("Send")
	p.says("There is a problem", "No organisation is called “Nobody who is known”.")
	if got := written(); got != "IOM\nNobody who is known\n" {
		t.Errorf("of what was written %q is kept", got)
	}
	p.do(chromedp.SetValue(chromedp.CSS(`textarea[name="activity.partners"]`), "International Organization for Migration\nUNODC Regional Office for Southeast Asia and the Pacif\n"))
	p.press("Send")
	p.says("could be one of several", "[unodc")
	p.do(chromedp.SetValue(chromedp.CSS(`textarea[name="activity.partners"]`), "iom\n\nunodc\n"))
	p.press("Send")
	p.says("The record is corrected.", "Viet Nam", "International Organization for Migration")
	p.open(theDeed + "/correct")
	if got := written(); !strings.Contains(got, "[iom]") || !strings.Contains(got, "[unodc]") {
		t.Errorf("the partners are %q", got)
	}
	p.fill("source.title", "Annual report")
	p.fill("acronym", "TT")
	p.press("Send")
	p.says("The record is corrected.")
	p.open(theDeed + "/history")
	p.says("Changed: version 5", "TT")
}

// Whoever may correct a record reads where its text and its tags disagree; nobody else does.
func TestPageRecordAdvises(t *testing.T) {
	h, c := kept(t), chromium(t)
	(&writer{t, h.store}).update(term.KindActivity, fields{"key": "evil-part", "version": 3, "summary": "Shelter for victims.", "themes": []any{"SMUGGLING"}})
	h.person("member@example.org", access.Member)
	p := h.tab(t, c, true).looker()
	p.signsIn(theReporter, "")
	for path, says := range map[string][]string{theDeed: {"Please look again", "speaks of victims", "It rests on:"}, "/ur" + theDeed: {"speaks of victims"}} {
		p.open(path)
		p.says(says...)
		p.look(path)
	}
	m := h.tab(t, c, false)
	m.signsIn("member@example.org", "")
	m.open(theDeed)
	m.lacks("Please look again")
}

// A record is taken out and brought back, and one is added; others' records are disputed.
func TestPageRecordIsTakenOutAddedAndDisputed(t *testing.T) {
	h, c := kept(t), chromium(t)
	p := h.tab(t, c, false)
	p.signsIn(theReporter, "")
	p.open(theDeed)
	p.press("Take it out")
	p.press("Send")
	p.says("Say why: history keeps the reason.")
	p.adds("reason", "It was never done.")
	p.press("Send")
	p.says("The record is taken out.", "Bring this record back")
	p.adds("reason", "It was done after all.")
	p.press("Send")
	p.says(theDeed+"?done=restored", "The record is back.", "Train the trainers")
	for _, path := range []string{"/laws", "/laws/evil-law"} { // which no organisation answers for
		p.open(path)
		p.lacks("Add a record")
		p.lacks("Correct this record")
		p.lacks("We disagree")
	}
	p.open("/activities")
	p.press("Add a record")
	p.fill("title", "Train the judges")
	p.tick("states-THA")
	p.press("Send")
	p.says("Name the document that shows this")
	p.fill("source.title", "Project document")
	p.press("Send")
	p.says("/activities/train-the-judges?done=made", "The record is added.", "Train the judges", "Project document", "Thailand")
	w := &writer{t, h.store}
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Create(ctx, tx, term.KindActivity, fields{"title": "Of others", "visibility": "PUBLIC", "reporter": "iom", "partners": []any{"australia-dfat"}, "sources": []any{document()}})
	})
	p.open("/activities/of-others")
	p.lacks("Correct this record")
	p.open("/activities/of-others/correct") // which an address of old may be
	p.fill("source.title", "Annual report")
	p.fill("acronym", "OO")
	p.press("Send")
	p.says("can correct this. If it is wrong, dispute it with a reason")
	p.press("If others answer for this record, say that you disagree instead")
	p.adds("reason", "We never took part.")
	p.press("Send")
	p.says("?done=disputed", "Your statement stands beside the record", "We never took part.")
	p.press("Take this statement back")
	p.press("Send")
	p.says("?done=retracted", "You have taken your statement back.")
	p.lacks("Take this statement back")
}

// Where a review asks a focal point about a record, its page leads to the answer there.
func TestPageRecordLeadsToItsReview(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	p := h.tab(t, c, false)
	p.signsIn(theFocalPoint, "")
	p.open("/laws/" + theLaw)
	p.press("Correct this record")
	p.says("/review/THA/wrong?record=", "Part is wrong: what is right?")
	w := &writer{t, h.store}
	w.create(term.KindLaw, theOther, fields{"title": "Later act", "state": "THA", "status": "IN_FORCE"})
	p.open("/laws/" + theOther) // which stands in the catalogue, and not in the review
	p.press("Correct this record")
	p.says("/laws/"+theOther+"/correct", "The public sees it with the next edition.")
	p.open("/activities/aaptip")
	p.says("We disagree")
	p.lacks("Correct this record")
}

// Nothing of it is in the way of anybody, and whoever answers for nothing finds none of it.
func TestPageRecordFormsHaveNoBarriers(t *testing.T) {
	h, c := kept(t), chromium(t)
	secret := h.generator(h.person("desk@example.org", access.Secretariat))
	p := h.tab(t, c, true).looker()
	p.signsIn("desk@example.org", secret)
	for _, path := range []string{"/laws/evil-law", "/policies/evil-policy", "/mechanisms/evil-mechanism", "/actors/evil-body", theDeed, "/needs/evil-need"} {
		p.open(path)
		p.look(path)
		p.lacks("We disagree")
		p.press("Correct this record")
		p.look(path + " corrected")
		p.press("Send")
		p.look(path + " without source")
	}
	for _, path := range []string{theDeed + "/dispute", theDeed + "/withdraw", theDeed + "/restore", theDeed + "/retract", "/ur" + theDeed + "/correct", "/laws", "/needs", "/add", "/add?kind=LAW", "/ur/add?kind=NEED", "/add?kind=ACTIVITY", "/ur/add?kind=POLICY"} {
		p.open(path)
		p.look(path)
	}
	p.open("/add?kind=LAW")
	p.fill("source.title", "Gazette")
	p.press("Send")
	p.says("This is required: give it a value.")
	p.look("law without a title")
	h.person("member@example.org", access.Member)
	m := h.tab(t, c, false)
	m.signsIn("member@example.org", "")
	for _, path := range []string{theDeed, "/activities"} {
		m.open(path)
		m.lacks("Correct this record")
		m.lacks("Add a record")
	}
	for _, path := range []string{theDeed + "/correct", theDeed + "/restore", "/activities/none/correct", "/add"} {
		m.open(path)
		m.says("Records are changed by the secretariat, by focal points and by reporters")
		if got := h.public(path); got == http.StatusOK {
			t.Errorf("a visitor gets in at %s", path)
		}
	}
}

package server

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/law"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/term"
	"adam/internal/testdb"
)

// theLaw becomes public, and theOther says something else.
const theLaw, theOther = "tha-atipa-2008", "evil-law"

// unpublished is a catalogue with two people of the secretariat, in which a restricted law was opened since the edition.
func unpublished(t *testing.T) (h *house, w *writer, first, second string) {
	t.Helper()
	h = library(t, func(w *writer) {
		hostile(w)
		w.update(term.KindLaw, fields{"key": theLaw, "version": w.version(theLaw), "visibility": "RESTRICTED", "reason": "It is being looked at."})
	})
	w = &writer{t, h.store}
	return h, w, h.generator(h.person("first@example.org", access.Secretariat)), h.generator(h.person("second@example.org", access.Secretariat))
}

func (w *writer) version(key string) int {
	w.t.Helper()
	return w.st.Client.Law.Query().Where(law.Key(key)).OnlyX(testdb.Context(w.t)).Version
}

// opens makes the law public, changes another and withdraws a third.
func (w *writer) opens() {
	w.t.Helper()
	w.update(term.KindLaw, fields{"key": theLaw, "version": w.version(theLaw), "visibility": "PUBLIC", "reason": "It is right."})
	w.update(term.KindLaw, fields{"key": theOther, "version": w.version(theOther), "number": "Act 7 <b>", "reason": "The gazette has it."})
	w.do(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		const key = "tha-transnational-organised-crime-act-2013"
		return catalogue.Withdraw(ctx, tx, term.KindLaw, key, w.version(key), "It was replaced.")
	})
}

// Two people release: one proposes, the other is told when something changed since she looked, and approves what she saw.
func TestPageReleaseGate(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			h, w, one, two := unpublished(t)
			c := chromium(t)
			first, second := h.tab(t, c, scripts), h.tab(t, c, scripts)
			first.signsIn("first@example.org", one)
			second.signsIn("second@example.org", two)
			first.open("/cycles")
			first.press("Release", "//nav")
			first.says("/release", "Nothing has changed since edition 1.", "Release an edition all the same")
			w.opens()
			first.open("/release")
			first.says("3 records have changed since edition 1", "Becomes public", "Who saw it: Restricted. Who sees it now: Public.",
				"Who saw it: Public. Who sees it now: nobody.", "Act 7 <b>", "Another person of the secretariat looks through it and decides.")
			if text := first.text(); strings.Index(text, "Who sees it now: Public") > strings.Index(text, "Act 7") {
				t.Error("what becomes public does not come first")
			}
			first.fill("summary", "Laws of Thailand, corrected.")
			first.press("Propose the release", "//form")
			first.says("The release is proposed.", "You have proposed this yourself", "Laws of Thailand, corrected.")
			first.lacks("Publish the edition")
			refusedOnce(first, second)
			approved(h, w, first, second, scripts)
		})
	}
}

// refusedOnce lets the second person refuse, and the first propose again, take it back, and propose once more.
func refusedOnce(first, second *tab) {
	second.t.Helper()
	second.open("/release")
	second.says("Look through the list", "Publish the edition")
	second.lacks("Take the proposal back")
	second.press("Refuse the release")
	second.says("Say why it is not released")
	second.adds("reason", "Two sources are missing.")
	second.press("Refuse the release")
	second.says("The release is refused.")
	first.open("/release")
	first.says("The last proposal was refused by", "Two sources are missing.")
	for range 2 {
		first.fill("summary", "Laws of Thailand, corrected.")
		first.press("Propose the release", "//form")
		first.lacks("Two sources")
		first.press("Take the proposal back")
		first.says("You have taken the proposal back.")
	}
	first.fill("summary", "Laws of Thailand, corrected.")
	first.press("Propose the release", "//form")
}

// approved lets the second person approve, a moment too late at first, and looks at the edition.
func approved(h *house, w *writer, first, second *tab, scripts bool) {
	second.t.Helper()
	second.open("/release")
	w.update(term.KindLaw, fields{"key": theOther, "version": w.version(theOther), "number": "Act 8"})
	second.press("Publish the edition")
	second.says("Since you looked, 1 record changed. Look again, then decide.", "Act 8", "1 record was changed after whoever proposed it had looked.")
	second.press("Publish the edition")
	second.says("Edition 2 is being made.", "Nothing has changed since edition 2.")
	first.open("/release")
	first.says("Edition 2 is being made.")
	public := "/laws/" + theLaw
	if got := h.public(public); got != http.StatusNotFound {
		second.t.Errorf("before the edition is made the law is public: %d", got)
	}
	h.press()
	if scripts {
		second.waits("Edition 2 is published.")
	} else {
		second.press("Look again")
		second.says("Edition 2 is published.")
	}
	second.press("Read edition 2")
	second.says("?edition=2", "You are reading edition 2")
	first.open("/release")
	first.says("Nothing has changed since edition 2.")
	first.lacks("is being made")
	if got := h.public(public); got != http.StatusOK {
		second.t.Errorf("the law became public, and its page is %d", got)
	}
}

// public is how the server answers a visitor who asks for a page.
func (h *house) public(path string) int {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, h.doors.BaseURL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		h.t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// No barriers on the page, whatever it shows; nobody else gets in.
func TestPageReleaseGateHasNoBarriers(t *testing.T) {
	h, w, one, two := unpublished(t)
	w.opens()
	c := chromium(t)
	p := h.tab(t, c, true).looker()
	p.signsIn("first@example.org", one)
	look := func(name string, paths ...string) {
		for _, path := range paths {
			p.open(path)
			p.look(name + " " + path)
		}
	}
	look("unreleased", "/release", "/ur/release")
	p.open("/release")
	p.fill("summary", " ")
	p.press("Propose the release", "//form")
	p.says("Say in a sentence what the edition will be")
	p.look("no summary")
	p.fill("summary", "Corrections.")
	p.press("Propose the release", "//form")
	look("proposed", "/release", "/ur/release")
	q := h.tab(t, c, true).looker()
	q.signsIn("second@example.org", two)
	q.open("/release")
	q.look("to be decided")
	q.press("Publish the edition")
	q.look("being made")
	h.press()
	q.waits("Edition 2 is published.")
	q.look("made")
	h.person("focal@example.org", access.Member)
	m := h.tab(t, c, false)
	m.signsIn("focal@example.org", "")
	m.open("/release")
	m.says("Only the secretariat releases editions.")
	m.lacks("Corrections.")
	if got := h.public("/release"); got == http.StatusOK {
		t.Errorf("a visitor gets in: %d", got)
	}
}

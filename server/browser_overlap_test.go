package server

import (
	"strings"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/overlap"
	"adam/internal/people"
	"adam/internal/term"
)

// pairPage finds the page of the pair of two records.
func (h *house) pairPage(t *testing.T) string {
	t.Helper()
	if _, err := overlap.NewWatch(h.store.Client, time.Now).Keep(h.program(), h.store, true); err != nil {
		t.Fatal(err)
	}
	for _, o := range h.store.Client.Overlap.Query().WithActivities().AllX(h.program()) {
		if strings.Contains(o.Edges.Activities[0].Title, "Quokka") && strings.Contains(o.Edges.Activities[1].Title, "Quokka") {
			return pairPathOf(o.ID)
		}
	}
	t.Fatal("the pair was not found")
	return ""
}

func pairPathOf(id term.ID) string { return "/overlaps/" + id.String() }

// A coordinator takes a pair, decides it with one key, and takes that back without a script; both addresses lead to one
// record in between. Whoever is not concerned sees neither the pair nor the way to decide.
func TestPageOverlapIsDecided(t *testing.T) {
	h := library(t, func(w *writer) {
		for _, key := range []string{"quokka-one", "quokka-two"} {
			w.create(term.KindActivity, key, fields{"title": "Quokka checkpoint: training of border guards", "summary": "Courses of " + key, "states": []any{"THA"}, "themes": []any{"SMUGGLING"},
				"startOn": "2031-02", "endOn": "2031-05", "sources": []any{fields{"title": "Report"}}})
		}
	})
	const helper, other = "helper@example.org", "donor@example.org"
	h.invites(t, people.Invitation{Email: helper, Role: access.Coordinator})
	h.invites(t, people.Invitation{Email: other, Role: access.Reporter, Actor: "australia-dfat"})
	path := h.pairPage(t)
	p := h.tab(t, chromium(t), true)
	p.signsIn(helper, "")
	p.open("/overlaps")
	p.says("Maybe one activity (", "Quokka checkpoint", "likelihood 9", "The two are very likely the same activity.")
	p.open(path)
	p.says("Two activities, side by side", "Courses of quokka-one", "Courses of quokka-two", "differs", "Why they may overlap", "They end in the same month.")
	p.press("I look at it")
	p.says("It is noted who looks at it.", "Nobody looks at it now")
	p.open(path) // with its script
	p.key("1")
	p.waits("It is decided.")
	p.says("Same activity", "Compared side by side.", "Take the decision back")
	p.open("/overlaps?show=settled")
	p.says("Settled (1)", "Same activity")
	q := h.tab(t, chromium(t), false)
	q.signsIn(helper, "")
	q.open(path)
	q.adds("reason", "They are two after all.")
	q.press("Take the decision back")
	q.says("They are two after all.", "5 · Unrelated")
	q.adds("reason", "As before.")
	q.unfold("Which record stays, what is taken from the other, how they are related")
	q.choose("relation", "Sister projects in different States")
	q.press("2 · Related")
	q.says("It is decided.", "Sister projects in different States")
	q.open("/activities/quokka-two")
	q.says("Courses of quokka-two", "Related")
	r := h.tab(t, chromium(t), false)
	r.signsIn(other, "")
	r.open(path)
	r.says("Related", "As before.")
	r.lacks("Take the decision back")
	r.open("/overlaps?show=same")
	r.lacks("Quokka")
}

// A plan is checked without a script: nothing of it stands in the address.
func TestPageOverlapOfAPlan(t *testing.T) {
	h := library(t, func(w *writer) {
		w.create(term.KindActivity, "quokka-one", fields{"title": "Quokka checkpoint: training of border guards", "states": []any{"THA"}, "themes": []any{"SMUGGLING"}, "startOn": "2031-02", "endOn": "2031-05",
			"sources": []any{fields{"title": "Report"}}})
	})
	const helper = "helper@example.org"
	h.invites(t, people.Invitation{Email: helper, Role: access.Coordinator})
	p := h.tab(t, chromium(t), false)
	p.signsIn(helper, "")
	p.open("/check")
	p.fill("title", "Training of border guards at the Quokka checkpoint")
	p.tick("themes-SMUGGLING")
	p.unfold("Where")
	p.tick("states-THA")
	p.fill("startOn", "2031")
	p.fill("donors", "nobody-at-all")
	p.press("Check")
	p.says("There is a problem", "is no actor of this catalogue")
	p.fill("donors", "")
	p.press("Check")
	p.says("/check", "It would likely repeat 1 activity", "Quokka checkpoint", "It may answer 0 needs")
	p.lacks("title=")
}

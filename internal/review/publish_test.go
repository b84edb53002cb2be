package review_test

import (
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/edition"
	"adam/ent/recordverification"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

// The review cycle: a cycle completes only with no item pending, with a statement.
func TestAReviewIsSignedOnlyWithNothingPendingAndAStatement(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		n := len(w.items(id))
		sign := func(statement string) error {
			_, err := do(w, "tha", w.desk.Complete, review.SignOff{Cycle: id, Statement: statement})
			return err
		}
		f := refused(t, sign("All is right."), fault.Conflict, "items are not answered yet")
		if f.Details["pending"] != n {
			t.Errorf("%v items are pending; expected %d", f.Details["pending"], n)
		}
		w.confirmAll("tha", id)
		refused(t, sign("  "), fault.Invalid, "statement", "input.statement")
		ok(t, sign("All is right."))
		c := w.cycle(id)
		today, err := review.Today(w.clock(), "Asia/Bangkok")
		ok(t, err)
		if c.Status != term.ReviewVerified || c.CompletedOn != today || c.NextReviewDueOn != review.NextReview(today) || *c.Verifier != "Ministry tha" || *c.Signatory != "Ministry tha" {
			t.Errorf("the cycle is %+v", c)
		}
	})
}

// Two people release: the focal point completes, the secretariat publishes.
func TestNobodyCompletesAndPublishesAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		for _, it := range w.items(id) {
			v := review.ItemVersion{ID: it.ID, Version: review.VersionOf(it, it.RecordVersion)}
			_, err := do(w, "first", w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{v}, Letter: "Note 12 of 3 May"})
			ok(t, err)
		}
		_, err := do(w, "first", w.desk.Complete, review.SignOff{Cycle: id, Statement: "As in the letter.", Letter: "Note 12 of 3 May"})
		ok(t, err)
		before := w.dump()
		_, err = do(w, "first", w.desk.Publish, id)
		refused(t, err, fault.Forbidden, "somebody else of the secretariat")
		for _, who := range []string{"tha", "deputy", "vnm", "iom", "member", "coordinator", "administrator"} {
			_, err := do(w, who, w.desk.Publish, id)
			refused(t, err, fault.Forbidden, "secretariat")
		}
		if d := differing(w.dump(), before); len(d) > 0 {
			t.Errorf("refusing wrote %v", d)
		}
		w.publish(id)
		if c := w.cycle(id); c.Status != term.ReviewPublished || *c.Verifier != "Chapter THA" {
			t.Errorf("it is %s, verified by %s; expected to be published, of the State", c.Status, *c.Verifier)
		}
	})
}

// answerAll answers the review of Thailand in every way, and gives the ids of what was added.
func (w *world) answerAll(id term.ID) (added term.ID) {
	w.t.Helper()
	_, err := do(w, "tha", w.desk.Correct, w.correction(id, "law", "Act on trafficking in persons"))
	ok(w.t, err)
	_, err = do(w, "deputy", w.desk.Withdraw, review.Reply{Item: w.read(id, "draft"), Reason: "It was never adopted."})
	ok(w.t, err)
	_, err = do(w, "tha", w.desk.Dispute, review.Reply{Item: w.read(id, "training"), Reason: "It never took place."})
	ok(w.t, err)
	_, err = do(w, "tha", w.desk.NotOurs, review.Reply{Item: w.read(id, "internal")})
	ok(w.t, err)
	added, err = do(w, "tha", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindLaw, Below: "input.law",
		Input: with(input{"title": "New act", "state": "THA", "status": "IN_FORCE", "visibility": "PUBLIC"})})
	ok(w.t, err)
	w.confirmAll("tha", id)
	return added
}

// Publishing applies all proposals at once, in the name of the institution that made them; until then no byte of the
// catalogue changes.
func TestPublishingWritesAllThatWasAnswered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		untouched := w.dumpBut("review_cycles", "review_items", "review_steps", "chapters", "log_entries")
		added := w.answerAll(id)
		w.complete("tha", id)
		if d := differing(w.dumpBut("review_cycles", "review_items", "review_steps", "chapters", "log_entries"), untouched); len(d) > 0 {
			t.Fatalf("before publication this was written: %v", d)
		}
		versions := map[string]int{}
		for _, name := range []string{"policy", "police", "treaty", "secret", "internal", "training", "ended", "hidden"} {
			versions[name] = w.version(name)
		}
		w.publish(id)
		w.wroteCorrection(t)
		if last := w.history("draft"); last[len(last)-1].Action != term.ActionWithdrawn || last[len(last)-1].By != "Ministry deputy" {
			t.Errorf("the draft's last entry is %+v", last[len(last)-1])
		}
		c, err := w.st.Client.ReviewItem.Get(testdb.Context(t), added)
		ok(t, err)
		if c.RecordID == nil {
			t.Fatal("the record that was added is not there")
		}
		w.id["new"] = *c.RecordID
		if h := w.history("new"); len(h) != 1 || h[0].By != "Ministry tha" || h[0].Edges.Source == nil {
			t.Errorf("the history of the new record is %+v", h)
		}
		for name, v := range versions {
			if w.version(name) != v {
				t.Errorf("%s is at version %d, it was %d: a verification makes no version", name, w.version(name), v)
			}
		}
		w.verifiedAll(t, id)
	})
}

// wroteCorrection checks how history tells the correction of the law.
func (w *world) wroteCorrection(t *testing.T) {
	t.Helper()
	h := w.history("law")
	last := h[len(h)-1]
	if last.By != "Ministry tha" || last.Edges.Source == nil || last.Edges.Source.Title != "Gazette 7" {
		t.Errorf("the correction is told as %+v", last)
	}
	if !slices.ContainsFunc(last.Changes, func(c term.Change) bool { return c.Field == "title" && *c.To == "Act on trafficking in persons" }) {
		t.Errorf("the changes are %v", last.Changes)
	}
}

// verifiedAll checks what was kept of who verified what.
func (w *world) verifiedAll(t *testing.T, id term.ID) {
	t.Helper()
	c := w.cycle(id)
	all, err := w.st.Client.RecordVerification.Query().Where(recordverification.CycleID(id)).All(testdb.Context(t))
	ok(t, err)
	got := map[term.ID]*ent.RecordVerification{}
	for _, v := range all {
		got[v.RecordID] = v
	}
	want := map[string]term.VerificationStatus{"law": term.Verified, "secret": term.Verified, "policy": term.Verified, "police": term.Verified,
		"treaty": term.Verified, "training": term.Disputed, "ended": term.Verified, "new": term.Verified}
	for name, status := range want {
		v := got[w.id[name]]
		if v == nil || v.Status != status || v.By != "Ministry tha" || v.VerifiedOn != c.CompletedOn || v.VerifiedUntil != c.NextReviewDueOn ||
			v.RecordVersion != w.version(name) || *v.ChapterID != w.id["THA"] {
			t.Errorf("the verification of %s is %+v; expected %s", name, v, status)
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d verifications, expected %d: what is not ours or goes is not verified", len(all), len(want))
	}
	ch, err := w.st.Client.Chapter.Get(testdb.Context(t), w.id["THA"])
	ok(t, err)
	if ch.VerifiedStatus != term.Verified || *ch.VerifiedBy != "Ministry tha" || ch.VerifiedUntil != c.NextReviewDueOn || ch.Status != term.ReviewPublished || !ch.ReadingsReleased {
		t.Errorf("the chapter is %+v", ch)
	}
	e, err := w.st.Client.Edition.Query().Where(edition.Number(c.Edition)).Only(testdb.Context(t))
	ok(t, err)
	if e.Status != term.EditionBuilding || c.PublishedOn == "" {
		t.Errorf("the edition is %s, published on %q", e.Status, c.PublishedOn)
	}
}

// A proposal that cannot be applied any more stands in the way of all: nothing is written.
func TestAProposalThatCameTooLateStopsThePublication(t *testing.T) {
	for _, c := range []struct {
		name, changed string
		in            input
	}{
		{"a correction", "law", input{"number": "B.E. 2551"}},
		{"a withdrawal", "draft", input{"number": "7"}},
		{"a dispute", "training", input{"summary": "It did take place."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				id := w.open("THA")
				w.answerAll(id)
				w.complete("tha", id)
				item := w.item(id, c.changed)
				w.edit(w.who["first"], c.changed, c.in)
				before := w.dump()
				_, err := do(w, "second", w.desk.Publish, id)
				f := refused(t, err, fault.Conflict, item.ID.String())
				if f.Details["item"] != item.ID.String() || !strings.Contains(f.Sentence, "Return the review") {
					t.Errorf("the answer is %q with %v", f.Sentence, f.Details)
				}
				if d := differing(w.dump(), before); len(d) > 0 {
					t.Errorf("a publication that failed wrote %v", d)
				}
			})
		})
	}
}

// Returning keeps the answers; they can be mended and the review signed again.
func TestAReturnedReviewKeepsItsAnswers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open("THA")
		w.answerAll(id)
		w.complete("tha", id)
		before := w.dumpBut("review_cycles", "review_steps", "chapters", "log_entries")
		refused(t, reasoned(w, "tha", w.desk.Return, id, "Look again."), fault.Forbidden, "secretariat")
		refused(t, reasoned(w, "first", w.desk.Return, id, ""), fault.Invalid, "what is to be done", "input.remark")
		ok(t, reasoned(w, "first", w.desk.Return, id, "Name the gazette."))
		if d := differing(w.dumpBut("review_cycles", "review_steps", "chapters", "log_entries"), before); len(d) > 0 {
			t.Errorf("returning wrote %v", d)
		}
		if c := w.cycle(id); c.Status != term.Returned || *c.Remark != "Name the gazette." || c.CompletedBy != 0 || c.CompletedOn != "" {
			t.Errorf("the cycle is %+v", c)
		}
		_, err := do(w, "tha", w.desk.Correct, w.correction(id, "law", "Act of 2008"))
		ok(t, err)
		w.complete("tha", id)
		w.publish(id)
	})
}

// Publishing Thailand changes no byte of half-reviewed Viet Nam.
func TestPublishingOneChapterChangesNothingOfAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		viet := w.open("VNM")
		_, err := do(w, "vnm", w.desk.Correct, w.correction(viet, "viet law", "Penal code of 2015"))
		ok(t, err)
		_, err = do(w, "vnm", w.desk.Withdraw, review.Reply{Item: w.read(viet, "viet draft"), Reason: "It was replaced."})
		ok(t, err)
		ours := func(line string) bool {
			for _, id := range []term.ID{w.id["VNM"], w.id["state VNM"], w.id["viet law"], w.id["viet draft"], viet} {
				if strings.Contains(line, number(id)) {
					return true
				}
			}
			return false
		}
		id := w.open("THA")
		before := slices.DeleteFunc(w.dump(), func(l string) bool { return !ours(l) })
		w.answerAll(id)
		w.complete("tha", id)
		w.publish(id)
		after := slices.DeleteFunc(w.dump(), func(l string) bool { return !ours(l) })
		if len(before) < 10 || !slices.Equal(before, after) {
			t.Errorf("of %d rows of Viet Nam these changed: %v %v", len(before), differing(before, after), differing(after, before))
		}
	})
}

// A reporter's new activity stays hers when her portfolio is published.
func TestAnActivityAddedByAReporterIsHers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, err := do(w, "first", w.desk.OpenPortfolio, "iom")
		ok(t, err)
		added, err := do(w, "iom", w.desk.Add, review.Addition{Cycle: id, Kind: term.KindActivity, Below: "input.activity",
			Input: with(input{"title": "Next course", "states": []any{"THA"}})})
		ok(t, err)
		w.confirmAll("iom", id)
		w.complete("iom", id)
		w.publish(id)
		it, err := w.st.Client.ReviewItem.Get(testdb.Context(t), added)
		ok(t, err)
		a, err := w.st.Client.Activity.Get(testdb.Context(t), *it.RecordID)
		ok(t, err)
		if a.ReporterID == nil || *a.ReporterID != w.id["iom"] {
			t.Errorf("its reporter is %v; expected the IOM", a.ReporterID)
		}
	})
}

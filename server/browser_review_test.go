package server

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/term"

	"github.com/chromedp/chromedp"
)

const theFocalPoint = "focal@example.org"

// reviewed is a server with the shipped data whose chapter of Thailand is under review by a focal point.
func reviewed(t *testing.T) *house {
	t.Helper()
	h := library(t, func(*writer) {})
	desk := &review.Desk{People: h.keeper, BaseURL: h.doors.BaseURL, Now: time.Now}
	secret, _, err := h.keeper.Invite(h.program(), people.Invitation{Email: theFocalPoint, Role: access.FocalPoint, Chapter: "THA"})
	if err == nil {
		_, err = h.keeper.Accept(h.program(), secret, people.Acceptance{Password: goodPassword})
	}
	if err == nil {
		err = h.store.InTx(h.program(), func(ctx context.Context, tx *ent.Tx) error {
			if _, err := desk.Open(ctx, tx, review.Opening{Chapter: "THA", OpenedOn: term.DateOf(time.Now().AddDate(0, 0, -3)), Addressee: "Ministry", Reference: "Note 14"}); err != nil {
				return err
			}
			_, err := desk.Nominate(ctx, tx, review.Nomination{Chapter: "THA", Email: theFocalPoint, Unit: "Division"})
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// card is the part of the page that holds the n-th record of the queue, from 1.
func card(n int) string { return fmt.Sprintf(`(//article[contains(@class,"card")])[%d]`, n) }

// progressed is how a page says how many records were checked.
func progressed(checked, total int) string {
	return fmt.Sprintf("%d of %d records checked", checked, total)
}

// records is how many records the review asks about.
func (p *tab) records() int {
	p.t.Helper()
	var done, total int
	for line := range strings.Lines(p.text()) {
		if n, _ := fmt.Sscanf(line, "%d of %d records checked", &done, &total); n == 2 {
			return total
		}
	}
	p.t.Fatalf("no progress stands in %s", p.text())
	return 0
}

// A focal point finds what she is asked, and gives each kind of answer, without a script.
func TestPageReviewWithoutScript(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	p := h.tab(t, c, true).looker() // axe is a script of the test; the next tab has none
	p.signsIn(theFocalPoint, "")
	p.open("/review")
	p.look("my chapter")
	for _, path := range []string{"/review/THA", "/ur/review/THA", "/review/THA/add", "/review/THA/add?kind=LAW", "/review/THA/add?kind=ACTIVITY", "/review/THA/unchanged", "/review/THA/sign-off", "/ur/review/THA/sign-off"} {
		p.open(path)
		p.look(path)
	}
	q := h.tab(t, c, false)
	q.signsIn(theFocalPoint, "")
	q.open("/review")
	total := q.records()
	q.says("Review of Thailand", "Under review", "days left", "Asia/Bangkok", progressed(0, total))
	q.press("Check the records")
	q.says("Same as edition 1", fmt.Sprintf("To check (%d)", total), "To check (", "Right (0)")
	q.press("Right", card(1))
	q.says("Your answer is saved.", progressed(1, total), "Right (1)")
	q.press("Right (1)")
	q.press("Undo", card(1))
	q.says("The answer was taken back", progressed(0, total))
	q.open("/review/THA")
	q.press("Not sure, later", card(1))
	q.says("Later (1)", progressed(0, total))
	corrects(q)
	q.says("Your answer is saved.", "Corrected or new (1)", progressed(1, total))
	q.press("Corrected or new (1)")
	q.says("What you propose", "A better summary.")
	q.open("/review/THA")
	q.press("Take it out", card(1))
	q.adds("reason", "It was never set up.")
	q.press("Send")
	q.says("To be taken out (1)", progressed(2, total))
	disagrees(q)
	q.says("We disagree (1)", progressed(3, total))
	adds(q)
	q.says("The record is proposed.", "Corrected or new (2)", progressed(4, total+1))
}

// corrects says that part of the first record is wrong: without a document it is asked for one, and keeps what was typed.
func corrects(q *tab) {
	q.t.Helper()
	q.press("Part is wrong", card(1))
	q.says("Part is wrong: what is right?", "Which document shows this?")
	summary := chromedp.CSS(`textarea[name$="summary"]`)
	q.fillIn(summary, "A better summary.")
	q.press("Send")
	q.says("There is a problem", "Name the document that shows this")
	if kept := ask(q, chromedp.Value(summary)); kept != "A better summary." {
		q.t.Errorf("%q was kept of what was typed", kept)
	}
	q.fillIn(`input[name$="source.title"]`, "Gazette 12")
	q.press("Send")
}

// disagrees disputes the first record that others keep.
func disagrees(q *tab) {
	q.t.Helper()
	for !strings.Contains(q.text(), "kept by others") { // own records come first
		q.press("Next page")
	}
	q.press("We disagree", `(//article[contains(., "kept by others")])[1]`)
	q.says("Both statements show until the secretariat decides.")
	q.adds("reason", "It never met.")
	q.press("Send")
}

// adds proposes a law that the catalogue lacks.
func adds(q *tab) {
	q.t.Helper()
	q.open("/review/THA/add")
	q.press("Law")
	q.fillIn(`input[name$="law.title"]`, "Act on Something Else B.E. 2569 (2026)")
	q.fillIn(`input[name$="source.title"]`, "Gazette 13")
	q.press("Send")
	q.says("This is required: give it a value.")
	q.choose(ask(q, chromedp.Evaluate[string](`document.querySelector('select[name$="law.status"]').id`)), "In force")
	q.press("Send")
}

// A correction says only what its sender has changed: where somebody else changed the record meanwhile, sending the form
// again takes nothing of that back.
func TestPageReviewCorrectionTakesNobodysChangeBack(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	q := h.tab(t, c, false)
	q.signsIn(theFocalPoint, "")
	q.open("/review/THA")
	key := ask(q, chromedp.Evaluate[string](`document.querySelector('.card a[href^="/laws/"]').href.split('/').pop()`))
	q.press("Part is wrong", `//article[contains(@class,"card")][.//a[@href="/laws/`+key+`"]]`)
	(&writer{t, h.store}).update(term.KindLaw, fields{"key": key, "version": 1, "number": "Number 9"})
	q.fillIn(`textarea[name$="summary"]`, "A better summary.")
	q.press("Send")
	q.says("Name the document that shows this")
	q.fillIn(`input[name$="source.title"]`, "Gazette 12")
	q.press("Send")
	q.says("There is a problem")
	if got := ask(q, chromedp.Value(chromedp.CSS(`input[name$="law.number"]`))); got != "Number 9" {
		t.Errorf("the form has the number %q, which is not what stands", got)
	}
	q.press("Send")
	q.open("/review/THA?tab=corrected")
	q.says("What you propose", "A better summary.")
	it, err := h.store.Client.ReviewItem.Query().Where(reviewitem.StatusEQ(term.ItemCorrected)).Only(h.program())
	if err != nil {
		t.Fatal(err)
	}
	if _, given := it.Input["number"]; given || it.Input["summary"] != "A better summary." {
		t.Errorf("what is proposed is %v", it.Input)
	}
}

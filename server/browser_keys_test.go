package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"adam/internal/access"
)

// key presses a key, as somebody who uses no mouse does.
func (p *tab) key(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// answeredCards counts the cards that the script has put into the place of those that were answered.
const answeredCards = `document.querySelectorAll('.card [role=status]').length`

// reaches waits until an expression gives a number.
func (p *tab) reaches(expression string, n int) {
	p.t.Helper()
	got := -1
	for range 200 {
		if got = ask(p, chromedp.Evaluate[int](expression)); got == n {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.t.Fatalf("%s is %d and does not become %d; the page is %s", expression, got, n, p.text())
}

// 120 records are checked with one key each, and a page of twenty with one more (pages.md: at most 126 interactions).
func TestPageReviewByKeys(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	p := h.tab(t, c, true)
	p.signsIn(theFocalPoint, "")
	interactions, began := 0, time.Now()
	for page := range 6 {
		p.open("/review/THA")
		interactions++
		for i := range 20 {
			p.key("1")
			interactions++
			p.reaches(answeredCards, i+1)
		}
		p.waits(progressed(20*(page+1), p.records()))
	}
	t.Logf("120 records: %d interactions in %.0f s, of which the person needs more", interactions, time.Since(began).Seconds())
	if interactions > 126 {
		t.Errorf("%d interactions", interactions)
	}
	p.key("u") // of the card that has the focus: the last answer
	p.waits(progressed(119, p.records()))
	p.key("k")
	p.open("/review/THA")
	p.says(progressed(119, p.records()))
	p.key("j")
	p.key("j")
	p.key("e")
	p.waits("Both statements show until the secretariat decides.")
}

// Two answer the same record: the second one is shown what stands now, and nothing is overwritten.
func TestPageReviewOfTwoPeople(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprint("scripts ", scripts), func(t *testing.T) {
			p, q := h.tab(t, c, scripts), h.tab(t, c, scripts)
			p.signsIn(theFocalPoint, "")
			q.signsIn(theFocalPoint, "")
			p.open("/review/THA")
			q.open("/review/THA")
			total := p.records()
			p.click("Right")
			p.waits(map[bool]string{true: "Undo", false: "Your answer is saved."}[scripts])
			q.click("Not sure, later")
			q.waits("There is a problem")
			q.says("Undo")
			q.open("/review/THA?tab=right")
			q.says(fmt.Sprint("of ", total, " records checked"))
		})
	}
}

// A session that ends in the middle of a review loses nothing: what was typed comes back after signing in again.
func TestPageReviewAfterTheSessionHasEnded(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	p := h.tab(t, c, false)
	p.signsIn(theFocalPoint, "")
	p.open("/review/THA")
	p.press("Take it out", card(1))
	p.adds("reason", "It was merged into another one in 2019.")
	h.ends(theFocalPoint)
	p.press("Send")
	p.says("Your session has ended. What you wrote is kept on this page.", "Sign in, in a new tab")
	p.beside().signsIn(theFocalPoint, "")
	p.press("Send it again")
	p.says("To be taken out (1)")
}

// ends ends all sessions of a person.
func (h *house) ends(email string) {
	h.t.Helper()
	if err := h.keeper.EndSessions(h.program(), h.personOf(email), ""); err != nil {
		h.t.Fatal(err)
	}
}

// A review goes from its first answer to its edition: bulk, signing, a remark, signing again, and publishing by another.
func TestPageCycleBoard(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	boss := h.person("boss@example.org", access.Secretariat)
	secret := h.generator(boss)
	p, s := h.tab(t, c, false), h.tab(t, c, true).looker()
	p.signsIn(theFocalPoint, "")
	p.open("/review/THA")
	total := p.records()
	corrects(p)
	disagrees(p)
	for p.open("/review/THA/unchanged"); !strings.Contains(p.text(), "No record is known"); p.open("/review/THA/unchanged") {
		p.press(ask(p, chromedp.Evaluate[string](`document.querySelector('main form button').innerText`)))
		p.says("The unchanged records are confirmed.")
	}
	p.open("/review/THA")
	p.says(progressed(total, total))
	signs(p)
	s.signsIn("boss@example.org", secret)
	s.open("/cycles")
	s.look("board")
	s.press("Thailand")
	s.look("cycle")
	s.says("Signed off, not yet published", "A better summary.", "It never met.")
	s.unfold("Return it with a remark")
	s.fill("return-reason", "Which gazette?")
	s.press("Return it with a remark")
	s.says("The review was returned with your remark.")
	p.open("/review")
	p.says("Which gazette?")
	signs(p)
	s.open("/disputes")
	s.look("disputes")
	s.open("/cycles")
	s.press("Thailand")
	s.press("Publish")
	s.says("The review is published.")
	s.look("published")
	if h.public("/cycles") == http.StatusOK {
		t.Error("anybody sees the board")
	}
}

// signs signs the review.
func signs(p *tab) {
	p.t.Helper()
	p.open("/review/THA/sign-off")
	p.says("Your answers")
	p.press("Sign")
	p.says("The review is signed.")
}

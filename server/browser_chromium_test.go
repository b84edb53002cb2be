package server

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// absent skips a test for which something of the machine is missing, unless ADAM_TEST_REQUIRE names chromium: then it fails.
func absent(t *testing.T, sentence string) {
	t.Helper()
	if strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "chromium") {
		t.Fatal(sentence)
	}
	t.Skip("skipped: " + sentence)
}

// chromium starts a Chromium of the test's own, with nothing in it.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		absent(t, "No Chromium was found. Install it to test the pages.")
	}
	dir, err := os.MkdirTemp("", "adam-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.Flag("lang", "en-US")}
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic", "no-first-run", "disable-background-networking", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding", "disable-background-timer-throttling", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		flags = append(flags, chromedp.Flag(flag, true))
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for it
		end()
		stop()
		_ = os.RemoveAll(dir)
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// onLocalhost is a server with accounts under the one name that browsers trust without HTTPS: cookies that are Secure
// and passkeys work there.
func onLocalhost(t *testing.T, change ...func(*Doors)) *house {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	h := houseOn(t, testdb.Store(t, dialect.SQLite), append(change, func(d *Doors) { d.BaseURL = "http://localhost:" + port })...)
	srv := &http.Server{Handler: h.handler, ReadHeaderTimeout: time.Minute}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return h
}

// tab is one person's browser: nothing in it is shared with another's.
type tab struct {
	*house
	t   *testing.T
	ctx context.Context
}

// still keeps pages from gliding: what is about to be clicked would move on.
var still = &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}

// tab opens a browser without cookies. scripts says whether JavaScript is on.
func (h *house) tab(t *testing.T, chromium context.Context, scripts bool) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil { // without a time limit, which would close the tab
		t.Fatal(err)
	}
	p := &tab{house: h, t: t, ctx: ctx}
	send(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
	send(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{still}})
	return p
}

// beside opens another tab of the same person's browser.
func (p *tab) beside() *tab {
	p.t.Helper()
	ctx, end := chromedp.NewContext(p.ctx)
	p.t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		p.t.Fatal(err)
	}
	return &tab{house: p.house, t: p.t, ctx: ctx}
}

// within limits what is done in a tab to half a minute.
func (p *tab) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, 30*time.Second)
}

// do runs actions.
func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := p.within()
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%v; the page is %s", err, p.text())
	}
}

// ask runs an action and gives its answer.
func ask[T any](p *tab, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := p.within()
	defer cancel()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("%v; the page is %s", err, p.text())
	}
	return answer
}

// send gives Chromium a command.
func send[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := p.within()
	defer cancel()
	answer, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return answer
}

// open goes to an address of the site.
func (p *tab) open(path string) {
	p.t.Helper()
	send(p, cdppage.BringToFront, cdp.Empty{})
	p.do(chromedp.Navigate(p.doors.BaseURL + path))
}

// text is where the page is, and what it says.
func (p *tab) text() string {
	ctx, cancel := p.within()
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	if err != nil {
		return err.Error()
	}
	return text
}

// says fails where the page lacks one of the texts.
func (p *tab) says(parts ...string) {
	p.t.Helper()
	text := p.text()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			p.t.Errorf("%q is missing in %s", part, text)
		}
	}
}

// lacks fails where the page says something.
func (p *tab) lacks(part string) {
	p.t.Helper()
	if text := p.text(); strings.Contains(text, part) {
		p.t.Errorf("%q stands in %s", part, text)
	}
}

// waits lets time pass until the page says something.
func (p *tab) waits(part string) {
	p.t.Helper()
	for range 100 {
		if strings.Contains(p.text(), part) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Errorf("%q does not come in %s", part, p.text())
}

// fill types into the field with an id.
func (p *tab) fill(id, text string) {
	p.t.Helper()
	p.fillIn(chromedp.CSS(`[id="`+id+`"]`), text)
}

// fillIn types into the field that a selector finds.
func (p *tab) fillIn(at chromedp.CSS, text string) {
	p.t.Helper()
	p.do(chromedp.Clear(at), chromedp.SendKeys(at, text))
}

// adds types after what the field with an id holds. A text of several lines that is empty cannot be cleared.
func (p *tab) adds(id, text string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS(`[id="`+id+`"]`), text))
}

// choose types the beginning of a choice.
func (p *tab) choose(id, choice string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS(`[id="`+id+`"]`), choice))
}

// tick clicks the label of a box.
func (p *tab) tick(id string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(`label[for="` + id + `"]`)))
}

// unfold opens what is folded away.
func (p *tab) unfold(name string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.Search(`//summary[normalize-space()="` + name + `"]`)))
}

// press clicks the button or link with a name, in the part of the page that a path names, and waits for the next page.
func (p *tab) press(name string, in ...string) {
	p.t.Helper()
	at := named(name, in...)
	send(p, cdppage.BringToFront, cdp.Empty{}) // Chromium draws no tab behind another, and clicks only into what it draws
	ctx, cancel := p.within()
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(at)); err != nil {
		p.t.Fatalf("%q cannot be pressed: %v; the page is %s", name, err, p.text())
	}
	p.text() // by then the page is known whose elements are looked for next
}

// click clicks without waiting for another page.
func (p *tab) click(name string) {
	p.t.Helper()
	p.do(chromedp.Click(named(name)))
}

// named finds a button or a link by its name.
func named(name string, in ...string) chromedp.Search {
	return chromedp.Search(strings.Join(in, "") + `//*[self::button or self::a][normalize-space()="` + name + `" or @aria-label="` + name + `"]`)
}

// secret is what the page shows this once.
func (p *tab) secret() string {
	p.t.Helper()
	return strings.TrimSpace(ask(p, chromedp.Text(chromedp.CSS("main code"))))
}

// link is the path of a link that the page shows.
func (p *tab) link() string {
	p.t.Helper()
	path, ok := strings.CutPrefix(p.secret(), p.doors.BaseURL)
	if !ok {
		p.t.Fatalf("no link of this site is shown: %s", p.text())
	}
	return path
}

// signsIn signs in with the good password and, where a secret is given, with a code.
func (p *tab) signsIn(email, secret string) {
	p.t.Helper()
	p.open("/sign-in?next=/account")
	p.fill("sign-in-email", email)
	p.fill("sign-in-password", goodPassword)
	p.press("Sign in", "//main")
	if secret != "" {
		p.pass(time.Minute) // a code works once
		p.fill("code-code", p.code(secret))
		p.press("Continue")
	}
	p.says(p.doors.BaseURL+"/account", email)
}

// axe is the program that looks for barriers.
func axe(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("axe", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		absent(t, "axe-core is not installed. Run npm ci in server/axe to look for barriers.")
	}
	return string(b)
}

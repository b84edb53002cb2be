package server

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"adam/internal/access"
)

// What a page may cost its reader on a slow link (pages.md).
const (
	mostBytes    = 50 << 10
	mostScript   = 18 << 10
	mostRequests = 4
)

// figures are what Chromium says of a page that has been read.
type figures struct {
	Bytes, Script, Requests int
	LCP                     float64 // milliseconds until its largest part was there
}

// weighed asks for them; the largest part is known a moment after the page has loaded.
const weighed = `new Promise(done => {
	let lcp = 0;
	new PerformanceObserver(l => { for (const e of l.getEntries()) lcp = e.startTime }).observe({type: 'largest-contentful-paint', buffered: true});
	setTimeout(() => {
		const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
		done({Bytes: all.reduce((n, e) => n + e.transferSize, 0), Requests: all.length, LCP: lcp,
			Script: all.filter(e => e.name.includes('.js')).reduce((n, e) => n + e.encodedBodySize, 0)});
	}, 300);
})`

// shown are the pages that are weighed and whose HTML is checked, by who reads them.
var shown = map[string][]string{
	"": {"/", "/ur/", "/search?q=traficking", "/activities", "/laws", "/policies", "/mechanisms", "/actors", "/needs", "/gaps", "/gaps?theme=SMUGGLING", "/funding", "/funding?by=STATE&across=DONOR&currency=AUD", "/funding/lines?in-donor=eu", "/overlaps", "/briefs", "/briefs/states/THA", "/briefs/donors/eu", "/briefs/themes/SMUGGLING", "/states", "/states/THA", "/chapters/THA", "/chapters/REGIONAL",
		"/chapters/THA/changes", "/activities/ilo-surac-10", "/activities/ilo-surac-10/history", "/actors/iom", "/about", "/privacy", "/accessibility", "/docs/api", "/docs/api/types/Activity", "/sign-in", "/nowhere"},
	theFocalPoint:      {"/review", "/review/THA", "/review/THA/unchanged", "/review/THA/add?kind=LAW", "/review/THA/sheet", "/review/THA/sign-off", "/account"},
	"boss@example.org": {"/overlaps", "/overlaps?show=settled", "/check", "/cycles", "/disputes", "/imports", "/release", "/laws", "/activities/ilo-surac-10", "/activities/ilo-surac-10/correct", "/activities/ilo-surac-10/withdraw", "/add?kind=ACTIVITY", "/add?kind=NEED"},
}

// Each page is light enough for a slow link. The table shows what it costs, and when its largest part is there at 400
// kbit/s, 400 ms and a quarter of the processor: a time is told, never tested.
func TestPageFigures(t *testing.T) {
	h, c := reviewed(t), chromium(t)
	secret := h.generator(h.person("boss@example.org", access.Secretariat))
	for who, paths := range shown {
		p := h.tab(t, c, true)
		switch who {
		case theFocalPoint:
			p.signsIn(who, "")
		case "boss@example.org":
			p.signsIn(who, secret)
		}
		send(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
		send(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
			{Latency: 400, DownloadThroughput: 400_000 / 8, UploadThroughput: 400_000 / 8}}})
		for _, path := range paths {
			send(p, network.ClearBrowserCache, cdp.Empty{})
			p.open(path)
			f := ask(p, chromedp.Evaluate[figures](weighed, chromedp.EvalAwaitPromise))
			t.Logf("%-40s %6.1f KB, script %4.1f KB, %d requests, LCP %4.0f ms", path, float64(f.Bytes)/1024, float64(f.Script)/1024, f.Requests, f.LCP)
			if f.Bytes == 0 || f.Bytes > mostBytes || f.Script > mostScript || f.Requests > mostRequests {
				t.Errorf("%s: %d bytes, %d of script, %d requests; at most %d, %d and %d", path, f.Bytes, f.Script, f.Requests, mostBytes, mostScript, mostRequests)
			}
		}
	}
}

// served asks the whole server for a page.
func (h *house) served(path, cookie string) (int, []byte) {
	h.t.Helper()
	r, err := http.NewRequest(http.MethodGet, h.doors.BaseURL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	r.AddCookie(&http.Cookie{Name: cookieName, Value: cookie})
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer w.Body.Close()
	page, err := io.ReadAll(w.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return w.StatusCode, page
}

// The HTML of every page is valid.
func TestPageHTMLIsValid(t *testing.T) {
	checker, err := filepath.Abs(filepath.Join("axe", "node_modules", ".bin", "html-validate"))
	if err == nil {
		_, err = os.Stat(checker)
	}
	if err != nil {
		absent(t, "html-validate is not installed. Run npm ci in server/axe to check the HTML.")
	}
	h, dir, n := reviewed(t), t.TempDir(), 0
	secret := h.generator(h.person("boss@example.org", access.Secretariat))
	for who, paths := range shown {
		b := h.browser()
		if who != "" {
			b = h.signedIn(who)
		}
		if who == "boss@example.org" {
			h.pass(time.Minute) // a code works once
			b.post("/sign-in/code", "code", h.code(secret))
		}
		for _, path := range paths {
			status, page := h.served(path, b.cookie)
			if strings.Contains(path, "nowhere") == (status == http.StatusOK) {
				t.Errorf("%s: %d", path, status)
			}
			n++
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d%s.html", n, strings.NewReplacer("/", "-", "?", "-").Replace(path))), page, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".htmlvalidate.json"), []byte(`{"root": true, "extends": ["html-validate:standard"]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(checker, "--formatter", "text", ".")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

package server

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// looks are the screens on which every page is looked at: a desk, a small telephone, and one at night.
var looks = []struct {
	name   string
	width  int64
	scheme string
}{{"320-dark", 320, "dark"}, {"320", 320, "light"}, {"1280", 1280, "light"}}

// tooWide tells that the page has to be scrolled sideways, and which elements stand out; text may stand out of one that
// does not.
const tooWide = `document.documentElement.scrollWidth <= innerWidth ? [] : ['the page is ' + document.documentElement.scrollWidth + ' wide',
	...[...document.querySelectorAll('body *')].filter(e => Math.max(e.getBoundingClientRect().right, e.scrollWidth) > innerWidth).map(e => e.outerHTML.slice(0, 200))]`

// barriers runs the rules of WCAG 2.2 AA and of good practice.
const barriers = `axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})
	.then(r => { if (r.passes.length < 10) throw new Error('axe looked at nothing');
		return r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html + '\n' + n.failureSummary)) })`

// looker looks at pages, for barriers and for what stands out.
type looker struct {
	*tab
	axe   string
	shots string // the folder for screenshots; empty where none are wanted
	n     int
}

func (p *tab) looker() *looker {
	p.t.Helper()
	l := &looker{tab: p, axe: axe(p.t), shots: os.Getenv("ADAM_TEST_SCREENSHOTS")}
	if l.shots != "" {
		if err := os.MkdirAll(l.shots, 0o750); err != nil {
			p.t.Fatal(err)
		}
	}
	return l
}

// flat makes a name of a file.
var flat = strings.NewReplacer("/", "-", " ", "-")

// look fails where the page that is open has a barrier or must be scrolled sideways.
func (l *looker) look(name string) {
	l.t.Helper()
	l.n++
	l.do(chromedp.Evaluate[chromedp.Void](l.axe))
	for _, at := range looks {
		send(l.tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: at.width, Height: 800, DeviceScaleFactor: 1})
		send(l.tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{still, {Name: "prefers-color-scheme", Value: at.scheme}}})
		for _, element := range ask(l.tab, chromedp.Evaluate[[]string](tooWide)) {
			l.t.Errorf("%s at %s: wider than the page: %s", name, at.name, element)
		}
		for _, barrier := range ask(l.tab, chromedp.Evaluate[[]string](barriers, chromedp.EvalAwaitPromise)) {
			l.t.Errorf("%s at %s: %s", name, at.name, barrier)
		}
		if l.shots == "" || at.width == 320 { // what stands out there is an error already
			continue
		}
		file := filepath.Join(l.shots, fmt.Sprintf("%s-%02d-%s-%s.jpg", flat.Replace(l.t.Name()), l.n, flat.Replace(name), at.name))
		if err := os.WriteFile(file, ask(l.tab, chromedp.FullScreenshot(60)), 0o600); err != nil {
			l.t.Fatal(err)
		}
	}
}

// The tools of this file would pass everything if they found nothing in a page that is full of barriers.
func TestBarriersAreFound(t *testing.T) {
	h, c := onLocalhost(t), chromium(t)
	p := h.tab(t, c, true)
	source := axe(t)
	p.open("/sign-in")
	p.do(chromedp.Evaluate[chromedp.Void](source), chromedp.Evaluate[chromedp.Void](`document.body.innerHTML = '<main><h3>x</h3><input><p>pale</p></main>';
		Object.assign(document.querySelector('p').style, {color: '#ccc', background: '#fff'})`))
	found := strings.Join(ask(p, chromedp.Evaluate[[]string](barriers, chromedp.EvalAwaitPromise)), "\n")
	for _, rule := range []string{"label: ", "color-contrast: ", "page-has-heading-one: "} {
		if !strings.Contains(found, rule) {
			t.Errorf("%q was not found in %s", rule, found)
		}
	}
	if wide := ask(p, chromedp.Evaluate[[]string](tooWide)); len(wide) > 0 {
		t.Errorf("found too wide: %v", wide)
	}
	for what, make := range map[string]string{
		"an element": `document.querySelector('main').style.minWidth = '9000px'`,
		"a text":     `document.querySelector('main').style.minWidth = ''; document.querySelector('p').textContent = 'x'.repeat(9000); document.body.style.overflowWrap = 'normal'`,
	} {
		p.do(chromedp.Evaluate[chromedp.Void](make))
		if len(ask(p, chromedp.Evaluate[[]string](tooWide))) == 0 {
			t.Errorf("%s that is too wide was not found", what)
		}
	}
}

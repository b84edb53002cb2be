package server

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	"github.com/chromedp/chromedp"
)

// The whole way in a browser, with scripts and without: a file is sent, looked through, written and undone. Each page is
// looked at for barriers.
func TestPageSpreadsheetInABrowser(t *testing.T) {
	d, c := newDesk(t, testdb.Store(t, dialect.SQLite)), chromium(t)
	for _, scripts := range []bool{false, true} {
		s := wholeChapter(t, d.signedIn("focal@example.org").download("THA")) // what was undone has other versions
		s.set("Your decision", 20, "Perhaps")
		path, n := filepath.Join(t.TempDir(), "tha.xlsx"), len(s.rows)-2
		d.must(os.WriteFile(path, s.bytes(), 0o600))
		p := d.tab(t, c, scripts)
		p.signsIn("focal@example.org", "")
		p.open("/review/THA/sheet")
		p.says("Download the spreadsheet (XLSX)", "nothing is written by sending it")
		p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
		p.press("Send and look")
		p.says("Nothing is written yet.", fmt.Sprintf("%d rows are understood", n), "“Perhaps” is none of the decisions", "Records!K20")
		if scripts {
			p.sheetPagesHaveNoBarriers(n)
			continue
		}
		p.press(fmt.Sprintf("Write %d answers", n), "//form[@id='apply']")
		p.says("The answers of your spreadsheet are written.")
		p.press("Undo this spreadsheet")
		p.says("The spreadsheet is undone")
	}
}

// sheetPagesHaveNoBarriers looks at the preview that is open and at the pages after it.
func (p *tab) sheetPagesHaveNoBarriers(n int) {
	p.t.Helper()
	l := p.looker()
	l.look("spreadsheet-preview")
	p.press(fmt.Sprintf("Write %d answers", n), "//form[@id='apply']")
	l.look("spreadsheet-written")
	p.press("Undo this spreadsheet")
	l.look("spreadsheet-undone")
	for _, lang := range languages {
		l.open(lang + "/review/THA/sheet")
		l.look("spreadsheet" + lang)
	}
}

// The page on which 168 rows are looked through is the largest of the round trip.
func TestPageSpreadsheetIsLight(t *testing.T) {
	d := newDesk(t, testdb.Store(t, dialect.SQLite))
	b := d.signedIn("focal@example.org")
	s := wholeChapter(t, b.download("THA"))
	b.header = []string{"Accept-Encoding", "gzip"}
	for name, w := range map[string]int{"the preview": b.upload("/review/THA/sheet", s.bytes()).Body.Len(), "the page": b.get("/review/THA/sheet").Body.Len()} {
		t.Logf("%s of %d rows weighs %d bytes", name, len(s.rows)-1, w)
		if w > 30_000 {
			t.Errorf("%s weighs %d bytes", name, w)
		}
	}
}

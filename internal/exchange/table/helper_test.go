package table_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"adam/internal/exchange/table"
	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

// workbook makes an .xlsx file.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rows fills a sheet from its first cell on.
func rows(t testing.TB, f *excelize.File, sheet string, all ...[]any) {
	t.Helper()
	for i, r := range all {
		must(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &r))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, file []byte, o table.Options) *table.Book {
	t.Helper()
	b, err := table.Open(bytes.NewReader(file), int64(len(file)), o)
	must(t, err)
	return b
}

// grid is what a sheet holds, by row and column, as texts.
func grid(t testing.TB, b *table.Book, sheet string) map[int][]string {
	t.Helper()
	out := map[int][]string{}
	for r, err := range b.Rows(sheet) {
		must(t, err)
		for _, c := range r.Cells {
			out[r.Number] = append(out[r.Number], c.Text)
		}
	}
	return out
}

// drafts applies what is guessed, changed by the test, to the first sheet.
func drafts(t testing.TB, file []byte, change func(*table.Mapping)) ([]*table.Draft, *table.Report) {
	t.Helper()
	b := open(t, file, table.Options{Name: "list.xlsx"})
	h, err := b.Header(b.Visible()[0])
	must(t, err)
	m := table.Guess(h)
	if change != nil {
		change(&m)
	}
	var out []*table.Draft
	for d, err := range table.Apply(b, h, m) {
		must(t, err)
		out = append(out, d)
	}
	return out, b.Report
}

// csv is the drafts of a file of text.
func csv(t testing.TB, text string) ([]*table.Draft, *table.Report) {
	t.Helper()
	return drafts(t, []byte(text), nil)
}

// refused wants a sentence of a kind.
func refused(t testing.TB, what string, err error, kind fault.Kind, sentence string) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind || !strings.Contains(err.Error(), sentence) {
		t.Errorf("%s: got %v (%s), want %s with %q", what, err, fault.KindOf(err), kind, sentence)
	}
}

// told wants a problem of a sort in a place, with words in its sentence.
func told(t testing.TB, r *table.Report, sort table.Sort, severity table.Severity, at, sentence string) {
	t.Helper()
	for _, p := range r.Problems {
		if p.Sort == sort && p.Severity == severity && (p.Cell == at || at == fmt.Sprint(p.Row) || at == "") && strings.Contains(p.Sentence, sentence) {
			return
		}
	}
	t.Errorf("nobody is told of %s (%s) in %s with %q, but of\n%s", sort, severity, at, sentence, list(r))
}

func list(r *table.Report) string {
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "%s %s: %s\n", p.Severity, p.Sort, p)
	}
	return b.String()
}

package table_test

import (
	"bytes"
	encsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
	"testing"
	"time"

	"adam/internal/exchange/table"
	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

var aboutIt = table.About{List: "Activities: 2009/2013", Sheet: "About", Title: "Activities in Thailand", Made: time.Date(2026, 11, 27, 9, 30, 0, 0, time.UTC),
	Facts: []table.Fact{{Name: "Edition", Text: "4, of 1 November 2026"}, {Name: "Counting rule", Text: "Each sum counts once."}, {Name: "Licence", Text: "CC BY 4.0"}, {Name: "Disclaimer", Text: "The designations employed …"}}}

var headings = []table.Heading{{Name: "Title", Width: 40}, {Name: "Start"}, {Name: "Amount (USD)", Number: true}, {Name: "=Note"}}

// nasty are texts and numbers of every sort.
var nasty = [][]string{
	{"Training", "2009-05", "1250000", "plain"}, {"=1+1", "2009", "-5", "@x"}, {"a;=HYPERLINK(\"http://x\")", "2009-05-17", "0.1", "a\t=x"}, {"'=x", "", "", "it's"},
	{"พระราชบัญญัติ", "", "922337203685477.5807", "قانون"}, {"one\ntwo", "", "20489470.07", "\"quoted\", and more"}, {"007", "1/2", "0", "1e5"}, {"_x0041_ <a&b>", "", "999999999999999", "emoji 😀"}, {"TRUE", "", "not a number", "-"},
}

func listed(all [][]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func written(t testing.TB, f table.Format, rows iter.Seq2[[]string, error]) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, table.Write(&b, f, aboutIt, headings, rows))
	return b.Bytes()
}

func TestWhatIsWrittenIsReadTheSame(t *testing.T) {
	for _, f := range []table.Format{table.XLSX, table.CSV} {
		b := open(t, written(t, f, listed(nasty)), table.Options{})
		i := 0
		for r, err := range b.Rows(b.Sheets[0].Name) {
			must(t, err)
			want := []string{"Title", "Start", "Amount (USD)", "=Note"}
			if i > 0 {
				want = nasty[i-1]
			}
			got := make([]string, len(want))
			for _, c := range r.Cells {
				got[c.Col] = c.Text
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %q, want %q", f, got, want)
			}
			i++
		}
		if i != len(nasty)+1 || len(b.Report.Problems) > 0 {
			t.Errorf("%s: %d rows, %s", f, i, list(b.Report))
		}
	}
}

func TestXLSXSaysOnASheetOfItsOwnWhatItIs(t *testing.T) {
	file := written(t, table.XLSX, listed(nasty))
	if !bytes.Equal(file, written(t, table.XLSX, listed(nasty))) {
		t.Error("the same list has other bytes the second time")
	}
	f, err := excelize.OpenReader(bytes.NewReader(file))
	must(t, err)
	defer f.Close()
	if names := f.GetSheetList(); !reflect.DeepEqual(names, []string{"Activities 2009 2013", "About"}) {
		t.Errorf("%q", names)
	}
	got, err := f.GetRows("About")
	must(t, err)
	if want := [][]string{{"Activities in Thailand"}, nil, {"Edition", "4, of 1 November 2026"}, {"Counting rule", "Each sum counts once."}, {"Licence", "CC BY 4.0"}, {"Disclaimer", "The designations employed …"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	for at, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset, "C6": excelize.CellTypeInlineString, "A8": excelize.CellTypeInlineString} {
		if kind, err := f.GetCellType("Activities 2009 2013", at); err != nil || kind != want {
			t.Errorf("%s is of type %d, want %d (%v)", at, kind, want, err)
		}
	}
	if formula, err := f.GetCellFormula("Activities 2009 2013", "A3"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q (%v)", formula, err)
	}
	props, err := f.GetDocProps()
	if must(t, err); props.Created != "2026-11-27T09:30:00Z" || props.Title != aboutIt.Title {
		t.Errorf("%+v", props)
	}
}

func TestATextThatNoCellHoldsEndsWithPoints(t *testing.T) {
	b := open(t, written(t, table.XLSX, listed([][]string{{strings.Repeat("😀", 20_000), "", "", "a\x00b\x01"}})), table.Options{})
	got := grid(t, b, b.Sheets[0].Name)[2]
	if !strings.HasSuffix(got[0], "😀…") || len([]rune(got[0])) != 16_383 || got[3] != "ab" {
		t.Errorf("%d letters, %q", len([]rune(got[0])), got[3])
	}
	b = open(t, written(t, table.CSV, listed([][]string{{strings.Repeat("😀", 20_000), "", "", ""}})), table.Options{})
	if got := grid(t, b, "")[2]; len([]rune(got[0])) != 20_000 {
		t.Errorf("CSV has %d letters", len([]rune(got[0])))
	}
}

// However a program cuts a CSV file, no cell of it begins a formula.
func TestNoCellOfACSVFileRunsWhateverTheSeparator(t *testing.T) {
	file := string(written(t, table.CSV, listed([][]string{{"=1", "a;=2", "-5", "b\t@3"}, {"a,\"=4\"", "c\n+5", "5", ";\"=6\""}, {"|=7", "d|=8", "", "\t=9"}})))
	for _, sep := range []rune{',', ';', '\t', '|'} {
		r := encsv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff")))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = sep, true, -1
		rows, err := r.ReadAll()
		must(t, err)
		for _, row := range rows {
			for _, c := range row {
				c = strings.TrimLeft(c, " \t\"")
				if c != "" && strings.ContainsAny(c[:1], "=+-@") && c != "-5" {
					t.Errorf("cut at %q, a cell is %q in\n%s", sep, c, file)
				}
			}
		}
	}
}

func TestWritingEndsWithWhatIsWrong(t *testing.T) {
	broken := errors.New("the list broke off")
	for _, f := range []table.Format{table.XLSX, table.CSV} {
		var b bytes.Buffer
		err := table.Write(&b, f, aboutIt, headings, func(yield func([]string, error) bool) { _ = yield(nasty[0], nil) && yield(nil, broken) })
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", f, err)
		}
		if err = table.Write(&b, f, aboutIt, headings, listed([][]string{{"too", "few"}})); err == nil || !strings.Contains(err.Error(), "a row has 2 cells, and there are 4 headings") {
			t.Errorf("%s: %v", f, err)
		}
		if err = table.Write(failing{}, f, aboutIt, headings, listed(nasty)); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: %v", f, err)
		}
	}
	refused(t, "another format", table.Write(io.Discard, "PDF", aboutIt, headings, listed(nasty)), fault.Invalid, "XLSX and CSV")
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func BenchmarkWrite(b *testing.B) {
	many := func(yield func([]string, error) bool) {
		for i := range 50_000 {
			if !yield([]string{fmt.Sprint("Training of border police ", i), "2009-05", fmt.Sprint(i), "A note of some length, as lists have it"}, nil) {
				return
			}
		}
	}
	for _, f := range []table.Format{table.XLSX, table.CSV} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				must(b, table.Write(io.Discard, f, aboutIt, headings, many))
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	many := func(yield func([]string, error) bool) {
		for i := range 50_000 {
			if !yield([]string{fmt.Sprint("Training of border police ", i), "2009-05", fmt.Sprint(i), "A note of some length, as lists have it"}, nil) {
				return
			}
		}
	}
	for _, f := range []table.Format{table.XLSX, table.CSV} {
		file := written(b, f, many)
		b.Run(string(f), func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				book := open(b, file, table.Options{})
				h, err := book.Header(book.Visible()[0])
				must(b, err)
				n := 0
				for _, err := range table.Apply(book, h, table.Guess(h)) {
					must(b, err)
					n++
				}
				if n != 50_000 {
					b.Fatal(n)
				}
			}
		})
	}
}

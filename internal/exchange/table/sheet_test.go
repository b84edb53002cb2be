package table_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"adam/internal/exchange/table"

	"github.com/xuri/excelize/v2"
)

// cells are the cells of the first sheet by their name.
func cells(t testing.TB, b *table.Book) map[string]table.Cell {
	t.Helper()
	out := map[string]table.Cell{}
	for r, err := range b.Rows(b.Visible()[0]) {
		must(t, err)
		for _, c := range r.Cells {
			name, err := excelize.CoordinatesToCellName(c.Col+1, c.Row)
			must(t, err)
			out[name] = c
		}
	}
	return out
}

func TestCellsAreReadAsPeopleSeeThem(t *testing.T) {
	file := workbook(t, func(f *excelize.File) {
		style := func(cell, format string, id int, value any) {
			s := &excelize.Style{NumFmt: id}
			if format != "" {
				s.CustomNumFmt = &format
			}
			n, err := f.NewStyle(s)
			must(t, err)
			must(t, f.SetCellValue("Sheet1", cell, value))
			must(t, f.SetCellStyle("Sheet1", cell, cell, n))
		}
		style("A1", "", 14, 39941)
		style("B1", "mmm-yy", 0, 39941)
		style("C1", "yyyy", 0, 39941)
		style("D1", "", 22, 39941.75)
		style("E1", "", 9, 0.125)
		style("F1", "#,##0.00", 0, 20489470.07)
		style("G1", "", 14, 2013) // a year, in a cell that is shown as a day
		style("H1", "", 14, -5)
		style("I1", "0.00E+00", 0, 1250000.5)
		must(t, f.SetCellValue("Sheet1", "A2", "  two\r\nlines  "))
		must(t, f.SetCellValue("Sheet1", "B2", true))
		must(t, f.SetCellValue("Sheet1", "C2", 0.1+0.2))
		must(t, f.SetCellValue("Sheet1", "D2", 922337203685477))
		must(t, f.SetCellRichText("Sheet1", "E2", []excelize.RichTextRun{{Text: "two "}, {Text: "runs", Font: &excelize.Font{Bold: true}}}))
		must(t, f.SetCellStr("Sheet1", "F2", "_x0041_ a\tb")) // so programs write what XML cannot hold
		must(t, f.SetCellStr("Sheet1", "G2", "=1+1"))
		must(t, f.SetCellValue("Sheet1", "H2", 1e308))
		must(t, f.SetCellStr("Sheet1", "I2", strings.Repeat("ก", 17_000))) // 50 KB
	})
	b := open(t, file, table.Options{})
	got := cells(t, b)
	for name, want := range map[string]string{"A1": "2009-05-08", "B1": "2009-05", "C1": "2009", "D1": "2009-05-08", "E1": "12.5%", "F1": "20489470.07", "G1": "2013", "H1": "-5", "I1": "1250000.5",
		"A2": "two\nlines", "B2": "TRUE", "C2": "0.3", "D2": "922337203685477", "E2": "two runs", "F2": "A a\tb", "G2": "=1+1", "H2": "1" + strings.Repeat("0", 308), "I2": strings.Repeat("ก", 17_000)} {
		if got[name].Text != want {
			t.Errorf("%s is %.60q, want %.60q", name, got[name].Text, want)
		}
	}
	for name, want := range map[string]table.Kind{"A1": table.Day, "C1": table.Day, "E1": table.Percent, "F1": table.Number, "G1": table.Number, "A2": table.Text, "G2": table.Text} {
		if got[name].Kind != want {
			t.Errorf("%s is of kind %d, want %d", name, got[name].Kind, want)
		}
	}
	told(t, b.Report, table.BadDate, table.Warning, "G1", "shown as the day 5 July 1905. It was taken for the year")
	told(t, b.Report, table.BadDate, table.Error, "H1", "its number is none")
}

func TestDaysOfBothEpochsAreTheSameDay(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		file := workbook(t, func(f *excelize.File) {
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			must(t, err)
			serial := 39941
			if from1904 {
				serial -= 1462
			}
			must(t, f.SetCellValue("Sheet1", "A1", serial))
			must(t, f.SetCellStyle("Sheet1", "A1", "A1", style))
		})
		if c := cells(t, open(t, file, table.Options{}))["A1"]; c.Text != "2009-05-08" {
			t.Errorf("from 1904 %v: %q", from1904, c.Text)
		}
	}
}

func TestFormulasGiveTheValueThatWasWorkedOut(t *testing.T) {
	file := with(t, simple(t), map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>`+
		`<c r="C1"><f>NOW()</f></c><c r="D1"><f>1/0</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><f>HYPERLINK("http://x")</f><v>5</v></c><c r="H1" t="str"><f>A1</f></c></row>`)})
	b := open(t, file, table.Options{Name: "f.xlsx"})
	got := cells(t, b)
	if got["A1"].Text != "2" || !got["A1"].Formula || got["B1"].Text != "a" || got["C1"].Text != "" || got["D1"].Text != "" || got["E1"].Text != "" || got["G1"].Text != "5" {
		t.Errorf("%+v", got)
	}
	told(t, b.Report, table.Formula, table.Note, "A1", "The value was read that was worked out")
	told(t, b.Report, table.Formula, table.Error, "C1", "nothing is worked out here")
	told(t, b.Report, table.Formula, table.Error, "D1", "nothing is worked out here")
	told(t, b.Report, table.Formula, table.Error, "H1", "nothing is worked out here")
	told(t, b.Report, table.BadCell, table.Error, "E1", "an error of the spreadsheet program")
	if n := b.Report.Counts[table.Formula]; n != 7 {
		t.Errorf("%d formulas are told:\n%s", n, list(b.Report))
	}
	if p := b.Report.Problems[0]; p.String() != "f.xlsx, Sheet1, A1 “2”: The cell holds a formula. The value was read that was worked out when the file was saved." {
		t.Errorf("%s", p)
	}
}

func TestMergedCellsHoldWhatTheFirstHolds(t *testing.T) {
	file := workbook(t, func(f *excelize.File) {
		rows(t, f, "Sheet1", []any{"Banner"}, []any{"Title", "Country"}, []any{"One", "Thailand"}, []any{nil, "Viet Nam"})
		must(t, f.MergeCell("Sheet1", "A1", "B1"))
		must(t, f.MergeCell("Sheet1", "A3", "A5"))
		must(t, f.MergeCell("Sheet1", "D1", "F9")) // nothing stands in it
	})
	b := open(t, file, table.Options{})
	got := grid(t, b, "Sheet1")
	want := map[int][]string{1: {"Banner", "Banner"}, 2: {"Title", "Country"}, 3: {"One", "Thailand"}, 4: {"One", "Viet Nam"}, 5: {"One"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	told(t, b.Report, table.Merged, table.Note, "A3", "The cells A3:A5 are merged")
	if n := b.Report.Counts[table.Merged]; n != 2 {
		t.Errorf("%d are told", n)
	}
	if c := cells(t, b)["A5"]; c.Merged != "A3:A5" || c.Origin != 3 {
		t.Errorf("%+v", c)
	}
}

func TestRowsAndCellsWithoutNumbersFollowEachOther(t *testing.T) {
	file := with(t, simple(t), map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheetOf, `<row><c><v>1</v></c><c><v>2</v></c></row><row r="4" hidden="1"><c r="B4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row><row/>`)})
	b := open(t, file, table.Options{})
	if got := grid(t, b, "Sheet1"); !reflect.DeepEqual(got, map[int][]string{1: {"1", "2"}, 4: {"", "3", "4"}, 5: {"5"}}) {
		t.Errorf("%v", got)
	}
	told(t, b.Report, table.HiddenRow, table.Note, "0", "1 rows are hidden")
}

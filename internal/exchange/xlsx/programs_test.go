package xlsx_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

func TestDaysOfBothEpochsAreReadAsDays(t *testing.T) {
	r := sample(2)
	for name, epoch := range map[string]bool{"1900": false, "1904": true} {
		b := opened(t, written(t, r))
		style, err := b.NewStyle(&excelize.Style{NumFmt: 14})
		b.must(err)
		b.must(b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &epoch}))
		serial := 39941 // 2009-05-08, counted from 1900
		if epoch {
			serial -= 1462
		}
		b.set(decision, 2, "Part is wrong")
		b.set(document, 2, "Gazette")
		b.set(adopted, 2, serial)
		b.must(b.SetCellStyle("Records", b.cell(adopted, 2), b.cell(adopted, 2), style))
		if a, said := b.one(r); a == nil || a.Input["adoptedOn"] != "2009-05-08" {
			t.Errorf("%s: %+v %s", name, a, said)
		}
	}
}

func TestAnotherReviewsSpreadsheetIsRefused(t *testing.T) {
	r := sample(3)
	file := answered(t, written(t, sample(6))).bytes()
	other := *r
	other.Code, other.Title = "VNM", "Viet Nam"
	_, err := tried(file, &other)
	refused(t, "another chapter", err, fault.Invalid, "This is the spreadsheet of THA, and here is Viet Nam (VNM)")
	other = *r
	other.Cycle = "cycle_2"
	_, err = tried(file, &other)
	refused(t, "an earlier review", err, fault.Invalid, "another review of Thailand")
	b := opened(t, file)
	b.must(b.SetCellStr("ADAM", "A2", "VNM"))
	other = *r
	other.Code = "VNM"
	_, err = tried(b.bytes(), &other)
	refused(t, "a forged mark", err, fault.Invalid, "its signature is not ours")
	b = opened(t, file)
	b.must(b.DeleteSheet("ADAM"))
	_, err = tried(b.bytes(), r)
	refused(t, "no mark", err, fault.Invalid, "its sheet “ADAM” was taken out")
}

// What a text is like changes nothing of whether its row is ours.
func TestTextsOfEverySortComeBack(t *testing.T) {
	for name, text := range map[string]string{
		"long": strings.Repeat("word ", 2000) + "end", "longer than a cell": strings.Repeat("x", 40000), "formula": "=HYPERLINK(\"https://example.org\")", "Thai": "พระราชบัญญัติ", "Urdu": "قانون \u200f2009",
		"lines": "one\r\ntwo\n\tthree\rfour\vfive\ffive\u0085six", "controls": "a\x00b\x01c_x000D_d", "space": "  in  front ", "signs": "<a & b> \"q\" 'x'", "emoji": strings.Repeat("😀", 20000),
	} {
		r := sample(1)
		r.Items[0].Title, r.Items[0].Facts[0].Text = text, text
		b := opened(t, written(t, r))
		b.set(decision, 2, "Take it out")
		b.set(reason, 2, "why: "+strings.Repeat("long ", 2000))
		if a, said := b.one(r); a == nil || a.Item != "item_0" || len(a.Reason) != 10004 {
			t.Errorf("%s: %+v %s", name, a, said)
		}
		f, err := b.GetCellFormula("Records", b.cell("Title", 2))
		if b.must(err); f != "" {
			t.Errorf("%s became the formula %q", name, f)
		}
	}
}

// LibreOffice opens the file, saves it as its own, and what was answered is read the same.
func TestLibreOfficeGivesTheSameBack(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not found: install LibreOffice Calc to try its files")
	}
	r, dir := sample(6), t.TempDir()
	in := filepath.Join(dir, "in.xlsx")
	if err := os.WriteFile(in, answered(t, written(t, r)).bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file, err := os.ReadFile(filepath.Join(dir, "out", "in.xlsx"))
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	checkAnswered(t, read(t, file, r))
	rules, err := opened(t, file).GetDataValidations("Records")
	if err != nil || len(rules) == 0 {
		t.Errorf("the lists are gone: %v", err)
	}
}

func BenchmarkSpreadsheetOf120Rows(b *testing.B) {
	r := sample(120)
	file := written(b, r)
	filled := opened(b, file)
	for row := 2; row < 122; row++ {
		filled.set(decision, row, "Right")
	}
	in := filled.bytes()
	b.Run("out", func(b *testing.B) {
		b.ReportMetric(float64(len(file)), "bytes")
		for b.Loop() {
			written(b, r)
		}
	})
	b.Run("in", func(b *testing.B) {
		for b.Loop() {
			if out := read(b, in, r); len(out.Answers) != 120 {
				b.Fatal(len(out.Answers))
			}
		}
	})
}

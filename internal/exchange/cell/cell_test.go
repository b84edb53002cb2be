package cell_test

import (
	"regexp"
	"strings"
	"testing"

	"adam/internal/exchange/cell"

	"github.com/xuri/excelize/v2"
)

func TestCellsAreCalledAsEveryProgramCallsThem(t *testing.T) {
	for _, at := range [][2]int{{0, 0}, {6, 1}, {9, 25}, {9, 26}, {9, 701}, {9, 702}, {1048575, 16383}} {
		want, err := excelize.CoordinatesToCellName(at[1]+1, at[0]+1)
		if err != nil {
			t.Fatal(err)
		}
		got := cell.Name(at[0], at[1])
		row, col, ok := cell.At(got)
		if got != want || !ok || row != at[0] || col != at[1] || cell.ColumnOf(got) != at[1] {
			t.Errorf("%v is %s, want %s; read back %d %d %v", at, got, want, row, col, ok)
		}
	}
	for _, none := range []string{"", "7", "B", "B0", "B-1", "B+1", "1B", "B7C", strings.Repeat("Z", 40) + "1"} {
		if _, _, ok := cell.At(none); ok {
			t.Errorf("%q is taken for a cell", none)
		}
	}
}

func TestFormatsThatShowDaysAreKnown(t *testing.T) {
	for code, want := range map[string]cell.Shows{
		"yyyy-mm-dd": cell.ShowsDay, "dd/mm/yy;@": cell.ShowsDay, `d" of "mmmm`: cell.ShowsDay, "[$-409]mmmm d, yyyy": cell.ShowsDay, "yyyy/m/d h:mm": cell.ShowsDay, "[$-41E]d mmm bbbb": cell.ShowsDay,
		"mmm-yy": cell.ShowsMonth, "mmmm": cell.ShowsMonth, "yyyy": cell.ShowsYear, "h:mm:ss": cell.ShowsTime, "0%": cell.ShowsPercent, "0.00%": cell.ShowsPercent,
		"General": cell.ShowsNumber, "#,##0.00": cell.ShowsNumber, "0.00E+00": cell.ShowsNumber, `#,##0 "days"`: cell.ShowsNumber, `[Red]-#,##0`: cell.ShowsNumber, `_-* #,##0.00 "d"_-`: cell.ShowsNumber, "@": cell.ShowsText, `0\d`: cell.ShowsNumber,
	} {
		if got := cell.ShownBy(164, code); got != want {
			t.Errorf("%s shows %d, want %d", code, got, want)
		}
	}
	for id, want := range map[int]cell.Shows{0: cell.ShowsNumber, 9: cell.ShowsPercent, 14: cell.ShowsDay, 17: cell.ShowsMonth, 22: cell.ShowsDay, 20: cell.ShowsTime, 44: cell.ShowsNumber, 49: cell.ShowsText} {
		if got := cell.ShownBy(id, ""); got != want {
			t.Errorf("format %d shows %d, want %d", id, got, want)
		}
	}
}

func TestDaysAreThoseOfEveryProgram(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		for _, serial := range []float64{61, 1000, 39941, 45000.75, 2_900_000} {
			want, err := excelize.ExcelDateToTime(serial, from1904)
			if err != nil {
				t.Fatal(err)
			}
			if got, ok := cell.Day(serial, from1904); !ok || got.Format("2006-01-02") != want.Format("2006-01-02") {
				t.Errorf("%v (%v) is %v %v, want %v", serial, from1904, got, ok, want)
			}
		}
	}
	if d, ok := cell.Day(1, false); !ok || d.Format("2006-01-02") != "1900-01-01" {
		t.Errorf("the first day is %v %v", d, ok)
	}
	for _, none := range []float64{-1, 0.5, 1e308, 3_000_000} {
		if d, ok := cell.Day(none, false); ok {
			t.Errorf("%v is taken for %v", none, d)
		}
	}
}

func TestDigitsOfEveryScriptAreRead(t *testing.T) {
	for in, want := range map[string]string{"๒๕๕๖": "2556", "۲۰۰۹": "2009", "၂၀၁၃": "2013", "២០១៣": "2013", "2009": "2009", "ไทย ๑": "ไทย 1"} {
		if got := cell.Digits(in); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

// run is where a program that cuts at some sign, and knows quotes only at the start of a cell, would run a formula.
var run = regexp.MustCompile("(?:^|[;,|\t\r\n])[\\s\"]*[=+\\-@＝＋－＠]")

func TestNoTextRunsAsAFormulaWhereverItIsCut(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1-1": "'+1-1", "-cmd|x": "'-cmd|x", "@SUM(A1)": "'@SUM(A1)", "|x": "'|x", "\t=x": "'\t'=x", "\tx": "'\tx", "\rx": "'\rx", " =x": " '=x", "＝x": "'＝x",
		"a;=x": "a;'=x", "a,=x": "a,'=x", "a\t=x": "a\t'=x", "a|=x": "a|'=x", "|=x": "'|'=x", "a\n=x": "a\n'=x", "a; \"=x\"": "a; \"'=x\"", "a;'=x": "a;''=x", "'=x": "''=x",
		"-5": "-5", "+66.5%": "+66.5%", "-1,250.50": "-1,250.50", "-5;=x": "'-5;'=x", "plain": "plain", "it's 5-6 a=b": "it's 5-6 a=b", "": "", "'": "'", "O'Neill; 'x'": "O'Neill; 'x'", "a\xff=b": "a\xff=b",
	} {
		got := cell.Safe(in)
		if got != want || cell.Plain(got) != in {
			t.Errorf("%q is %q, want %q; and plain again %q", in, got, want, cell.Plain(got))
		}
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"=1", "a;=1", "'|'=x", "-5", "\t'", "a\r\n=\"b\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		safe := cell.Safe(s)
		if cell.Plain(safe) != s {
			t.Errorf("%q is safe as %q, and plain again as %q", s, safe, cell.Plain(safe))
		}
		if safe != s && run.MatchString(safe) || safe == s && run.MatchString(safe) && !regexp.MustCompile(`^[+-]?\d+([.,]\d+)*%?$`).MatchString(s) {
			t.Errorf("%q is not safe: %q", s, safe)
		}
	})
}

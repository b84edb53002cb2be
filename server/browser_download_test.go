package server

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A list as a workbook has the rows of the list as CSV, and says on a sheet of its own which list, of which edition, counted
// how; the same list of the same edition has the same bytes.
func TestPageListsAreWorkbooks(t *testing.T) {
	h := library(t, hidden)
	for _, b := range []struct{ path, query, about, number string }{
		{"/activities", "theme=TRAFFICKING&state=THA", "", ""},
		{"/laws", "", "", ""},
		{"/funding", theDonorsQuestion, "once", "C"},
		{"/funding/lines", theDonorsQuestion, "once", "C"},
		{"/gaps", "theme=SMUGGLING", "", ""},
		{"/needs", "", "", ""},
	} {
		address := func(suffix string) string { return strings.TrimSuffix(b.path+suffix+"?"+b.query, "?") }
		status, header, body := h.answered(address(".xlsx"), "*/*", "")
		if status != 200 || !strings.Contains(header.Get("Content-Disposition"), ".xlsx") {
			t.Errorf("%s: %d %v", b.path, status, header)
			continue
		}
		if _, _, again := h.answered(address(".xlsx"), "*/*", ""); again != body {
			t.Errorf("%s: the same list has other bytes", b.path)
		}
		f, err := excelize.OpenReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		sheets := f.GetSheetList()
		rows, err := f.GetRows(sheets[0], excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		_, _, plain := h.answered(address(".csv"), "*/*", "")
		want, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(plain, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != len(want) {
			t.Fatalf("%s: %d rows, %d as CSV, %v", b.path, len(rows), len(want), err)
		}
		for i, row := range rows {
			for j, text := range want[i][:len(want[i])-1] {
				got := ""
				if j < len(row) {
					got = row[j]
				}
				if got != text && !sameNumber(got, text) {
					t.Errorf("%s, row %d: %q, as CSV %q", b.path, i, got, text)
				}
			}
		}
		if b.number != "" {
			if kind, err := f.GetCellType(sheets[0], b.number+"2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
				t.Errorf("%s: a sum is no number (%v, %v)", b.path, kind, err)
			}
		}
		told, err := f.GetRows(sheets[1])
		var all bytes.Buffer
		for _, r := range told {
			all.WriteString(strings.Join(r, " ") + "\n")
		}
		for _, say := range []string{"Edition 1 of ", h.doors.BaseURL + b.path, "The designations employed", "Licence", b.about} {
			if !strings.Contains(all.String(), say) {
				t.Errorf("%s: %q is not said: %s %v", b.path, say, all.String(), err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if status, _, _ := h.answered("/activities.xlsx?donor=nobody", "*/*", ""); status != 400 {
		t.Errorf("a filter that does not exist is answered with %d", status)
	}
}

// sameNumber tells a number that is written with other noughts at its end.
func sameNumber(a, b string) bool {
	trim := func(s string) string {
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return s
	}
	return a != "" && trim(a) == trim(b)
}

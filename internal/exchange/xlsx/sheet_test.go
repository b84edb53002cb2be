package xlsx_test

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

func TestAnUntouchedSpreadsheetAnswersNothingAndIsTheSameEachTime(t *testing.T) {
	r := sample(120)
	file := written(t, r)
	if !bytes.Equal(file, written(t, r)) {
		t.Error("the same review gives another file")
	}
	out := read(t, file, r)
	if len(out.Answers)+len(out.New)+len(out.Problems)+len(out.Missing) > 0 || out.Empty != 120 {
		t.Errorf("%+v", out)
	}
	b := opened(t, file)
	for _, want := range []string{"ADAM: review of Thailand, 2026", "Answer by the end of 2027-01-31 (time zone Asia/Bangkok).", "Changes are shown against edition 3.",
		"27 November 2026, 09:30", "The designations employed …", "https://adam.example/review/THA/sheet"} {
		rows, err := b.GetRows("Read me")
		b.must(err)
		found := false
		for _, row := range rows {
			found = found || len(row) > 0 && strings.Contains(row[0], want)
		}
		if !found {
			t.Errorf("the first sheet lacks %q", want)
		}
	}
}

// Locked facts, and lists of exactly the decisions that are open to a row.
func TestFactsAreLockedAndEachRowHasItsDecisions(t *testing.T) {
	b := opened(t, written(t, sample(4)))
	locked := func(cell string) bool {
		id, err := b.GetCellStyle("Records", cell)
		b.must(err)
		s, err := b.GetStyle(id)
		b.must(err)
		return s.Protection == nil || s.Protection.Locked
	}
	for _, heading := range []string{"No.", "Key", "Title", "What ADAM says", "ADAM signature"} {
		if !locked(b.cell(heading, 2)) {
			t.Errorf("%s can be written", heading)
		}
	}
	for _, heading := range []string{decision, reason, number, document} {
		if locked(b.cell(heading, 2)) {
			t.Errorf("%s is locked", heading)
		}
	}
	if !locked(b.cell(number, 4)) { // kept by others: there is nothing to correct
		t.Error("a record of others can be corrected")
	}
	lists := map[string]string{}
	rules, err := b.GetDataValidations("Records")
	b.must(err)
	for _, v := range rules {
		for _, cells := range strings.Fields(v.Sqref) {
			lists[cells] = strings.Join(b.list(v.Formula1), "; ")
		}
	}
	col := b.cols[decision]
	own, others := "Right; Part is wrong; Not sure, later; Take it out", "Right; We disagree; Not ours; Not sure, later"
	for cells, want := range map[string]string{col + "2:" + col + "3": own, col + "4:" + col + "4": others, col + "5:" + col + "5": own} {
		if lists[cells] != want {
			t.Errorf("%s offers %q, want %q; all: %v", cells, lists[cells], want, lists)
		}
	}
}

// list reads the words of a list such as Lists!$A$1:$A$4.
func (b *book) list(formula string) (out []string) {
	from, to, _ := strings.Cut(strings.ReplaceAll(strings.TrimPrefix(formula, "Lists!"), "$", ""), ":")
	col, first, err := excelize.CellNameToCoordinates(from)
	b.must(err)
	_, last, err := excelize.CellNameToCoordinates(to)
	b.must(err)
	for row := first; row <= last; row++ {
		cell, err := excelize.CoordinatesToCellName(col, row)
		b.must(err)
		v, err := b.GetCellValue("Lists", cell)
		b.must(err)
		out = append(out, v)
	}
	return out
}

// answered fills in one of each decision.
func answered(t testing.TB, file []byte) *book {
	b := opened(t, file)
	b.set(decision, 2, "Right")
	b.set("Right, but not for publication", 2, "Yes")
	b.set(decision, 3, "Part is wrong")
	b.set(number, 3, 2551) // typed as a number
	b.set(adopted, 3, "2008-2")
	b.set(status, 3, "Repealed")
	b.set("What is right: Wider subjects", 3, "Labour, and work; Border management")
	b.set("What is right: Summary", 3, "UNKNOWN")
	b.set(document, 3, "Gazette 7")
	b.set("Read on (day)", 3, "2026-11-01")
	b.set(decision, 4, "We disagree")
	b.set(reason, 4, "=1+1 is no formula")
	b.set("Active here?", 4, "no")
	b.set("With which authority?", 4, "Police")
	b.set(decision, 5, "not sure,  later")
	b.set(decision, 6, "TAKE IT OUT")
	b.set(reason, 6, "It was repealed.")
	b.set(decision, 7, "Not ours")
	b.must(b.SetSheetRow("New records", "A2", &[]any{"Law", "An act that is missing"}))
	for heading, v := range map[string]string{"Status": "In force", document: "Gazette 8"} {
		b.must(b.SetCellStr("New records", b.in("New records", heading)+"2", v))
	}
	return b
}

// in is the column of a heading in another sheet.
func (b *book) in(sheet, heading string) string {
	b.t.Helper()
	rows, err := b.GetRows(sheet)
	b.must(err)
	for j, h := range rows[0] {
		if h == heading {
			name, _ := excelize.ColumnNumberToName(j + 1)
			return name
		}
	}
	b.t.Fatalf("%s has no column %q", sheet, heading)
	return ""
}

func checkAnswered(t *testing.T, out *xlsx.Filled) {
	t.Helper()
	if len(out.Answers) != 6 || len(out.Problems) > 0 || len(out.Missing) > 0 || len(out.New) != 1 {
		t.Fatalf("%+v", out)
	}
	by := map[string]xlsx.Answer{}
	for _, a := range out.Answers {
		by[a.Item] = a
	}
	if a := by["item_0"]; a.Answer != term.SheetRight || !a.Hold || a.Version != 2 {
		t.Errorf("%+v", a)
	}
	want := map[string]any{"key": "act-1", "version": 1, "number": "2551", "adoptedOn": "2008-02", "status": "REPEALED", "topics": []any{"LABOUR", "BORDER_MANAGEMENT"}, "summary": nil}
	if a := by["item_1"]; a.Answer != term.SheetPartWrong || !reflect.DeepEqual(a.Input, want) || !reflect.DeepEqual(a.Source, map[string]any{"title": "Gazette 7", "accessedOn": "2026-11-01"}) {
		t.Errorf("%+v", a)
	}
	if a := by["item_2"]; a.Answer != term.SheetDisagree || a.Reason != "=1+1 is no formula" || a.ActiveHere == nil || *a.ActiveHere || a.Authority != "Police" {
		t.Errorf("%+v", a)
	}
	if by["item_3"].Answer != term.SheetNotSure || by["item_4"].Answer != term.SheetWithdraw || by["item_5"].Answer != term.SheetNotOurs {
		t.Errorf("%+v", out.Answers)
	}
	added := map[string]any{"title": "An act that is missing", "status": "IN_FORCE", "sources": []any{map[string]any{"title": "Gazette 8"}}}
	if n := out.New[0]; n.Kind != term.RecordLaw || !reflect.DeepEqual(n.Input, added) {
		t.Errorf("%+v", n)
	}
}

func TestWhatIsFilledInIsRead(t *testing.T) {
	r := sample(6)
	b := answered(t, written(t, r))
	checkAnswered(t, read(t, b.bytes(), r))
}

// Rows may be sorted and taken out, columns moved and taken out.
func TestRowsAndColumnsMayMove(t *testing.T) {
	r := sample(6)
	b := answered(t, written(t, r))
	rows, err := b.GetRows("Records")
	b.must(err)
	wide := len(rows[0])
	for i := range rows { // the last row first, the last column first, and a row of one's own on top
		back := make([]any, wide)
		for j := range back {
			back[j] = ""
			if from := wide - 1 - j; from < len(rows[i]) {
				back[j] = rows[i][from]
			}
		}
		at := 3
		if i > 0 {
			at = 3 + len(rows) - i
		}
		b.must(b.SetSheetRow("Records", "A"+strconv.Itoa(at), &back))
	}
	for row := 1; row < 3; row++ {
		notes := make([]any, wide)
		for j := range notes {
			notes[j] = ""
		}
		notes[3] = "Notes of our own"
		b.must(b.SetSheetRow("Records", "A"+strconv.Itoa(row), &notes))
	}
	checkAnswered(t, read(t, b.bytes(), r))

	b = answered(t, written(t, r))
	b.must(b.RemoveRow("Records", 2))
	b.must(b.RemoveCol("Records", b.cols["What ADAM says"]))
	if out := read(t, b.bytes(), r); len(out.Answers) != 5 || len(out.Problems)+len(out.Missing)+out.Empty > 0 {
		t.Errorf("%+v", out)
	}
	b = opened(t, written(t, r))
	b.set(decision, 2, "Right")
	b.must(b.RemoveCol("Records", b.cols[number]))
	if out := read(t, b.bytes(), r); len(out.Answers) != 1 || len(out.Missing) != 1 || !strings.Contains(out.Missing[0], "“What is right: Number”") {
		t.Errorf("%+v", out)
	}
	for _, heading := range []string{decision, "Key", "ADAM signature"} {
		b = answered(t, written(t, r))
		b.must(b.RemoveCol("Records", b.cols[heading]))
		_, err := tried(b.bytes(), r)
		refused(t, heading, err, fault.Invalid, "“"+heading+"” is missing")
	}
}

// Each is one cell of the own record in row 2, or of the activity in row 4, and what is said of it.
func TestWhatIsNotUnderstoodSaysHowToWriteIt(t *testing.T) {
	r := sample(6)
	file := written(t, r)
	day, err := opened(t, file).NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	wrong := func(b *book) { b.set(decision, 2, "Part is wrong"); b.set(document, 2, "Gazette") }
	for name, tt := range map[string]struct {
		fill func(*book)
		want string
	}{
		"a Buddhist year":     {func(b *book) { wrong(b); b.set(adopted, 2, "2551-02-06") }, "Is 2551 a year of the Buddhist era? Then write 2008."},
		"in Thai digits":      {func(b *book) { wrong(b); b.set(adopted, 2, "๒๕๕๑") }, "Then write 2008."},
		"as a number":         {func(b *book) { wrong(b); b.set(adopted, 2, 2551) }, "Then write 2008."},
		"a Solar Hijri year":  {func(b *book) { wrong(b); b.set(adopted, 2, "۱۳۸۸/۰۲") }, "It began in March 2009"},
		"a day of two orders": {func(b *book) { wrong(b); b.set(adopted, 2, "05/06/2009") }, "Write a year, a month or a day"},
		"no day of a month":   {func(b *book) { wrong(b); b.set(adopted, 2, "2009-02-30") }, "is not understood as a date"},
		"a number for a date": {func(b *book) { wrong(b); b.set(adopted, 2, 39934.5) }, "is not understood as a date"},
		"a formula":           {func(b *book) { b.must(b.SetCellFormula("Records", b.cell(decision, 2), `"Right"`)) }, "holds a formula"},
		"another word":        {func(b *book) { b.set(decision, 2, "OK") }, "“OK” is none of the decisions. Choose one of these: Right; Part is wrong; Not sure, later; Take it out."},
		"of another row":      {func(b *book) { b.set(decision, 2, "Not ours") }, "cannot be said of this record"},
		"no decision":         {func(b *book) { b.set(reason, 2, "Hm") }, "there is no decision"},
		"nothing is right":    {func(b *book) { b.set(decision, 2, "Part is wrong"); b.set(document, 2, "Gazette") }, "write what is right into one of the columns"},
		"no document":         {func(b *book) { b.set(decision, 2, "Part is wrong"); b.set(number, 2, "7") }, "Which document shows this?"},
		"right and corrected": {func(b *book) { b.set(decision, 2, "Right"); b.set(number, 2, "7") }, "go with the decision “Part is wrong” only"},
		"a status of nowhere": {func(b *book) { wrong(b); b.set(status, 2, "Old") }, "Write one of these: In force; Repealed."},
		"a title unknown":     {func(b *book) { wrong(b); b.set("What is right: Title or name", 2, "unknown") }, "cannot be unknown"},
		"no reason":           {func(b *book) { b.set(decision, 4, "We disagree") }, "needs a reason"},
		"hold what is wrong": {func(b *book) {
			b.set(decision, 5, "Not sure, later")
			b.set("Right, but not for publication", 5, "Yes")
		}, "“Right” only"},
		"perhaps active": {func(b *book) { b.set(decision, 4, "Right"); b.set("Active here?", 4, "perhaps") }, "Write Yes or No"},
		"a day read on":  {func(b *book) { wrong(b); b.set(number, 2, "7"); b.set("Read on (day)", 2, "2026") }, "as a day. Write it as 2009-05-17"},
		"merged": {func(b *book) {
			b.set(decision, 2, "Right")
			b.must(b.MergeCell("Records", b.cell(decision, 2), b.cell(decision, 4)))
		}, "is merged with others"},
		"a day for a number": {func(b *book) {
			wrong(b)
			b.set(number, 2, 39934)
			b.must(b.SetCellStyle("Records", b.cell(number, 2), b.cell(number, 2), day))
		}, "has made a day of what you typed"},
		"a row of one's own":   {func(b *book) { b.set(decision, 30, "Right") }, "none that ADAM has made"},
		"a changed title":      {func(b *book) { b.set("Title", 2, "Another act"); b.set(decision, 2, "Right") }, "locked or hidden cells were changed"},
		"a changed version":    {func(b *book) { b.set("ADAM version", 2, "9"); b.set(decision, 2, "Right") }, "locked or hidden cells were changed"},
		"an item of elsewhere": {func(b *book) { b.set("ADAM item", 2, "item_9"); b.set(decision, 2, "Right") }, "locked or hidden cells were changed"},
		"own by hand":          {func(b *book) { b.set("ADAM own", 4, "true"); b.set(decision, 4, "Take it out"); b.set(reason, 4, "Go") }, "locked or hidden cells were changed"},
	} {
		t.Run(name, func(t *testing.T) {
			b := opened(t, file)
			if name == "a day for a number" {
				if _, err := b.NewStyle(&excelize.Style{NumFmt: 14}); err != nil {
					t.Fatal(err)
				}
			}
			tt.fill(b)
			if _, said := b.one(r); !strings.HasPrefix(said, "Records!") || !strings.Contains(said, tt.want) {
				t.Errorf("said %q, want %q", said, tt.want)
			}
		})
	}
}

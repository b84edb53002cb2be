package xlsx_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

var seal = []byte("a secret of the server, 32 bytes")

// sample is a review of so many items: every third is kept by others, of these every second an activity.
func sample(n int) *xlsx.Review {
	r := &xlsx.Review{
		Code: "THA", Title: "Thailand", Cycle: "cycle_1", Year: 2026, Edition: 3, Made: time.Date(2026, 11, 27, 9, 30, 0, 0, time.UTC), Due: "2027-01-31",
		Zone: "Asia/Bangkok", Address: "https://adam.example/review/THA/sheet", Disclaimer: "The designations employed …",
		Kinds: map[term.RecordKind]string{term.RecordLaw: "Law", term.RecordPolicy: "Policy", term.RecordMechanism: "Mechanism", term.RecordActor: "Organisation", term.RecordActivity: "Activity"},
		Fields: map[term.RecordKind][]xlsx.Field{
			term.RecordLaw: {{Name: "title", Label: "Title", Must: true}, {Name: "number", Label: "Number"}, {Name: "adoptedOn", Label: "Adopted", Sort: xlsx.Date},
				{Name: "status", Label: "Status", Sort: xlsx.One, Must: true, Codes: []string{"IN_FORCE", "REPEALED"}, Words: []string{"In force", "Repealed"}},
				{Name: "topics", Label: "Wider subjects", Sort: xlsx.Some, Codes: []string{"BORDER_MANAGEMENT", "LABOUR"}, Words: []string{"Border management", "Labour, and work"}},
				{Name: "summary", Label: "Summary", Sort: xlsx.Text}},
			term.RecordActor:    {{Name: "name", Label: "Name", Must: true}, {Name: "seat", Label: "Seat"}},
			term.RecordActivity: {{Name: "title", Label: "Title", Must: true}, {Name: "startOn", Label: "Start", Sort: xlsx.Date}},
		},
	}
	for i := range n {
		it := xlsx.Item{ID: fmt.Sprintf("item_%d", i), Version: i + 2, Kind: term.RecordLaw, Key: fmt.Sprintf("act-%d", i), Title: fmt.Sprintf("Act %d", i), RecordVersion: 1, Own: i%3 != 2,
			Changed: "Same as edition 3", Facts: []xlsx.Fact{{Name: "Number", Text: "No. " + strconv.Itoa(i)}, {Name: "Summary", Text: strings.Repeat("What it says. ", 20)}},
			Documents: []xlsx.Document{{Title: "Gazette", URL: "https://example.org/gazette"}}}
		if !it.Own && i%2 == 0 {
			it.Kind = term.RecordActivity
		}
		r.Items = append(r.Items, it)
	}
	return r
}

func written(t testing.TB, r *xlsx.Review) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, r, seal); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// book is a spreadsheet that a person fills in.
type book struct {
	*excelize.File
	t    testing.TB
	cols map[string]string // the letters of the columns of the records, by their headings
}

func opened(t testing.TB, file []byte) *book {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	b := &book{File: f, t: t, cols: map[string]string{}}
	rows, err := f.GetRows("Records")
	if err != nil {
		t.Fatal(err)
	}
	for j, heading := range rows[0] {
		b.cols[heading], _ = excelize.ColumnNumberToName(j + 1)
	}
	return b
}

// cell is the cell of a row under a heading.
func (b *book) cell(heading string, row int) string {
	b.t.Helper()
	if b.cols[heading] == "" {
		b.t.Fatalf("there is no column %q", heading)
	}
	return b.cols[heading] + strconv.Itoa(row)
}

// set fills a cell in.
func (b *book) set(heading string, row int, value any) {
	b.t.Helper()
	b.must(b.SetCellValue("Records", b.cell(heading, row), value))
}

func (b *book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) bytes() []byte {
	b.t.Helper()
	out, err := b.WriteToBuffer()
	b.must(err)
	return out.Bytes()
}

// read reads a file that is understood as one.
func read(t testing.TB, file []byte, r *xlsx.Review) *xlsx.Filled {
	t.Helper()
	out, err := tried(file, r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func tried(file []byte, r *xlsx.Review) (*xlsx.Filled, error) {
	f, err := xlsx.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Read(r, seal)
}

// refused wants a file to be refused with words in its sentence.
func refused(t *testing.T, what string, err error, kind fault.Kind, words string) {
	t.Helper()
	if fault.KindOf(err) != kind || err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: got %q (%s), want %s with %q", what, err, fault.KindOf(err), kind, words)
	}
}

const (
	decision = "Your decision"
	reason   = "Comment or reason"
	number   = "What is right: Number"
	adopted  = "What is right: Adopted"
	status   = "What is right: Status"
	document = "Which document shows this? (title)"
)

// one is what is said of a single row: its answer, or what is not understood of it.
func (b *book) one(r *xlsx.Review) (*xlsx.Answer, string) {
	b.t.Helper()
	out := read(b.t, b.bytes(), r)
	switch {
	case len(out.Problems) > 0:
		return nil, out.Problems[0].Cell + ": " + out.Problems[0].Sentence
	case len(out.Answers) == 1:
		return &out.Answers[0], ""
	}
	b.t.Fatalf("%+v", out)
	return nil, ""
}

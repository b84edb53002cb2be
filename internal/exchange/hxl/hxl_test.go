package hxl_test

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"adam/internal/exchange/hxl"
	"adam/internal/exchange/table"
	"adam/internal/term"
)

// all gives what there is, and then an error where there is one.
func all[T any](list []T, err error) func(func(T, error) bool) {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// rows reads a file as whoever gets it does.
func rows(t *testing.T, file []byte) (out [][]string) {
	t.Helper()
	b, err := table.Open(bytes.NewReader(file), int64(len(file)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range b.Rows("") {
		if err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, c := range r.Cells {
			line = append(line, c.Text)
		}
		out = append(out, line)
	}
	return out
}

// tag is a hashtag with its attributes (HXL 1.1, tagging conventions).
var tag = regexp.MustCompile(`^#[A-Za-z][A-Za-z0-9_]*(\s*\+[A-Za-z][A-Za-z0-9_]*)*$`)

// core are the hashtags of the dictionary of HXL 1.1 that are used here.
var core = []string{"#activity", "#org", "#sector", "#subsector", "#country", "#region", "#date", "#status", "#meta", "#value", "#currency"}

func checkTags(t *testing.T, headers, tags []string) {
	t.Helper()
	seen := map[string]bool{}
	for i, text := range tags {
		name, _, _ := strings.Cut(text, "+")
		if !tag.MatchString(text) || seen[text] || headers[i] == "" || !strings.Contains(strings.Join(core, " ")+" ", name+" ") {
			t.Errorf("%q over %q is no hashtag, or stands twice", headers[i], text)
		}
		seen[text] = true
	}
	if len(headers) != len(tags) {
		t.Errorf("%d headers and %d hashtags", len(headers), len(tags))
	}
}

var training = hxl.Activity{ID: "training", Title: "=Training of police; and others", Themes: []string{"Smuggling of migrants", "Trafficking in persons"}, Assistance: []string{"Law enforcement"},
	States: []hxl.State{{Code: "THA", Name: "Thailand"}, {Code: "LAO", Name: "Lao People's Democratic Republic"}}, Donors: []string{"Australia", "Fund | Trust of B"}, Implementers: []string{"IOM", "UNODC"},
	Start: "2009-05", End: "2011", Status: "Closed", Address: "https://adam.example/activities/training", Updated: "2026-11-01"}

func TestA3WHasARowForEachActivityStateAndImplementer(t *testing.T) {
	var b bytes.Buffer
	if err := hxl.Write3W(&b, all([]hxl.Activity{training, {ID: "nobody", Title: "Of nobody, nowhere"}, {ID: "regional", Title: "Regional", Region: "South-East Asia", Implementers: []string{"IOM"}}}, nil)); err != nil {
		t.Fatal(err)
	}
	got := rows(t, b.Bytes())
	if len(got) != 2+4+1+1 {
		t.Fatalf("%d rows", len(got))
	}
	checkTags(t, got[0], got[1])
	want := []string{"training", "=Training of police; and others", "UNODC", "Australia | Fund / Trust of B", "Smuggling of migrants | Trafficking in persons", "Law enforcement", "THA", "Thailand", "", "2009-05", "2011", "Closed", "https://adam.example/activities/training", "2026-11-01"}
	if !reflect.DeepEqual(got[3], want) {
		t.Errorf("%q, want %q", got[3], want)
	}
	pairs := map[string]bool{}
	for _, r := range got[2:6] {
		pairs[r[2]+" "+r[6]] = true
	}
	if len(pairs) != 4 || got[6][0] != "nobody" || got[7][8] != "South-East Asia" {
		t.Errorf("%v, %q, %q", pairs, got[6], got[7])
	}
	for _, name := range got[1] {
		if strings.HasPrefix(name, "#value") || strings.HasPrefix(name, "#currency") {
			t.Errorf("money is in %s, where it would be counted %d times", name, 4)
		}
	}
}

func TestMoneyIsOneRowForEachLine(t *testing.T) {
	sum := term.Amount(20_489_470_0700)
	var b bytes.Buffer
	if err := hxl.WriteMoney(&b, all([]hxl.Money{{ID: "funding_1", Activities: []string{"training", "other"}, Provider: "Australia", Receiver: "IOM", Kind: "Commitment", Amount: &sum, Currency: "AUD", On: "2010", Reporter: "Donor"},
		{ID: "funding_2", Activities: []string{"training"}, Provider: "Japan", Currency: "JPY"}}, nil)); err != nil {
		t.Fatal(err)
	}
	got := rows(t, b.Bytes())
	if len(got) != 4 {
		t.Fatalf("%q", got)
	}
	checkTags(t, got[0], got[1])
	if want := []string{"funding_1", "training | other", "Australia", "IOM", "Commitment", "20489470.07", "AUD", "2010", "Donor"}; !reflect.DeepEqual(got[2], want) {
		t.Errorf("%q, want %q", got[2], want)
	}
	if got[3][5] != "" {
		t.Errorf("an unknown amount is %q", got[3][5])
	}
}

// A 3W can come back through the reader of spreadsheets: its hashtags are no activity.
func TestA3WIsReadAsASpreadsheet(t *testing.T) {
	var b bytes.Buffer
	if err := hxl.Write3W(&b, all([]hxl.Activity{training}, nil)); err != nil {
		t.Fatal(err)
	}
	book, err := table.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := book.Header("")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for d, err := range table.Apply(book, h, table.Guess(h)) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; d.Title != training.Title || d.Start != training.Start || len(d.Themes) != 2 || len(d.Donors) != 2 {
			t.Errorf("%+v", d)
		}
	}
	if n != 4 {
		t.Errorf("%d drafts", n)
	}
}

func TestAnErrorEndsTheFile(t *testing.T) {
	broken := errors.New("broken off")
	if err := hxl.Write3W(io.Discard, all([]hxl.Activity{training}, broken)); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if err := hxl.WriteMoney(io.Discard, all([]hxl.Money{{ID: "a"}}, broken)); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

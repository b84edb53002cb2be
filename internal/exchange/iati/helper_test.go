package iati

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/internal/term"
)

var generated = time.Date(2026, 11, 24, 13, 30, 0, 0, time.UTC)

var writing = WriteOptions{VocabularyURI: "https://adam.example.org/vocabulary", Generated: generated, Licence: "CC BY 4.0"}

func en(s string) Text { return Text{{"en", s}} }

func usd(s string, on term.PartialDate) Money {
	return Money{Exact: term.Decimal(s), Currency: "USD", On: on}
}

// sound is an activity that nothing is missing to.
func sound() *Activity {
	return &Activity{
		Identifier: "XM-ADAM-7", Language: "en", Currency: "EUR", LastUpdated: "2026-11-01T00:00:00Z", Humanitarian: "0", Hierarchy: "1",
		Reporter:          Reporter{Ref: "XM-ADAM", Type: "40", Secondary: true, Name: en("Catalogue")},
		Title:             Text{{"en", "Training & <advice>"}, {"fr", "Formation"}, {"km", "ការបណ្តុះបណ្តាល"}},
		Descriptions:      []Description{{"1", en("A course.")}, {"2", Text{{"en", "Fewer victims."}, {"fr", "Moins de victimes."}}}},
		Participants:      []Org{{Ref: "XM-DAC-5-7", Type: "10", Role: "1", ActivityID: "XM-DAC-5-7-99", Name: en("Australia")}, {Role: "4", Name: en("IOM")}},
		OtherIdentifiers:  []OtherIdentifier{{Ref: "ABC", Type: "A1"}, {Ref: "D", Type: "A9", OwnerRef: "XM-DAC-5-7", Owner: en("Australia")}},
		Status:            "2",
		Dates:             []Date{{Type: "1", On: "2009"}, {Type: "2", On: "2009-05-17", Note: en("Delayed")}, {Type: "3", On: "2031-02"}},
		Scope:             "4",
		Countries:         []Place{{Code: "KH", Name: en("Cambodia")}, {Code: "LA"}, {Code: "TH"}},
		Locations:         []Location{{Ref: "x", Reach: "1", IDs: []Coded{{"G1", "1831722"}}, Name: en("Poipet"), Point: "13.65 102.56", Exactness: "1", Class: "2", Feature: "PPL", Administrative: []Administrative{{"1", "G1", "2"}}}},
		Sectors:           []Sector{{Vocabulary: "1", Code: "15190"}, {Vocabulary: "1", Code: "15160"}},
		Themes:            []term.Theme{term.Smuggling, term.Trafficking},
		Tags:              []Tag{{Vocabulary: "2", Code: "16"}},
		PolicyMarkers:     []PolicyMarker{{Vocabulary: "1", Code: "1", Significance: "1"}},
		CollaborationType: "1", FlowType: "10", FinanceType: "110", AidTypes: []Coded{{"1", "C01"}}, TiedStatus: "5",
		Budgets:             []Budget{{Type: "1", Status: "2", Start: "2009-01-01", End: "2009-12-31", Value: usd("1000.5", "2009-01-01")}},
		PlannedDisbursement: []Budget{{Type: "1", Start: "2030-01-01", End: "2030-03-31", Value: usd("10", "2030-01-01"), Provider: &Org{Name: en("Australia")}, Receiver: &Org{Ref: "XM-DAC-47066", ActivityID: "XM-DAC-47066-1"}}},
		Transactions: []Transaction{
			{Ref: "1", Type: "2", On: "2009", Value: usd("250000", "2009"), Description: en("First"), Provider: &Org{Ref: "XM-DAC-5-7", Type: "10", ActivityID: "XM-DAC-5-7-99", Name: en("Australia")}, Receiver: &Org{Name: en("IOM")}, Channel: "1", FlowType: "10", FinanceType: "110", AidTypes: []Coded{{"1", "C01"}}, TiedStatus: "5"},
			{Type: "3", On: "2010-03", Value: usd("-12.3456", "2010-03")},
			{Type: "4", On: "2010-03-02", Value: Money{Exact: "7", Currency: "EUR", Defaulted: true, On: "2010-03-02"}},
		},
		Documents: []Document{{URL: "https://example.org/a", Format: "text/html", On: "2010-01-02", Title: en("Report"), Description: en("Final"), Categories: []string{"A01"}, Languages: []string{"en"}}},
		Related:   []Related{{"XM-ADAM-1", "1"}},
	}
}

func write(t testing.TB, o WriteOptions, list ...*Activity) ([]byte, *Written) {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if err := w.Write(a); err != nil {
			t.Fatal(err)
		}
	}
	did, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), did
}

func readAll(t testing.TB, file []byte) ([]*Activity, *Report) {
	t.Helper()
	var out []*Activity
	rep, err := Read(bytes.NewReader(file), Options{Name: "test.xml"}, func(a *Activity) error { out = append(out, a); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return out, rep
}

// same compares what two activities say; where they stand in their files does not matter.
func same(t testing.TB, got, want *Activity) {
	t.Helper()
	if g, w := said(t, got), said(t, want); g != w {
		t.Errorf("%s differs:\n%s", want.Identifier, difference(g, w))
	}
}

func said(t testing.TB, a *Activity) string {
	t.Helper()
	c := *a
	c.Line, c.Errors, c.Kept = 0, 0, nil
	c.Transactions, c.Budgets, c.PlannedDisbursement = slices.Clone(c.Transactions), slices.Clone(c.Budgets), slices.Clone(c.PlannedDisbursement)
	for i := range c.Transactions {
		c.Transactions[i].Line = 0
	}
	for i := range c.Budgets {
		c.Budgets[i].Line = 0
	}
	for i := range c.PlannedDisbursement {
		c.PlannedDisbursement[i].Line = 0
	}
	b, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "[]", "null")
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i, strings.Join(g[max(0, i-3):min(len(g), i+4)], "\n"), strings.Join(w[max(0, i-3):min(len(w), i+4)], "\n"))
		}
	}
	return "one is longer"
}

// valid asks xmllint about a file, by the official schema, where there is one.
func valid(t testing.TB, kind string, file []byte) {
	t.Helper()
	dir := os.Getenv("ADAM_IATI_DATA")
	if _, err := exec.LookPath("xmllint"); err != nil || dir == "" {
		t.Log("not checked by the official schema: ADAM_IATI_DATA or xmllint is missing")
		return
	}
	name := filepath.Join(t.TempDir(), "out.xml")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("xmllint", "--noout", "--huge", "--schema", filepath.Join(dir, "xsd/2.03/iati-"+kind+"-schema.xsd"), name).CombinedOutput()
	if err != nil {
		t.Errorf("not valid: %s", out[:min(len(out), 3000)])
	}
	for id, n := range broken(t, dir, name) {
		t.Errorf("rule %s is broken %d times", id, n)
	}
}

// withoutList is a file without the list of what was left out of it, at its end.
func withoutList(file []byte) []byte {
	before, _, _ := bytes.Cut(file, []byte("<!-- Left out"))
	return before
}

package iati

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
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

func TestWhatIsWrittenIsReadBackTheSame(t *testing.T) {
	few := sound()
	few.Identifier, few.Themes, few.Sectors = "XM-ADAM-8", nil, []Sector{{Vocabulary: "1", Code: "15190", Percentage: "60"}, {Vocabulary: "1", Code: "15160", Percentage: "40"}}
	few.Countries = []Place{{Code: "KH", Percentage: "12.5"}, {Code: "TH", Percentage: "37.5"}}
	few.Regions = []Place{{Code: "798", Vocabulary: "1", Percentage: "50"}}
	for _, a := range []*Activity{sound(), few} {
		before := said(t, a)
		file, did := write(t, writing, a)
		if did.Count != 1 || len(did.LeftOut) > 0 || len(did.Notes) > 0 {
			t.Fatalf("%+v", did)
		}
		got, rep := readAll(t, file)
		if len(got) != 1 || rep.Errors > 0 || rep.Counts[BadShape] > 0 {
			t.Fatalf("%d activities, %v", len(got), rep.Problems)
		}
		same(t, got[0], a)
		if said(t, a) != before {
			t.Error("writing has changed the activity")
		}
		again, _ := write(t, writing, got[0])
		if !bytes.Equal(file, again) {
			t.Error("the second file differs from the first")
		}
	}
}

func TestWhatCannotBeValidIsLeftOutAndListed(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Activity)
		reason string
	}{
		{"no status", func(a *Activity) { a.Status = "" }, "its status is unknown"},
		{"a status that is on no list", func(a *Activity) { a.Status = "9" }, "its status is unknown"},
		{"no start", func(a *Activity) { a.Dates = []Date{{Type: "3", On: "2010"}} }, "when it starts is unknown"},
		{"an actual start to come", func(a *Activity) { a.Dates = []Date{{Type: "2", On: "2030"}} }, "when it starts is unknown"},
		{"no title", func(a *Activity) { a.Title = Text{{"en", " "}} }, "it has no title"},
		{"no identifier", func(a *Activity) { a.Identifier = "" }, "it has no identifier"},
		{"the identifier of its reporter", func(a *Activity) { a.Identifier = "XM-ADAM" }, "its identifier is that of its reporter"},
		{"no reporter", func(a *Activity) { a.Reporter = Reporter{} }, "its reporter has no identifier, no type or no name"},
		{"nobody who takes part", func(a *Activity) { a.Participants = []Org{{Role: "4"}} }, "no organisation is known that funds it, is accountable for it, extends it or carries it out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := sound()
			c.change(a)
			_, did := write(t, writing, a)
			if did.Count != 0 || !did.Empty() || len(did.LeftOut) != 1 || !slices.Equal(did.LeftOut[0].Reasons, []string{c.reason}) {
				t.Errorf("%+v", did)
			}
		})
	}
}

func TestSharesAddUpToHundredAndNothingIsInvented(t *testing.T) {
	for _, c := range []struct {
		name  string
		given []term.Decimal
		want  []term.Decimal
		rest  term.Decimal
		ok    bool
	}{
		{"none is stated", []term.Decimal{"", ""}, []term.Decimal{"", ""}, "", true},
		{"one alone needs none", []term.Decimal{"100"}, []term.Decimal{""}, "", true},
		{"exact ones stay", []term.Decimal{"33.333", "66.667"}, []term.Decimal{"33.333", "66.667"}, "", true},
		{"rounded thirds", []term.Decimal{"33.3", "33.3", "33.3"}, []term.Decimal{"33.34", "33.33", "33.33"}, "", true},
		{"a little too much", []term.Decimal{"50.5", "50"}, []term.Decimal{"50.25", "49.75"}, "", true},
		{"much too much", []term.Decimal{"80", "80"}, []term.Decimal{"", ""}, "", false},
		{"some are not stated", []term.Decimal{"80", ""}, []term.Decimal{"", ""}, "", false},
		{"one below zero", []term.Decimal{"120", "-20"}, []term.Decimal{"", ""}, "", false},
		{"too little leaves a rest", []term.Decimal{"25", "35.5"}, []term.Decimal{"25", "35.5"}, "39.5", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := slices.Clone(c.given)
			var to []*term.Decimal
			for i := range list {
				to = append(to, &list[i])
			}
			rest, ok := fill(to)
			if !slices.Equal(list, c.want) || rest != c.rest || ok != c.ok {
				t.Errorf("%v, rest %q, %v", list, rest, ok)
			}
		})
	}
}

func TestWhatIsLeftOutOfAnActivityIsNoted(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Activity)
		note   string
	}{
		{"a transaction to come", func(a *Activity) { a.Transactions[0].On = "2030-01-01" }, "it is in the future"},
		{"a transaction without a currency", func(a *Activity) { a.Currency, a.Transactions[2].Value.Currency = "", "" }, "its currency is not known"},
		{"a transaction without a sum", func(a *Activity) { a.Transactions[2].Value = Money{Raw: "1,000"} }, "a transaction of 1,000"},
		{"a transaction of no type", func(a *Activity) { a.Transactions[2].Type = "ZZ" }, "its type is not known"},
		{"a budget of two years", func(a *Activity) { a.Budgets[0].End = "2010" }, "longer than a year"},
		{"no description", func(a *Activity) { a.Descriptions = nil }, "its title stands there again"},
		{"no State", func(a *Activity) { a.Countries = nil }, "998, unspecified"},
		{"a document without a category", func(a *Activity) { a.Documents[0].Categories = nil }, "has no address, format, title or category"},
		{"an end before the start", func(a *Activity) { a.Dates[2].On = "2001" }, "it is before the start"},
		{"a partner", func(a *Activity) { a.Participants[1].Role = "" }, "the organisation"},
		{"too much in shares", func(a *Activity) { a.Countries[0].Percentage = "120" }, "are left out: not all were stated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := sound()
			c.change(a)
			file, did := write(t, writing, a)
			if did.Count != 1 || !strings.Contains(strings.Join(did.Notes[a.Identifier], "\n"), c.note) {
				t.Errorf("%+v", did)
			}
			got, _ := readAll(t, file)
			same(t, got[0], Prepare(a, writing.filled()).Activity)
			valid(t, "activities", file)
		})
	}
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

func TestExportsAreValidByTheOfficialSchemaAndRules(t *testing.T) {
	data(t)
	few := sound()
	few.Identifier, few.Themes, few.Sectors, few.Countries = "XM-ADAM-8", []term.Theme{term.Trafficking}, nil, []Place{{Code: "KH", Percentage: "10"}, {Code: "TH", Percentage: "20"}}
	bare := &Activity{Identifier: "XM-ADAM-9", Reporter: sound().Reporter, Title: en("Bare"), Participants: []Org{{Role: "1", Name: en("A")}}, Status: "1", Dates: []Date{{Type: "1", On: "2027"}}}
	o := writing
	o.Contacts = true
	few.Contacts = []Contact{{Type: "1", Organisation: en("Unit"), Department: en("D"), Person: en("P"), JobTitle: en("J"), Telephones: []string{"1", "2"}, Emails: []string{"a@example.org"}, Websites: []string{"https://example.org", "no address"}, Addresses: []Text{en("Street")}}}
	file, did := write(t, o, sound(), few, bare)
	if did.Count != 3 {
		t.Fatalf("%+v", did)
	}
	valid(t, "activities", file)
}

func TestSamplesWrittenAgainAreValidAndSayTheSame(t *testing.T) {
	for _, file := range samples(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var list []*Activity
			readFile(t, file, func(a *Activity) error { list = append(list, a); return nil })
			out, did := write(t, writing, list...)
			valid(t, "activities", out)
			back, _ := readAll(t, out)
			i, left := 0, map[string]int{}
			for _, l := range did.LeftOut {
				for _, why := range l.Reasons {
					left[why]++
				}
			}
			t.Logf("%d written, %d left out: %v", did.Count, len(did.LeftOut), left)
			for _, a := range list {
				r := Prepare(a, writing.filled())
				if len(r.Missing) == 0 {
					same(t, back[i], r.Activity)
					i++
				}
				if t.Failed() {
					return
				}
			}
			sameSums(t, list, back, did)
			again, _ := write(t, writing, back...)
			if !bytes.Equal(out, again) {
				t.Error("the second file differs from the first")
			}
		})
	}
}

// sameSums compares the sums before and after, where no activity and no transaction was left out.
func sameSums(t *testing.T, before, after []*Activity, did *Written) {
	left := map[string]bool{}
	for _, l := range did.LeftOut {
		left[l.Identifier] = true
	}
	for id, notes := range did.Notes {
		if strings.Contains(strings.Join(notes, " "), "a transaction of") {
			left[id] = true
		}
	}
	a, b := sums{}, sums{}
	for _, x := range before {
		if !left[x.Identifier] {
			_ = a.add(x)
		}
	}
	for _, x := range after {
		if !left[x.Identifier] {
			_ = b.add(x)
		}
	}
	if !reflect.DeepEqual(text(a), text(b)) {
		t.Errorf("sums before %v and after %v", text(a), text(b))
	}
}

func text(s sums) map[string]string {
	out := map[string]string{}
	for c, r := range s {
		out[c] = r.FloatString(10)
	}
	return out
}

func TestOrganisationsAreValidByTheOfficialSchema(t *testing.T) {
	var b bytes.Buffer
	w, err := NewOrganisationWriter(&b, writing)
	if err != nil {
		t.Fatal(err)
	}
	year := Budget{Status: "2", Start: "2026", End: "2026", Value: usd("12.5", "")}
	for _, o := range []*Organisation{
		{Identifier: "XM-ADAM", Name: en("Catalogue"), Reporter: sound().Reporter, Budgets: []Budget{year}, CountryBudgets: []CountryBudget{{Place{Code: "KH"}, year}}, Documents: sound().Documents},
		{Identifier: "XM-ADAM-2", Name: Text{{"en", "Other"}, {"fr", "Autre"}}, Language: "en", Currency: "EUR", LastUpdated: "2026-01-01T00:00:00Z", Reporter: Reporter{Ref: "XM-ADAM", Type: "40", Name: en("Catalogue")}},
		{Identifier: "XM-ADAM-3"},
	} {
		if err := w.WriteOrganisation(o); err != nil {
			t.Fatal(err)
		}
	}
	did, err := w.Close()
	if err != nil || did.Count != 2 || len(did.LeftOut) != 1 || len(did.LeftOut[0].Reasons) != 2 {
		t.Fatalf("%+v %v", did, err)
	}
	if n := len(regexp.MustCompile(`<total-budget|<recipient-country-budget`).FindAllString(b.String(), -1)); n != 2 {
		t.Errorf("%d budgets in %s", n, b.String())
	}
	valid(t, "organisations", b.Bytes())
	if _, err := Read(bytes.NewReader(b.Bytes()), Options{}, nil); err == nil || !strings.Contains(err.Error(), "file of organisations") {
		t.Errorf("%v", err)
	}
}

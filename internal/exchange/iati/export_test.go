package iati

import (
	"bytes"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"adam/internal/term"
)

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
			if !bytes.Equal(withoutList(out), withoutList(again)) {
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
		{Identifier: "XM-ADAM", Name: en("Catalogue"), Reporter: sound().Reporter, Budgets: []Budget{year}, CountryBudgets: []CountryBudget{{Place{Code: "KH"}, year}, {Place{}, year}, {Place{Code: "TH"}, Budget{}}}, Documents: sound().Documents},
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

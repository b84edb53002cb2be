package iati

import (
	"bytes"
	"strings"
	"testing"

	"adam/internal/term"
)

func TestContactsAreWrittenOnlyWhereTheyAreAskedFor(t *testing.T) {
	a := sound()
	a.Contacts = []Contact{{Type: "1", Person: en("Somchai"), Emails: []string{"unit@example.org"}}}
	for _, wanted := range []bool{false, true} {
		o := writing
		o.Contacts = wanted
		if file, _ := write(t, o, a); bytes.Contains(file, []byte("Somchai")) != wanted || bytes.Contains(file, []byte("unit@example.org")) != wanted {
			t.Errorf("wanted %v: %s", wanted, file)
		}
	}
}

func TestABudgetIsOfAYearAtMost(t *testing.T) {
	for _, c := range []struct {
		start, end term.PartialDate
		count      int
	}{{"2009-01-01", "2009-12-31", 1}, {"2009-01-01", "2010-01-01", 0}, {"2008-02-29", "2009-02-28", 1}, {"2009", "2009", 1}, {"2009", "2010", 0}, {"2009-07", "2010-06", 1}, {"2010", "2009", 0}, {"", "2009", 0}} {
		a := sound()
		a.Budgets = []Budget{{Start: c.start, End: c.end, Value: usd("1", "2009-01-01")}}
		if r := Prepare(a, writing); len(r.Activity.Budgets) != c.count {
			t.Errorf("%s to %s: %v", c.start, c.end, r.Notes)
		}
	}
}

func TestThemesStandBesideACodeOfTheDAC(t *testing.T) {
	a := sound()
	a.Sectors, a.Themes = nil, []term.Theme{term.Trafficking}
	file, _ := write(t, writing, a)
	for _, want := range []string{
		`<sector vocabulary="1" code="99810"/>`,
		`<sector vocabulary="99" vocabulary-uri="https://adam.example.org/vocabulary#adam-themes" code="TRAFFICKING">`,
		`<tag vocabulary="99" vocabulary-uri="https://adam.example.org/vocabulary#adam-themes" code="TRAFFICKING">`,
		`<recipient-region code="KH+LA+TH" vocabulary="99"`, `<location-id vocabulary="A4" code="KH"/>`, `secondary-reporter="1"`,
		`<activity-date type="1" iso-date="2009-01-01">`, `Only the year is known: 2009.`, `<activity-date type="3" iso-date="2031-02-28">`,
	} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("%s is not in\n%s", want, file)
		}
	}
	if list, _ := readAll(t, file); len(list[0].Sectors) != 0 || len(list[0].Themes) != 1 {
		t.Errorf("%+v", list[0])
	}
}

func TestALicenceStandsAtTheTopWhateverIsInIt(t *testing.T) {
	o := writing
	o.Licence = "A --> <b>"
	file, _ := write(t, o, sound())
	if list, _ := readAll(t, file); len(list) != 1 || !strings.Contains(string(file[:200]), "Licence: A") {
		t.Errorf("%s", file[:200])
	}
	for _, uri := range []string{"", "a b", "https://example.org/#x", "http://["} {
		if _, err := NewWriter(&bytes.Buffer{}, WriteOptions{VocabularyURI: uri}); err == nil {
			t.Errorf("%q is taken as the address of a vocabulary", uri)
		}
	}
}

package seed

import (
	"errors"
	"slices"
	"testing"
	"testing/fstest"
)

func TestTheShippedDataIsReadWhole(t *testing.T) {
	f := shippedFiles(t)
	for _, n := range []struct {
		what      string
		got, want int
	}{
		{"States", len(f.States), 14}, {"laws", len(f.Laws), 64}, {"policies", len(f.Policies), 35},
		{"mechanisms", len(f.Mechanisms), 66}, {"actors", len(f.Actors), 173}, {"activities", len(f.Activities), 175},
		{"places", len(f.Places), 68}, {"memberships", len(f.Memberships), 57}, {"chapters", len(f.Chapters), 15},
		{"rates", len(f.Rates), 766}, {"governments", len(f.Governments), 29}, {"estimates", len(f.Estimates), 1}, {"inclusion", len(f.Inclusion), 2},
	} {
		if n.got != n.want {
			t.Errorf("%d %s were read; expected %d", n.got, n.what, n.want)
		}
	}
	if want := "Units of currency per US dollar"; len(f.RatesSource) < len(want) || f.RatesSource[:len(want)] != want {
		t.Errorf("the source of the rates is %q", f.RatesSource)
	}
	if r := f.Rates[0]; r != (Rate{"AUD", 2000, "1.724826666666667"}) {
		t.Errorf("the first rate is %v; its digits must be those of the file", r)
	}
	if d := f.Activities[1].Donors[0]; d.Amount.String() != "21000000" || *d.Currency != "AUD" || *d.Year != 2006 {
		t.Errorf("the money of artip is %v %v %v", *d.Amount, *d.Currency, *d.Year)
	}
}

func TestFilesKeepTheirOrder(t *testing.T) {
	f := shippedFiles(t)
	if f.Laws[0].Key != "afg-law-trafficking-smuggling-2017" || f.States[13].ISO3 != "VNM" || f.Activities[0].Key != "arcppt" {
		t.Errorf("records do not stand in the order of their files: %s, %s, %s", f.Laws[0].Key, f.States[13].ISO3, f.Activities[0].Key)
	}
	if got := f.Laws[1].KeyArticles; !slices.Equal(got, []string{"510", "511", "512"}) {
		t.Errorf("the articles of %s are %v", f.Laws[1].Key, got)
	}
}

const (
	afg       = "state-afghanistan"
	firstLaw  = "afg-law-trafficking-smuggling-2017"
	arcpptKey = "\"key\": \"arcppt\","
)

var decodeMistakes = []struct {
	what, file, old, with string
	want                  Problem
}{
	{"an unknown field", StatesFile, `  capital: "Kabul"`, "  capital: \"Kabul\"\n  climate: \"dry\"",
		Problem{StatesFile, afg, "climate", "is not a field that this file knows; correct its name or take it out"}},
	{"a required field that is missing", StatesFile, "  capital: \"Kabul\"\n", "",
		Problem{StatesFile, afg, "capital", "is missing"}},
	{"an unknown field in a group", LawsFile, `    smuggling: ["procuring_illegal_entry"]`, "    smuggling: []\n    slavery: []",
		Problem{LawsFile, firstLaw, "elements.slavery", "is not a field that this file knows; correct its name or take it out"}},
	{"an unknown field in JSON", ActivitiesFile, arcpptKey, arcpptKey + ` "budget": 5,`,
		Problem{ActivitiesFile, "arcppt", "budget", "is not a field that this file knows; correct its name or take it out"}},
	{"a number where text belongs", LawsFile, `key_articles: ["510", "511", "512"]`, `key_articles: ["510", 511, "512"]`,
		Problem{LawsFile, "afg-penal-code-2017", "key_articles[1]", "is the number 511; expected text"}},
	{"text where a number belongs", LawsFile, `  year: 2017`, `  year: "2017"`,
		Problem{LawsFile, firstLaw, "year", `is the text "2017"; expected a whole number`}},
	{"a fraction where a whole number belongs", LawsFile, `  year: 2017`, `  year: 2017.5`,
		Problem{LawsFile, firstLaw, "year", "is the number 2017.5; expected a whole number"}},
	{"an amount as text", ActivitiesFile, `"amount": 21000000,`, `"amount": "21000000",`,
		Problem{ActivitiesFile, "artip", "donors[0].amount", `is the text "21000000"; expected a number`}},
	{"a yes where true belongs", ActivitiesFile, `"regional": true,`, `"regional": "yes",`,
		Problem{ActivitiesFile, "arcppt", "regional", `is the text "yes"; expected true or false`}},
	{"a penalty in words", LawsFile, `trafficking_max_years: 15`, `trafficking_max_years: "death"`,
		Problem{LawsFile, firstLaw, "penalties.trafficking_max_years", `is the text "death"; expected a whole number of years, "life" or null`}},
	{"text where a list belongs", LawsFile, `themes: ["trafficking", "smuggling"]`, `themes: "trafficking"`,
		Problem{LawsFile, firstLaw, "themes", `is the text "trafficking"; expected a list`}},
	{"a list where a group belongs", LawsFile, "  penalties:\n    trafficking_max_years: null\n    smuggling_max_years: null\n", "  penalties: []\n",
		Problem{LawsFile, "afg-law-abduction-trafficking-2008", "penalties", "is an empty list; expected a group of named fields"}},
	{"a record that is no record", ActorsFile, "[\n", "[\n \"nobody\",\n",
		Problem{ActorsFile, "record 1", "", `is the text "nobody"; expected a group of named fields`}},
	{"null where a value belongs", StatesFile, `  name: "Afghanistan"`, `  name: null`,
		Problem{StatesFile, afg, "name", "is null; expected text"}},
	{"a field that is missing", StatesFile, "      signed: \"2000-12-14\"\n", "",
		Problem{StatesFile, afg, "treaties.untoc.signed", "is missing; write null where it is unknown"}},
	{"null where the file leaves out", LawsFile, `  note: "Application since August 2021 under the de facto authorities is unclear. Elements beyond those listed were not checked."`, "  note: null",
		Problem{LawsFile, firstLaw, "note", "is null; leave the field out where it is unknown"}},
	{"an empty list where the file leaves out", MechanismsFile, `related: ["khm-nsp-2024-2028"]`, `related: []`,
		Problem{MechanismsFile, "mech-khm-ncct", "related", "is an empty list; leave the field out where it is unknown"}},
	{"a field twice in JSON", ActivitiesFile, arcpptKey, arcpptKey + ` "title": "A",`,
		Problem{ActivitiesFile, "arcppt", "", `line 4 cannot be read: field "title" stands twice; keep one`}},
	{"broken JSON", ActivitiesFile, `"status": "completed",`, `"status": completed,`,
		Problem{ActivitiesFile, "arcppt", "", "line 30 cannot be read: invalid character 'c' looking for beginning of value"}},
	{"an unknown column", RatesFile, "currency,year,per_usd", "currency,year,rate",
		Problem{RatesFile, "", "", "the heading is not currency,year,per_usd"}},
	{"a year in words", RatesFile, "AUD,2000,", "AUD,MM,",
		Problem{RatesFile, "record 1", "year", `is the text "MM"; expected a whole number`}},
	{"a value too many", RatesFile, "AUD,2000,", "AUD,2000,1,",
		Problem{RatesFile, "record 1", "", "the line has 4 values; expected currency, year and per_usd"}},
	{"a missing line of origin", RatesFile, "# Units", "Units",
		Problem{RatesFile, "line 1", "", "the file does not say where its rates come from; expected a first line that begins with # and names the source"}},
	{"a place without a name", PlacesFile, `name: "Albania", `, "",
		Problem{PlacesFile, "ALB", "name", "is missing"}},
	{"a membership without a date", GroupsFile, `code: "PHL", since: "1967", `, `code: "PHL", `,
		Problem{GroupsFile, "ASEAN PHL", "since", "is missing; write null where it is unknown"}},
	{"a government without a State", GovernmentsFile, `actor: "australia-dfat", state: "AUS"`, `actor: "australia-dfat"`,
		Problem{GovernmentsFile, "record 1", "state", "is missing"}},
	{"a line of money as text", EstimatesFile, "line: 1", `line: "1"`,
		Problem{EstimatesFile, "record 1", "line", `is the text "1"; expected a whole number`}},
	{"an estimate without a reason", EstimatesFile, `, because: "2001-2016 total for IOM migration control in Indonesia (academic estimate)"`, "",
		Problem{EstimatesFile, "record 1", "because", "is missing"}},
	{"a year as a number", GroupsFile, `since: "1967"`, `since: 1967`,
		Problem{GroupsFile, "ASEAN PHL", "since", "is the number 1967; expected text"}},
}

// A file that does not decode says where and why, for every mistake that a hand can make.
func TestDecodeErrorsNameFileRecordAndField(t *testing.T) {
	for _, test := range decodeMistakes {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			f, err := Read(edited(t, test.file, test.old, test.with))
			var got Problems
			if !errors.As(err, &got) || f != nil {
				t.Fatalf("Read gave %v, %v; expected no files and a list of problems", f != nil, err)
			}
			if len(got) != 1 || got[0] != test.want {
				t.Errorf("expected\n\t%v\nfound\n\t%v", test.want, got)
			}
		})
	}
}

// YAML's own parser words the fault; what must be ours is the place.
func TestBrokenYAMLNamesTheRecordAndTheLine(t *testing.T) {
	tests := []struct{ what, old, with, begins string }{
		{"a field twice", `  capital: "Phnom Penh"`, `  name: "Kampuchea"`, "states.yaml, state-cambodia: line 69 cannot be read: "},
		{"a quote left open", `  capital: "Phnom Penh"`, `  capital: "Phnom Penh`, "states.yaml, state-cambodia: line "},
		{"a field out of line", `  capital: "Phnom Penh"`, `   capital: "Phnom Penh"`, "states.yaml, state-cambodia: line 69 cannot be read: "},
		{"a second document", "- key: \"state-cambodia\"", "---\n- key: \"state-cambodia\"", "states.yaml: the file holds more than one document; expected one list of records"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			_, err := Read(edited(t, StatesFile, test.old, test.with))
			if err == nil {
				t.Fatal("expected an error")
			}
			if got := err.Error(); len(got) < len(test.begins) || got[:len(test.begins)] != test.begins {
				t.Errorf("expected an error that begins %q, found %q", test.begins, got)
			}
		})
	}
}

func TestReadListsTheProblemsOfAllFiles(t *testing.T) {
	_, err := Read(fstest.MapFS{
		"catalogue/states.yaml": {Data: []byte("")},
		"catalogue/laws.yaml":   {Data: []byte("- key: a\n  key: b\n")},
		"catalogue/actors.json": {Data: []byte(`{"key": "a"}`)},
		"rates.csv":             {Data: []byte("# IMF\ncurrency,year,per_usd\n\"AUD,2000,1\n")},
	})
	var got Problems
	if !errors.As(err, &got) {
		t.Fatalf("expected a list of problems, found %v", err)
	}
	want := []string{
		"states.yaml: the file is empty; expected a list of records",
		"laws.yaml: line 2 cannot be read: ",
		"policies.yaml: the file is missing from the data set",
		"mechanisms.yaml: the file is missing from the data set",
		"actors.json: the file is a group of named fields; expected a list of records",
		"activities.json: the file is missing from the data set",
		"places.yaml: the file is missing from the data set",
		"groups.yaml: the file is missing from the data set",
		"chapters.yaml: the file is missing from the data set",
		"governments.yaml: the file is missing from the data set",
		"estimates.yaml: the file is missing from the data set",
		"inclusion.yaml: the file is missing from the data set",
		"rates.csv, line 3: the line is not CSV: ",
	}
	if len(got) != len(want) {
		t.Fatalf("expected %d problems, found\n%v", len(want), err)
	}
	for i, p := range got {
		if s := p.String(); len(s) < len(want[i]) || s[:len(want[i])] != want[i] {
			t.Errorf("problem %d: expected %q, found %q", i, want[i], s)
		}
	}
}

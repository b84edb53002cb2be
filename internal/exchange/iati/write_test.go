package iati

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

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

// What was left out is listed at the end of the file too, and never ends the comment that it stands in.
func TestWhatWasLeftOutStandsAtTheEnd(t *testing.T) {
	bare := sound()
	bare.Identifier, bare.Status, bare.Title = "XM-ADAM--8", "", en("A --> B\x00")
	file, did := write(t, writing, sound(), bare)
	if !bytes.HasSuffix(file, []byte("<!-- Left out, because it could not be valid: 1\nXM‐ADAM‐‐8 “A ‐‐> B”: its status is unknown.\n-->\n")) {
		t.Errorf("%s", file[len(file)-200:])
	}
	if got, _ := readAll(t, file); len(got) != 1 || did.Count != 1 {
		t.Errorf("%d activities, %+v", len(got), did)
	}
	valid(t, "activities", file)
	if err := (&Written{}).Nothing(); !strings.Contains(err.Error(), "nothing to be written") {
		t.Error(err)
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
		{"a little too little", []term.Decimal{"49", "50"}, []term.Decimal{"49.49", "50.51"}, "", true},
		{"more too little than rounding", []term.Decimal{"49", "49.99"}, []term.Decimal{"49", "49.99"}, "1.01", true},
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

// A code that the DAC's list does not have is no valid one of its vocabulary: it is written beside it, and read again.
func TestUnknownPurposeCodesAreWrittenBesideTheList(t *testing.T) {
	for _, codes := range [][]string{{"77777"}, {"15190", "77777"}, {"15190"}} {
		a := sound()
		a.Sectors = nil
		for _, c := range codes {
			a.Sectors = append(a.Sectors, Sector{Vocabulary: "1", Code: c})
		}
		file, _ := write(t, writing, a)
		valid(t, "activities", file)
		if strings.Contains(string(file), `<sector vocabulary="1" code="77777"`) {
			t.Errorf("%v: a code that is on no list stands among the DAC's", codes)
		}
		got, _ := readAll(t, file)
		var again []string
		for _, s := range got[0].Sectors {
			if s.Vocabulary == "1" {
				again = append(again, s.Code)
			}
		}
		if !slices.Equal(again, codes) {
			t.Errorf("%v became %v", codes, again)
		}
	}
}

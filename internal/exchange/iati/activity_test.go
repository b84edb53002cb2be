package iati

import (
	"strings"
	"testing"

	"adam/internal/term"
)

func TestARevisedBudgetStandsForTheOriginalOfItsPeriod(t *testing.T) {
	a := &Activity{Budgets: []Budget{
		{Type: "1", Start: "2009", End: "2009", Value: usd("1", "")}, {Type: "2", Start: "2009", End: "2009", Value: usd("2", "")},
		{Type: "1", Start: "2010", End: "2010", Value: usd("3", "")}, {Start: "2011", End: "2011", Value: usd("4", "")},
	}}
	got := ""
	for _, b := range a.CurrentBudgets() {
		got += string(b.Value.Exact)
	}
	if got != "234" || len(a.Budgets) != 4 {
		t.Errorf("%s of %d", got, len(a.Budgets))
	}
}

func TestTheDayOfATypeIsTheFirstThatIsKnown(t *testing.T) {
	a := &Activity{Dates: []Date{{Type: "2", Raw: "May"}, {Type: "1", On: "2008"}, {Type: "2", On: "2009-05"}}}
	for kind, want := range map[string]term.PartialDate{"1": "2008", "2": "2009-05", "3": ""} {
		if got := a.Day(kind); got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

func TestAFileThatPutsAllIntoANamespaceIsReadAlike(t *testing.T) {
	list, rep, err := read(`<iati-activities version="2.03" xmlns="http://example.org/iati" xmlns:y="http://example.org/y">`+activity(`<y:title>No</y:title>`)+`</iati-activities>`, Options{})
	if err != nil || list[0].Title.In("en") != "T" || len(list[0].Title) != 1 || rep.Kept["title"] != 1 {
		t.Fatalf("%v %+v", err, rep)
	}
	if k := list[0].Kept[0].XML; !strings.Contains(k, `xmlns="http://example.org/y"`) {
		t.Error(k)
	}
}

func TestPlacesAndSectorsOfTransactionsStandWhereAllHaveThem(t *testing.T) {
	for _, c := range []struct {
		name            string
		change          func(*Activity)
		regions, places int // of the activity; of its transactions
	}{
		{"all have one", func(*Activity) {}, 0, 3},
		{"one has none", func(a *Activity) { a.Transactions[1].Countries = nil }, 1, 0},
		{"the one that has none cannot be written", func(a *Activity) { a.Transactions[1].Countries, a.Transactions[1].Type = nil, "" }, 0, 2},
		{"one has two", func(a *Activity) { a.Transactions[1].Countries = []Place{{Code: "KH"}, {Code: "TH"}} }, 1, 0},
		{"there are none that can be written", func(a *Activity) { a.Transactions = a.Transactions[:1]; a.Transactions[0].Type = "" }, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := sound()
			a.Countries, a.Sectors, a.Themes = nil, nil, nil
			for i := range a.Transactions {
				a.Transactions[i].Countries = []Place{{Code: "KH"}}
				a.Transactions[i].Sectors = []Sector{{Vocabulary: "1", Code: "15190"}}
			}
			c.change(a)
			file, _ := write(t, writing, a)
			list, _ := readAll(t, file)
			places := 0
			for _, x := range list[0].Transactions {
				places += len(x.Countries)
			}
			if len(list[0].Regions) != c.regions || places != c.places {
				t.Errorf("%d regions, %d places of transactions", len(list[0].Regions), places)
			}
			valid(t, "activities", file)
		})
	}
}

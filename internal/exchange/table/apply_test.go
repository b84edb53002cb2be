package table_test

import (
	"reflect"
	"testing"

	"adam/internal/exchange/table"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

func TestARowBecomesADraftOfAnActivity(t *testing.T) {
	all, r := csv(t, "Title;Acronym;Objectives;Description;Start;End;Countries;Donor;Implementing agency;Partners;Budget (USD);Disbursed;Currency;Value date;Theme;Type of assistance;Target group;Status;Website;Source;Project no.;Remarks\n"+
		"Training of border police;TBP;To train;They were trained;2009-05;2011;Thailand, Lao PDR;Australia; IOM, UNODC;Ministry of Interior, Thailand;;500,50;AUD;2010;SOM/TIP;Border management, Law enforcement;Police; Ongoing;https://example.org/a;Annual report 2010;TH-1; well done\n")
	want := &table.Draft{Row: 2, Last: 2, Title: "Training of border police", Acronym: "TBP", Summary: "To train\n\nThey were trained", Start: "2009-05", End: "2011", States: []table.Place{{Text: "Thailand"}, {Text: "Lao PDR"}},
		Donors: []string{"Australia"}, Implementers: []string{"IOM", "UNODC"}, Partners: []string{"Ministry of Interior, Thailand"}, Sums: []table.Sum{{Cell: "L2", Kind: term.Disbursement, Amount: 5_005_000, Currency: "AUD", On: "2010"}},
		Themes: []term.Theme{term.Smuggling, term.Trafficking}, AssistanceTypes: []term.AssistanceType{term.AssistBorderManagement, term.AssistLawEnforcement}, Audiences: []term.Audience{"POLICE"}, Status: term.Implementation,
		Websites: []string{"https://example.org/a"}, Sources: []string{"Annual report 2010"}, Identifiers: []string{"TH-1"}, Notes: []string{"well done"}}
	if len(all) != 1 || !reflect.DeepEqual(all[0], want) {
		t.Errorf("%+v\nwant\n%+v", all[0], want)
	}
	if len(r.Problems) != 0 || r.Rows != 1 {
		t.Errorf("%d rows\n%s", r.Rows, list(r))
	}
}

func TestCodesAreKnownByCodeAndByWordAndOthersAreKept(t *testing.T) {
	for value, want := range map[string][]term.AssistanceType{
		"VICTIM_PROTECTION": {term.AssistVictimProtection}, "Victim protection": {term.AssistVictimProtection}, "victim-protection; AWARENESS": {term.AssistAwareness, term.AssistVictimProtection}, "Prosecution and judiciary": {term.AssistProsecution},
		"research & awareness": {term.AssistAwareness, term.AssistDataResearch}, "Sensibilisation": {term.AssistAwareness}, "awareness, juggling": {term.AssistAwareness},
	} {
		d, r := one(t, "Type of assistance", value, nil)
		if !reflect.DeepEqual(d.AssistanceTypes, want) {
			t.Errorf("%q is %v, want %v", value, d.AssistanceTypes, want)
		}
		if value == "awareness, juggling" {
			told(t, r, table.UnknownCode, table.Warning, "B2", "“juggling” is no code or word of the list assistance type")
			if len(d.Kept) != 1 || d.Kept[0].Text != "juggling" || d.Kept[0].Field != table.AssistanceType {
				t.Errorf("%+v", d.Kept)
			}
		}
	}
	for value, want := range map[string][]term.Theme{"SOM": {"SMUGGLING"}, "Human trafficking": {"TRAFFICKING"}, "both": {"SMUGGLING", "TRAFFICKING"}, "TIP & SOM": {"SMUGGLING", "TRAFFICKING"}, "การค้ามนุษย์": {"TRAFFICKING"}, "SMUGGLING; TRAFFICKING": {"SMUGGLING", "TRAFFICKING"}} {
		if d, _ := one(t, "Theme", value, nil); !reflect.DeepEqual(d.Themes, want) {
			t.Errorf("%q is %v, want %v", value, d.Themes, want)
		}
	}
	for value, want := range map[string]term.ActivityStatus{"2": "IMPLEMENTATION", "On-going": "IMPLEMENTATION", "Completed": "CLOSED", "เสร็จสิ้น": "CLOSED", "closed": "CLOSED", "who knows": "UNKNOWN", "completed, ongoing": "UNKNOWN", "": "UNKNOWN"} {
		if d, _ := one(t, "Status", value, nil); d.Status != want {
			t.Errorf("%q is %v, want %v", value, d.Status, want)
		}
	}
}

// Rule 2 of the model: each sum once.
func TestAMergedSumIsReadOnce(t *testing.T) {
	file := workbook(t, func(f *excelize.File) {
		rows(t, f, "Sheet1", []any{"Title", "Country", "Budget (USD)", "Disbursed (USD)"}, []any{"One", "Thailand", 1000, 1}, []any{"Two", "Laos"}, []any{"Three", "Japan", 5}, []any{"Four", "Japan", 5, 6})
		must(t, f.MergeCell("Sheet1", "C2", "C3"))
		must(t, f.MergeCell("Sheet1", "C4", "D4"))
	})
	all, r := drafts(t, file, nil)
	var got []int
	for _, d := range all {
		got = append(got, len(d.Sums))
	}
	if !reflect.DeepEqual(got, []int{2, 0, 1, 2}) {
		t.Errorf("%v", got)
	}
	told(t, r, table.Merged, table.Warning, "C3", "The cell is a part of the merged cells C2:C3, whose sum is read once")
	told(t, r, table.Merged, table.Warning, "D4", "C4:D4")
}

func TestRowsWithAMergedTitleAreOneActivity(t *testing.T) {
	file := workbook(t, func(f *excelize.File) {
		rows(t, f, "Sheet1", []any{"Title", "Country", "Donor", "Amount (USD)", "Status"}, []any{"One", "Thailand", "Australia", 1000, "ongoing"}, []any{nil, "Laos", "Japan", 500, "completed"}, []any{nil, "Thailand"}, []any{"Two", "Japan"})
		must(t, f.MergeCell("Sheet1", "A2", "A4"))
		must(t, f.MergeCell("Sheet1", "C3", "C4"))
	})
	all, r := drafts(t, file, nil)
	if len(all) != 2 || r.Rows != 4 {
		t.Fatalf("%d drafts of %d rows", len(all), r.Rows)
	}
	d := all[0]
	if d.Row != 2 || d.Last != 4 || !reflect.DeepEqual(d.States, []table.Place{{Text: "Thailand"}, {Text: "Laos"}}) || !reflect.DeepEqual(d.Donors, []string{"Australia", "Japan"}) || len(d.Sums) != 2 || d.Status != term.Implementation {
		t.Errorf("%+v", d)
	}
	if len(d.Kept) != 1 || d.Kept[0].Text != "CLOSED" {
		t.Errorf("what differs between rows is lost: %+v", d.Kept)
	}
}

func TestWhatIsNoActivityIsToldAndNotRead(t *testing.T) {
	all, r := csv(t, "Title,Country,Budget (USD),Colour,,Title\n#activity,#country,#value,#x_colour,,#x\nOne,Thailand,1000,red,,also\n,Laos,5,,,\nTitle,Country,Budget (USD),Colour,,Title\nTotal,,1005,,,\n,Grand total:,1005,,,\nTwo,Japan,,,loose,,beyond\n")
	if len(all) != 2 || all[0].Title != "One" || all[1].Title != "Two" {
		t.Errorf("%d drafts", len(all))
	}
	told(t, r, table.BadHeader, table.Note, "2", "hashtags")
	told(t, r, table.NoTitle, table.Error, "4", "The row has no title")
	told(t, r, table.BadHeader, table.Note, "5", "headers again")
	told(t, r, table.TotalRow, table.Note, "6", "so that nothing counts twice")
	told(t, r, table.TotalRow, table.Note, "7", "so that nothing counts twice")
	told(t, r, table.IgnoredColumn, table.Note, "D1", "was not read")
	told(t, r, table.BadHeader, table.Warning, "F1", "Another column has the same name")
	told(t, r, table.BadHeader, table.Warning, "E8", "under no header")
	told(t, r, table.BadHeader, table.Warning, "G8", "under no header")
}

func TestAnEndBeforeItsStartIsAskedAbout(t *testing.T) {
	all, r := csv(t, "Title,Start,End\nOne,2011,2009\nTwo,2009,2009-05\n")
	if d := all[0]; d.Start != "" || d.End != "" || len(d.Kept) != 2 {
		t.Errorf("%+v", d)
	}
	if d := all[1]; d.Start != "2009" || d.End != "2009-05" {
		t.Errorf("%+v", d)
	}
	told(t, r, table.BadDate, table.Error, "2", "ends before it starts")
}

func TestCurrenciesOfCellColumnAndFileAreKeptApart(t *testing.T) {
	all, r := csv(t, "Title,Amount,Currency,Value date\nOne,USD 5,USD,2009\nTwo,USD 5,EUR,\nThree,5,sheep,\nFour,5,Euro,soon\nFive,$5,AUD,\n")
	var got []string
	for _, d := range all {
		for _, s := range d.Sums {
			got = append(got, d.Title+" "+s.Amount.String()+" "+string(s.Currency)+" "+string(s.On))
		}
	}
	if !reflect.DeepEqual(got, []string{"One 5 USD 2009", "Four 5 EUR ", "Five 5 AUD "}) {
		t.Errorf("%q", got)
	}
	told(t, r, table.BadCurrency, table.Error, "B3", "The sum says USD, and the column “Currency” says EUR")
	told(t, r, table.BadCurrency, table.Error, "C4", "no currency of ISO 4217")
	told(t, r, table.BadDate, table.Error, "D5", "not understood as a date")
}

func TestOnlySoManyProblemsOfASortAreToldInFull(t *testing.T) {
	text := "Title,Start\n"
	for range 80 {
		text += "One,soon\n"
	}
	_, r := csv(t, text)
	if r.Counts[table.BadDate] != 80 || r.Errors != 80 || len(r.Problems) != 50 {
		t.Errorf("%d of %d are told", len(r.Problems), r.Errors)
	}
}

func TestOnlyAddressesOfTheWebAreWebsites(t *testing.T) {
	d, r := one(t, "Website", "see https://example.org/a?b=c; www.example.org javascript:alert(1)", nil)
	if !reflect.DeepEqual(d.Websites, []string{"https://example.org/a?b=c", "www.example.org"}) || len(d.Kept) != 2 {
		t.Errorf("%q, kept %+v", d.Websites, d.Kept)
	}
	told(t, r, table.BadCell, table.Warning, "B2", "“javascript:alert(1)” is no address of the web")
}

package table_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

func TestHeadersAreGuessedInTheLanguagesOfTheRegion(t *testing.T) {
	for field, names := range map[table.Field][]string{
		table.Title:          {"Title", "Project title", "PROJECT NAME", "Name of the project", "Project / Programme title", "Titre du projet", "Intitulé", "ชื่อโครงการ", "Tên dự án", "项目名称", "Judul proyek", "منصوبے کا نام", "Name"},
		table.Summary:        {"Summary", "Brief description", "Description of activity", "Project objectives", "Résumé", "วัตถุประสงค์", "Mô tả", "Ringkasan"},
		table.Start:          {"Start", "Start date", "Start date (dd/mm/yyyy)", "Project start", "Date de début", "วันที่เริ่ม", "Ngày bắt đầu", "From", "Planned start date"},
		table.End:            {"End date", "Expected completion date", "Date of completion", "Date de fin", "Tanggal selesai", "วันที่สิ้นสุด"},
		table.Period:         {"Duration", "Implementation period", "Durée"},
		table.State:          {"Country", "Countries", "Beneficiary States", "Recipient country/countries", "Pays", "Pays bénéficiaires", "ประเทศ", "Quốc gia", "国家"},
		table.Donor:          {"Donor", "Donor(s)", "Project donor", "Name of donor", "Funding agency", "Source of funding", "Bailleur de fonds", "Nhà tài trợ", "Funded by"},
		table.Implementer:    {"Implementing agency", "Implementing partners", "Agency", "Agence d’exécution", "หน่วยงาน", "Lead organisation"},
		table.Amount:         {"Amount", "Funding (USD)", "Budget", "Total budget in million EUR", "Committed", "Montant", "งบประมาณ", "Anggaran (IDR)"},
		table.Currency:       {"Currency", "Devise", "Budget currency", "Mata uang"},
		table.ValueDate:      {"Value date", "Budget year", "Date of commitment"},
		table.Theme:          {"Theme", "SOM/TIP", "Thematic area"},
		table.AssistanceType: {"Type of assistance", "Activity type"},
		table.Audience:       {"Target group", "Beneficiaries", "Public cible"},
		table.Status:         {"Status", "Project status", "Status of project", "Statut"},
		table.Website:        {"Website", "URL", "Link"},
		table.Source:         {"Source", "Source of information"},
		table.Identifier:     {"ID", "Project number", "IATI identifier", "Project code"},
		table.Remark:         {"Remarks", "Comments", "หมายเหตุ", "Ghi chú"},
		table.Ignored:        {"No.", "Contact person", "Name of contact person", "E-mail", "Colour", "", "Number of participants", strings.Repeat("project ", 30)},
	} {
		for _, name := range names {
			m := table.Guess(table.Header{Names: []string{name}})
			if got := m.Columns[0]; got.Field != field || got.Name != name {
				t.Errorf("%q is guessed as %s, want %s", name, got.Field, field)
			}
		}
	}
}

func TestHeadersOfMoneySayItsKindCurrencyAndUnit(t *testing.T) {
	for name, want := range map[string]table.Column{
		"Budget (USD)": {Kind: term.Budget, Currency: "USD"}, "Total budget in million EUR": {Kind: term.Budget, Currency: "EUR", Power: 6}, "Amount disbursed, US$ '000": {Kind: term.Disbursement, Currency: "USD", Power: 3},
		"Commitment": {Kind: term.Commitment}, "BUDGET (THB)": {Kind: term.Budget, Currency: "THB"}, "TOTAL ALL AMOUNT": {}, "Amount for IOM": {}, "Funding, A$": {Currency: "AUD"}, "งบประมาณ (บาท)": {Kind: term.Budget, Currency: "THB"}, "Performance grant": {},
	} {
		want.Name, want.Field = name, table.Amount
		if got := table.Guess(table.Header{Names: []string{name}}).Columns[0]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestColumnsThatAreTickedSayWhatTheyAreHeaded(t *testing.T) {
	m := table.Guess(table.Header{Names: []string{"Title", "SOM", "TIP", "Victim protection", "Police"}})
	want := []table.Column{{Name: "Title", Field: table.Title}, {Name: "SOM", Field: table.Theme, Means: "SMUGGLING"}, {Name: "TIP", Field: table.Theme, Means: "TRAFFICKING"},
		{Name: "Victim protection", Field: table.AssistanceType, Means: "VICTIM_PROTECTION"}, {Name: "Police", Field: table.Audience, Means: "POLICE"}}
	if !reflect.DeepEqual(m.Columns, want) {
		t.Errorf("%+v", m.Columns)
	}
	all, r := drafts(t, []byte("Title,SOM,TIP,Victim protection,Thailand,Laos\nOne,x,,Yes,✓,no\nTwo,0,1,many,,1\n"), func(m *table.Mapping) {
		m.Columns[4], m.Columns[5] = table.Column{Name: "Thailand", Field: table.State, Means: "Thailand"}, table.Column{Name: "Laos", Field: table.State, Means: "Lao PDR"}
	})
	if d := all[0]; !reflect.DeepEqual(d.Themes, []term.Theme{"SMUGGLING"}) || !reflect.DeepEqual(d.AssistanceTypes, []term.AssistanceType{"VICTIM_PROTECTION"}) || !reflect.DeepEqual(d.States, []table.Place{{Text: "Thailand"}}) {
		t.Errorf("%+v", d)
	}
	if d := all[1]; !reflect.DeepEqual(d.Themes, []term.Theme{"TRAFFICKING"}) || len(d.AssistanceTypes) != 0 || !reflect.DeepEqual(d.States, []table.Place{{Text: "Lao PDR"}}) || len(d.Kept) != 1 || d.Kept[0].Text != "many" {
		t.Errorf("%+v", d)
	}
	told(t, r, table.UnknownCode, table.Warning, "D3", "and this is no tick")
}

func TestAFieldThatIsThereOnceIsGuessedOnce(t *testing.T) {
	m := table.Guess(table.Header{Names: []string{"Title", "Name", "Country", "State", "Budget", "Disbursed"}})
	var got []table.Field
	for _, c := range m.Columns {
		got = append(got, c.Field)
	}
	if want := []table.Field{table.Title, table.Ignored, table.State, table.State, table.Amount, table.Amount}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAMappingIsRememberedByItsHeader(t *testing.T) {
	h := table.Header{Sheet: "a", Row: 3, Names: []string{"Title", "", "Start date", "Country"}}
	same := table.Header{Names: []string{"COUNTRY ", "Start  Date", "title"}}
	if table.Fingerprint(h) != table.Fingerprint(same) || len(table.Fingerprint(h)) != 32 {
		t.Error("the same names in another order are another header")
	}
	for _, other := range [][]string{{"Title", "Start date"}, {"Title", "Start date", "Country", "Country"}, {"Title", "Start date", "State"}} {
		if table.Fingerprint(h) == table.Fingerprint(table.Header{Names: other}) {
			t.Errorf("%v is taken for the same header", other)
		}
	}
	m := table.Guess(h)
	m.Currency, m.Decimal, m.Days = "THB", ",", table.DayFirst
	text, err := json.Marshal(m)
	must(t, err)
	var back table.Mapping
	must(t, json.Unmarshal(text, &back))
	if !reflect.DeepEqual(m, back) {
		t.Errorf("%+v is %+v after it was stored", m, back)
	}
	// The next file has its columns in another order.
	b := open(t, []byte("Country,Start date,Title\nThailand,05/03/2009,Training\n"), table.Options{})
	h, err = b.Header("")
	must(t, err)
	for d, err := range table.Apply(b, h, back) {
		must(t, err)
		if d.Title != "Training" || d.Start != "2009-03-05" || len(d.States) != 1 || d.States[0].Text != "Thailand" {
			t.Errorf("%+v", d)
		}
	}
	b = open(t, []byte("Country,Title\nThailand,Training\n"), table.Options{})
	h, err = b.Header("")
	must(t, err)
	for _, err := range table.Apply(b, h, back) {
		refused(t, "another header", err, fault.Invalid, "a file with other headers")
	}
	m = table.Guess(h)
	m.Columns[1].Field = "SECRET"
	for _, err := range table.Apply(b, h, m) {
		refused(t, "a field that is none", err, fault.Invalid, "The column “Title” is said to be “SECRET”, which is no field")
	}
	m.Columns[1].Field = table.Ignored
	for _, err := range table.Apply(b, h, m) {
		refused(t, "no title", err, fault.Invalid, "No column is said to be the title")
	}
}

func TestTheHeaderIsFoundWhereverItStands(t *testing.T) {
	file := workbook(t, func(f *excelize.File) {
		rows(t, f, "Sheet1", []any{"Projects against human trafficking in the region, 2009 to 2013"}, []any{}, []any{"Ministry", nil, "as of May 2013"}, []any{},
			[]any{"No.", "Project title", "Country", "Donor"}, []any{1, "Training on the status of victims", "Thailand", "Australia"})
		must(t, f.MergeCell("Sheet1", "A1", "D1"))
	})
	h, err := open(t, file, table.Options{}).Header("Sheet1")
	must(t, err)
	if h.Row != 5 || !reflect.DeepEqual(h.Names, []string{"No.", "Project title", "Country", "Donor"}) {
		t.Errorf("%+v", h)
	}
	h, err = open(t, []byte("xx,yy,zz\n1,2,3\n"), table.Options{}).Header("")
	must(t, err)
	if h.Row != 1 {
		t.Errorf("where no name is known: %+v", h)
	}
	_, err = open(t, []byte("\n,\n"), table.Options{}).Header("")
	refused(t, "an empty sheet", err, fault.Invalid, "Nothing stands in the sheet")
	b := open(t, []byte("a,b\n"), table.Options{})
	_, err = b.Header("other")
	refused(t, "another sheet", err, fault.Invalid, "There is no sheet “other”")
	if len(b.Report.Problems) != 0 {
		t.Errorf("looking for the header is told: %s", list(b.Report))
	}
}

func TestOfTwoColumnsForOneFieldTheBetterHasIt(t *testing.T) {
	for _, names := range [][]string{{"Activity", "Title", "Country code", "Country"}, {"Project", "Project title", "ISO3", "Beneficiary countries"}} {
		m := table.Guess(table.Header{Names: names})
		want := []table.Field{table.Ignored, table.Title, table.Ignored, table.State}
		for i, c := range m.Columns {
			if c.Field != want[i] {
				t.Errorf("%q is guessed as %s, want %s", c.Name, c.Field, want[i])
			}
		}
	}
	if c := table.Guess(table.Header{Names: []string{"Country code"}}).Columns[0]; c.Field != table.State {
		t.Errorf("codes alone are %s", c.Field)
	}
}

// Rule 2 of the model: each sum once.
func TestMoneyThatColumnsSayAgainIsGuessedOnce(t *testing.T) {
	for _, tt := range []struct {
		names []string
		reads []string
	}{
		{[]string{"Budget (THB)", "Budget (USD)"}, []string{"Budget (THB)"}}, {[]string{"Budget 2009", "Budget 2010", "Total budget"}, []string{"Total budget"}}, {[]string{"Total budget", "Budget 2009"}, []string{"Total budget"}},
		{[]string{"Budget", "Budget 2009", "Budget 2010"}, []string{"Budget"}}, {[]string{"Budget 2009", "Budget 2010", "Budget"}, []string{"Budget"}},
		{[]string{"Budget 2009", "Budget 2010"}, []string{"Budget 2009", "Budget 2010"}}, {[]string{"Total budget (USD)", "Disbursed (USD)"}, []string{"Total budget (USD)", "Disbursed (USD)"}}, {[]string{"Budget 2009 (THB)", "Budget 2010 (THB)"}, []string{"Budget 2009 (THB)", "Budget 2010 (THB)"}},
	} {
		var got []string
		for _, c := range table.Guess(table.Header{Names: tt.names}).Columns {
			if c.Field == table.Amount {
				got = append(got, c.Name)
			}
		}
		if !reflect.DeepEqual(got, tt.reads) {
			t.Errorf("of %q, %q are read, want %q", tt.names, got, tt.reads)
		}
	}
	all, r := csv(t, "Title,Budget 2009 (USD),Budget 2010 (USD)\nOne,5,6\n")
	if len(all) != 1 || len(all[0].Sums) != 2 || all[0].Sums[0].On != "2009" || all[0].Sums[1].On != "2010" {
		t.Errorf("%+v %s", all[0], list(r))
	}
}

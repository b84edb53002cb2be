package table_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"adam/internal/exchange/table"
	"adam/internal/term"
)

// one reads one value under a header.
func one(t *testing.T, header, value string, change func(*table.Mapping)) (*table.Draft, *table.Report) {
	t.Helper()
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	all, report := drafts(t, []byte("Title,"+quote(header)+"\nTraining,"+quote(value)+"\n"), change)
	if len(all) != 1 {
		t.Fatalf("%d drafts of %q: %s", len(all), value, list(report))
	}
	return all[0], report
}

// about is the sort and severity of what is told of B2, and a part of its sentence; "" where nothing is.
func about(r *table.Report) (sort table.Sort, severity table.Severity, sentence string) {
	for _, p := range r.Problems {
		if p.Cell == "B2" {
			return p.Sort, p.Severity, p.Sentence
		}
	}
	return "", "", ""
}

func TestDatesOfAllKindsAreReadAsFarAsTheyAreKnown(t *testing.T) {
	for value, want := range map[string]struct {
		date     term.PartialDate
		severity table.Severity
		words    string
	}{
		"2009": {"2009", "", ""}, "2009-05": {"2009-05", "", ""}, "2009-05-17": {"2009-05-17", "", ""}, "2009/5/7": {"2009-05-07", "", ""}, "2009.05.17": {"2009-05-17", "", ""}, "05/2009": {"2009-05", "", ""},
		"17.05.2009": {"2009-05-17", "", ""}, "17/05/2009": {"2009-05-17", "", ""}, "05/17/2009": {"2009-05-17", "", ""}, "05/05/2009": {"2009-05-05", "", ""},
		"17 May 2009": {"2009-05-17", "", ""}, "17th May 2009": {"2009-05-17", "", ""}, "May 17, 2009": {"2009-05-17", "", ""}, "17 of May 2009": {"2009-05-17", "", ""}, "17-May-2009": {"2009-05-17", "", ""}, "Sept. 2009": {"2009-09", "", ""},
		"mai 2009": {"2009-05", "", ""}, "1er février 2009": {"2009-02-01", "", ""}, "17 Agustus 2009": {"2009-08-17", "", ""}, "2009-05-17T10:00:00Z": {"2009-05-17", "", ""}, "17/05/2009 10:00": {"2009-05-17", "", ""},
		"2556": {"2013", table.Note, "2556 is a year of the Buddhist era. It was read as 2013."}, "๒๕๕๖": {"2013", table.Note, "It was read as 2013"}, "พ.ศ. 2556": {"2013", table.Note, "It was read as 2013"},
		"5 ม.ค. 2556": {"2013-01-05", table.Note, "It was read as 2013"}, "5 มกราคม 2556": {"2013-01-05", table.Note, "It was read as 2013"}, "2556 B.E.": {"2013", table.Note, "It was read as 2013"}, "29/02/2555": {"2012-02-29", table.Note, "It was read as 2012"},
		"1392": {"", table.Error, "Solar Hijri calendar? It began in March 2013"}, "۱۳۹۲": {"", table.Error, "Solar Hijri"},
		"17/05/09": {"2009-05-17", table.Warning, "It was read as 2009"}, "May-09": {"2009-05", table.Warning, "It was read as 2009"}, "17 May 98": {"1998-05-17", table.Warning, "It was read as 1998"},
		"early 2009": {"2009", table.Warning, "Only the year was read"}, "Q3 2009": {"2009", table.Warning, "Only the year was read"},
		"3/4/2009": {"", table.Error, "Is this the 3.4. or the 4.3.? Say in which order"}, "30.02.2009": {"", table.Error, "no day that there is"}, "2009-13": {"", table.Error, "no day that there is"}, "2009-02-30": {"", table.Error, "no day that there is"},
		"39941": {"", table.Error, "the number by which a spreadsheet keeps a day"}, "soon": {"", table.Error, "not understood as a date"}, "May": {"", table.Error, "not understood"}, "2009 2010": {"", table.Error, "not understood"}, "January or March 2009": {"", table.Error, "not understood"},
		"1e308": {"", table.Error, "not understood"}, "NaN": {"", table.Error, "not understood"}, "1066": {"1066", table.Warning, "The year is unlikely"}, "0000": {"", table.Error, "no day"},
		"n/a": {"", table.Note, "not known"}, "–": {"", table.Note, "not known"}, "TBD": {"", table.Note, "not known"}, "ongoing": {"", table.Note, "how far the activity is"},
	} {
		d, r := one(t, "Start date", value, nil)
		_, severity, sentence := about(r)
		if d.Start != want.date || severity != want.severity || !strings.Contains(sentence, want.words) {
			t.Errorf("%q is %q (%s, %q), want %q (%s, %q)", value, d.Start, severity, sentence, want.date, want.severity, want.words)
		}
		if kept := len(d.Kept) == 1 && d.Kept[0] == (table.Kept{Field: table.Start, Column: "Start date", Cell: "B2", Text: value}); kept != (severity == table.Error) {
			t.Errorf("%q: kept are %+v", value, d.Kept)
		}
	}
	for order, want := range map[table.DayOrder]term.PartialDate{table.DayFirst: "2009-04-03", table.MonthFirst: "2009-03-04"} {
		if d, _ := one(t, "Start date", "3/4/2009", func(m *table.Mapping) { m.Days = order }); d.Start != want {
			t.Errorf("%s: %s", order, d.Start)
		}
	}
	if d, _ := one(t, "End date", "ongoing", nil); d.Status != term.Implementation || d.End != "" {
		t.Errorf("%+v", d)
	}
}

func TestPeriodsAreAStartAndAnEnd(t *testing.T) {
	for value, want := range map[string][2]term.PartialDate{
		"2009-2011": {"2009", "2011"}, "2009 – 2011": {"2009", "2011"}, "2009/2011": {"2009", "2011"}, "2009-11": {}, "2010-14": {"2010", "2014"}, "2009-05": {"2009-05", "2009-05"}, "May 2009 - April 2011": {"2009-05", "2011-04"}, "from 2009": {"2009", ""},
		"2009 - ongoing": {"2009", ""}, "2009": {"2009", "2009"}, "1/5/2009–3/4/2011": {}, "24 months": {}, "2552-2554": {"2009", "2011"}, "17.05.2009 to 18.05.2009": {"2009-05-17", "2009-05-18"}, "2009 - soon": {},
	} {
		d, r := one(t, "Duration", value, nil)
		if d.Start != want[0] || d.End != want[1] {
			t.Errorf("%q is %q to %q, want %q", value, d.Start, d.End, want)
		}
		if (want == [2]term.PartialDate{}) != (r.Errors == 1 && len(d.Kept) == 1) {
			t.Errorf("%q: %s %+v", value, list(r), d.Kept)
		}
	}
}

func TestSumsAreReadExactlyOrAskedAbout(t *testing.T) {
	for value, want := range map[string]struct {
		amount   string
		currency term.Currency
		words    string
	}{
		"1250000": {"1250000", "THB", ""}, "1250.5": {"1250.5", "THB", ""}, "1,250,000": {"1250000", "THB", ""}, "1,250,000.50": {"1250000.5", "THB", ""}, "1.250.000,50": {"1250000.5", "THB", ""}, "1.250.000": {"1250000", "THB", ""}, "1 250 000": {"1250000", "THB", ""},
		"1 250 000,5": {"1250000.5", "THB", ""}, "1'250'000": {"1250000", "THB", ""}, "12,50,000": {"1250000", "THB", ""}, "1250,50": {"1250.5", "THB", ""}, "0.125": {"0.125", "THB", ""}, "20489470.123": {"20489470.123", "THB", ""}, "๑๒๕๐": {"1250", "THB", ""},
		"USD 1,250,000": {"1250000", "USD", ""}, "US$1,250,000.00": {"1250000", "USD", ""}, "1250 EUR": {"1250", "EUR", ""}, "€5": {"5", "EUR", ""}, "A$ 20,489,470.07": {"20489470.07", "AUD", ""}, "aud 5": {"5", "AUD", ""}, "Rp 5.000.000": {"5000000", "IDR", ""},
		"1.2 million": {"1200000", "THB", "It was read as 1200000"}, "USD 1.25m": {"1250000", "USD", "It was read as 1250000"}, "2 lakh": {"200000", "THB", "200000"}, "3 crore": {"30000000", "THB", "30000000"}, "0.0000001 billion": {"100", "THB", "100"},
		"-500": {"-500", "THB", "below nought"}, "(500)": {"-500", "THB", "below nought"}, "−500": {"-500", "THB", "below nought"}, "0": {"0", "THB", "names no currency"}, "$5": {"5", "THB", "sign of many currencies"}, "$ 1.5m": {"1500000", "THB", "sign of many currencies"},
		"1.00005": {"1.0001", "THB", "more than four decimals. It was read as 1.0001"}, "922337203685477": {"922337203685477", "THB", ""},
		"1,250": {"", "", "Is this 1250 or 1.250?"}, "1.250": {"", "", "Is this 1250 or 1.250?"}, "NaN": {"", "", "not an amount"}, "Infinity": {"", "", "not an amount"}, "1e308": {"", "", "with an exponent"}, "1.2E+06": {"", "", "with an exponent"}, "922337203685478": {"", "", "larger than can be held"},
		strings.Repeat("9", 400): {"", "", "larger than can be held"}, "50%": {"", "", "a percentage"}, "#REF!": {"", "", "not an amount"}, "5 sheep": {"", "", "“sheep” is not understood"}, "100-200": {"", "", "not understood"}, "100 - 200": {"", "", "not understood"}, "1,25,0": {"", "", "not understood"},
		"1.2.3,4": {"", "", "not understood"}, "--5": {"-5", "THB", "below nought"}, "2009: 500 000": {"", "", "not understood"}, "USD": {"", "", "not understood"}, "5 all": {"", "", "“all” is not understood"}, "5 ALL": {"5", "ALL", ""}, "1 250,000": {"", "", "not understood"}, "1 2 3": {"", "", "not understood"}, "=1+1": {"", "", "not understood"}, "tbd": {"", "", "not known"},
	} {
		d, r := one(t, "Amount", value, func(m *table.Mapping) { m.Currency = "THB" })
		said := ""
		for _, p := range r.Problems {
			said += p.Sentence
		}
		if want.amount == "" && len(d.Sums) == 0 || want.amount != "" && len(d.Sums) == 1 && d.Sums[0].Amount.String() == want.amount && d.Sums[0].Currency == want.currency && d.Sums[0].Defaulted == (want.currency == "THB") {
			if !strings.Contains(said, want.words) {
				t.Errorf("%.50q: %q does not say %q", value, said, want.words)
			}
			if want.amount == "" && (len(d.Kept) == 0) != (value == "tbd") {
				t.Errorf("%.50q is not kept", value)
			}
			continue
		}
		t.Errorf("%.50q is %+v (%s), want %s", value, d.Sums, said, want.amount)
	}
	for decimal, want := range map[string]string{".": "1250", ",": "1.25"} {
		d, _ := one(t, "Amount (USD)", "1,250", func(m *table.Mapping) { m.Decimal = decimal })
		if len(d.Sums) != 1 || d.Sums[0].Amount.String() != want || d.Sums[0].Currency != "USD" || d.Sums[0].Defaulted {
			t.Errorf("with %q before decimals: %+v", decimal, d.Sums)
		}
	}
	for value, decimal := range map[string]string{"1,250.50": ",", "1,250,000": ",", "1.250,5": ".", "12,50": "."} {
		if d, r := one(t, "Amount (USD)", value, func(m *table.Mapping) { m.Decimal = decimal }); len(d.Sums) != 0 || r.Errors != 1 {
			t.Errorf("%s is against what was said of decimals, but is read as %v", value, d.Sums)
		}
	}
	d, r := one(t, "Budget in million USD", "1.5", nil)
	if len(d.Sums) != 1 || d.Sums[0] != (table.Sum{Cell: "B2", Kind: term.Budget, Amount: 15_000_000_000, Currency: "USD"}) {
		t.Errorf("%+v %s", d.Sums, list(r))
	}
	d, r = one(t, "Budget in million USD", "1500000", nil)
	if told(t, r, table.BadAmount, table.Warning, "B2", "Look whether this is meant"); len(d.Sums) != 1 || d.Sums[0].Amount.String() != "1500000000000" {
		t.Errorf("%+v", d.Sums)
	}
	d, r = one(t, "Amount", "5000", nil)
	if told(t, r, table.BadCurrency, table.Error, "B2", "The sum has no currency, so that it was not read"); len(d.Sums) != 0 || len(d.Kept) != 1 {
		t.Errorf("%+v", d)
	}
}

func TestStatesAreTextsWithTheirShares(t *testing.T) {
	for value, want := range map[string]struct {
		places []table.Place
		words  string
	}{
		"Thailand": {[]table.Place{{Text: "Thailand"}}, ""}, "Thailand, Viet Nam; Lao PDR\nMyanmar/Cambodia and Malaysia": {[]table.Place{{Text: "Thailand"}, {Text: "Viet Nam"}, {Text: "Lao PDR"}, {Text: "Myanmar"}, {Text: "Cambodia"}, {Text: "Malaysia"}}, ""},
		"Korea, Republic of, Japan": {[]table.Place{{Text: "Korea, Republic of"}, {Text: "Japan"}}, ""}, "Bosnia and Herzegovina": {[]table.Place{{Text: "Bosnia and Herzegovina"}}, ""}, "Iran, Islamic Republic of": {[]table.Place{{Text: "Iran, Islamic Republic of"}}, ""},
		"Thailand 60%; Viet Nam: 40 %":               {[]table.Place{{Text: "Thailand", Share: "60"}, {Text: "Viet Nam", Share: "40"}}, ""},
		"Thailand (66,6%), Viet Nam (33,4%)":         {[]table.Place{{Text: "Thailand", Share: "66.6"}, {Text: "Viet Nam", Share: "33.4"}}, ""},
		"Thailand 60%; Viet Nam 60%":                 {[]table.Place{{Text: "Thailand"}, {Text: "Viet Nam"}}, "come to 120.0 per cent, more than 100"},
		"Thailand 60%; Viet Nam 20%":                 {[]table.Place{{Text: "Thailand"}, {Text: "Viet Nam"}}, "come to 80.0 per cent, less than 100"},
		"Thailand 60%; Viet Nam":                     {[]table.Place{{Text: "Thailand"}, {Text: "Viet Nam"}}, "Some of the shares are missing"},
		"Thailand 33.33%; Laos 33.33%; Japan 33.33%": {[]table.Place{{Text: "Thailand", Share: "33.33"}, {Text: "Laos", Share: "33.33"}, {Text: "Japan", Share: "33.33"}}, ""},
		"Thailand 120%":                              {nil, "from 0 to 100"}, "Thailand 120%; Laos -20%": {nil, "from 0 to 100"},
	} {
		d, r := one(t, "Country", value, nil)
		_, _, sentence := about(r)
		if !reflect.DeepEqual(d.States, want.places) || want.words == "" && sentence != "" || !strings.Contains(sentence, want.words) {
			t.Errorf("%q is %+v (%q), want %+v (%q)", value, d.States, sentence, want.places, want.words)
		}
		if (want.words == "") != (len(d.Kept) == 0) {
			t.Errorf("%q is not kept", value)
		}
	}
}

// Whatever stands in a cell, a draft holds only dates and shares that there are, and a cell that was not understood is kept or told.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"3/4/2009", "พ.ศ. 2556", "May-09", "2009 – ongoing", "USD 1.250,50", "(1'250)", "$1.5m", "Thailand 60%; Viet Nam 40%", "Korea, Republic of", "SOM & TIP", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		quoted := `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
		file := "Title,Start,Duration,Amount,Currency,Country,Theme,SOM,Status,Website,Donor\nOne" + strings.Repeat(","+quoted, 10) + "\n"
		b, err := table.Open(strings.NewReader(file), int64(len(file)), table.Options{Encoding: "utf-8"})
		if err != nil {
			return // signs that no text has
		}
		h, err := b.Header("")
		must(t, err)
		for d, err := range table.Apply(b, h, table.Guess(h)) {
			if err != nil {
				return // a cell or row that is too long
			}
			for _, date := range []term.PartialDate{d.Start, d.End} {
				if _, err := term.ParsePartialDate(string(date)); err != nil {
					t.Errorf("%q gives the date %q", value, date)
				}
			}
			for _, p := range d.States {
				if _, err := term.ParseDecimal(string(p.Share)); p.Share != "" && err != nil || p.Text == "" {
					t.Errorf("%q gives the place %+v", value, p)
				}
			}
			for _, s := range d.Sums {
				if len(s.Currency) != 3 {
					t.Errorf("%q gives the sum %+v", value, s)
				}
			}
			if strings.ContainsFunc(value, func(r rune) bool { return unicode.In(r, unicode.L, unicode.N) }) && d.Start == "" && len(d.Kept) == 0 && len(b.Report.Problems) == 0 {
				t.Errorf("%q is lost: %+v", value, d)
			}
		}
	})
}

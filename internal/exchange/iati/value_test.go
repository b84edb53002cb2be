package iati

import (
	"strings"
	"testing"

	"adam/internal/term"
)

// one reads a single activity with some parts.
func one(t *testing.T, parts string) (*Activity, *Report) {
	t.Helper()
	list, rep, err := read(head+activity(parts)+"</iati-activities>", Options{Name: "f.xml", MostProblems: 1000})
	if err != nil || len(list) != 1 {
		t.Fatalf("%v", err)
	}
	return list[0], rep
}

// problemOf is the first problem of a sort.
func problemOf(rep *Report, sort Sort) *Problem {
	for i := range rep.Problems {
		if rep.Problems[i].Sort == sort {
			return &rep.Problems[i]
		}
	}
	return nil
}

func TestSumsAreExactOrReported(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       term.Decimal
		sort       Sort // "" where nothing is to tell
		severity   Severity
	}{
		{"a whole number", "1250000", "1250000", "", ""},
		{"decimals", "1250.50", "1250.5", "", ""},
		{"spaces around", "\n 12 ", "12", "", ""},
		{"needless zeros", "0012.3400", "12.34", "", ""},
		{"a plus", "+5", "5", "", ""},
		{"a point first", ".5", "0.5", "", ""},
		{"a point last", "5.", "5", "", ""},
		{"nothing at all", "0", "0", "", ""},
		{"less than nothing, of zeros", "-0.00", "0", "", ""},
		{"a correction", "-100", "-100", Negative, Warning},
		{"more than four decimals", "329430.985389", "329430.985389", FineAmount, Warning},
		{"thirty digits", strings.Repeat("9", 30), term.Decimal(strings.Repeat("9", 30)), LargeAmount, Error},
		{"a hundred digits", strings.Repeat("9", 100), "", BadAmount, Error},
		{"commas between thousands", "1,250,000", "", BadAmount, Error},
		{"a comma for a point", "12,5", "", BadAmount, Error},
		{"spaces between thousands", "1 250 000", "", BadAmount, Error},
		{"points between thousands", "1.250.000", "", BadAmount, Error},
		{"NaN", "NaN", "", BadAmount, Error},
		{"INF", "INF", "", BadAmount, Error},
		{"an exponent", "1e308", "", BadAmount, Error},
		{"hexadecimal", "0x10", "", BadAmount, Error},
		{"a currency in it", "$5", "", BadAmount, Error},
		{"Arabic digits", "١٢", "", BadAmount, Error},
		{"a sign alone", "-", "", BadAmount, Error},
		{"nothing", "", "", BadAmount, Error},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, rep := one(t, "\n"+`<transaction><transaction-type code="3"/><transaction-date iso-date="2009-05-17"/><value value-date="2009-05-17">`+c.text+`</value></transaction>`)
			m := a.Transactions[0].Value
			if m.Exact != c.want || (c.want == "") != (m.Raw != "" || c.text == "") {
				t.Errorf("%+v", m)
			}
			p := problemOf(rep, c.sort)
			if c.sort != "" && (p == nil || p.Severity != c.severity || p.Line != 2 || p.Path != "iati-activity[1]/transaction/value" || p.File != "f.xml" || p.Activity != "XM-A-1") {
				t.Errorf("%+v", p)
			}
			for _, s := range []Sort{BadAmount, FineAmount, LargeAmount, Negative, BadCurrency, BadDate} {
				if s != c.sort && rep.Counts[s] > 0 {
					t.Errorf("told too: %+v", problemOf(rep, s))
				}
			}
		})
	}
}

func TestSumsAreRoundedOnlyWhereTheyMustBeAndItIsTold(t *testing.T) {
	for _, c := range []struct {
		exact    term.Decimal
		want     string
		same, ok bool
	}{
		{"12.3456", "12.3456", true, true}, {"12.34565", "12.3457", false, true}, {"12.34564999", "12.3456", false, true}, {"-12.34565", "-12.3457", false, true},
		{"-0.00005", "-0.0001", false, true}, {"0.00001", "0", false, true}, {"922337203685477", "922337203685477", true, true}, {"922337203685478", "0", false, false}, {"", "0", false, false},
		{"9223372036854770.00001", "0", false, false},
	} {
		a, same, ok := Money{Exact: c.exact}.Amount()
		if a.String() != c.want || same != c.same || ok != c.ok {
			t.Errorf("%s: %s, %v, %v", c.exact, a, same, ok)
		}
	}
}

func TestCurrenciesComeFromTheSumOrTheActivity(t *testing.T) {
	sum := func(attrs string) string {
		return `<transaction><transaction-type code="3"/><transaction-date iso-date="2009-05-17"/><value value-date="2009-05-17"` + attrs + `>1</value></transaction>`
	}
	for _, c := range []struct {
		name, parts, without, currency string
		defaulted                      bool
		sort                           Sort
	}{
		{"its own", sum(` currency="EUR"`), "", "EUR", false, ""},
		{"the activity's", sum(""), "", "USD", true, ""},
		{"empty, so the activity's", sum(` currency=""`), "", "USD", true, ""},
		{"none at all", sum(""), ` default-currency="USD"`, "", false, BadCurrency},
		{"in small letters", sum(` currency="eur"`), "", "EUR", false, BadCurrency},
		{"none that exists", sum(` currency="XQZ"`), "", "XQZ", false, BadCurrency},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := strings.Replace(head+activity(c.parts)+"</iati-activities>", c.without, "", 1)
			list, rep, err := read(file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			m := list[0].Transactions[0].Value
			if m.Currency != c.currency || m.Defaulted != c.defaulted || (rep.Counts[BadCurrency] > 0) != (c.sort != "") {
				t.Errorf("%+v %v", m, rep.Problems)
			}
		})
	}
}

func TestDatesAreReadAsFarAsTheyAreCertain(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       term.PartialDate
		sort       Sort
	}{
		{"a day", "2009-05-17", "2009-05-17", ""},
		{"a day with a zone", "2009-05-17Z", "2009-05-17", ""},
		{"a day with another zone", "2009-05-17+07:00", "2009-05-17", ""},
		{"a leap day", "2008-02-29", "2008-02-29", ""},
		{"spaces around", " 2009-05-17 ", "2009-05-17", ""},
		{"a month", "2009-05", "2009-05", VagueDate},
		{"a year", "2009", "2009", VagueDate},
		{"a day with a time", "2009-05-17T12:00:00Z", "2009-05-17", VagueDate},
		{"a day with a time after a space", "2009-05-17 12:00:00", "2009-05-17", VagueDate},
		{"a leap day that is none", "2009-02-29", "", BadDate},
		{"the day first", "17/05/2009", "", BadDate},
		{"the month first", "05-17-2009", "", BadDate},
		{"no signs", "20090517", "", BadDate},
		{"one digit", "2009-5-7", "", BadDate},
		{"words", "May 2009", "", BadDate},
		{"zeros", "0000-00-00", "", BadDate},
		{"the thirteenth month", "2009-13-01", "", BadDate},
		{"a year of the far future", "9999-12-31", "9999-12-31", BadDate},
		{"a year of long ago", "1001-01-01", "1001-01-01", BadDate},
		{"a year of the Buddhist era", "2552-05-17", "2552-05-17", BadDate},
		{"nothing", "", "", BadDate},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, rep := one(t, `<activity-date type="2" iso-date="`+c.text+`"/>`)
			if d := a.Dates[0]; d.On != c.want || (c.want == "") != (d.Raw != "" || c.text == "") {
				t.Errorf("%+v", d)
			}
			for _, s := range []Sort{BadDate, VagueDate} {
				if p := problemOf(rep, s); (p != nil) != (s == c.sort) || p != nil && p.Path != "iati-activity[1]/activity-date/@iso-date" {
					t.Errorf("%s: %+v", s, p)
				}
			}
		})
	}
}

func TestSharesThatCannotBeRightAreReported(t *testing.T) {
	country := func(code, share string) string { return `<recipient-country code="` + code + `" ` + share + `/>` }
	for _, c := range []struct {
		name, parts string
		sort        Sort
		sentence    string
	}{
		{"one without", country("KH", ""), "", ""},
		{"a hundred", country("KH", `percentage="60.5"`) + country("TH", `percentage="39.50"`), "", ""},
		{"thirds in hundredths", country("KH", `percentage="33.33"`) + country("TH", `percentage="33.33"`) + country("LA", `percentage="33.33"`), BadTotal, "do not add up to 100"},
		{"a hundred with a region", country("KH", `percentage="60"`) + `<recipient-region code="798" percentage="40"/>`, "", ""},
		{"none at all", country("KH", "") + country("TH", ""), BadPercentage, "0 of 2 countries and regions have a percentage"},
		{"one of two", country("KH", `percentage="60"`) + country("TH", ""), BadPercentage, "1 of 2 countries and regions have a percentage"},
		{"too little", country("KH", `percentage="60"`) + country("TH", `percentage="30"`), BadTotal, "do not add up to 100"},
		{"too much", country("KH", `percentage="60"`) + country("TH", `percentage="60"`), BadTotal, "do not add up to 100"},
		{"one above", country("KH", `percentage="101"`), BadPercentage, "from 0 to 100"},
		{"one below", country("KH", `percentage="-1"`), BadPercentage, "from 0 to 100"},
		{"with a sign", country("KH", `percentage="50%"`), BadPercentage, "without the sign %"},
		{"empty", country("KH", `percentage=""`), BadPercentage, "not a percentage"},
		{"sectors of two vocabularies", `<sector code="15160" percentage="100"/><sector vocabulary="2" code="151" percentage="100"/>`, "", ""},
		{"sectors of one vocabulary", `<sector code="15160" percentage="100"/><sector vocabulary="1" code="15190" percentage="100"/>`, BadTotal, "of the sectors of vocabulary 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rep := one(t, c.parts)
			for _, s := range []Sort{BadPercentage, BadTotal} {
				if p := problemOf(rep, s); (p != nil) != (s == c.sort) && !(p != nil && c.sort == BadPercentage && s == BadTotal) || s == c.sort && !strings.Contains(p.Sentence, c.sentence) {
					t.Errorf("%s: %+v", s, p)
				}
			}
		})
	}
}

func TestCodesOnNoListAreKeptAndTold(t *testing.T) {
	for _, c := range []struct {
		name, parts, sentence string
		got                   func(*Activity) string
		want                  string
		sort                  Sort
	}{
		{"a country of three letters", `<recipient-country code="KHM"/>`, "It was read as KH", func(a *Activity) string { return a.Countries[0].Code }, "KH", UnknownCode},
		{"a country in small letters", `<recipient-country code="kh"/>`, "It was read as KH", func(a *Activity) string { return a.Countries[0].Code }, "KH", UnknownCode},
		{"a country that is none", `<recipient-country code="QQ"/>`, "kept as it is", func(a *Activity) string { return a.Countries[0].Code }, "QQ", UnknownCode},
		{"an empty country", `<recipient-country code=""/>`, "No code stands here", func(a *Activity) string { return a.Countries[0].Code }, "", UnknownCode},
		{"a sector of the DAC", `<sector code="15190"/>`, "", func(a *Activity) string { return a.Sectors[0].Code }, "15190", ""},
		{"a sector that is none", `<sector code="99999"/>`, "kept as it is", func(a *Activity) string { return a.Sectors[0].Code }, "99999", UnknownCode},
		{"a sector of somebody's own", `<sector vocabulary="99" code="anything"/>`, "", func(a *Activity) string { return a.Sectors[0].Code }, "anything", ""},
		{"a withdrawn one", `<sector code="15140"/>`, "was withdrawn", func(a *Activity) string { return a.Sectors[0].Code }, "15140", OldCode},
		{"a status of version 1", `<activity-status code="Completion"/>`, "It was read as 3", func(a *Activity) string { return a.Status }, "3", UnknownCode},
		{"a role of version 1", `<participating-org role="Funding" ref="A"/>`, "It was read as 1", func(a *Activity) string { return a.Participants[0].Role }, "1", UnknownCode},
		{"no role", `<participating-org ref="A"/>`, "No code stands here", func(a *Activity) string { return a.Participants[0].Role }, "", UnknownCode},
		{"a kind of transaction that is none", `<transaction><transaction-type code="77"/><transaction-date iso-date="2009-01-01"/><value value-date="2009-01-01">1</value></transaction>`, "kept as it is", func(a *Activity) string { return a.Transactions[0].Type }, "77", UnknownCode},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, rep := one(t, c.parts)
			if c.got(a) != c.want {
				t.Errorf("%q", c.got(a))
			}
			for _, s := range []Sort{UnknownCode, OldCode} {
				if p := problemOf(rep, s); (p != nil) != (s == c.sort) || p != nil && !strings.Contains(p.Sentence, c.sentence) {
					t.Errorf("%s: %+v", s, p)
				}
			}
		})
	}
}

func TestEmptyTextsAreToldAndLeftOut(t *testing.T) {
	a, rep := one(t, `<description><narrative/></description><description><narrative xml:lang="fr"> </narrative><narrative>Text</narrative></description>`)
	if rep.Counts[EmptyText] != 2 || len(a.Descriptions[0].Text) != 0 || len(a.Descriptions[1].Text) != 1 || a.Descriptions[1].Text[0] != (Narrative{"en", "Text"}) {
		t.Errorf("%v %+v", rep.Counts, a.Descriptions)
	}
}

func TestCodesOfTheCatalogueAndOfIATICorrespond(t *testing.T) {
	for _, s := range (term.ActivityStatus("")).Values() {
		status := term.ActivityStatus(s)
		if code := StatusCode(status); StatusOf(code) != status || (code == "") != (status == term.StatusUnknown) || code != "" && Lookup("ActivityStatus", code) == nil {
			t.Errorf("%s: %q", s, code)
		}
	}
	for _, s := range (term.ParticipationRole("")).Values() {
		role := term.ParticipationRole(s)
		code, ok := RoleCode(role)
		if back, _ := RoleOf(code); ok != (role != term.Partner && role != term.Beneficiary) || ok && (back != role || !strings.EqualFold(Lookup("OrganisationRole", code).Name, s)) {
			t.Errorf("%s: %q", s, code)
		}
	}
	for code, c := range codes["TransactionType"] {
		kind, incoming, ok := KindOf(code)
		if incoming != (ok && strings.HasPrefix(c.Name, "Incoming")) || ok && kind == "" {
			t.Errorf("%s %s: %s %v", code, c.Name, kind, incoming)
		}
	}
	for alpha3, alpha2 := range map[string]string{"AFG": "AF", "KHM": "KH", "CHN": "CN", "IND": "IN", "IDN": "ID", "LAO": "LA", "MYS": "MY", "MDV": "MV", "MMR": "MM", "PAK": "PK", "SGP": "SG", "LKA": "LK", "THA": "TH", "VNM": "VN", "TLS": "TL", "PHL": "PH"} {
		if Alpha2(alpha3) != alpha2 || Alpha3(alpha2) != alpha3 {
			t.Errorf("%s: %s, %s", alpha3, Alpha2(alpha3), Alpha3(alpha2))
		}
	}
	if Alpha2("XXX") != "" || Alpha3("XX") != "" {
		t.Error("a country that is none has a code")
	}
}

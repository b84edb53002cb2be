package iati

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

// old is a file of version 1.03, with what only the versions 1 have.
const old = `<iati-activities version="1.03" xmlns:x="http://example.org/x" x:licence="CC BY 4.0">
 <iati-activity xml:lang="en" default-currency="usd" hierarchy="2">
  <reporting-org ref="GB-1" type="10">DFID</reporting-org>
  <iati-identifier>GB-1-2</iati-identifier>
  <other-identifier owner-ref="X" owner-name="Owner">77</other-identifier>
  <title>Title</title>
  <title xml:lang="fr">Titre</title>
  <description type="1">Text</description>
  <activity-status code="2">Implementation</activity-status>
  <activity-date type="start-planned" iso-date="2009-01-01"/>
  <activity-date type="start-actual">2009-02</activity-date>
  <activity-date type="end-planned" iso-date="2010">end</activity-date>
  <participating-org role="Funding" ref="GB-1" type="10">DFID</participating-org>
  <participating-org role="implementing">IOM</participating-org>
  <recipient-country code="kh">Cambodia</recipient-country>
  <sector vocabulary="DAC" code="15160">Human rights</sector>
  <policy-marker vocabulary="DAC" code="1" significance="2">Gender</policy-marker>
  <transaction ref="t1">
   <transaction-type code="C"/>
   <value value-date="2009-02-03">10.50</value>
   <transaction-date iso-date="2009-02-03"/>
   <provider-org ref="GB-1" provider-activity-id="GB-1-1">DFID</provider-org>
   <receiver-org receiver-activity-id="IOM-9">IOM</receiver-org>
  </transaction>
  <transaction><transaction-type code="IF"/><value currency="eur" value-date="2009-02-03">1</value><transaction-date>2009-02-04</transaction-date></transaction>
  <contact-info><organisation>Unit</organisation><email>a@example.org</email></contact-info>
  <document-link url="http://example.org/d" format="text/html"><title>Doc</title><category code="A01">Report</category></document-link>
  <result type="1"><title>Result</title><indicator measure="1"><title>I</title></indicator></result>
  <location><name>Poipet</name><coordinates latitude="13.6" longitude="102.5" precision="1"/></location>
  <x:extra a="1">more</x:extra>
 </iati-activity>
</iati-activities>`

func TestVersionsOneAreReadAsVersionTwo(t *testing.T) {
	list, rep, err := read(old, Options{})
	if err != nil || len(list) != 1 || rep.Licence != "CC BY 4.0" || rep.Errors != 0 {
		t.Fatalf("%v %+v", err, rep)
	}
	a := list[0]
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"version", a.Old, true}, {"identifier", a.Identifier, "GB-1-2"}, {"title", a.Title.In("fr"), "Titre"}, {"currency", a.Currency, "USD"},
		{"reporter", a.Reporter.Name.In("en"), "DFID"}, {"status", a.Status, "2"}, {"country", a.Countries[0].Code, "KH"},
		{"planned start", a.Dates[0].Type, "1"}, {"actual start", a.Dates[1].On, term.PartialDate("2009-02")}, {"planned end", a.Dates[2].On, term.PartialDate("2010")},
		{"a note beside a date", a.Dates[2].Note.In("en"), "end"}, {"no note where the text is the date", len(a.Dates[1].Note), 0},
		{"funding", a.Participants[0].Role, "1"}, {"implementing", a.Participants[1].Role, "4"},
		{"other identifier", a.OtherIdentifiers[0].Ref, "77"}, {"its owner", a.OtherIdentifiers[0].Owner.In("en"), "Owner"},
		{"sector", a.Sectors[0].Vocabulary + a.Sectors[0].Code, "115160"}, {"marker", a.PolicyMarkers[0].Vocabulary, "1"},
		{"commitment", a.Transactions[0].Type, "2"}, {"sum", a.Transactions[0].Value, Money{Exact: "10.5", Currency: "USD", Defaulted: true, On: "2009-02-03"}},
		{"provider's activity", a.Transactions[0].Provider.ActivityID, "GB-1-1"}, {"receiver's activity", a.Transactions[0].Receiver.ActivityID, "IOM-9"},
		{"incoming", a.Transactions[1].Type, "1"}, {"date as text", a.Transactions[1].On, term.PartialDate("2009-02-04")}, {"currency in small letters", a.Transactions[1].Value.Currency, "EUR"},
		{"contact", a.Contacts[0].Emails[0], "a@example.org"}, {"document", a.Documents[0].Title.In("en"), "Doc"},
		{"result", a.Results[0].Title.In("en"), "Result"}, {"place", a.Locations[0].Point, "13.6 102.5"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, not %v", c.name, c.got, c.want)
		}
	}
}

func TestWhatHasNoPlaceIsKeptAsItWasReceived(t *testing.T) {
	list, rep, err := read(old, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, k := range list[0].Kept {
		kept = append(kept, k.Element+" "+k.XML)
	}
	want := []string{
		`result/indicator <indicator measure="1"><title>I</title></indicator>`,
		`coordinates/@precision 1`,
		`extra <extra xmlns="http://example.org/x" a="1">more</extra>`,
	}
	if !slices.Equal(kept, want) {
		t.Errorf("%q", kept)
	}
	if len(rep.Kept) != 3 || rep.Kept["extra"] != 1 {
		t.Errorf("%v", rep.Kept)
	}
}

func TestUnknownVersionsAreReadByWhatStandsInThem(t *testing.T) {
	one := old[strings.Index(old, "<iati-activity "):]
	two := activity("") + "</iati-activities>"
	for _, version := range []string{` version="1.0"`, ` version="1.08"`, ` version="TEXT"`, ` version="2.04"`, ""} {
		for old, body := range map[bool]string{true: one, false: two} {
			list, rep, err := read(`<iati-activities xmlns:x="http://example.org/x"`+version+`>`+body, Options{})
			if err != nil || list[0].Old != old || rep.Counts[BadVersion] != 1 {
				t.Errorf("version%s: old %v, %v %v", version, list[0].Old, err, rep.Counts)
			}
		}
	}
	for _, version := range versions {
		if _, rep, err := read(`<iati-activities version="`+version+`">`+two, Options{}); err != nil || rep.Counts[BadVersion] != 0 {
			t.Errorf("version %s: %v %v", version, err, rep.Problems)
		}
	}
}

package iati

import (
	"strings"
	"testing"
)

func TestWhatIsNotAsTheSchemaWantsIsTold(t *testing.T) {
	for _, c := range []struct{ name, parts, told string }{
		{"an element twice", `<collaboration-type code="1"/><collaboration-type code="1"/>`, "collaboration-type[2]: There is more than one <collaboration-type>"},
		{"an element thrice is told once", strings.Repeat(`<activity-scope code="4"/>`, 3), "activity-scope[2]: There is more than one"},
		{"text where none is", `<related-activity ref="A" type="1">x</related-activity>`, "related-activity “x”: Text stands here"},
		{"an attribute too many", `<activity-scope code="4" colour="red"/>`, "activity-scope/@colour “red”: Version 2.03 has no such attribute"},
		{"an attribute too few", `<tag vocabulary="1"/>`, "tag/@code: The attribute code is missing"},
		{"an attribute of another type", `<conditions attached="maybe"/>`, "conditions/@attached “maybe”: Expected is true, false, 1 or 0"},
		{"a text of another type", `<crs-add><loan-status year="2014" value-date="2014-01-01"><interest-received>x</interest-received></loan-status></crs-add>`, "interest-received “x”: Expected is a number"},
		{"an element too few", `<country-budget-items vocabulary="1"/>`, "The element <budget-item> is missing"},
		{"an element that is none", `<colour/>`, "colour: Version 2.03 has no element <colour>"},
		{"the wrong order", `<tag vocabulary="1" code="1"/><sector code="15190"/>`, "sector: The element <sector> stands after <tag>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rep := one(t, c.parts)
			found := 0
			for _, p := range rep.Problems {
				if p.Sort == BadShape && strings.Contains(p.String(), c.told) {
					found++
				}
			}
			if found != 1 {
				t.Errorf("told %d times: %v", found, rep.Problems)
			}
		})
	}
	if _, rep := one(t, `<activity-scope code="4"/>`); strings.Contains(rep.Problems[0].String(), "activity-scope") {
		t.Errorf("what is right is told: %v", rep.Problems)
	}
	if _, rep, _ := read(old, Options{}); rep.Counts[BadShape] > 0 {
		t.Errorf("version 1 is measured by version 2: %v", rep.Problems)
	}
}

func TestAnActivityWithoutTextsIsOfTheVersionOfItsFile(t *testing.T) {
	for version, old := range map[string]bool{"1.02": true, "2.03": false} {
		list, _, err := read(`<iati-activities version="`+version+`"><iati-activity/></iati-activities>`, Options{})
		if err != nil || list[0].Old != old {
			t.Errorf("%s: %v %v", version, list, err)
		}
	}
}

func TestPeriodsThatEndBeforeTheyBeginAreTold(t *testing.T) {
	budget := func(start, end string) string {
		return `<budget><period-start iso-date="` + start + `"/><period-end iso-date="` + end + `"/><value value-date="2009-01-01">1</value></budget>`
	}
	for parts, told := range map[string]int{budget("2009-01-01", "2009-12-31"): 0, budget("2009-12-31", "2009-01-01"): 1, budget("2009-01-01", "2009-01-01"): 0} {
		if _, rep := one(t, parts); rep.Counts[BadDate] != told {
			t.Errorf("%s: %v", parts, rep.Problems)
		}
	}
}

func TestLanguagesThatAreNoneAreUndetermined(t *testing.T) {
	a, rep := one(t, `<description><narrative xml:lang="x y">A</narrative><narrative xml:lang="FR">B</narrative><narrative xml:lang="zh-Hans">C</narrative></description>`)
	got := ""
	for _, n := range a.Descriptions[0].Text {
		got += n.Language + " "
	}
	if got != "und fr zh-hans " || rep.Counts[UnknownCode] != 1 {
		t.Errorf("%s, %v", got, rep.Problems)
	}
}

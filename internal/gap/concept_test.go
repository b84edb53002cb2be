package gap

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

func TestATextThatDisagreesWithItsTagIsFlagged(t *testing.T) {
	smuggling, trafficking := []term.Theme{term.Smuggling}, []term.Theme{term.Trafficking}
	for _, test := range []struct {
		title, summary string
		themes         []term.Theme
		want           []Code
	}{
		{"Shelter for victims", "", smuggling, []Code{VictimsTaggedSmuggling}},
		{"Training", "Labour exploitation of victims.", smuggling, []Code{VictimsTaggedSmuggling, ExploitationTaggedSmuggling}},
		{"Combating people smuggling", "", trafficking, []Code{SmugglingTaggedTrafficking}},
		{"Training", "On illegal\nentry, and the fee that is paid", trafficking, []Code{EntryTaggedTrafficking, FeeTaggedTrafficking}},
		{"Shelter for victims", "", trafficking, nil},
		{"Combating people smuggling", "", smuggling, nil},
		{"Victims of people smuggling", "Exploitation for a fee", []term.Theme{term.Smuggling, term.Trafficking}, nil},
		{"Victims of people smuggling", "Exploitation for a fee", nil, nil},
		{"Feedback on the entry forms", "Illegal. Entry", trafficking, nil},
		{"Victimology", "", smuggling, nil},
	} {
		var got []Code
		for _, f := range Check(Subject{Kind: term.RecordPolicy, Title: test.title, Texts: []string{test.summary}, Themes: test.themes}) {
			got = append(got, f.Code)
			if !strings.HasSuffix(f.Sentence, "?") || !strings.Contains(f.Sentence, "Protocol") {
				t.Errorf("the flag %s asks %q; it should name the Protocol and ask", f.Code, f.Sentence)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q, %q tagged %v: flags %v, want %v", test.title, test.summary, test.themes, got, test.want)
		}
	}
}

// Each rule on laws speaks where it should and is silent where a right law only sounds alike.
func TestWhatALawAsksForBesideTheProtocolsIsFlagged(t *testing.T) {
	som, tip := []term.Theme{term.Smuggling}, []term.Theme{term.Trafficking}
	for _, test := range []struct {
		text   string
		themes []term.Theme
		want   []Code
	}{
		{"Punishes the smuggling of migrants by force or deception.", som, []Code{SmugglingNeedsMeans}},
		{"Smuggling of migrants is aggravated by threats.", som, nil},
		{"Smuggling of migrants. Arms may be taken by force.", som, nil},
		{"No element of gain is required.", som, []Code{SmugglingWithoutBenefit}},
		{"Deals only with cross-border movement.", tip, []Code{TraffickingNeedsBorder}},
		{"The agency handles cross-border cases.", tip, nil},
		{"Limited to women and children.", tip, []Code{TraffickingOfSomeOnly}},
		{"Penalties rise for women and children.", tip, nil},
		{"Limited to commercial sexual exploitation.", tip, []Code{TraffickingSexualOnly}},
		{"Covers sexual exploitation, forced labour and servitude.", tip, nil},
		{"Smuggled migrants are punished.", som, []Code{MigrantsPunished}},
		{"Irregular entrants are themselves punishable.", som, nil}, // illegal entry as such: article 6(4)
		{"It mixed trafficking with smuggling.", tip, []Code{OneProvision}},
	} {
		if got := codes(Check(Subject{Kind: term.RecordLaw, Texts: []string{test.text}, Themes: test.themes})); !slices.Equal(got, test.want) {
			t.Errorf("%q tagged %v: %v, expected %v", test.text, test.themes, got, test.want)
		}
		if got := codes(Check(Subject{Kind: term.RecordActivity, Texts: []string{test.text}, Themes: test.themes})); len(got) > 0 {
			t.Errorf("%q of an activity: %v", test.text, got)
		}
	}
}

// What articles were read to say is flagged too; not examined and unclear are no lack.
func TestReadingsOfArticlesAreFlagged(t *testing.T) {
	for _, test := range []struct {
		all  []Provision
		want []Code
	}{
		{[]Provision{{term.Smuggling, term.ElementFinancialBenefit, term.NotCovered, "63"}}, []Code{SmugglingWithoutBenefit}},
		{[]Provision{{term.Smuggling, term.ElementFinancialBenefit, term.NotExamined, ""}, {term.Trafficking, term.ElementChildWithoutMeans, term.UnclearCoverage, ""}}, nil},
		{[]Provision{{term.Trafficking, term.ElementChildWithoutMeans, term.NotCovered, ""}}, []Code{MeansForChildren}},
		{[]Provision{{term.Trafficking, term.ElementConsentIrrelevant, term.NotCovered, ""}}, []Code{ConsentDefence}},
		{[]Provision{{term.Smuggling, term.ElementNonCriminalisation, term.NotCovered, ""}}, []Code{MigrantsPunished}},
		{[]Provision{{term.Trafficking, term.ElementAct, term.Covered, "5"}, {term.Smuggling, term.ElementProcuringIllegalEntry, term.PartlyCovered, "5"}}, []Code{OneProvision}},
		{[]Provision{{term.Trafficking, term.ElementAct, term.Covered, "5"}, {term.Smuggling, term.ElementProcuringIllegalEntry, term.Covered, "6"}}, nil},
		{[]Provision{{term.Trafficking, term.ElementAttempt, term.Covered, "5"}, {term.Smuggling, term.ElementAttempt, term.Covered, "5"}}, nil},
	} {
		if got := codes(Check(Subject{Kind: term.RecordLaw, Elements: test.all})); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, expected %v", test.all, got, test.want)
		}
	}
	twice := Check(Subject{Kind: term.RecordLaw, Themes: []term.Theme{term.Smuggling}, Texts: []string{"No element of gain is required."},
		Elements: []Provision{{term.Smuggling, term.ElementFinancialBenefit, term.NotCovered, "63"}}})
	if len(twice) != 1 || !slices.Equal(twice[0].Found, []string{"no element of gain", "63"}) {
		t.Errorf("one thing said twice is %v", twice)
	}
}

// What is done against trafficking alone does not count for smuggling.
func TestTraffickingIsNotCountedForSmuggling(t *testing.T) {
	both := []term.Theme{term.Smuggling, term.Trafficking}
	for title, want := range map[string][]Code{
		"Training of police on trafficking in persons": {TraffickingForSmuggling}, "Lutte contre la traite des personnes": {TraffickingForSmuggling},
		"Trafficking and smuggling of migrants": nil, "Trafficking and border management": nil, "Training of police": nil,
	} {
		if got := codes(Check(Subject{Kind: term.RecordActivity, Title: title, Themes: both})); !slices.Equal(got, want) {
			t.Errorf("%q: %v", title, got)
		}
		if got := codes(Check(Subject{Kind: term.RecordLaw, Title: title, Themes: both})); len(got) > 0 {
			t.Errorf("%q of a law: %v", title, got)
		}
	}
}

func codes(all []Flag) (out []Code) {
	for _, f := range all {
		out = append(out, f.Code)
		if !strings.HasSuffix(f.Sentence, "?") {
			panic(f.Sentence + " asks nothing")
		}
	}
	return out
}

func TestEveryCodeHasARule(t *testing.T) {
	for _, c := range Code("").Values() {
		ruled := slices.ContainsFunc(rules, func(r rule) bool { return string(r.code) == c })
		for _, u := range uncovered {
			ruled = ruled || string(u.code) == c
		}
		if !ruled {
			t.Errorf("no rule gives %s", c)
		}
	}
}

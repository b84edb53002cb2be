package gap

import (
	"testing"

	"adam/internal/term"
)

// The value of a State is the best over its laws in force (model, Offence elements).
func TestTheValueOfAStateIsTheBestOverItsLaws(t *testing.T) {
	law := func(id term.ID, c term.Coverage, article string) Reading {
		return Reading{Law: id, Element: term.ElementAct, Coverage: c, Article: article}
	}
	for name, test := range map[string]struct {
		readings []Reading
		withheld bool
		want     term.Coverage
		law      term.ID
		article  string
	}{
		"nobody has examined it":                          {nil, false, term.NotExamined, 0, ""},
		"one law covers it":                               {[]Reading{law(1, term.Covered, "")}, false, term.Covered, 1, ""},
		"covered beats partly":                            {[]Reading{law(1, term.PartlyCovered, "3"), law(2, term.Covered, "")}, false, term.Covered, 2, ""},
		"partly beats unclear":                            {[]Reading{law(1, term.UnclearCoverage, "3"), law(2, term.PartlyCovered, "4")}, false, term.PartlyCovered, 2, "4"},
		"unclear beats not covered":                       {[]Reading{law(1, term.NotCovered, "3"), law(2, term.UnclearCoverage, "")}, false, term.UnclearCoverage, 2, ""},
		"not covered beats not examined":                  {[]Reading{law(1, term.NotExamined, ""), law(2, term.NotCovered, "5")}, false, term.NotCovered, 2, "5"},
		"a no without an article is not examined":         {[]Reading{law(1, term.NotCovered, "")}, false, term.NotExamined, 0, ""},
		"of equal ones that with an article":              {[]Reading{law(1, term.Covered, ""), law(2, term.Covered, "6"), law(3, term.Covered, "7")}, false, term.Covered, 2, "6"},
		"what nobody may read is withheld, not zero":      {nil, true, term.CoverageWithheld, 0, ""},
		"a hidden law could be better than partly":        {[]Reading{law(1, term.PartlyCovered, "3")}, true, term.CoverageWithheld, 0, ""},
		"nothing is better than covered":                  {[]Reading{law(1, term.Covered, "3")}, true, term.Covered, 1, "3"},
		"an element of another Protocol has no place":     {[]Reading{{Law: 1, Element: term.ElementEnablingStay, Coverage: term.Covered}}, false, term.NotExamined, 0, ""},
		"the order of laws does not change which is best": {[]Reading{law(2, term.Covered, "1"), law(1, term.NotCovered, "2")}, false, term.Covered, 2, "1"},
	} {
		all := Best(term.Trafficking, test.readings, test.withheld)
		if len(all) != 11 || all[0].Element != term.ElementAct {
			t.Fatalf("%s: %d elements from %s", name, len(all), all[0].Element)
		}
		if got := all[0]; got.Coverage != test.want || got.Law != test.law || got.Article != test.article {
			t.Errorf("%s: %s of law %d, article %q; want %s, %d, %q", name, got.Coverage, got.Law, got.Article, test.want, test.law, test.article)
		}
	}
}

// Rule 1: each value has a number of its own, and the numbers add up to the elements.
func TestElementsAreCountedByTheirValue(t *testing.T) {
	values := Best(term.Smuggling, []Reading{
		{Element: term.ElementProcuringIllegalEntry, Coverage: term.Covered}, {Element: term.ElementDocumentFraud, Coverage: term.PartlyCovered},
		{Element: term.ElementEnablingStay, Coverage: term.NotCovered, Article: "9"}, {Element: term.ElementAttempt, Coverage: term.UnclearCoverage},
	}, false)
	if got := Count(values); got != (Tally{Covered: 1, Partly: 1, NotCovered: 1, Unclear: 1, NotExamined: 7}) {
		t.Errorf("%+v", got)
	}
	if got := Count(Best(term.Smuggling, nil, true)); got != (Tally{Withheld: 11}) {
		t.Errorf("withheld: %+v", got)
	}
}

func TestAnOffenceIsTheBestReadingOfTheLawsInForce(t *testing.T) {
	const yes, partly, unread, withheld = term.Criminalised, term.PartlyCriminalised, term.CriminalisationUnread, term.CriminalisationWithheld
	for _, test := range []struct {
		readings []term.Criminalisation
		want     term.Criminalisation
	}{
		{nil, unread}, {[]term.Criminalisation{unread, unread}, unread}, {[]term.Criminalisation{unread, partly}, partly},
		{[]term.Criminalisation{yes, partly}, yes}, {[]term.Criminalisation{partly, withheld}, withheld}, {[]term.Criminalisation{withheld, yes}, yes},
	} {
		if got := Offence(test.readings); got != test.want {
			t.Errorf("%v: %s, want %s", test.readings, got, test.want)
		}
	}
}

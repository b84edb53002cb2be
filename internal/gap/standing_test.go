package gap

import (
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/term"
)

func TestAStateLacksAnOffenceOnlyWhereAnArticleShowsIt(t *testing.T) {
	value := func(e term.OffenceElement, c term.Coverage) Reading { return Reading{Element: e, Coverage: c} }
	const entry, act, purpose = term.ElementProcuringIllegalEntry, term.ElementAct, term.ElementPurpose
	for name, test := range map[string]struct {
		theme    term.Theme
		offence  term.Criminalisation
		elements []Reading
		want     Standing
	}{
		"a law makes it an offence":               {term.Smuggling, term.Criminalised, nil, Has},
		"a law does in part":                      {term.Smuggling, term.PartlyCriminalised, []Reading{value(entry, term.NotCovered)}, Has},
		"nobody has examined it":                  {term.Smuggling, term.CriminalisationUnread, []Reading{value(entry, term.NotExamined)}, Unknown},
		"the element is covered":                  {term.Smuggling, term.CriminalisationUnread, []Reading{value(entry, term.PartlyCovered)}, Has},
		"an article shows that it is not":         {term.Smuggling, term.CriminalisationUnread, []Reading{value(entry, term.NotCovered)}, Lacks},
		"another element is not covered":          {term.Smuggling, term.CriminalisationUnread, []Reading{value(term.ElementAttempt, term.NotCovered)}, Unknown},
		"it is unclear":                           {term.Smuggling, term.CriminalisationUnread, []Reading{value(entry, term.UnclearCoverage)}, Unknown},
		"it is withheld":                          {term.Smuggling, term.CriminalisationWithheld, []Reading{value(entry, term.CoverageWithheld)}, Unknown},
		"one half of trafficking is covered":      {term.Trafficking, term.CriminalisationUnread, []Reading{value(act, term.Covered), value(purpose, term.NotExamined)}, Unknown},
		"both halves are":                         {term.Trafficking, term.CriminalisationUnread, []Reading{value(act, term.Covered), value(purpose, term.PartlyCovered)}, Has},
		"an article shows one half to be missing": {term.Trafficking, term.CriminalisationUnread, []Reading{value(act, term.Covered), value(purpose, term.NotCovered)}, Lacks},
	} {
		if got := MakesAnOffence(test.theme, test.offence, test.elements); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

// Rule 1: that the catalogue lists nothing is no lack until the State has spoken.
func TestNothingRecordedIsALackOnlyWhereTheStateHasSpoken(t *testing.T) {
	for _, test := range []struct {
		listed, doubtful int
		spoken           bool
		want             Standing
	}{{1, 0, false, Has}, {1, 1, true, Has}, {0, 0, false, Unknown}, {0, 0, true, Lacks}, {0, 1, true, Unknown}, {0, 1, false, Unknown}} {
		if got := Recorded(test.listed, test.doubtful, test.spoken); got != test.want {
			t.Errorf("%+v: %d", test, got)
		}
	}
}

func TestTwoCrimesInOneArticleAreConfused(t *testing.T) {
	read := func(law term.ID, e term.OffenceElement, c term.Coverage, article string) Reading {
		return Reading{Law: law, Element: e, Coverage: c, Article: article}
	}
	entry := func(law term.ID, article string) []Reading {
		return []Reading{read(law, term.ElementProcuringIllegalEntry, term.Covered, article)}
	}
	act := func(law term.ID, article string) []Reading {
		return []Reading{read(law, term.ElementAct, term.Covered, article)}
	}
	attempt := read(1, term.ElementAttempt, term.Covered, "Article 9")
	for name, test := range map[string]struct {
		smuggling, trafficking []Reading
		withheld               bool
		want                   Standing
	}{
		"one article for both":              {entry(1, "Article 5"), act(1, " article  5"), false, Lacks},
		"articles of their own":             {entry(1, "Article 5"), act(1, "Article 6"), false, Has},
		"the same number in another law":    {entry(1, "Article 5"), act(2, "Article 5"), false, Has},
		"no article is named for one":       {entry(1, "Article 5"), act(1, ""), false, Unknown},
		"nothing is read":                   {nil, nil, false, Unknown},
		"attempt may be general":            {append(entry(1, "Article 5"), attempt), append(act(1, "Article 6"), attempt), false, Has},
		"an article that does not carry it": {entry(1, "Article 5"), []Reading{read(1, term.ElementAct, term.NotCovered, "Article 5")}, false, Unknown},
		"the rest is withheld":              {entry(1, "Article 5"), act(1, "Article 6"), true, Unknown},
		"what is seen is enough":            {entry(1, "Article 5"), act(1, "Article 5"), true, Lacks},
	} {
		if got := KeepsApart(test.smuggling, test.trafficking, test.withheld); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

// Rule 1: not asked is not the same as not answered.
func TestEveryResponseIsAReplyOrNoneOrUnknown(t *testing.T) {
	want := map[string]string{"NOT_ASKED": "unknown", "NOT_ANSWERED": "no", "DECLINED": "no", "NOTHING_TO_REPORT": "yes", "WITHHELD": "yes", "ANSWERED": "yes"}
	for _, s := range term.ResponseStatus("").Values() {
		got := "unknown"
		if r := Replied(term.ResponseStatus(s)); r != nil {
			got = map[bool]string{true: "yes", false: "no"}[*r]
		}
		if got != want[s] {
			t.Errorf("%s: %s", s, got)
		}
	}
}

func TestEveryPolicyIsInOneGroup(t *testing.T) {
	var p Policies
	p.add(term.PolicyCurrent, true, term.Comprehensive)
	p.add(term.PolicyCurrent, true, term.PartialPolicy)
	p.add(term.PolicyCurrent, true, term.ComprehensivenessUnread)
	p.add(term.PolicyCurrent, true, term.ComprehensivenessWithheld)
	p.add(term.PolicyCurrent, false, term.ComprehensivenessUnread)
	p.add(term.PolicyEnded, true, term.Comprehensive)
	p.add(term.PolicyDraft, true, term.Comprehensive)
	p.add(term.PolicyEnded, false, term.Comprehensive)
	if p != (Policies{1, 1, 1, 1, 1, 2}) || p.OnTheme() != 4 {
		t.Errorf("%+v, %d on the theme", p, p.OnTheme())
	}
}

// Each answer says of how many, how many are not known, and what it leaves out.
func TestEveryAnswerHasADenominatorAndACaveat(t *testing.T) {
	rows := []*Row{{State: &ent.State{Code: "AAA"}}, {State: &ent.State{Code: "BBB"}, spoken: true}, {State: &ent.State{Code: "CCC"}, Policy: Policies{Unknown: 1}}}
	for _, q := range append(slices.Clone(questions), confusion) {
		f := q.ask(term.Smuggling, rows)
		if strings.Contains(f.Sentence, "%") || strings.Contains(f.Caveat, "%") || !strings.Contains(f.Caveat, "not known") || f.Count+f.Unknown > f.Denominator {
			t.Errorf("%s: %q; %q; %d and %d of %d", q.code, f.Sentence, f.Caveat, f.Count, f.Unknown, f.Denominator)
		}
		if q.code == NoPolicy && (f.Count != 1 || f.Unknown != 1 || f.Denominator != 3 || f.States[0].Code != "BBB" || f.UnknownStates[0].Code != "AAA") {
			t.Errorf("%+v", f)
		}
	}
}

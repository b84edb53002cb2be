package review

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/fault"
	"adam/internal/term"
)

// heard is what an agency says.
func heard(agency string, a SheetAnswer) voice {
	a.Place = agency
	return voice{a, agency}
}

func says(agency string, answer term.SheetAnswer, reason string) voice {
	return heard(agency, SheetAnswer{Answer: answer, Reason: reason})
}

// fixes is a correction of a law.
func fixes(agency string, input map[string]any, document string) voice {
	return heard(agency, SheetAnswer{Answer: term.SheetPartWrong, Kind: term.KindLaw, Input: input, Source: map[string]any{"title": document}})
}

// The rules of the model: sheets of several agencies merge into one answer. Each holds whatever the order of the sheets.
func TestSeveralAgenciesComeToOneAnswer(t *testing.T) {
	yes, no := true, false
	type in = map[string]any
	for _, c := range []struct {
		name    string
		all     []voice
		answer  term.SheetAnswer
		reason  string
		differs string // words of the sentences; "" where they agree
		right   func(settled) bool
	}{
		{"one answers", []voice{says("Police", term.SheetDisagree, "It was never held.")}, term.SheetDisagree, "It was never held.", "", nil},
		{"all say the same", []voice{says("Police", term.SheetDisagree, "Never held."), says("Immigration", term.SheetDisagree, "Not here."), says("Justice", term.SheetDisagree, "")},
			term.SheetDisagree, "Immigration: Not here.\nPolice: Never held.", "", func(s settled) bool { return len(s.by) == 3 }},
		{"not sure gives way", []voice{says("Police", term.SheetNotSure, "Ask Justice."), says("Justice", term.SheetRight, "")}, term.SheetRight, "", "",
			func(s settled) bool { return len(s.by) == 1 && s.by[0].agency == "Justice" }},
		{"nobody is sure", []voice{says("Police", term.SheetNotSure, "Ask Justice."), says("Justice", term.SheetNotSure, "")}, term.SheetNotSure, "Police: Ask Justice.", "", nil},
		{"right against wrong", []voice{says("Police", term.SheetRight, ""), says("Justice", term.SheetDisagree, "Never held.")}, "", "", `Justice: DISAGREE ("Never held."). Police: RIGHT.`, nil},
		{"not ours against right", []voice{says("Police", term.SheetNotOurs, ""), says("Justice", term.SheetRight, "")}, "", "", "Justice: RIGHT. Police: NOT_OURS.", nil},
		{"gone against corrected", []voice{says("Police", term.SheetWithdraw, "Repealed."), fixes("Justice", in{"title": "A"}, "Gazette")}, "", "", "Justice: PART_WRONG.", nil},
		{"one asks not to publish", []voice{heard("Police", SheetAnswer{Answer: term.SheetRight, Hold: true}), says("Justice", term.SheetRight, "")}, term.SheetRight, "", "",
			func(s settled) bool { return s.hold }},
		{"active here, with two authorities", []voice{heard("Police", SheetAnswer{Answer: term.SheetRight, ActiveHere: &yes, Authority: "Police "}),
			heard("Justice", SheetAnswer{Answer: term.SheetRight, Authority: "Courts"}), heard("Labour", SheetAnswer{Answer: term.SheetRight, ActiveHere: &yes, Authority: "Police"})},
			term.SheetRight, "", "", func(s settled) bool { return *s.activeHere && s.authority == "Courts; Police" }},
		{"active here and not", []voice{heard("Police", SheetAnswer{Answer: term.SheetRight, ActiveHere: &yes}), heard("Justice", SheetAnswer{Answer: term.SheetRight, ActiveHere: &no})},
			term.SheetRight, "", "Active here: Justice says no, Police says yes.", nil},
		{"different fields", []voice{fixes("Police", in{"key": "act", "version": 1.0, "title": "A"}, "Gazette 7"), fixes("Justice", in{"key": "act", "version": 1.0, "number": "7"}, "Letter")},
			term.SheetPartWrong, "", "", func(s settled) bool {
				in := s.draft.input
				return in["title"] == "A" && in["number"] == "7" && in["key"] == "act" && len(in["sources"].([]any)) == 2
			}},
		{"the same field alike", []voice{fixes("Police", in{"title": "A"}, "Gazette 7"), fixes("Justice", in{"title": "A"}, "Gazette 7")},
			term.SheetPartWrong, "", "", func(s settled) bool { return len(s.draft.input["sources"].([]any)) == 1 }},
		{"the same field otherwise", []voice{fixes("Police", in{"title": "A"}, "Gazette 7"), fixes("Justice", in{"title": "B", "number": "7"}, "Gazette 8")},
			term.SheetPartWrong, "", `title: Justice writes "B", Police writes "A".`, nil},
		{"a list otherwise", []voice{fixes("Police", in{"keyArticles": []any{"1"}}, "x"), fixes("Justice", in{"keyArticles": []any{"1", "2"}}, "x")},
			term.SheetPartWrong, "", "keyArticles: Justice writes", nil},
		{"unknown against known", []voice{fixes("Police", in{"number": nil}, "x"), fixes("Justice", in{"number": "7"}, "x")}, term.SheetPartWrong, "", `Police writes "unknown"`, nil},
		{"reasons of corrections", []voice{fixes("Police", in{"title": "A", "reason": "Gazetted."}, "x"), fixes("Justice", in{"title": "A"}, "x")},
			term.SheetPartWrong, "Police: Gazetted.", "", func(s settled) bool { _, has := s.draft.input["reason"]; return !has }},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 2 {
				s := settle(c.all)
				got := strings.Join(s.differs, " ")
				switch {
				case c.differs != "" && !strings.Contains(got, c.differs):
					t.Errorf("they differ: %q; expected %q", got, c.differs)
				case c.differs == "" && (got != "" || s.answer != c.answer || s.reason != c.reason):
					t.Errorf("they come to %s, %q, differing %q; expected %s, %q", s.answer, s.reason, got, c.answer, c.reason)
				case c.right != nil && !c.right(s):
					t.Errorf("they come to %+v", s)
				}
				slices.Reverse(c.all)
			}
		})
	}
}

// A row by itself may be unusable: it is told with its place, and nothing is guessed.
func TestARowThatSaysNothingClearIsUnusable(t *testing.T) {
	long := strings.Repeat("x", longText+1)
	for name, c := range map[string]struct {
		in    SheetAnswer
		field string // "" where it can be used
	}{
		"no answer":                   {SheetAnswer{Answer: "MAYBE"}, "answer"},
		"wrong without what is right": {SheetAnswer{Answer: term.SheetPartWrong}, "answer"},
		"right with a correction":     {SheetAnswer{Answer: term.SheetRight, Kind: term.KindLaw, Input: map[string]any{"title": "A"}}, "answer"},
		"right with a document":       {SheetAnswer{Answer: term.SheetRight, Source: map[string]any{"title": "A"}}, "answer"},
		"wrong and not published":     {SheetAnswer{Answer: term.SheetDisagree, Hold: true}, "notForPublication"},
		"a State is corrected":        {SheetAnswer{Answer: term.SheetPartWrong, Kind: term.KindState, Input: map[string]any{"name": "A"}}, "answer"},
		"a reason that is too long":   {SheetAnswer{Answer: term.SheetRight, Reason: long}, "reason"},
		"an authority with a zero":    {SheetAnswer{Answer: term.SheetRight, Authority: "a\x00b"}, "authority"},
		"right":                       {SheetAnswer{Answer: term.SheetRight, Reason: "As in 2025.", Hold: true}, ""},
		"wrong":                       {SheetAnswer{Answer: term.SheetPartWrong, Kind: term.KindLaw, Input: map[string]any{"title": "A"}}, ""},
	} {
		f := heard("Police", c.in).unusable()
		if c.field == "" && f != nil || c.field != "" && (f == nil || f.Kind != fault.Invalid || !slices.Equal(f.Fields, []string{"Police." + c.field})) {
			t.Errorf("%s: %+v; expected something about %q", name, f, c.field)
		}
	}
}

// Rows of one sheet that say the same are one; those that do not are found.
func TestASheetThatContradictsItselfIsFound(t *testing.T) {
	a, again, other := says("Police", term.SheetRight, ""), says("Police", term.SheetRight, ""), says("Police", term.SheetNotOurs, "")
	again.Place, other.Place = "row 7", "row 9"
	if kept, twice := once([]voice{a, again, says("Justice", term.SheetNotOurs, "")}); len(kept) != 2 || len(twice) != 0 {
		t.Errorf("of equal rows %v are kept, %v contradict", kept, twice)
	}
	if _, twice := once([]voice{a, again, other}); len(twice) != 2 || twice[0].Place != "Police" || twice[1].Place != "row 9" {
		t.Errorf("these contradict: %v", twice)
	}
}

// What agencies add under one title is one record; what one of them adds twice under one title is two.
func TestNewRecordsOfOneTitleAreOne(t *testing.T) {
	adds := func(agency string, kind term.Kind, input map[string]any) voice {
		return heard(agency, SheetAnswer{Kind: kind, Input: input})
	}
	a := adds("Police", term.KindLaw, map[string]any{"title": "New act", "number": "7"})
	b := adds("Justice", term.KindLaw, map[string]any{"title": " new ACT", "year": "2025"})
	policy := adds("Justice", term.KindPolicy, map[string]any{"title": "New act"})
	second := adds("Police", term.KindLaw, map[string]any{"title": "New act", "number": "8"})
	copied := adds("Labour", term.KindLaw, map[string]any{"title": "New act", "number": "8", "sources": []any{"x"}})
	for name, c := range map[string]struct {
		all  []voice
		want []int
	}{
		"two of one":                {[]voice{a, b}, []int{2}},
		"another type":              {[]voice{a, b, policy}, []int{2, 1}},
		"two of one sheet":          {[]voice{a, second}, []int{1, 1}},
		"one of them in a second":   {[]voice{a, second, copied}, []int{2, 1}},
		"the same twice in a sheet": {[]voice{a, a}, []int{1}},
	} {
		var got []int
		for _, g := range grouped(c.all) {
			got = append(got, len(g))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: groups of %v; expected %v", name, got, c.want)
		}
	}
}

// An error about a record that several agencies have written names the places where they have.
func TestAnErrorNamesTheRowsThatItComesFrom(t *testing.T) {
	by := []voice{fixes("Justice", map[string]any{"title": "A", "year": "next"}, "Gazette"), fixes("Police", map[string]any{"title": "A", "sources": []any{map[string]any{"url": "x"}}}, "Gazette")}
	d, _ := drafted(by)
	for field, want := range map[string][]string{
		"draft.title":          {"Justice.law.title", "Police.law.title"},
		"draft.year":           {"Justice.law.year"},
		"draft.penalties[2].x": {"Justice.law.penalties", "Police.law.penalties"},
		"draft.sources[0]":     {"Justice.source"},
		"draft.sources[1].url": {"Police.law.sources[0].url"},
		"draft.sources":        {"Justice.source", "Police.source"},
		"draft.reason":         {"Justice.reason", "Police.reason"},
		"draft":                {"Justice.law", "Police.law"},
		"input.reason":         {"Justice.reason", "Police.reason"},
		"input.items":          {"Justice.item", "Police.item"},
	} {
		if got := d.places(by, []string{field}); !slices.Equal(got, want) {
			t.Errorf("%s is at %v; expected %v", field, got, want)
		}
	}
	if got := d.places(by, nil); !slices.Equal(got, []string{"Justice.answer", "Police.answer"}) {
		t.Errorf("an error without a place is at %v", got)
	}
}

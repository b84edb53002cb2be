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
		for _, f := range Texts(test.title, test.summary, test.themes) {
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

func TestEveryCodeHasARule(t *testing.T) {
	for _, c := range Code("").Values() {
		if !slices.ContainsFunc(rules, func(r rule) bool { return string(r.code) == c }) {
			t.Errorf("no rule gives %s", c)
		}
	}
}

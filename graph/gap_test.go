package graph_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"adam/internal/access"
	"adam/internal/sight"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// gapRow is a row of the operation Gaps as the interface writes it.
type gapRow struct {
	State  struct{ Code string }
	Treaty *struct {
		Party   bool
		BoundOn *string
	}
	Criminalisation struct{ Covered, Partly, NotCovered, Unclear, NotExamined int }
	Elements        []struct {
		Element, Coverage string
		Law               *struct{ Key string }
	}
	Policy     struct{ Comprehensive, Partial, None, Unknown int }
	Mechanism  struct{ National, Regional int }
	Assistance []struct {
		Type       string
		Activities int
	}
	Replied *bool
}

func gapsOf(t *testing.T, c caller, theme string) map[string]gapRow {
	t.Helper()
	var out struct{ GapAnalysis []gapRow }
	c.do(t, operation(t, "Gaps"), vars{"theme": theme}, &out)
	rows := map[string]gapRow{}
	for _, r := range out.GapAnalysis {
		rows[r.State.Code] = r
	}
	if len(rows) != 14 || len(out.GapAnalysis) != 14 {
		t.Errorf("%d rows of %d States", len(out.GapAnalysis), len(rows))
	}
	return rows
}

// The operation Gaps runs as written, for a visitor and for the secretariat: what is hidden from the visitor are readings
// alone, and they look neither like a gap nor like zero.
func TestTheGapsOfTheShippedDataAreThoseOfItsFiles(t *testing.T) {
	files, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, a *api) {
		for _, theme := range []term.Theme{term.Smuggling, term.Trafficking} {
			own, public := gapsOf(t, caller{api: a, viewer: aSecretariat()}, string(theme)), gapsOf(t, caller{api: a, viewer: access.Anonymous()}, string(theme))
			for code, r := range own {
				want := counted(files, code, theme)
				c, p, v := r.Criminalisation, r.Policy, public[code]
				if got := (recount{c.Covered, p.Comprehensive, p.Unknown, p.None, r.Mechanism.National, r.Mechanism.Regional, given(r), r.Treaty.Party}); got != want {
					t.Errorf("%s on %s: %+v, the files have %+v", code, theme, got, want)
				}
				if c.NotExamined != 11-c.Covered || c.Partly+c.NotCovered+c.Unclear != 0 || r.Replied != nil {
					t.Errorf("%s on %s: %+v", code, theme, c)
				}
				if v.Mechanism != r.Mechanism || given(v) != given(r) || v.Criminalisation.Covered+v.Criminalisation.NotExamined != 0 || v.Policy.Comprehensive != 0 || v.Policy.None != p.None {
					t.Errorf("%s on %s: the public reads %+v", code, theme, v)
				}
				for _, e := range v.Elements {
					if e.Coverage != "WITHHELD" || e.Law != nil {
						t.Errorf("%s on %s: the public reads %+v", code, theme, e)
					}
				}
			}
		}
	})
}

// given is how often activities give a type of assistance.
func given(r gapRow) (n int) {
	for _, a := range r.Assistance {
		n += a.Activities
	}
	return n
}

// recount is what the shipped files say of a State, counted without the program.
type recount struct {
	covered, comprehensive, unread, others, national, regional, given int
	party                                                             bool
}

func counted(f *seed.Files, code string, theme term.Theme) (out recount) {
	on := func(file string, words []string) bool {
		themes, _ := seed.Subjects(file, words)
		return slices.Contains(themes, theme)
	}
	pick := func(smuggling, trafficking string) string {
		return map[term.Theme]string{term.Smuggling: smuggling, term.Trafficking: trafficking}[theme]
	}
	elements := map[string]bool{}
	for _, l := range f.Laws {
		if l.Country == code && (l.Status == "in_force" || l.Status == "amended") {
			for _, e := range map[term.Theme][]string{term.Smuggling: l.Elements.Smuggling, term.Trafficking: l.Elements.Trafficking}[theme] {
				elements[e] = true
			}
		}
	}
	out.covered = len(elements)
	for _, p := range f.Policies {
		switch {
		case p.Country != code || p.Status != "current":
		case !on(seed.PoliciesFile, p.Themes):
			out.others++
		case pick(p.Comprehensive.Smuggling, p.Comprehensive.Trafficking) == "yes":
			out.comprehensive++
		default:
			out.unread++
		}
	}
	for _, m := range f.Mechanisms {
		switch {
		case m.Status != "active" || !on(seed.MechanismsFile, m.Themes):
		case m.Scope == "national" && m.Country != nil && *m.Country == code:
			out.national++
		case m.Scope != "national" && slices.Contains(m.Members, code):
			out.regional++
		}
	}
	for _, a := range f.Activities {
		if slices.Contains(slices.Concat(a.Countries, a.OtherCountries), code) && on(seed.ActivitiesFile, a.Themes) && a.Status != "cancelled" {
			out.given += len(a.AssistanceTypes)
		}
	}
	for _, s := range f.States {
		if s.ISO3 == code {
			out.party = map[term.Theme]bool{term.Smuggling: s.Treaties.SmugglingProtocol.Party, term.Trafficking: s.Treaties.TraffickingProtocol.Party}[theme]
		}
	}
	return out
}

type gapFinding struct {
	Code, Sentence, Caveat      string
	Theme                       *string
	Count, Denominator, Unknown int
	States, UnknownStates       []struct{ Code string }
	Withheld                    []string
}

// The six questions: each theme by itself, all numbers over the same States, no lack where nobody has spoken.
func TestTheSixQuestionsOf2011AreAnsweredOverTheShippedData(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for _, viewer := range []access.Viewer{access.Anonymous(), somebody("Member"), aSecretariat()} {
			var out struct{ GapFindings []gapFinding }
			caller{api: a, viewer: viewer}.do(t, operation(t, "GapFindings"), nil, &out)
			codes := map[string]int{}
			for _, f := range out.GapFindings {
				codes[f.Code]++
				if f.Count+f.Unknown > f.Denominator || !strings.Contains(f.Caveat, ".") || f.Count != 0 || f.Code != "NO_REPLY" && f.Denominator%14 != 0 {
					t.Errorf("%s: %+v", viewer.Name, f)
				}
			}
			if len(codes) != 6 || codes["NO_POLICY"] != 2 || codes["NO_REPLY"] != 1 || len(out.GapFindings) != 10 {
				t.Errorf("%s: %v", viewer.Name, codes)
			}
		}
	})
}

// Who did not answer is for members; the public gets the number, whatever States it asks for, so that asking for one at
// a time tells nothing.
func TestThePublicLearnsHowManyDidNotAnswerAndNotWho(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper, public := caller{api: a, viewer: aSecretariat()}, caller{api: a, viewer: access.Anonymous()}
		keeper.do(t, askQuestions, vars{"in": vars{"key": "gaps-2026", "title": "Questions to States", "kind": "STATE", "sentOn": "2026-10"}}, &struct{}{})
		for code, status := range map[string]string{"VNM": "NOT_ANSWERED", "IDN": "ANSWERED", "SGP": "NOT_ASKED"} {
			keeper.do(t, recordAnswer, vars{"in": vars{"questionnaire": "gaps-2026", "chapter": code, "status": status}}, &struct{}{})
		}
		if r := gapsOf(t, keeper, "SMUGGLING"); r["VNM"].Replied == nil || *r["VNM"].Replied || r["IDN"].Replied == nil || !*r["IDN"].Replied || r["SGP"].Replied != nil || r["PAK"].Replied != nil {
			t.Errorf("replied: %v, %v, %v, %v", r["VNM"].Replied, r["IDN"].Replied, r["SGP"].Replied, r["PAK"].Replied)
		}
		one := func(c caller, code string) gapFinding {
			var out struct{ GapFindings []gapFinding }
			c.do(t, operation(t, "GapFindings"), vars{"theme": "SMUGGLING", "states": array{code}}, &out)
			return out.GapFindings[len(out.GapFindings)-1]
		}
		vnm, idn, own := one(public, "VNM"), one(public, "IDN"), one(keeper, "VNM")
		if vnm.Count == 0 || vnm.Count != idn.Count || vnm.Denominator != idn.Denominator || len(vnm.States)+len(vnm.UnknownStates) != 0 || len(vnm.Withheld) != 3 {
			t.Errorf("the public learns %+v and %+v", vnm, idn)
		}
		if own.Count != vnm.Count || len(own.States) != 1 || own.States[0].Code != "VNM" {
			t.Errorf("the secretariat learns %+v", own)
		}
	})
}

func TestGapsOfSomeStatesAndOfUnknownOnes(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		var out struct{ GapAnalysis []gapRow }
		a.want(t, `{ gapAnalysis(theme: SMUGGLING, states: ["THA", "KHM"]) { state { code } } }`, nil, &out)
		if g := out.GapAnalysis; len(g) != 2 || g[0].State.Code != "KHM" || g[1].State.Code != "THA" {
			t.Errorf("%+v", g)
		}
		a.want(t, `{ gapAnalysis(theme: SMUGGLING, states: ["AUS"]) { state { code } } }`, nil, &out)
		if len(out.GapAnalysis) != 0 {
			t.Errorf("a State without a chapter: %+v", out.GapAnalysis)
		}
		for _, q := range []string{`{ gapAnalysis(theme: SMUGGLING, states: ["XXX"]) { caveat } }`, `{ gapFindings(states: ["XXX"]) { caveat } }`} {
			got := a.ask(t, q, nil)
			refused(t, "no such State", got, "INVALID")
			if !slices.Equal(got.Errors[0].Extensions.Fields, []string{"states"}) {
				t.Errorf("at %v", got.Errors[0].Extensions.Fields)
			}
		}
		if body := a.raw(t, `{ gapFindings(states: ["AUS"]) { count denominator unknown } }`, nil); bytes.Contains(body, []byte("errors")) {
			t.Errorf("no State with a chapter: %s", body)
		}
	})
}

// A visitor reads the public edition; whoever asks the working store with no more rights than hers is told the same.
func TestTheGapsOfThePublicEditionAreThoseOfTheRules(t *testing.T) {
	a := newAPI(t, testdb.Store(t, dialect.SQLite))
	edition := place{a.handler, published(t, a)}
	for _, q := range []string{`{ gapAnalysis(theme: SMUGGLING) { ` + full(schema.Types["GapRow"], 1) + ` } }`, `{ gapFindings { ` + full(schema.Types["GapFinding"], 1) + ` } }`} {
		var read, asked json.RawMessage
		edition.want(t, q, &read)
		caller{api: a, viewer: access.Anonymous()}.do(t, q, nil, &asked)
		if at := sight.FirstDifference(read, asked); at >= 0 {
			t.Errorf("the edition says …%.300s, the working store …%.300s", read[max(0, at-60):], asked[max(0, at-60):])
		}
	}
}

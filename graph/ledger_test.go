package graph_test

import (
	"slices"
	"testing"

	"adam/internal/access"
)

const (
	askQuestions = `mutation($in: CreateQuestionnaireInput!) { createQuestionnaire(input: $in) { questionnaire { key kind sentOn tally { status count } } } }`
	recordAnswer = `mutation($in: RecordResponseInput!) { recordResponse(input: $in) { response { status askedOn receivedOn chapter { code } actor { key } } } }`
	noteTheme    = `mutation($in: NoteCompletenessInput!) { noteCompleteness(input: $in) { chapter { completeness { theme note by { name } } } } }`
)

// Rule 1: not asked, asked and not answered, declined, nothing to report are kept apart; rule 3: the public sees how many
// gave which answer, not who.
func TestTheLedgerKeepsTheWaysOfNotKnowingApartAndCountsThem(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		keeper.do(t, askQuestions, vars{"in": vars{"key": "states-2026", "title": "Questions to States", "kind": "STATE", "sentOn": "2026-02"}}, &struct{}{})
		for _, in := range []vars{
			{"chapter": "THA", "status": "NOT_ANSWERED", "askedOn": "2026-02"}, {"chapter": "LAO", "status": "DECLINED"},
			{"chapter": "KHM", "status": "NOTHING_TO_REPORT"}, {"actor": "iom", "status": "ANSWERED"},
			{"chapter": "THA", "status": "ANSWERED", "askedOn": "2026-02", "receivedOn": "2026-04-01"}, // later, in the place of the first
		} {
			in["questionnaire"] = "states-2026"
			keeper.do(t, recordAnswer, vars{"in": in}, &struct{}{})
		}
		type edge struct {
			Node struct {
				Key   string
				Tally []struct {
					Status string
					Count  int
				}
				Responses struct{ TotalCount int }
			}
		}
		var out struct{ Questionnaires struct{ Edges []edge } }
		keeper.do(t, `{ questionnaires(first: 100) { edges { node { key tally { status count } responses { totalCount } } } } }`, nil, &out)
		edges := out.Questionnaires.Edges // of other tests' questions too: they share the catalogue
		q := edges[slices.IndexFunc(edges, func(e edge) bool { return e.Node.Key == "states-2026" })].Node
		counts := map[string]int{}
		for _, c := range q.Tally {
			counts[c.Status] = c.Count
		}
		if len(counts) != 3 || counts["ANSWERED"] != 2 || counts["DECLINED"] != 1 || counts["NOTHING_TO_REPORT"] != 1 || q.Responses.TotalCount != 4 {
			t.Errorf("the ledger counts %v of %d", counts, q.Responses.TotalCount)
		}
		for what, in := range map[string]vars{
			"nobody was asked":      {"questionnaire": "states-2026", "status": "ANSWERED"},
			"two were asked":        {"questionnaire": "states-2026", "status": "ANSWERED", "chapter": "THA", "actor": "iom"},
			"answered before asked": {"questionnaire": "states-2026", "status": "ANSWERED", "chapter": "THA", "askedOn": "2026-05", "receivedOn": "2026-04-01"},
		} {
			refused(t, what, keeper.call(t, recordAnswer, vars{"in": in}), "INVALID")
		}
		refused(t, "no such questionnaire", keeper.call(t, recordAnswer, vars{"in": vars{"questionnaire": "none", "chapter": "THA", "status": "ANSWERED"}}), "NOT_FOUND")
		refused(t, "the key is taken", keeper.call(t, askQuestions, vars{"in": vars{"key": "states-2026", "title": "Again", "kind": "STATE"}}), "INVALID")
		coordinator := caller{api: a, viewer: somebody("Coordinator", access.Grant{Role: access.Coordinator})}
		refused(t, "a coordinator", coordinator.call(t, recordAnswer, vars{"in": vars{"questionnaire": "states-2026", "chapter": "THA", "status": "DECLINED"}}), "FORBIDDEN")
	})
}

// Each chapter says how complete it is, theme by theme; what the catalogue takes in is data.
func TestAChapterSaysHowCompleteItIs(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		keeper := caller{api: a, viewer: aSecretariat()}
		var out struct {
			NoteCompleteness struct {
				Chapter struct {
					Completeness []struct {
						Theme, Note string
						By          struct{ Name string }
					}
				}
			}
		}
		for _, note := range []string{"Laws only.", "Laws and policies."} {
			keeper.do(t, noteTheme, vars{"in": vars{"chapter": "MDV", "theme": "SMUGGLING", "note": note}}, &out)
		}
		if c := out.NoteCompleteness.Chapter.Completeness; len(c) != 1 || c[0].Note != "Laws and policies." || c[0].By.Name != "Regional Support Office" {
			t.Errorf("the chapter says %+v", c)
		}
		reporter := caller{api: a, viewer: somebody("Reporter", access.Grant{Role: access.Reporter, Actor: 1})}
		refused(t, "a reporter", reporter.call(t, noteTheme, vars{"in": vars{"chapter": "MDV", "theme": "SMUGGLING", "note": "All."}}), "FORBIDDEN")
		var rules struct {
			InclusionRules []struct{ Theme, Begins string }
		}
		keeper.do(t, `{ inclusionRules { theme begins note } }`, nil, &rules)
		if r := rules.InclusionRules; len(r) != 2 || r[1].Theme != "TRAFFICKING" || r[1].Begins != "2006" {
			t.Errorf("the catalogue takes in %+v", r)
		}
	})
}

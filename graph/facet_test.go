package graph_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// facet is one as the API gives it.
type facet struct {
	Field  string
	Total  int
	Values []struct {
		Code  string
		Name  *string
		Count int
	}
}

// Every list of the whole catalogue with a filter on records is counted by it, and each count is the total of the list
// that the filter with this one value gives: so a reader who follows a count finds what it promised.
func TestEachCountOfAFacetIsTheTotalOfTheListThatItLeadsTo(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		asked := 0
		for _, l := range lists() {
			if schema.Types[l.field.Type.Name()].Fields.ForName("facets") == nil || l.owner != "Query" || l.field.Name == "search" {
				continue
			}
			asked++
			var out struct{ L struct{ Facets []facet } }
			a.want(t, fmt.Sprintf(`{ l: %s(first: 1, filter: {text: "trafficking"}) { facets(first: 4) { field total values { code name count } } } }`, l.field.Name), nil, &out)
			filter := schema.Types[l.field.Arguments.ForName("filter").Type.Name()]
			for _, f := range out.L.Facets {
				in := filter.Fields.ForName(f.Field)
				if in == nil {
					t.Errorf("%s is counted by %s, which its filter has not", l, f.Field)
					continue
				}
				for _, v := range f.Values {
					value := v.Code
					if in.Type.Name() == "String" {
						value = fmt.Sprintf("%q", v.Code)
					}
					var list struct{ L struct{ TotalCount int } }
					a.want(t, fmt.Sprintf(`{ l: %s(first: 1, filter: {text: "trafficking", %s: %s}) { totalCount } }`, l.field.Name, f.Field, value), nil, &list)
					if list.L.TotalCount != v.Count {
						t.Errorf("%s: %s %s is counted %d, the list has %d", l, f.Field, v.Code, v.Count, list.L.TotalCount)
					}
				}
			}
			if len(out.L.Facets) < 5 {
				t.Errorf("%s is counted by %d fields", l, len(out.L.Facets))
			}
		}
		if asked != 5 {
			t.Errorf("%d lists are counted", asked)
		}
	})
}

func TestFacetsLeaveTheirOwnChoiceOutAndOnlyTheirs(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		ask := func(filter string) map[string]facet {
			var out struct{ Laws struct{ Facets []facet } }
			a.want(t, `{ laws(first: 1, filter: {`+filter+`}) { facets(of: ["status", "states"], first: null) { field total values { code name count } } } }`, nil, &out)
			got := map[string]facet{}
			for _, f := range out.Laws.Facets {
				got[f.Field] = f
			}
			return got
		}
		all, thai := ask(""), ask(`states: ["THA"]`)
		if !reflect.DeepEqual(all["states"], thai["states"]) || reflect.DeepEqual(all["status"], thai["status"]) {
			t.Errorf("all %+v\nof Thailand %+v", all, thai)
		}
		if v := all["states"].Values[0]; v.Name == nil || len(all) != 2 {
			t.Errorf("%+v", v)
		}
	})
}

func TestListsInsideRecordsHaveNoFacets(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		got := a.ask(t, `{ chapter(code: "THA") { laws { facets { field } } activities { facets { field } } } activity(key: "aaptip") { parts { facets { field } } } }`, nil)
		if len(got.Errors) > 0 || strings.Count(string(got.Data), `"facets":null`) != 3 {
			t.Errorf("%s %+v", got.Data, got.Errors)
		}
		refused(t, "an unknown field", a.ask(t, `{ laws { facets(of: ["colour"]) { field } } }`, nil), "INVALID")
		refused(t, "too many values", a.ask(t, `{ laws { facets(first: 1000) { field } } }`, nil), "INVALID")
		refused(t, "an unknown field of a search", a.ask(t, `{ search(text: "law") { facets(of: ["states"]) { field } } }`, nil), "INVALID")
	})
}

// A search is counted by types of records; States and themes narrow it as they narrow the lists.
func TestASearchIsNarrowedByStatesAndThemes(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		type found struct {
			Search struct {
				TotalCount int
				Facets     []facet
				Edges      []struct{ Node struct{ Key string } }
			}
		}
		const fields = `{ totalCount facets { field total values { code name count } } edges { node { key } } }`
		for _, narrow := range []string{"", `, states: ["THA", "LAO"]`, `, themes: [SMUGGLING]`, `, states: ["KHM"], themes: [TRAFFICKING]`} {
			var all, laws found
			a.want(t, `{ search(text: "trafficking"`+narrow+`, first: 100) `+fields+` }`, nil, &all)
			a.want(t, `{ search(text: "trafficking", kinds: [LAW]`+narrow+`, first: 100) `+fields+` }`, nil, &laws)
			sum, ofLaws := 0, 0
			for _, v := range all.Search.Facets[0].Values {
				sum += v.Count
				if v.Code == "LAW" {
					ofLaws = v.Count
				}
			}
			if sum != all.Search.TotalCount || ofLaws != laws.Search.TotalCount || ofLaws == 0 || !reflect.DeepEqual(all.Search.Facets, laws.Search.Facets) {
				t.Errorf("%q: %d of %d, laws %d of %d", narrow, sum, all.Search.TotalCount, ofLaws, laws.Search.TotalCount)
			}
			filter := strings.TrimPrefix(narrow, ", ")
			var list struct {
				Laws, Activities, Mechanisms, Policies, Actors struct {
					TotalCount int
					Edges      []struct{ Node struct{ Key string } }
				}
			}
			actors := filter
			if strings.Contains(narrow, "themes") {
				actors = `states: ["AUS"], roles: [PARTNER]` // actors have no filter of themes
			}
			a.want(t, fmt.Sprintf(`{ laws(first: 100, filter: {text: "trafficking" %s}) { totalCount edges { node { key } } } activities(first: 1, filter: {text: "trafficking" %[1]s}) { totalCount }
				mechanisms(first: 1, filter: {text: "trafficking" %[1]s}) { totalCount } policies(first: 1, filter: {text: "trafficking" %[1]s}) { totalCount } actors(first: 1, filter: {text: "trafficking" %s}) { totalCount } }`, filter, actors), nil, &list)
			for _, v := range all.Search.Facets[0].Values {
				want := map[string]int{"LAW": list.Laws.TotalCount, "ACTIVITY": list.Activities.TotalCount, "MECHANISM": list.Mechanisms.TotalCount, "POLICY": list.Policies.TotalCount, "ACTOR": list.Actors.TotalCount}
				if n, ok := want[v.Code]; ok && n != v.Count && (v.Code != "ACTOR" || actors == filter) {
					t.Errorf("%q: %d of %s, the list has %d", narrow, v.Count, v.Code, n)
				}
			}
			for _, e := range laws.Search.Edges {
				if !slices.Contains(list.Laws.Edges, struct{ Node struct{ Key string } }{e.Node}) {
					t.Errorf("%q finds %s", narrow, e.Node.Key)
				}
			}
		}
		refused(t, "an unknown State", a.ask(t, `{ search(text: "law", states: ["XXX"]) { totalCount } }`, nil), "INVALID")
	})
}

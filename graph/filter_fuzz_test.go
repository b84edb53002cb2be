package graph_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whatever a filter holds, the answer is a list or a sentence with the code of a mistake: never INTERNAL, never a word
// of the database.
func FuzzFilters(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `{"states":["THA","XXX"]}`, `{"states":[null]}`, `{"donors":["eu"],"activeOn":"2009-02-30"}`,
		`{"activeFrom":"2009-01-01","activeTo":"2008-01-01","verified":false}`, `{"text":"a\u0000b"}`, `{"text":"\" OR 1=1 --"}`,
		`{"stateGroups":["MEKONG"],"themes":["SMUGGLING"],"topics":["LABOUR_MIGRATION"],"status":["CLOSED"]}`,
		`{"valueFrom":"9999-12-31","valueTo":"0001-01-01"}`, `{"chapters":["REGIONAL"],"kinds":["NGO"],"roles":["FUNDING"]}`,
		`{"levels":["REGIONAL"],"forms":["MOU"],"groups":["ASEAN"],"all":true,"codes":["COK"]}`, `[1]`, `{"text":["x"]}`,
	} {
		f.Add(seed)
	}
	lists := map[string]string{"states": "State", "actors": "Actor", "laws": "Law", "policies": "Policy",
		"mechanisms": "CoordinationMechanism", "activities": "Activity"}
	f.Fuzz(func(t *testing.T, text string) {
		var filter any
		if json.Unmarshal([]byte(text), &filter) != nil {
			return
		}
		a := engines[0].get(t)
		for list, typ := range lists {
			got := a.ask(t, "query($f: "+typ+"Filter) { "+list+"(first: 2, filter: $f) { totalCount edges { node { key } } } }",
				map[string]any{"f": filter})
			for _, e := range got.Errors {
				known := e.Extensions.Code == "INVALID" || e.Extensions.Code == "LIMIT"
				if !known || e.Message == "" || strings.Contains(strings.ToLower(e.Message), "sql") && !strings.Contains(strings.ToLower(text), "sql") {
					t.Errorf("%s of %s: %+v", list, text, e)
				}
			}
		}
	})
}

package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"adam/internal/sight"
)

var update = flag.Bool("update", false, "write the golden answers anew")

// golden are the answers that are kept in testdata/golden, by file.
var golden = map[string]struct {
	operation string
	vars      object
	pages     int // more than one: so many pages, each from the cursor at the end of the one before
}{
	"States":           {"States", nil, 1},
	"Chapter-THA":      {"Chapter", object{"code": "THA"}, 1},
	"Chapter-LAO":      {"Chapter", object{"code": "LAO"}, 1},
	"Chapter-REGIONAL": {"Chapter", object{"code": "REGIONAL"}, 1},
	"Chapter-AFG":      {"Chapter", object{"code": "AFG"}, 1},

	"Activities-first-pages":         {"Activities", object{"first": 3}, 3},
	"Activities-trafficking-in-THA":  {"Activities", object{"first": 4, "filter": object{"states": array{"THA"}, "themes": array{"TRAFFICKING"}}}, 2},
	"Activities-money-of-AUS":        {"Activities", object{"first": 5, "filter": object{"donorStates": array{"AUS"}, "status": array{"CLOSED"}}}, 1},
	"Activities-Mekong-on-a-day":     {"Activities", object{"first": 5, "filter": object{"stateGroups": array{"MEKONG"}, "activeOn": "2015-06-30"}}, 1},
	"Activities-police-training":     {"Activities", object{"first": 5, "filter": object{"assistanceTypes": array{"LAW_ENFORCEMENT_TRAINING"}, "audiences": array{"POLICE"}}}, 1},
	"Activities-labour-by-ilo":       {"Activities", object{"first": 5, "filter": object{"topics": array{"LABOUR_MIGRATION"}, "implementers": array{"ilo"}}}, 1},
	"Activities-text-and-value-date": {"Activities", object{"first": 5, "filter": object{"text": "border", "valueFrom": "2010-01-01", "valueTo": "2020-12-31"}}, 1},

	"Search-trafficking-thailand": {"Search", object{"text": "trafficking thailand", "first": 5}, 2},
	"Search-misspelt-laws":        {"Search", object{"text": "imigration", "kinds": array{"LAW"}, "first": 5}, 1},
	"Search-Thai":                 {"Search", object{"text": "ค้ามนุษย์", "first": 5}, 1},
	"Search-nothing":              {"Search", object{"text": "xyzzyplugh", "first": 5}, 1},

	"Gaps-smuggling":                     {"Gaps", object{"theme": "SMUGGLING"}, 1},
	"Gaps-trafficking":                   {"Gaps", object{"theme": "TRAFFICKING"}, 1},
	"GapFindings":                        {"GapFindings", nil, 1},
	"Funding-total":                      {"WhoFundsWhatWhere", object{"by": array{}}, 1},
	"Funding-by-state-and-type":          {"WhoFundsWhatWhere", object{"by": array{"STATE", "ASSISTANCE_TYPE"}, "currency": "AUD", "filter": object{"themes": array{"SMUGGLING"}, "stateGroups": array{"MEKONG"}, "activeFrom": "2010-01-01", "activeTo": "2015-12-31"}}, 1},
	"Funding-by-donor-implementer-theme": {"WhoFundsWhatWhere", object{"by": array{"DONOR", "IMPLEMENTER", "THEME", "YEAR"}, "filter": object{"states": array{"THA"}}}, 1},
	"Funding-disbursements":              {"WhoFundsWhatWhere", object{"by": array{"YEAR"}, "kind": "DISBURSEMENT"}, 1},

	"Totals": {"Totals", object{"code": "MDV", "text": "maldives"}, 1},
}

func TestTheOperationsAnswerAsTheyAlwaysDid(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for name, g := range golden {
			t.Run(name, func(t *testing.T) {
				var got bytes.Buffer
				vars := object{}
				for k, v := range g.vars {
					vars[k] = v
				}
				for range g.pages {
					body := a.raw(t, operation(t, g.operation), vars)
					if err := json.Indent(&got, body, "", "  "); err != nil {
						t.Fatal(err)
					}
					got.WriteByte('\n')
					if g.pages > 1 {
						vars["after"] = endCursor(t, body)
					}
				}
				compareGolden(t, filepath.Join("testdata", "golden", name+".json"), got.Bytes())
			})
		}
	})
}

func endCursor(t *testing.T, body []byte) any {
	t.Helper()
	var out struct {
		Data map[string]struct{ PageInfo pageInfo }
	}
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatal(err)
	}
	for _, list := range out.Data {
		return list.PageInfo.EndCursor
	}
	return nil
}

func compareGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if at := sight.FirstDifference(got, want); at >= 0 {
		t.Errorf("%s differs at byte %d (write it anew with: go test ./graph -run AlwaysDid -update):\ngot  …%.200s\nwant …%.200s",
			file, at, got[max(0, at-60):], want[max(0, at-60):])
	}
}

func TestEveryGoldenFileBelongsToATest(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		if _, ok := golden[name[:len(name)-len(".json")]]; !ok {
			t.Errorf("%s is compared with nothing: take it away", f)
		}
	}
	if len(files) != len(golden) {
		t.Errorf("%d files, %d answers", len(files), len(golden))
	}
}

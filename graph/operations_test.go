package graph_test

import "testing"

func TestTheFourOperationsRunAsWritten(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		for name, vars := range map[string]map[string]any{
			"States": nil, "Chapter": {"code": "THA"},
			"Activities": {"first": 3, "filter": map[string]any{"states": []string{"THA"}, "themes": []string{"TRAFFICKING"}}},
			"Search":     {"text": "trafficking thailand", "first": 5},
		} {
			t.Run(name, func(t *testing.T) {
				got := a.ask(t, operation(t, name), vars)
				if len(got.Errors) > 0 {
					t.Fatalf("%+v", got.Errors)
				}
				t.Logf("%.1500s", got.Data)
			})
		}
	})
}

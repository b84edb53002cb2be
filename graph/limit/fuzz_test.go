package limit

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
)

// Whatever arrives, the walker measures it or refuses it, and what it lets through can be read by ArgumentMap and
// CollectFields, which panic on what they don't like: a panic anywhere would be answered as INTERNAL.
func FuzzNoOperationBreaksTheWalker(f *testing.F) {
	for part := range strings.SplitSeq(readFile(f, "operations.graphql"), "\n\n") {
		f.Add(part, `{"first": 3, "code": "TH"}`)
	}
	f.Add(introspection.Query, `{}`)
	f.Add(`query($f: Int, $l: Int = 3) { states(first: $f, last: $l) { edges { ... @defer { node { ...s } } } } }
		fragment s on State { a: activities(first: null, last: $l) @include(if: true) { totalCount } }`, `{"f": null}`)
	f.Add(`{ states(after: 99999999999999999999) { totalCount } }`, ``)
	f.Add(`{ checkPlan(plan: {title: "x", amount: 1e999}) { gaps { sentence } } }`, `{}`)
	srv := newServer(Standard, nil)
	f.Fuzz(func(t *testing.T, query, variables string) {
		var vars map[string]any
		if json.Unmarshal([]byte(variables), &vars) != nil {
			vars = nil
		}
		if a := ask(t, srv, map[string]any{"query": query, "variables": vars}); len(a.Errors) > 0 && a.Errors[0].Extensions["code"] == "INTERNAL" {
			t.Errorf("%q with %q breaks", query, variables)
		}
	})
}

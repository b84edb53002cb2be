package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// verifiable tells whether a total of a connection has a share that is verified: its rows carry a verification, or are
// money, which is verified with what it pays for.
func verifiable(connection *ast.Definition) bool {
	node := schema.Types[schema.Types[connection.Fields.ForName("edges").Type.Name()].Fields.ForName("node").Type.Name()]
	return node.Fields.ForName("verification") != nil || node.Name == "Funding"
}

func TestEveryTotalOfRecordsAndMoneyTellsHowManyAreVerified(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		asked := 0
		for _, l := range lists() {
			connection := schema.Types[l.field.Type.Name()]
			if has := connection.Fields.ForName("verifiedCount") != nil; has != verifiable(connection) {
				t.Errorf("%s tells it: %v", connection.Name, has)
			}
			if !verifiable(connection) {
				continue
			}
			asked++
			r, args := record{around: "%s"}, "("+l.args+")"
			if l.args == "" {
				r, args = l.within(t, a), ""
			}
			got := a.ask(t, "{"+r.at(l.field.Name+args+" { verifiedCount }")+"}", nil)
			if len(got.Errors) > 0 || !strings.Contains(string(got.Data), `"verifiedCount":0`) {
				t.Errorf("%s of what is shipped: %s %+v", l, got.Data, got.Errors)
			}
		}
		if asked < 17 {
			t.Errorf("only %d lists were asked", asked)
		}
	})
}

// What nobody selects is not asked for. What somebody does costs one statement for each list, for all parents at once; the
// loader waits a moment for them to ask, so that how often it asks is a matter of time.
func TestWhatIsVerifiedIsCountedOnlyWhereItIsSelected(t *testing.T) {
	each(t, func(t *testing.T, shared *api) {
		a, asked := listened(shared)
		for _, c := range []struct {
			query, field string
			most         int
		}{
			{`{ laws(first: 3) { totalCount %s edges { node { key } } } }`, "verifiedCount", 1},
			{`{ laws(first: 3) { %s edges { node { key } } } }`, "verifiedCount", 1},
			{`{ activities(first: 3, filter: {states: ["THA"], donors: ["iom"]}) { totalCount %s } }`, "verifiedCount", 1},
			{`{ search(text: "trafficking", first: 3) { totalCount %s } }`, "verifiedCount", 1},
			{`{ chapter(code: "THA") { laws(first: 3) { totalCount %s } progress { total } } }`, "verifiedCount", 1},
			{`{ chapters { edges { node { laws(first: 3) { totalCount %s } } } } }`, "verifiedCount", 10},
			{`{ activities(first: 100) { edges { node { fundings(first: 3) { totalCount %s } } } } }`, "verifiedCount", 30},
			{`{ chapter(code: "THA") { progress { total %s } } }`, "verified", 5},
			{`{ chapters { edges { node { progress { total %s } } } } }`, "verified", 50},
		} {
			without := counting(asked.during(func() { a.want(t, fmt.Sprintf(c.query, ""), nil, &struct{}{}) }))
			with := counting(asked.during(func() { a.want(t, fmt.Sprintf(c.query, c.field), nil, &struct{}{}) }))
			if len(without) > 0 || len(with) == 0 || len(with) > c.most {
				t.Errorf("%s is asked in %d statements, at most %d are meant, and in %d without:\n%.4000s", c.query, len(with), c.most, len(without), strings.Join(with, "\n"))
			}
		}
	})
}

// counting leaves those statements that ask for what is verified on a day.
func counting(all []string) []string {
	return slices.DeleteFunc(all, func(q string) bool {
		return !strings.Contains(q, "verified_until` >=") && !strings.Contains(q, `verified_until" >=`)
	})
}

package querygen_test

import (
	"strings"
	"testing"

	"adam/graph/querygen"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func TestEveryPlaceOfAMutationThatNamesSomethingIsFound(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { x: Int } type Done { ok: Boolean }
		type Mutation { change(id: ID!, to: Change!): Done! drop(key: String!, why: String!): Boolean }
		input Change { title: String! parts: [Part!] of: [ID!] key: String again: Change } input Part { key: String! size: Int! }`})
	var found []string
	for _, p := range querygen.Places(schema, []string{"key"}, words) {
		found = append(found, p.String())
		q := p.Naming("quokka")
		if _, errs := gqlparser.LoadQueryWithRules(schema, q.Text, rules.NewDefaultRules()); len(errs) > 0 {
			t.Errorf("%s: %v in %s", p, errs, q.Text)
		}
	}
	if got, want := strings.Join(found, " "), "change.id change.to.parts.key change.to.of change.to.key drop.key"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

func TestEveryMutationOfTheProgramIsValidAtEveryPlace(t *testing.T) {
	schema := published(t)
	for _, p := range querygen.Places(schema, []string{"key", "actor", "states"}, words) {
		if _, errs := gqlparser.LoadQueryWithRules(schema, p.Naming("x").Text, rules.NewDefaultRules()); len(errs) > 0 {
			t.Errorf("%s: %v", p, errs)
		}
	}
}

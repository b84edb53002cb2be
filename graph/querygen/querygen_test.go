package querygen_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"adam/graph/querygen"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// published is the program's own schema, as it stands now.
func published(t *testing.T) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("../*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	var sources []*ast.Source
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: f, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

var words = querygen.Vocabulary{
	Named:  map[string][]string{"text": {"quokka", "trafficking \"x\""}, "states": {"THA", "LAO"}},
	Scalar: map[string][]string{"ID": {"law_0123456789ab"}, "String": {"iom"}, "Date": {"2020-01-01"}},
	Ints:   []int{1, 2},
}

// A question that the schema refuses asks nothing.
func TestEveryOperationIsValid(t *testing.T) {
	schema := published(t)
	g := querygen.New(schema, 1, words)
	different := map[string]bool{}
	for range 3000 {
		q := g.Next()
		different[q.Text] = true
		if _, errs := gqlparser.LoadQueryWithRules(schema, q.Text, rules.NewDefaultRules()); len(errs) > 0 {
			t.Fatalf("%v in\n%s", errs, q.Text)
		}
	}
	if len(different) < 2950 {
		t.Errorf("of 3000 operations %d are different", len(different))
	}
}

func TestTheSameSeedAsksTheSame(t *testing.T) {
	schema := published(t)
	a, b, c := querygen.New(schema, 7, words), querygen.New(schema, 7, words), querygen.New(schema, 8, words)
	others := 0
	for range 300 {
		one := a.Next()
		if two := b.Next(); !reflect.DeepEqual(one, two) {
			t.Fatalf("%v and %v", one, two)
		}
		if one.Text != c.Next().Text {
			others++
		}
	}
	if others < 250 {
		t.Errorf("another seed asks %d other questions of 300", others)
	}
}

// What nobody asked for is not shown to be safe. The schema grows: what is new is asked for too, or named here with why.
func TestEveryFieldAndArgumentIsAskedFor(t *testing.T) {
	schema := published(t)
	g := querygen.New(schema, 1, words)
	for range 3000 {
		q := g.Next()
		g.Learn(q, q.Answered("gqFp0wEAAAAAAAAAoXahYQ"))
	}
	t.Logf("%d fields, arguments and values in 3000 operations", g.Used())
	for _, name := range g.Unused() {
		t.Errorf("%s was in no operation", name)
	}
	if n := len(querygen.Reachable(schema)); n < 500 {
		t.Errorf("only %d things can be reached: has the schema shrunk?", n)
	}
}

func TestCursorsOfAnAnswerComeBack(t *testing.T) {
	g := querygen.New(published(t), 1, words)
	const cursor = "gqFp0wEAAAAAAAAAoXahYQ"
	for range 100 {
		q := g.Next()
		g.Learn(q, q.Answered(cursor))
	}
	g.Learn(g.Next(), []byte("<html>"))
	for range 100 {
		q := g.Next()
		for _, v := range q.Variables {
			if v == cursor {
				return
			}
		}
		if strings.Contains(q.Text, `: "`+cursor+`"`) {
			return
		}
	}
	t.Error("a cursor that was learned is never used")
}

func TestABranchOfTypesIsAskedWithFragments(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { thing(id: ID!): Thing one(of: Choice = {a: 1}): Either! }
		interface Thing { id: ID! } type Dog implements Thing { id: ID! bark(times: Int!): String } type Cat implements Thing { id: ID! mew: [Mew!]! }
		enum Mew { LOUD SOFT } union Either = Dog | Cat input Choice { a: Int! b: [Mew!] }`})
	g := querygen.New(schema, 3, words)
	all := ""
	for range 200 {
		q := g.Next()
		if _, errs := gqlparser.LoadQueryWithRules(schema, q.Text, rules.NewDefaultRules()); len(errs) > 0 {
			t.Fatalf("%v in\n%s", errs, q.Text)
		}
		all += q.Text
	}
	for _, text := range []string{"... on Dog", "... on Cat", "fragment f0 on", "...f0", "$v0", "LOUD", "bark(times: "} {
		if !strings.Contains(all, text) {
			t.Errorf("%q is in no operation", text)
		}
	}
	if left := g.Unused(); len(left) > 0 {
		t.Errorf("not asked: %v", left)
	}
}

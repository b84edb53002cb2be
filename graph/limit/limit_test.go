package limit

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"adam/graph/transport"
)

// largest are the variables with which an operation of the interface asks for most.
var largest = map[string]any{"code": "TH", "key": "k", "text": "t", "theme": "SMUGGLING", "first": 100, "id": "cycle_1",
	"by": []string{"DONOR"}, "plan": map[string]any{"title": "t"}, "in": map[string]any{"title": "t", "sources": []any{}}}

// measured is the size of an operation, without limits in its way.
func measured(t *testing.T, query, name string, vars map[string]any) extent {
	t.Helper()
	doc, err := gqlparser.LoadQueryWithRules(loadSchema(), query, nil)
	if err != nil {
		t.Fatal(err)
	}
	(&pages{documents: drop{}}).Add(t.Context(), query, doc)
	w := walker{vars: vars, fragments: map[*ast.FragmentDefinition]*extent{}}
	size := w.selections(doc.Operations.ForName(name).SelectionSet)
	if w.err != nil {
		t.Fatal(w.err)
	}
	return size
}

type drop struct{}

func (drop) Get(context.Context, string) (*ast.QueryDocument, bool) { return nil, false }
func (drop) Add(context.Context, string, *ast.QueryDocument)        {}

func TestEveryOperationOfTheInterfacePasses(t *testing.T) {
	srv := newServer(Standard, nil)
	text := readFile(t, "operations.graphql")
	for part := range strings.SplitSeq(text, "\n\n") {
		name := strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune(" ({", r) })[1]
		t.Run(name, func(t *testing.T) {
			vars := map[string]any{}
			for k, v := range largest {
				if strings.Contains(part, "$"+k) {
					vars[k] = v
				}
			}
			if name == "Confirm" {
				vars["in"] = map[string]any{"items": []any{map[string]any{"id": "a", "version": 1}}}
			}
			ask(t, srv, map[string]any{"query": part, "variables": vars}).passes(t)
			size := measured(t, part, name, vars)
			t.Logf("cost %d, depth %d, most by %s", size.cost, size.depth, size.dearest)
			if size.cost > Standard.Cost*2/3 || size.depth > Standard.Depth-2 || size.aliases > 0 {
				t.Errorf("an operation of the interface is close to the limits: %+v", size)
			}
		})
	}
}

func TestTwoLevelsOfHundredRecordsPassAndThreeDoNot(t *testing.T) {
	srv := newServer(Standard, nil)
	ask(t, srv, map[string]any{"query": `{ activities(first: 100) { edges { node { key
		fundings(first: 100) { edges { node { amount } } } } } } }`}).passes(t)
	for name, q := range map[string]string{
		"in place": `{ states(first: 100) { edges { node { activities(first: 100) { edges { node {
			fundings(first: 100) { edges { node { amount } } } } } } } } } }`,
		"from the end": `{ states(last: 100) { edges { node { activities(last: 100) { edges { node {
			fundings(last: 100) { edges { node { amount } } } } } } } } } }`,
		"by a variable": `query($n: Int = 100) { states(first: $n) { edges { node { activities(first: $n) { edges { node {
			fundings(last: $n) { edges { node { amount } } } } } } } } } }`,
		"by fragments": `{ states(first: 100) { edges { ...s } } } fragment s on StateEdge { node { activities(first: 100) { edges { ...a } } } }
			fragment a on ActivityEdge { node { ... on Activity { fundings(first: 100) { edges { node { amount } } } } } }`,
		"by lists": `{ activities(first: 100) { edges { node { states { activities(first: 100) { totalCount edges { cursor } } } } } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			ask(t, srv, map[string]any{"query": q}).is(t, "LIMIT", "at most 50,000 are allowed")
		})
	}
	a := ask(t, srv, map[string]any{"query": `{ viewer { email } states(first: 100) { edges { node { activities(first: 100) { edges { node {
		fundings(first: 100) { edges { node { amount } } } } } } } } } }`})
	a.is(t, "LIMIT", `could bring 3,030,303 values, most of them by "states"`)
}

func TestADefaultPageCounts25(t *testing.T) {
	got := measured(t, "{ activities { edges { node { key } } } }", "", map[string]any{})
	if want := 1 + 25*3; got.cost != want {
		t.Errorf("cost %d, want %d", got.cost, want)
	}
	got = measured(t, "query($n: Int) { activities(first: $n) { edges { node { states { code } } } } }", "", map[string]any{"n": nil})
	if want := 1 + 25*(1+1+1+10*1); got.cost != want {
		t.Errorf("cost %d, want %d", got.cost, want)
	}
}

func TestDepthIsLimited(t *testing.T) {
	srv := newServer(Standard, nil)
	const twelve = `activity(key: "a") { overlaps(first: 1) { edges { node { activity { overlaps(first: 1) { edges { node { activity { history(first: 1) { edges { %s } } } } } } } } } } }`
	ask(t, srv, map[string]any{"query": "{" + fmt.Sprintf(twelve, "cursor") + "}"}).passes(t)
	a := ask(t, srv, map[string]any{"query": "{" + fmt.Sprintf(twelve, "\nnode {\n action }") + "}"})
	a.is(t, "LIMIT", "asks for 13 levels of fields within fields; at most 12 are allowed")
	if len(a.Errors[0].Locations) != 1 || a.Errors[0].Locations[0].Line != 3 {
		t.Errorf("the place of the deepest field: %+v", a.Errors[0].Locations)
	}
	ask(t, srv, map[string]any{"query": "{" + fmt.Sprintf(twelve, "...f") + "} fragment f on HistoryEntryEdge { node { action } }"}).
		is(t, "LIMIT", "asks for 13 levels")
}

func TestTheQuestionOfToolsAboutTheSchemaPasses(t *testing.T) {
	srv := newServer(Standard, nil)
	ask(t, srv, map[string]any{"query": introspection.Query}).passes(t)
	ask(t, srv, map[string]any{"query": `{ __type(name: "Law") { fields { name type { fields { name type { ofType { ofType { ofType { name } } } } } } } } }`}).passes(t)
	ask(t, srv, map[string]any{"query": `{ a: __schema { queryType { name } } b: __schema { queryType { name } } c: __schema { queryType { name } } }`}).
		is(t, "LIMIT", "could bring 60,000 values")
	ask(t, srv, map[string]any{"query": `{ __schema { types { ...t } } } fragment t on __Type { fields { type { inputFields { name } } } }`}).
		is(t, "LIMIT", "nests lists of types and fields 3 deep")
}

func TestAliasesAreLimited(t *testing.T) {
	srv := newServer(Standard, nil)
	aliases := func(n int) string {
		q := "{ viewer { email: email }" // an alias that changes nothing is none
		for i := range n {
			q += fmt.Sprintf(" a%d: viewer { email }", i)
		}
		return q + " }"
	}
	ask(t, srv, map[string]any{"query": aliases(20)}).passes(t)
	ask(t, srv, map[string]any{"query": aliases(21)}).is(t, "LIMIT", "renames 21 fields by aliases; at most 20")
	ask(t, srv, map[string]any{"query": `{ a: viewer { ...v } b: viewer { ...v } c: viewer { ...v } } fragment v on Viewer { ...w ...w m: email }
		fragment w on Viewer { n: email o: email p: role }`}).is(t, "LIMIT", "renames 24 fields")
	ask(t, srv, map[string]any{"query": `{` + strings.Repeat(` __type(name: "A") { n: name o: name p: name }`, 7) + `}`}).is(t, "LIMIT", "renames 21 fields")
}

func TestOnlyTheChosenOperationIsMeasured(t *testing.T) {
	srv := newServer(Standard, nil)
	const q = `query small { viewer { email } } query large { states(first: 101) { totalCount } }`
	ask(t, srv, map[string]any{"query": q, "operationName": "small"}).passes(t)
	ask(t, srv, map[string]any{"query": q, "operationName": "large"}).is(t, "LIMIT", `"states" is asked for first: 101; a page has 1 to 100 records`)
}

func TestHostileDocumentsAreRefusedAtOnce(t *testing.T) {
	srv := newServer(Standard, nil)
	bomb := "{...f0} fragment f99 on Query { viewer { a: email } }"
	for i := range 99 {
		bomb += fmt.Sprintf(" fragment f%d on Query { ...f%d ...f%d }", i, i+1, i+1)
	}
	for name, test := range map[string]struct{ query, code string }{
		"10,000 levels":           {strings.Repeat("{a", 10_000) + strings.Repeat("}", 10_000), "LIMIT"},
		"10,000 open braces":      {strings.Repeat("{a", 10_000), "LIMIT"},
		"99 levels":               {strings.Repeat("{a", 99) + strings.Repeat("}", 99), "INVALID"},
		"99 levels of fragments":  {strings.Repeat("{...", 99) + "{viewer{email}}" + strings.Repeat("}", 99), "LIMIT"},
		"10,000 levels of a list": {"{node(id:" + strings.Repeat("[", 10_000), "LIMIT"},
		"20,000 words":            {"{" + strings.Repeat("a ", 20_000) + "}", "LIMIT"},
		"one name often":          {"{" + strings.Repeat("__typename ", 1_990) + "}", "LIMIT"},
		"comments":                {strings.Repeat("#\n", 3_000) + "{" + strings.Repeat("__typename ", 1_000) + "}", "LIMIT"},
		"unknown names":           {"{" + strings.Repeat("a b c d e f g h ", 240) + "}", "INVALID"},
		"fragments of fragments":  {bomb, "LIMIT"},
		"fragment within itself":  {"{...f} fragment f on Query { ...g } fragment g on Query { ...f }", "INVALID"},
		"many operations":         {strings.Repeat("query a{viewer{email}}", 200), "INVALID"},
		"a long name":             {"{" + strings.Repeat("x", 60_000) + "}", "INVALID"},
		"a long string":           {`{node(id:"` + strings.Repeat("x", 60_000) + `"){id`, "INVALID"},
		"schema in the schema":    {"{__schema{types{fields{type{fields{type{fields{name}}}}}}}}", "LIMIT"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a := ask(t, srv, map[string]any{"query": test.query})
			took := time.Since(start)
			t.Logf("%v: %.300s", took, a)
			if len(a.Errors) == 0 || a.Errors[0].Extensions["code"] != test.code {
				t.Errorf("got %.300s, want %s", a, test.code)
			}
			if took > 5*time.Second { // some 25 ms; the machine may be busy
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestNumbersThatCannotBeHeldAreRefused(t *testing.T) {
	srv := newServer(Standard, nil)
	for _, q := range []string{
		`{ states(after: 99999999999999999999) { totalCount } }`,
		`{ states(after: -1e999) { totalCount } }`,
		`{ states(after: {a: [1, {b: 99999999999999999999}]}) { totalCount } }`,
		`{ ...f } fragment f on Query { ... { states(after: 99999999999999999999) { totalCount } } }`,
	} {
		ask(t, srv, map[string]any{"query": q}).is(t, "INVALID", "is too large")
	}
	ask(t, srv, map[string]any{"query": `{ checkPlan(plan: {title: "x", amount: 9999999999999999}) { gaps { sentence } } }`}).passes(t)
}

func TestAnOperationIsStoppedWhenItsTimeIsOver(t *testing.T) {
	limits := Standard
	limits.Time = 20 * time.Millisecond
	srv := newServer(limits, func(ctx context.Context) { <-ctx.Done() })
	start := time.Now()
	ask(t, srv, map[string]any{"query": "{viewer{email}}"}).is(t, "LIMIT", "took longer than 0.02 seconds and was stopped")
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	var left time.Duration
	srv = newServer(Standard, func(ctx context.Context) {
		end, _ := ctx.Deadline()
		left = time.Until(end)
	})
	ask(t, srv, map[string]any{"query": "{viewer{email}}"}).passes(t)
	if left <= 4*time.Second || left > 5*time.Second {
		t.Errorf("an operation has %v", left)
	}
}

func TestASchemaWithAConnectionWithoutPagesIsRefused(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { laws(first: Int): LawConnection } type LawConnection { totalCount: Int }"})
	defer func() {
		if v := recover(); v == nil || !strings.Contains(fmt.Sprint(v), "Query.laws is a connection without") {
			t.Errorf("got %v", v)
		}
	}()
	Use(transport.New(echo{schema: schema}), Standard)
}

func TestCounting(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1030301: "1,030,301", most: "over 1,000,000,000"} {
		if got := count(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
	if product(100, most) != most || product(most, most) != most || product(0, most) != 0 || sum(most, most) != most || product(7, 6) != 42 {
		t.Error("arithmetic does not stop at the top")
	}
}

package limit

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestPageSizesAreCheckedAtEveryLevel(t *testing.T) {
	srv := newServer(Standard, nil)
	for args, want := range map[string]string{
		"first: 1": "", "first: 100": "", "last: 1": "", "last: 100": "", "first: null": "", "last: null": "",
		"first: 5, last: null": "", "first: null, last: 5": "",
		"first: 0":            "LIMIT: %q is asked for first: 0; a page has 1 to 100",
		"first: -1":           "LIMIT: %q is asked for first: -1",
		"first: 101":          "LIMIT: %q is asked for first: 101",
		"last: 0":             "LIMIT: %q is asked for last: 0",
		"last: 5000":          "LIMIT: %q is asked for last: 5000",
		"first: 5, last: 5":   "INVALID: %q is asked for both first and last: give one of them.",
		"first: 500, last: 0": "INVALID: %q is asked for both",
		`first: 5, after: ""`: "",
	} {
		for name, q := range map[string]string{
			"activities": `{ activities(%s) { totalCount } }`,
			"fundings":   `{ activities(first: 2) { edges { node { fundings(%s) { edges { node { amount } } } } } } }`,
			"overlaps":   `{ activity(key: "a") { ...f } } fragment f on Activity { overlaps(%s) { totalCount } }`,
			"laws":       `{ chapter(code: "TH") { ... on Node { id } ... on Chapter { laws(%s) { totalCount } } } }`,
		} {
			if strings.Contains(args, "after") && name != "activities" {
				continue
			}
			a := ask(t, srv, map[string]any{"query": fmt.Sprintf(q, args)})
			if want == "" {
				a.passes(t)
				continue
			}
			code, sentence, _ := strings.Cut(fmt.Sprintf(want, name), ": ")
			a.is(t, code, sentence)
			if len(a.Errors[0].Locations) != 1 || a.Errors[0].Locations[0].Column < 3 {
				t.Errorf("no place: %+v", a.Errors[0])
			}
		}
	}
}

func TestPageSizesInVariablesAreChecked(t *testing.T) {
	srv := newServer(Standard, nil)
	const q = `query($f: Int, $l: Int) { activities(first: $f, last: $l) { totalCount } }`
	for _, test := range []struct {
		vars map[string]any
		want string
	}{
		{map[string]any{"f": 100}, ""},
		{map[string]any{"f": "7"}, ""},
		{map[string]any{"l": 100, "f": nil}, ""},
		{map[string]any{"f": 101}, "LIMIT: first: 101"},
		{map[string]any{"f": 0}, "LIMIT: first: 0"},
		{map[string]any{"l": 1000}, "LIMIT: last: 1000"},
		{map[string]any{"l": 5, "f": 5}, "INVALID: both first and last"},
		{map[string]any{"f": 2147483648}, "LIMIT: first: 2147483648"},
	} {
		a := ask(t, srv, map[string]any{"query": q, "variables": test.vars})
		if test.want == "" {
			a.passes(t)
			continue
		}
		code, sentence, _ := strings.Cut(test.want, ": ")
		a.is(t, code, sentence)
	}
}

// The values are what ArgumentMap gives to a resolver, and to entgql when it collects the fields below it.
func TestADefaultPageTakesEffect(t *testing.T) {
	srv := newServer(Standard, nil)
	for name, test := range map[string]struct {
		query string
		vars  map[string]any
		want  map[string]string
	}{
		"no argument":    {`{ activities { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"another":        {`{ activities(after: "x") { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"null":           {`{ activities(first: null, last: null) { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"given":          {`{ activities(first: 7) { totalCount } }`, nil, map[string]string{"activities": "first 7, last <nil>"}},
		"given last":     {`{ activities(last: 7) { totalCount } }`, nil, map[string]string{"activities": "first <nil>, last 7"}},
		"given and null": {`{ activities(first: null, last: 7) { totalCount } }`, nil, map[string]string{"activities": "first <nil>, last 7"}},
		"at every level": {`{ states { edges { node { activities(last: 3) { edges { node { ...a } } } } } } } fragment a on Activity { fundings { totalCount } ... { overlaps { totalCount } } }`,
			nil, map[string]string{"states": "first 25, last <nil>", "states.edges.node.activities": "first <nil>, last 3",
				"states.edges.node.activities.edges.node.fundings": "first 25, last <nil>", "states.edges.node.activities.edges.node.overlaps": "first 25, last <nil>"}},
		"variable absent":           {`query($n: Int) { activities(first: $n) { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"variable null":             {`query($n: Int) { activities(first: $n) { totalCount } }`, map[string]any{"n": nil}, map[string]string{"activities": "first 25, last <nil>"}},
		"variable given":            {`query($n: Int) { activities(first: $n) { totalCount } }`, map[string]any{"n": 9}, map[string]string{"activities": "first 9, last <nil>"}},
		"variable's default":        {`query($n: Int = 8) { activities(first: $n) { totalCount } }`, nil, map[string]string{"activities": "first 8, last <nil>"}},
		"null against its default":  {`query($n: Int = 8) { activities(first: $n) { totalCount } }`, map[string]any{"n": nil}, map[string]string{"activities": "first 25, last <nil>"}},
		"last absent":               {`query($n: Int) { activities(last: $n) { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"last given":                {`query($n: Int) { activities(last: $n) { totalCount } }`, map[string]any{"n": 9}, map[string]string{"activities": "first <nil>, last 9"}},
		"both absent":               {`query($f: Int, $l: Int) { activities(first: $f, last: $l) { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"both, last given":          {`query($f: Int, $l: Int) { activities(first: $f, last: $l) { totalCount } }`, map[string]any{"l": 4, "f": nil}, map[string]string{"activities": "first <nil>, last 4"}},
		"last null literal":         {`query($f: Int) { activities(first: $f, last: null) { totalCount } }`, nil, map[string]string{"activities": "first 25, last <nil>"}},
		"one variable in two roles": {`query($n: Int, $m: Int) { activities(first: $n, last: $m) { totalCount } states(first: $n) { totalCount } overlaps(last: $n) { totalCount } }`, map[string]any{"m": 3}, map[string]string{"activities": "first <nil>, last 3", "states": "first 25, last <nil>", "overlaps": "first 25, last <nil>"}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // parsed, then from the cache
				a := ask(t, srv, map[string]any{"query": test.query, "variables": test.vars})
				if !reflect.DeepEqual(a.Data, test.want) {
					t.Errorf("got %s, want %v", a, test.want)
				}
			}
		})
	}
}

func TestAVariableKeepsItsValueOutsideOfPages(t *testing.T) {
	var n any = "unset"
	srv := newServer(Standard, func(ctx context.Context) { n = graphql.GetOperationContext(ctx).Variables["n"] })
	a := ask(t, srv, map[string]any{"query": `query($n: Int) { activities(first: $n) { totalCount } }`, "variables": map[string]any{"n": nil}})
	a.passes(t)
	if n != nil {
		t.Errorf("the variable of the client became %v", n)
	}
}

func TestOneDocumentServesManyRequestsAtOnce(t *testing.T) {
	srv := newServer(Standard, nil)
	const q = `query Q($n: Int, $m: Int) { states { edges { node { activities(first: $n, last: $m) { edges { node { ...a } } } } } } }
		fragment a on Activity { fundings(first: $n) { totalCount } overlaps { totalCount } }`
	var all sync.WaitGroup
	for worker := range 16 {
		all.Go(func() {
			for i := range 50 {
				vars, page, below := map[string]any{}, "first 25, last <nil>", "first 25, last <nil>"
				switch n := 1 + (worker+i)%5; (worker + i) % 3 {
				case 0:
					vars["n"], page, below = n, fmt.Sprintf("first %d, last <nil>", n), fmt.Sprintf("first %d, last <nil>", n)
				case 1:
					vars["m"], page = n, fmt.Sprintf("first <nil>, last %d", n)
				}
				const inside = "states.edges.node.activities"
				want := map[string]string{"states": "first 25, last <nil>", inside: page,
					inside + ".edges.node.fundings": below, inside + ".edges.node.overlaps": "first 25, last <nil>"}
				// Every tenth text is new, so that adding and reading meet.
				a := ask(t, srv, map[string]any{"query": q + strings.Repeat(" ", i/10), "variables": vars})
				if !reflect.DeepEqual(a.Data, want) {
					t.Errorf("got %s, want %v", a, want)
				}
			}
		})
	}
	all.Wait()
}

func TestDeferIsLeftOut(t *testing.T) {
	a := ask(t, newServer(Standard, nil), map[string]any{"query": `{ activity(key: "a") { ... @defer { overlaps { totalCount } } ...f @defer(label: "x") } } fragment f on Activity { fundings { totalCount } }`})
	if a.Data["activity.overlaps"] != "first 25, last <nil>" || a.Data["activity.fundings"] != "first 25, last <nil>" {
		t.Errorf("got %s", a)
	}
	var deferred bool
	srv := newServer(Standard, func(ctx context.Context) {
		op := graphql.GetOperationContext(ctx)
		for _, f := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
			deferred = deferred || f.IsDeferred()
		}
	})
	ask(t, srv, map[string]any{"query": `{ ... @defer { viewer { email } } ... @include(if: true) { states { totalCount } } }`}).passes(t)
	if deferred {
		t.Error("a field waits for a second answer")
	}
}

func TestOnlyDocumentsOfUsualSizeAreKept(t *testing.T) {
	kept := 0
	cache := &pages{documents: counting{&kept}}
	for query, want := range map[string]int{
		"{ viewer { email } }": 1,
		"{ viewer { email } } #" + strings.Repeat("x", cachedBytes):                                    0,
		"{ viewer {" + strings.Repeat(" email", cachedParts) + "} }":                                   0,
		"{ chapter(code: \"TH\") @skip(if: false) { laws(first: 3) { totalCount } } }":                 1,
		"{ search(text: \"x\", kinds: [" + strings.Repeat(" LAW", cachedParts) + "]) { totalCount } }": 0,
	} {
		kept = 0
		doc, err := gqlparser.LoadQueryWithRules(loadSchema(), query, nil)
		if err != nil {
			t.Fatal(err)
		}
		cache.Add(t.Context(), query, doc)
		if kept != want {
			t.Errorf("kept %d of %.60s", kept, query)
		}
	}
	for part := range strings.SplitSeq(readFile(t, "operations.graphql"), "\n\n") {
		doc, err := gqlparser.LoadQueryWithRules(loadSchema(), part, nil)
		if err != nil {
			t.Fatal(err)
		}
		kept = 0
		if cache.Add(t.Context(), part, doc); kept != 1 {
			t.Errorf("not kept: %.60s", part)
		}
	}
}

type counting struct{ kept *int }

func (counting) Get(context.Context, string) (*ast.QueryDocument, bool) { return nil, false }
func (c counting) Add(context.Context, string, *ast.QueryDocument)      { *c.kept++ }

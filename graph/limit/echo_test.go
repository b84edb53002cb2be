package limit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"adam/graph/transport"
)

func readFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var loadSchema = sync.OnceValue(func() *ast.Schema {
	text, err := os.ReadFile("testdata/schema.graphql")
	if err != nil {
		panic(err)
	}
	return gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)})
})

// echo is an executable schema whose answer is what resolvers and entgql's field collection would see: for every
// connection its path and the arguments that ArgumentMap gives. It runs before, where there is something to do first.
type echo struct {
	schema *ast.Schema
	before func(context.Context)
}

func (e echo) Schema() *ast.Schema { return e.schema }

func (echo) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (e echo) Exec(context.Context) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		if e.before != nil {
			e.before(ctx)
			if ctx.Err() != nil {
				graphql.AddError(ctx, fmt.Errorf("interrupted (9)"))
			}
		}
		op := graphql.GetOperationContext(ctx)
		seen := map[string]string{}
		look(op, op.Operation.SelectionSet, "", seen)
		data, err := json.Marshal(seen)
		if err != nil {
			panic(err)
		}
		return &graphql.Response{Data: data}
	}
}

func look(op *graphql.OperationContext, set ast.SelectionSet, path string, seen map[string]string) {
	for _, field := range graphql.CollectFields(op, set, nil) {
		at := strings.TrimPrefix(path+"."+field.Alias, ".")
		if isConnection(field.Field) {
			args := field.ArgumentMap(op.Variables)
			seen[at] = fmt.Sprintf("first %v, last %v", args["first"], args["last"])
		} else if len(field.Arguments) > 0 {
			seen[at] = fmt.Sprint(field.ArgumentMap(op.Variables))
		}
		look(op, field.Selections, at, seen)
	}
}

// newServer is the handler as the program wires it.
func newServer(limits Limits, before func(context.Context)) *handler.Server {
	srv := transport.New(echo{loadSchema(), before})
	Use(srv, limits)
	return srv
}

// answer is what came back: the pages that were seen, or the first error.
type answer struct {
	Data   map[string]string
	Errors []struct {
		Message    string
		Locations  []struct{ Line, Column int }
		Extensions map[string]any
	}
}

func ask(t testing.TB, srv http.Handler, params map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	srv.ServeHTTP(rec, r)
	var a answer
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, rec.Body)
	}
	return a
}

func (a answer) String() string {
	if len(a.Errors) > 0 {
		return fmt.Sprintf("%v: %s", a.Errors[0].Extensions["code"], a.Errors[0].Message)
	}
	return fmt.Sprint(a.Data)
}

// is checks for one error of a code whose sentence holds a text.
func (a answer) is(t *testing.T, code, text string) {
	t.Helper()
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != code || !strings.Contains(a.Errors[0].Message, text) {
		t.Errorf("got %.500s\nwant %s: …%s…", a, code, text)
	}
}

func (a answer) passes(t *testing.T) {
	t.Helper()
	if len(a.Errors) > 0 {
		t.Errorf("refused: %s", a)
	}
}

package transport

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Whichever field fails first: the answer is the same, byte for byte.
func TestErrorsStandInTheOrderOfTheirPaths(t *testing.T) {
	at := func(path ...ast.PathElement) *gqlerror.Error { return &gqlerror.Error{Message: "x", Path: path} }
	name, index := func(s string) ast.PathElement { return ast.PathName(s) }, func(i int) ast.PathElement { return ast.PathIndex(i) }
	want := gqlerror.List{
		at(), at(name("a")), at(name("a"), index(2)), at(name("a"), index(10)), at(name("a"), index(10), name("key")), at(name("a"), name("nodes")), at(name("b")),
	}
	head, _, err := envelope(&graphql.Response{Errors: want})
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		shuffled := slices.Clone(want)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		w := written(t, &graphql.Response{Errors: shuffled})
		if !bytes.HasPrefix(w, head) {
			t.Fatalf("got\n%s\nwant\n%s", w, head)
		}
	}
}

func TestErrorsOfOnePathKeepTheirOrder(t *testing.T) {
	errs := gqlerror.List{{Message: "second"}, {Message: "first"}, {Message: "z", Path: ast.Path{ast.PathName("a")}}, {Message: "a", Path: ast.Path{ast.PathName("a")}}}
	head, _, err := envelope(&graphql.Response{Errors: errs})
	if err != nil {
		t.Fatal(err)
	}
	if w := written(t, &graphql.Response{Errors: slices.Clone(errs)}); !bytes.HasPrefix(w, head) {
		t.Errorf("got\n%s\nwant\n%s", w, head)
	}
}

// written writes an answer and gives its bytes.
func written(t *testing.T, resp *graphql.Response) []byte {
	t.Helper()
	rec := httptest.NewRecorder()
	write(rec, query("{ hello }"), mediaJSON, http.StatusOK, resp)
	return rec.Body.Bytes()
}

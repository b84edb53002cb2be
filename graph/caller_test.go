package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

type vars = map[string]any

// caller is somebody who asks.
type caller struct {
	*api
	viewer access.Viewer
	once   string // Idempotency-Key; "" where there is none
}

// call asks as somebody.
func (c caller) call(t testing.TB, query string, v vars) answer {
	t.Helper()
	body, err := json.Marshal(vars{"query": query, "variables": v})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	ctx := edition.Into(access.With(r.Context(), c.viewer), c.store.Client, access.Working, 0)
	if c.once != "" {
		ctx = graph.WithIdempotencyKey(ctx, c.once)
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r.WithContext(ctx))
	var out answer
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return out
}

// do asks for what must succeed.
func (c caller) do(t testing.TB, query string, v vars, out any) {
	t.Helper()
	got := c.call(t, query, v)
	if len(got.Errors) > 0 {
		t.Fatalf("%+v", got.Errors)
	}
	if err := json.Unmarshal(got.Data, out); err != nil {
		t.Fatalf("%v in %s", err, got.Data)
	}
}

func somebody(name string, grants ...access.Grant) access.Viewer {
	return access.SignedIn(term.NewID(term.KindPerson), name, grants)
}

func aSecretariat() access.Viewer {
	return somebody("Regional Support Office", access.Grant{Role: access.Secretariat})
}

// written are catalogues that the tests here write to: each test its own records, as loading takes long.
var written = []fixture{{"sqlite", loaded(dialect.SQLite, nil)}, {"postgres", loaded(dialect.Postgres, nil)}}

// writing runs a test over the shipped data that may write, on both engines.
func writing(t *testing.T, test func(*testing.T, *api)) { over(t, written, test) }

// extensions reads the errors of an answer as they are.
func (c caller) extensions(t testing.TB, query string, v vars, out any) {
	t.Helper()
	body, _ := json.Marshal(vars{"query": query, "variables": v})
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r.WithContext(edition.Into(access.With(r.Context(), c.viewer), c.store.Client, access.Working, 0)))
	if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
}

package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// now is the clock of all tests here.
var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// api is a catalogue with the shipped data behind the GraphQL door.
type api struct {
	handler http.Handler
	store   *store.Store
}

var shipped = sync.OnceValues(func() (*seed.Files, error) { return seed.Check(seed.Read(seed.Shipped())) })

// newAPI loads the shipped data into an empty database.
func newAPI(t testing.TB, s *store.Store) *api {
	t.Helper()
	f, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	err = s.InTx(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		_, err := seed.Load(ctx, tx, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return &api{graph.Handler(func() time.Time { return now }), s}
}

// each runs a test over the shipped data on both engines.
func each(t *testing.T, test func(*testing.T, *api)) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) { test(t, newAPI(t, testdb.Store(t, d))) })
	}
}

// failure is one error of an answer.
type failure struct {
	Message    string
	Path       []any
	Extensions struct {
		Code   string
		Fields []string
	}
}

// answer is what comes back.
type answer struct {
	Data   json.RawMessage
	Errors []failure
}

func (a *api) raw(t testing.TB, query string, vars map[string]any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r.WithContext(edition.Into(r.Context(), a.store.Client, access.Working, 0)))
	return w.Body.Bytes()
}

func (a *api) ask(t testing.TB, query string, vars map[string]any) answer {
	t.Helper()
	var out answer
	body := a.raw(t, query, vars)
	if err := json.Unmarshal(body, &out); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return out
}

// want asks and fills out; any error fails the test.
func (a *api) want(t testing.TB, query string, vars map[string]any, out any) {
	t.Helper()
	got := a.ask(t, query, vars)
	if len(got.Errors) > 0 {
		t.Fatalf("%+v", got.Errors)
	}
	if err := json.Unmarshal(got.Data, out); err != nil {
		t.Fatalf("%v in %s", err, got.Data)
	}
}

// operation reads one of the operations that must run exactly as written.
func operation(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".graphql")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/migrate"
	"adam/graph"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/people"
	"adam/internal/sight"
	"adam/internal/store"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// clock tells now to what is tested.
func clock() time.Time { return now }

// now is the clock of all tests here.
var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// api is a catalogue with the shipped data behind the GraphQL door.
type api struct {
	handler http.Handler
	store   *store.Store
}

var shipped = sync.OnceValues(func() (*seed.Files, error) { return seed.Check(seed.Read(seed.Shipped())) })

// fixture is a catalogue that all tests share, because loading takes long: nobody writes to it.
type fixture struct {
	name string
	open func() (*api, error)
}

var (
	engines = []fixture{{"sqlite", loaded(dialect.SQLite, nil)}, {"postgres", loaded(dialect.Postgres, nil)}}
	crowded = []fixture{{"sqlite", loaded(dialect.SQLite, crowd)}, {"postgres", loaded(dialect.Postgres, crowd)}}
)

// each runs a test over the shipped data on both engines.
func each(t *testing.T, test func(*testing.T, *api)) { over(t, engines, test) }

// eachCrowded runs a test over the shipped data with many rows in every list, on both engines.
func eachCrowded(t *testing.T, test func(*testing.T, *api)) { over(t, crowded, test) }

func over(t *testing.T, all []fixture, test func(*testing.T, *api)) {
	for _, f := range all {
		t.Run(f.name, func(t *testing.T) { test(t, f.get(t)) })
	}
}

// errNoServer says that there is no PostgreSQL here.
var errNoServer = errors.New("skipped. Set ADAM_TEST_POSTGRES to a server where databases may be made")

func (f fixture) get(t testing.TB) *api {
	t.Helper()
	a, err := f.open()
	if errors.Is(err, errNoServer) && !strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "postgres") {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var (
	closers   []func()
	closersMu sync.Mutex
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, c := range closers {
		c()
	}
	sight.Close()
	os.Exit(code)
}

// loaded opens a new database with the shipped data, and with what more adds to it, once.
func loaded(d string, more func(context.Context, *ent.Tx) error) func() (*api, error) {
	return sync.OnceValues(func() (*api, error) {
		ctx := access.With(context.Background(), access.Operator("Test"))
		address, drop, err := testdb.Fresh(ctx, d)
		if err != nil && d == dialect.Postgres {
			return nil, fmt.Errorf("%w: %w", err, errNoServer)
		}
		if err != nil {
			return nil, err
		}
		s, err := store.Open(ctx, address)
		if err != nil {
			drop()
			return nil, err
		}
		closersMu.Lock()
		closers = append(closers, func() { _ = s.Close(); drop() })
		closersMu.Unlock()
		return &api{handlerOf(s), s}, fill(ctx, s, more)
	})
}

// handlerOf is the door to a store. What accounts log is not looked at here.
func handlerOf(s *store.Store) http.Handler {
	return graph.Handler(clock, people.New(s, clock), "https://adam.example.org")
}

// newAPI loads the shipped data into an empty database, for a test that writes.
func newAPI(t testing.TB, s *store.Store) *api {
	t.Helper()
	if err := fill(testdb.Context(t), s, nil); err != nil {
		t.Fatal(err)
	}
	return &api{handlerOf(s), s}
}

func fill(ctx context.Context, s *store.Store, more func(context.Context, *ent.Tx) error) error {
	f, err := shipped()
	if err != nil {
		return err
	}
	if _, err := migrate.Up(ctx, s.DB, s.Dialect); err != nil {
		return err
	}
	return s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := seed.Load(ctx, tx, f); err != nil || more == nil {
			return err
		}
		return more(ctx, tx)
	})
}

// failure is one error of an answer.
type failure struct {
	Message    string
	Path       []any
	Extensions struct {
		Code    string
		Fields  []string
		Pending int      // of a review that cannot be completed: how many items are
		Items   []string // and the first of them
	}
}

// answer is what comes back.
type answer struct {
	Data   json.RawMessage
	Errors []failure
}

// into lets the program itself ask the working store: nothing is hidden from it.
func (a *api) into(ctx context.Context) context.Context {
	return edition.Into(access.With(ctx, access.Operator("Test")), a.store.Client, access.Working, 0)
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
	a.handler.ServeHTTP(w, r.WithContext(a.into(r.Context())))
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

// place is where somebody reads: through a door that knows the day, the working store or an edition.
type place struct {
	handler http.Handler
	read    reader
}

func (p place) want(t testing.TB, query string, out any) {
	t.Helper()
	body, err := json.Marshal(vars{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r.WithContext(p.read(r.Context())))
	var got answer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Errors) > 0 {
		t.Fatalf("%v %+v of %s", err, got.Errors, query)
	}
	if err := json.Unmarshal(got.Data, out); err != nil {
		t.Fatal(err)
	}
}

// on is the same place on another day.
func (p place) on(t testing.TB, a *api, day string) place {
	t.Helper()
	noon, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	then := func() time.Time { return noon.Add(12 * time.Hour) }
	return place{graph.Handler(then, people.New(a.store, then), "https://adam.example.org"), p.read}
}

package graph_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/dispute"
	"adam/ent/rule"
	"adam/graph"
	"adam/graph/limit"
	"adam/graph/querygen"
	"adam/internal/access"
	"adam/internal/overlap"
	"adam/internal/people"
	"adam/internal/sight"
	"adam/internal/store"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// patient is a door that waits longer than others: how long an answer may take has its own test, and what is compared
// here must not depend on how busy the machine is.
func patient(s *store.Store) http.Handler {
	defer func(usual time.Duration) { limit.Standard.Time = usual }(limit.Standard.Time)
	limit.Standard.Time = time.Minute
	return graph.Handler(clock, people.New(s, clock), "https://adam.example.org", func(r *graph.Resolver) {
		r.Overlaps = overlap.NewWatch(sightedClient(s), clock)
	})
}

// sightedClient reads a store with the rules of reading, also one that holds only what a viewer sees and has none: the index
// of overlaps has what every member sees on both sides.
func sightedClient(s *store.Store) *ent.Client {
	name := "main"
	if s.Dialect == dialect.Postgres {
		if err := s.DB.QueryRow("SELECT quote_ident(current_schema())").Scan(&name); err != nil {
			panic(err)
		}
	}
	return ent.NewClient(ent.Driver(rule.Sighted(entsql.OpenDB(s.Dialect, s.DB), name, rule.Tables())))
}

// So many operations are asked by default, in turns by all viewers. ADAM_SIGHT_QUERIES asks for more.
const (
	sightQueries    = 2500
	postgresQueries = 600
)

func queriesWanted(standard int) int {
	if n, err := strconv.Atoi(os.Getenv("ADAM_SIGHT_QUERIES")); err == nil && n > 0 {
		return n * standard / sightQueries
	}
	return standard
}

// seen is what the tests of all doors share, with what is particular to this one.
type seen struct{ *sight.Sight }

func seenBy(t testing.TB) seen { return seen{sight.Of(t)} }

// question is an operation as it is sent.
type question struct{ querygen.Query }

func (q question) String() string {
	variables, _ := json.Marshal(q.Variables) // generated values can't fail
	return q.Text + "\nwith " + string(variables)
}

// graphQL is the door of programs.
func (s seen) graphQL() sight.Door {
	return sight.Door{Name: "GraphQL", Ask: func(v sight.Who, side *sight.Side, q fmt.Stringer) *http.Response {
		return s.ask(v, side, q.(question))
	}}
}

func (s seen) ask(v sight.Who, side *sight.Side, q question) *http.Response {
	body, err := json.Marshal(map[string]any{"query": q.Text, "variables": q.Variables})
	if err != nil {
		panic(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	sightHandler(side.Store).ServeHTTP(w, r.WithContext(side.Through(r.Context(), s.World.Viewer(v))))
	return w.Result()
}

var (
	handlers   = map[*store.Store]http.Handler{}
	handlersMu sync.Mutex
)

// sightHandler answers from a store; its documents are parsed once.
func sightHandler(s *store.Store) http.Handler {
	handlersMu.Lock()
	defer handlersMu.Unlock()
	if handlers[s] == nil {
		handlers[s] = patient(s)
	}
	return handlers[s]
}

// Non-interference (promises.md): whatever a viewer asks, the answer is the same, byte for byte, as if all that she may
// not see had never been there.
func TestSightNoAnswerDependsOnWhatItsViewerMayNotSee(t *testing.T) {
	seenBy(t).compare(t, sight.Everyone, queriesWanted(sightQueries))
}

// The same, for questions that show every row of the fixture through every door.
func TestSightNoPortraitDependsOnWhatItsViewerMayNotSee(t *testing.T) {
	s := seenBy(t)
	door, portraits := s.graphQL(), []fmt.Stringer{}
	for _, q := range s.portraits() {
		portraits = append(portraits, q)
		if got := door.Send(sight.Anonymous, s.Real[sight.Anonymous], q); bytes.Contains(got.Body, []byte(`"LIMIT"`)) {
			t.Fatalf("too large a question: %s", q.Text)
		}
	}
	s.CompareAll(t, door, sight.Everyone, portraits)
}

func TestSightNoAnswerDependsOnWhatItsViewerMayNotSeeOnPostgreSQL(t *testing.T) {
	const viewers = sight.IOM | sight.THA | sight.Several
	p, err := seenBy(t).OnPostgres(testdb.Context(t), viewers)
	if errors.Is(err, sight.ErrNoServer) && !strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "postgres") {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	seen{p}.compare(t, viewers, queriesWanted(postgresQueries))
}

// Whoever raised a dispute sees it; of one that nobody raised, whoever has no account is not the author.
func TestSightADisputeIsOfItsAuthorOnly(t *testing.T) {
	s := seenBy(t)
	unodc := s.World.Viewer(sight.UNODC)
	stranger := unodc
	stranger.Person = 0
	for label, want := range map[string][2]int{"dispute-of-paid": {1, 0}, "dispute-of-shared-by-her": {1, 0}, "dispute-of-shared-once": {0, 0}, "dispute-by-nobody": {0, 0}} {
		for i, v := range []access.Viewer{unodc, stranger} {
			n, err := s.Store.Client.Dispute.Query().Where(dispute.ID(s.World.ID(label))).Count(access.With(t.Context(), v))
			if err != nil || n != want[i] {
				t.Errorf("%s: person %d sees %d, want %d; %v", label, v.Person, n, want[i], err)
			}
		}
	}
}

// compare asks generated questions on both sides, each of one viewer after the other.
func (s seen) compare(t *testing.T, viewers sight.Who, questions int) {
	g := querygen.New(schema, 1, s.vocabulary(t))
	differences, all, failed, door := 0, viewers.Each(), 0, s.graphQL()
	for n := range questions {
		v, q := all[n%len(all)], question{g.Next()}
		done := make(chan sight.Reply)
		go func() { done <- door.Send(v, s.Reduced[v], q) }()
		real := door.Send(v, s.Real[v], q)
		g.Learn(q.Query, real.Body)
		if bytes.HasPrefix(real.Body, []byte(`{"errors"`)) {
			failed++
		}
		if wrong := s.Judge(v, q, real, <-done); wrong != "" {
			if differences++; differences <= 20 {
				t.Error(wrong)
			}
		}
	}
	t.Logf("%d questions (%d of them refused) of %d viewers: %d differences; %d parts of the schema were asked for, not %v",
		questions, failed, len(all), differences, g.Used(), g.Unused())
}

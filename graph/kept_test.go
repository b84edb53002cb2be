package graph

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/funding"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// What an answer is kept of must not depend on who asks or on the hour: anything beside figures and names is asked anew.
func TestOnlyFiguresAreKept(t *testing.T) {
	schema := NewExecutableSchema(Config{}).Schema()
	for query, kept := range map[string]bool{
		`{ whoFundsWhatWhere(by: [DONOR]) { total rows { donor { key name } state { code } amount unconverted { lines } } rates { source } countedOnce { amount } } }`: true,
		`query A { whoFundsWhatWhere(by: []) { ...f } } fragment f on WhoFundsWhatWhere { __typename rows { ... on FundingRow { theme } } }`:                           true,
		`{ whoFundsWhatWhere(by: []) { total } rates { totalCount } }`:                                                                                                 false,
		`{ whoFundsWhatWhere(by: [DONOR]) { rows { donor { name mayCorrect } } } }`:                                                                                    false,
		`{ whoFundsWhatWhere(by: [STATE]) { rows { state { chapter { currentCycle { overdue } } } } } }`:                                                               false,
		`{ whoFundsWhatWhere(by: []) { rows { activities { key } } } }`:                                                                                                false,
		`{ whoFundsWhatWhere(by: []) { explain { total } } }`:                                                                                                          false,
		`query A { whoFundsWhatWhere(by: []) { rows { ...f } } } fragment f on FundingRow { explain { total } }`:                                                       false,
		`{ activities(first: 1) { totalCount facets { field values { code name count } } } whoFundsWhatWhere(by: []) { row(cell: {}) { amount } } }`:                   true,
		`{ activities(first: 1) { edges { cursor } } }`:                                                                                                                false,
		`{ whoFundsWhatWhere(by: []) { row(cell: {}) { activities { key } } } }`:                                                                                       false,
		`{ viewer { __typename } }`: false,
	} {
		doc, err := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if got := onlyFigures(doc.Operations[0].SelectionSet); got != kept {
			t.Errorf("%s: kept %v", query, got)
		}
	}
}

func TestFiguresNameFieldsThatThereAre(t *testing.T) {
	schema := NewExecutableSchema(Config{}).Schema()
	for name, fields := range figures {
		for _, f := range strings.Fields(fields) {
			if of := schema.Types[name]; of == nil || of.Fields.ForName(f) == nil {
				t.Errorf("%s has no %s", name, f)
			}
		}
	}
}

func TestAnswersThatWereNotAskedForLongGoFirst(t *testing.T) {
	a := newAnswers(30)
	put := func(key string) {
		t.Helper()
		data, done := a.find(t.Context(), key)
		if data != nil {
			t.Fatalf("%s is there", key)
		}
		done([]byte("123456789"))
	}
	is := func(key string) bool {
		data, done := a.find(t.Context(), key)
		if done != nil {
			done(nil)
		}
		return data != nil
	}
	put("a")
	put("b")
	put("c")
	if !is("a") {
		t.Error("a has gone")
	}
	put("d")
	if is("b") || !is("a") || !is("c") || !is("d") || a.bytes != 30 {
		t.Error("not the oldest has gone", a.bytes)
	}
	_, done := a.find(t.Context(), "large")
	done(make([]byte, 100))
	if is("large") || !is("a") {
		t.Error("one answer pushed the others out")
	}
}

func TestOneCountsWhereManyAsk(t *testing.T) {
	a := newAnswers(1000)
	_, failed := a.find(t.Context(), "key")
	var all sync.WaitGroup
	var mu sync.Mutex
	counted := 0
	for range 20 {
		all.Go(func() {
			data, done := a.find(t.Context(), "key")
			if done != nil {
				mu.Lock()
				counted++
				mu.Unlock()
				done([]byte("answer"))
			} else if string(data) != "answer" {
				t.Errorf("%q", data)
			}
		})
	}
	failed(nil) // then one of the others counts
	all.Wait()
	if counted != 1 {
		t.Errorf("%d counted", counted)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	a.find(t.Context(), "slow")
	if data, done := a.find(ctx, "slow"); data != nil || done == nil {
		t.Error("whoever has no time left waits")
	}
}

// Whoever reads the lines behind a figure page by page asks for the same count each time.
func TestWhatAnEditionCountedLastIsNotCountedAgain(t *testing.T) {
	s, folder := testdb.Store(t, dialect.SQLite), t.TempDir()
	if _, err := edition.Release(testdb.Context(t), s, folder, "Test.", time.Now()); err != nil {
		t.Fatal(err)
	}
	shelf := edition.NewShelf(folder, s)
	t.Cleanup(shelf.Close)
	if err := shelf.Refresh(testdb.Context(t)); err != nil {
		t.Fatal(err)
	}
	open, err := shelf.Current(testdb.Context(t), access.Public)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Release()
	counts := 0
	ask := func(ctx context.Context, question any) {
		if _, err := countedLast(ctx, []any{question}, func() (*funding.Answer, error) { counts++; return &funding.Answer{}, nil }); err != nil {
			t.Fatal(err)
		}
	}
	for i, step := range []struct {
		ctx      context.Context
		question string
		counts   int
	}{
		{edition.With(t.Context(), open), "a", 1}, {edition.With(t.Context(), open), "a", 1}, {edition.With(t.Context(), open), "b", 2},
		{edition.With(t.Context(), open), "a", 3}, {t.Context(), "a", 4}, {t.Context(), "a", 5},
	} {
		if ask(step.ctx, step.question); counts != step.counts {
			t.Errorf("after question %d: %d counts, want %d", i+1, counts, step.counts)
		}
	}
}

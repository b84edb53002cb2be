package graph

import (
	"context"
	"strings"
	"sync"
	"testing"

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

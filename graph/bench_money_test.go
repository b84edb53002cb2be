package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/access"
	"adam/internal/corpus"
	"adam/internal/edition"
	"adam/internal/funding"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// BenchmarkMoney asks whoFundsWhatWhere with one, three and six dimensions, of the shipped data and of a synthetic corpus:
// of the working store as a coordinator, who sees less than all of it; of an edition for the first time (counted) and
// again. prepare reads the money of an edition into memory, as a server does when it opens one. ping writes the same bytes and does nothing
// else. ADAM_BENCH_ACTIVITIES says how large the corpus is; 100,000 where it is not set, which takes minutes to make. Run:
// go test ./graph -run '^$' -bench Money/ -benchtime 3x
func BenchmarkMoney(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ADAM_BENCH_ACTIVITIES"))
	if err != nil {
		n = 100_000
	}
	for name, activities := range map[string]int{"shipped": 0, "synthetic": n} {
		for _, d := range []string{dialect.SQLite, dialect.Postgres} {
			b.Run(name+"/"+d, func(b *testing.B) {
				a := newAPI(b, testdb.Store(b, d))
				if activities > 0 {
					if _, err := corpus.Generate(testdb.Context(b), a.store, corpus.Plan{Activities: activities, Seed: 1}, now, func(int) {}); err != nil {
						b.Fatal(err)
					}
				}
				money(b, a, activities)
			})
		}
	}
}

// moneyQuestion is what is asked, of the activities of some donors.
type moneyQuestion struct {
	by     []funding.Dimension
	donors []string
}

// money benchmarks the questions on one catalogue.
func money(b *testing.B, a *api, activities int) {
	var few []string // six dimensions of everything would be more rows than an answer may have, and of a large donor's too
	if activities > 0 {
		few = []string{corpus.Prefix + "actor-0001000"}
	}
	questions := map[string]moneyQuestion{
		"1": {by: []funding.Dimension{funding.ByDonor}}, "3": {by: []funding.Dimension{funding.ByState, funding.ByTheme, funding.ByYear}},
		"6": {[]funding.Dimension{funding.ByDonor, funding.ByImplementer, funding.ByState, funding.ByTheme, funding.ByAssistance, funding.ByYear}, few},
	}
	folder := b.TempDir()
	if a.store.Dialect == dialect.SQLite { // the edition is the same file on both
		if _, err := edition.Release(testdb.Context(b), a.store, folder, "Benchmark.", now); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("prepare", func(b *testing.B) {
		if a.store.Dialect != dialect.SQLite {
			b.Skip("an edition is the same file on both engines")
		}
		for b.Loop() {
			ctx := opened(b, a, folder)(b.Context())
			if err := funding.Prepare(ctx, ent.FromContext(ctx)); err != nil {
				b.Fatal(err)
			}
		}
	})
	for dims, q := range questions {
		query, n := operation(b, "WhoFundsWhatWhere"), 0
		ask := func(b *testing.B, h http.Handler, read reader, anew bool) []byte {
			if anew { // a text that was not asked before is a question that was not; what was counted last is of another currency
				n++
				query = fmt.Sprintf("%s # %d", operation(b, "WhoFundsWhatWhere"), n)
			}
			body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"by": q.by, "filter": map[string]any{"donors": q.donors},
				"currency": []string{"USD", "AUD"}[n%2]}})
			if err != nil {
				b.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r.WithContext(read(r.Context())))
			if bytes.Contains(w.Body.Bytes(), []byte("Ask again then")) {
				return nil
			}
			if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
				b.Fatalf("%d %.300s", w.Code, w.Body)
			}
			return w.Body.Bytes()
		}
		if a.store.Dialect == dialect.SQLite {
			moneyOfAnEdition(b, a, dims, folder, ask)
		}
		moneyOfTheWorkingStore(b, a, dims, ask)
	}
}

// moneyOfTheWorkingStore benchmarks one question of a coordinator, who sees less than all of the working store: first,
// from the start of a server until there is an answer and not the sentence that asks to wait; again; and after a change.
func moneyOfTheWorkingStore(b *testing.B, a *api, dims string, ask asking) {
	coordinator := access.SignedIn(1, "Coordinator", []access.Grant{{Role: access.Coordinator}})
	read := func(ctx context.Context) context.Context {
		return edition.Into(access.With(ctx, coordinator), a.store.Client, access.Working, 0)
	}
	h := handlerOf(a.store)
	b.Run(dims+"/working/first", func(b *testing.B) {
		before := heap()
		for b.Loop() {
			for h = handlerOf(a.store); ask(b, h, read, true) == nil; {
			}
		}
		b.ReportMetric(heap()-before, "MB")
	})
	ready := func(b *testing.B) { // where only what follows is measured
		for ask(b, h, read, true) == nil {
		}
	}
	b.Run(dims+"/working/again", func(b *testing.B) {
		ready(b)
		for b.Loop() {
			if ask(b, h, read, true) == nil {
				b.Fatal("the books are not ready")
			}
		}
	})
	b.Run(dims+"/working/changed", func(b *testing.B) {
		ready(b)
		ctx := testdb.Context(b)
		for b.Loop() {
			b.StopTimer()
			if err := a.store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
				one, err := tx.Activity.Query().Where(activity.HasFundings()).First(ctx)
				if err != nil {
					return err
				}
				return tx.Activity.UpdateOneID(one.ID).SetNote("Looked at again.").Exec(ctx)
			}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if ask(b, h, read, true) == nil {
				b.Fatal("the books are not ready")
			}
		}
	})
}

// heap is how much memory is in use, in MB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// asking asks a question of a server as a reader, as one that was not asked before where anew says so, and gives the
// answer; nil where the reader is asked to wait.
type asking func(b *testing.B, h http.Handler, read reader, anew bool) []byte

// moneyOfAnEdition benchmarks one question on the public edition in a folder.
func moneyOfAnEdition(b *testing.B, a *api, dims, folder string, ask asking) {
	read := opened(b, a, folder)
	ctx := read(b.Context())
	if err := funding.Prepare(ctx, ent.FromContext(ctx)); err != nil {
		b.Fatal(err)
	}
	answer := ask(b, a.handler, read, true)
	b.Run(dims+"/edition/counted", func(b *testing.B) {
		for b.Loop() {
			ask(b, a.handler, read, true)
		}
	})
	b.Run(dims+"/edition/again", func(b *testing.B) {
		for b.Loop() {
			ask(b, a.handler, read, false)
		}
		b.ReportMetric(float64(len(answer)), "bytes")
	})
	b.Run(dims+"/ping", func(b *testing.B) {
		h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(answer) })
		for b.Loop() {
			ask(b, h, read, false)
		}
	})
}

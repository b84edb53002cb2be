package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"

	"adam/internal/access"
	"adam/internal/corpus"
	"adam/internal/edition"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// BenchmarkMoney asks whoFundsWhatWhere with one, three and six dimensions, of the shipped data and of a synthetic corpus:
// of the working store as a coordinator, who sees less than all of it; of an edition for the first time since it was
// opened, for the first time since its money was read into memory, and again. ping writes the same bytes and does nothing
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

// money benchmarks the question on one catalogue.
func money(b *testing.B, a *api, activities int) {
	one := map[string]any{} // six dimensions of everything would be more rows than an answer may have
	if activities > 0 {
		one["donors"] = []string{corpus.Prefix + "actor-0000005"}
	}
	questions := map[string]map[string]any{
		"1": {"by": []string{"DONOR"}}, "3": {"by": []string{"STATE", "THEME", "YEAR"}},
		"6": {"by": []string{"DONOR", "IMPLEMENTER", "STATE", "THEME", "ASSISTANCE_TYPE", "YEAR"}, "filter": one},
	}
	coordinator := access.SignedIn(1, "Coordinator", []access.Grant{{Role: access.Coordinator}})
	folder := b.TempDir()
	if a.store.Dialect == dialect.SQLite { // the edition is the same file on both
		if _, err := edition.Release(testdb.Context(b), a.store, folder, "Benchmark.", now); err != nil {
			b.Fatal(err)
		}
	}
	for dims, variables := range questions {
		query, n := operation(b, "WhoFundsWhatWhere"), 0
		ask := func(b *testing.B, h http.Handler, read reader, anew bool) []byte {
			if anew { // a text that was not asked before is a question that was not
				n++
				query = fmt.Sprintf("%s # %d", operation(b, "WhoFundsWhatWhere"), n)
			}
			body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
			if err != nil {
				b.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r.WithContext(read(r.Context())))
			if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
				b.Fatalf("%d %.300s", w.Code, w.Body)
			}
			return w.Body.Bytes()
		}
		if a.store.Dialect == dialect.SQLite {
			moneyOfAnEdition(b, a, dims, folder, ask)
		}
		b.Run(dims+"/working", func(b *testing.B) {
			working := func(ctx context.Context) context.Context {
				return edition.Into(access.With(ctx, coordinator), a.store.Client, access.Working, 0)
			}
			for b.Loop() {
				ask(b, a.handler, working, false)
			}
		})
	}
}

// moneyOfAnEdition benchmarks one question on the public edition in a folder.
func moneyOfAnEdition(b *testing.B, a *api, dims, folder string, ask func(*testing.B, http.Handler, reader, bool) []byte) {
	b.Run(dims+"/edition/opened", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			read := opened(b, a, folder)
			b.StartTimer()
			ask(b, a.handler, read, false)
		}
	})
	read := opened(b, a, folder)
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

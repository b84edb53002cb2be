package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// reader is where a benchmark reads: it puts the client into the context of a request.
type reader func(context.Context) context.Context

// BenchmarkOperations times the four operations over the shipped data: on both working stores and from the edition.
// Run it with: go test ./graph -run '^$' -bench Operations -benchmem
func BenchmarkOperations(b *testing.B) {
	variables := map[string]map[string]any{
		"States": nil, "Chapter": {"code": "THA"}, "Search": {"text": "trafficking thailand", "first": 20},
		"Activities": {"first": 20, "filter": map[string]any{"states": []string{"THA"}, "themes": []string{"TRAFFICKING"}}},
	}
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			a := newAPI(b, testdb.Store(b, d))
			benchmark(b, a.handler, variables, a.into)
			if d == dialect.SQLite {
				b.Run("edition", func(b *testing.B) { benchmark(b, a.handler, variables, published(b, a)) })
			}
		})
	}
}

// published publishes an edition and reads the public one.
func published(b testing.TB, a *api) reader {
	folder := b.TempDir()
	if _, err := edition.Release(testdb.Context(b), a.store, folder, "Benchmark.", now); err != nil {
		b.Fatal(err)
	}
	return opened(b, a, folder)
}

// opened reads the public edition of a folder, opened anew.
func opened(b testing.TB, a *api, folder string) reader {
	shelf := edition.NewShelf(folder, a.store)
	b.Cleanup(shelf.Close)
	if err := shelf.Refresh(testdb.Context(b)); err != nil {
		b.Fatal(err)
	}
	open, err := shelf.Current(testdb.Context(b), access.Public)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(open.Release)
	return func(ctx context.Context) context.Context { return edition.With(ctx, open) }
}

func benchmark(b *testing.B, h http.Handler, variables map[string]map[string]any, read reader) {
	for _, name := range []string{"States", "Chapter", "Activities", "Search"} {
		body, err := json.Marshal(map[string]any{"query": operation(b, name), "variables": variables[name]})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r.WithContext(read(r.Context())))
				if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}

// BenchmarkVerifiedCount times totals without and with the share of them that is verified.
// Run it with: go test ./graph -run '^$' -bench VerifiedCount
func BenchmarkVerifiedCount(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		a := newAPI(b, testdb.Store(b, d))
		for name, q := range map[string]string{
			"list":     `{ activities(filter: {states: ["THA"]}) { totalCount %s } }`,
			"chapters": `{ chapters { edges { node { laws { totalCount %[1]s } activities { totalCount %[1]s } } } } }`,
			"fundings": `{ activities(first: 100) { edges { node { fundings(first: 5) { totalCount %s } } } } }`,
			"search":   `{ search(text: "trafficking", first: 5) { totalCount %s } }`,
		} {
			for with, field := range map[string]string{"without": "", "with": "verifiedCount"} {
				b.Run(d+"/"+name+"/"+with, func(b *testing.B) {
					for b.Loop() {
						a.want(b, fmt.Sprintf(q, field), nil, &struct{}{})
					}
				})
			}
		}
	}
}

package search_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/search"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
)

// crowded fills a store with so many activities, each with a State, a donor and an implementer, by SQL.
func crowded(b *testing.B, d string, n int) *store.Store {
	b.Helper()
	s, ctx := testdb.Store(b, d), testdb.Context(b)
	f, err := shippedFiles()
	if err == nil {
		err = s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { _, err := seed.Load(ctx, tx, f); return err })
	}
	if err != nil {
		b.Fatal(err)
	}
	from := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d), w AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at, count(*) OVER () AS size FROM ", n)
	first := func(k term.Kind) int64 { return int64(k) << 56 }
	activity, list := first(term.KindActivity), ""
	if d == dialect.Postgres {
		list = "::jsonb"
	}
	for _, insert := range []string{
		from + "states) INSERT INTO activities (id, key, visibility, topics, withheld, created_at, updated_at, title, assistance_types, target_audiences, delivery_modes, places, purpose_codes, start_on, smuggling) " +
			fmt.Sprintf(`SELECT %d + i, 'k' || i, 'PUBLIC', '[]', '[]', '2020', '2020', 'Title ' || i, '["LEGISLATIVE","AWARENESS"]', (CASE WHEN i %% 3 = 0 THEN '["POLICE"]' ELSE '["JUDGES","POLICE"]' END)%s, '[]', '[]', '[]', '20' || (10 + i %% 15), 'PRINCIPAL' FROM n`, activity, list),
		from + "states) INSERT INTO activity_states (id, activity_id, state_id) " + fmt.Sprintf("SELECT %d + i, %d + i, w.id FROM n JOIN w ON w.at = i %% size", first(term.KindActivityState), activity),
		from + "actors) INSERT INTO participations (id, activity_id, actor_id, role) " + fmt.Sprintf("SELECT %d + i, %d + i, w.id, 'FUNDING' FROM n JOIN w ON w.at = i %% size", first(term.KindParticipation), activity),
		from + "actors) INSERT INTO participations (id, activity_id, actor_id, role) " + fmt.Sprintf("SELECT %d + i, %d + i, w.id, 'IMPLEMENTING' FROM n JOIN w ON w.at = i * 7 %% size", first(term.KindParticipation)+int64(n), activity),
		"ANALYZE",
	} {
		if _, err := s.DB.Exec(insert); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// BenchmarkFacets counts all activities, and those of one State, by all that they can be filtered by: as the program,
// which reads bare tables as editions are read, and as everybody. ADAM_BENCH_ACTIVITIES says among how many; 100,000
// where it is not set.
func BenchmarkFacets(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ADAM_BENCH_ACTIVITIES"))
	if err != nil {
		n = 100_000
	}
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		s := crowded(b, d, n)
		for who, viewer := range map[string]access.Viewer{"program": access.Operator("Benchmark"), "everybody": access.Anonymous()} {
			for what, f := range map[string]*search.ActivityFilter{"all": nil, "of a State": {States: []string{"THA"}}} {
				b.Run(d+"/"+what+"/"+who, func(b *testing.B) {
					for b.Loop() {
						if _, err := search.ActivityFacets(access.With(b.Context(), viewer), s.Client, f, search.Facets{}); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

package rule_test

import (
	"fmt"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect/sql"
)

// crowd is how many activities the benchmark reads among, a tenth of them hidden.
const crowd = 100_000

// fill writes many activities with a place and a donor each, by SQL: through hooks it would take minutes.
func fill(b *testing.B, s *store.Store, r *realm) {
	b.Helper()
	from := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT ", crowd)
	first := func(k term.Kind) int64 { return int64(k) << 56 }
	for _, insert := range []string{
		"INSERT INTO activities (id, key, visibility, topics, withheld, created_at, updated_at, title, assistance_types, target_audiences, delivery_modes, places, purpose_codes, start_on) " + from +
			fmt.Sprintf("%d + i, 'k' || i, CASE WHEN i %% 10 = 0 THEN 'RESTRICTED' ELSE 'PUBLIC' END, '[]', '[]', '2020', '2020', 'Title ' || i, '[]', '[]', '[]', '[]', '[]', '20' || (10 + i %% 15) FROM n", first(term.KindActivity)),
		"INSERT INTO activity_states (id, activity_id, state_id) " + from + fmt.Sprintf("%d + i, %d + i, %d FROM n", first(term.KindActivityState), first(term.KindActivity), r.id["THA"]),
		"INSERT INTO participations (id, activity_id, actor_id, role) " + from + fmt.Sprintf("%d + i, %d + i, %d, 'FUNDING' FROM n", first(term.KindParticipation), first(term.KindActivity), r.id["unodc"]),
		"ANALYZE",
	} {
		if _, err := s.DB.Exec(insert); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSight reads a page of activities with their donors and States, and counts all, as each kind of viewer. The
// program's numbers are those of the bare tables: compare the others with them.
func BenchmarkSight(b *testing.B) {
	for _, d := range []string{"sqlite3", "postgres"} {
		s := testdb.Store(b, d)
		r := newRealm(b, s)
		fill(b, s, r)
		viewers := r.viewers()
		viewers["program"] = access.Operator("Benchmark")
		for _, who := range []string{"program", "secretariat", "coordinator", "THA", "unodc"} {
			ctx := access.With(b.Context(), viewers[who])
			b.Run(d+"/page/"+who, func(b *testing.B) {
				for b.Loop() {
					q := s.Client.Activity.Query().Order(activity.ByStartOn(sql.OrderDesc()), ent.Desc(activity.FieldID)).Limit(26)
					if _, err := q.WithParticipations().WithActivityStates().All(ctx); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(d+"/count/"+who, func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Client.Activity.Query().Count(ctx); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

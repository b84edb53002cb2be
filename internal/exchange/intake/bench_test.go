package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"adam/internal/overlap"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// BenchmarkApply imports activities with everything that the catalogue holds, each with three lines of money, two sources and
// its history, into a store with all indexes, and then looks for what they overlap with, as adam import does. The goal is 20,000
// activities a minute.
func BenchmarkApply(b *testing.B) {
	const activities = 10_000
	all := make([]string, activities)
	for i := range all {
		all[i] = reported("AU-5", fmt.Sprintf("AU-5-%d", i), fmt.Sprintf("Training %d of border police against the smuggling of migrants", i),
			strings.Replace(whole, "Village Help", fmt.Sprint("Village Help ", i%500), 2))
	}
	content := file(all...)
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				st := testdb.Store(b, d)
				world(b, st)
				b.StartTimer()
				if rep := applied(b, st, "bench.xml", content); rep.Counts.Created != activities || rep.Counts.Lines != 3*activities {
					b.Fatalf("%+v", rep.Counts)
				}
				did, err := overlap.NewWatch(st.Client, func() time.Time { return noon }).Keep(operator(b), st, false)
				if err != nil || did.Compared < activities {
					b.Fatalf("%+v, %v", did, err)
				}
				b.ReportMetric(float64(did.Found), "overlaps")
			}
			b.ReportMetric(float64(activities)*float64(b.N)/b.Elapsed().Minutes(), "activities/min")
		})
	}
}

package graph_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"adam/ent/migrate"
	"adam/internal/corpus"
	"adam/internal/store"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// BenchmarkNewActivity makes activities one after the other, with the question what each possibly overlaps with and without
// it, as the secretariat, who sees most, and as an organisation that reports. It reports the middle and the 95th percentile
// of the time of a whole mutation. ADAM_BENCH_DB names the database of a catalogue that is large already (adam generate); it
// is changed. Without it, a corpus of ten thousand is made. Run:
// ADAM_BENCH_DB=/tmp/large.db go test ./graph -run '^$' -bench NewActivity -benchtime 300x
func BenchmarkNewActivity(b *testing.B) {
	a := large(b)
	who := partiesOf(a)
	began := time.Now()
	for len(who.keeper.call(b, operation(b, "CheckPlan"), vars{"plan": vars{"title": "Training"}}).Errors) > 0 && time.Since(began) < time.Hour { // the index is being made
	}
	b.Logf("the index was there after %.1f s", time.Since(began).Seconds())
	n := time.Now().UnixNano()
	for name, c := range map[string]caller{"secretariat": who.keeper, "reporter": who.iom} {
		for with, query := range map[string]string{"with": operation(b, "CreateActivity"),
			"without": `mutation($in: CreateActivityInput!) { createActivity(input: $in) { activity { key version } } }`} {
			b.Run(name+"/"+with, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					n++
					in := activityInput(vars{"title": fmt.Sprintf("%s of border officers in investigating the smuggling of migrants by sea, %s %d", []string{"Training", "Mentoring", "Equipment"}[n%3], []string{"Ranong", "Kupang", "Cox's Bazar"}[n/3%3], n),
						"summary": "Courses on investigation, evidence and interviews for officers at ports.", "themes": []string{"SMUGGLING"}, "assistanceTypes": []string{"LAW_ENFORCEMENT_TRAINING"}, "states": []string{[]string{"THA", "IDN", "BGD"}[n/3%3]},
						"startOn": fmt.Sprintf("20%02d-%02d", 10+n%15, 1+n%12), "donors": []string{"iom"}, "visibility": "MEMBERS"})
					before := time.Now()
					c.do(b, query, vars{"in": in}, &struct{}{})
					took = append(took, time.Since(before))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
	}
}

// large is the API over a large catalogue.
func large(b *testing.B) *api {
	name := os.Getenv("ADAM_BENCH_DB")
	if name == "" {
		a := newAPI(b, testdb.Store(b, dialect.SQLite))
		if _, err := corpus.Generate(testdb.Context(b), a.store, corpus.Plan{Activities: 10_000, Seed: 1}, now, func(int) {}); err != nil {
			b.Fatal(err)
		}
		return a
	}
	s, err := store.Open(testdb.Context(b), name)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	if _, err := migrate.Up(testdb.Context(b), s.DB, s.Dialect); err != nil {
		b.Fatal(err)
	}
	return &api{handlerOf(s), s}
}

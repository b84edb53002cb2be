package overlap

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"adam/internal/testdb"
)

// BenchmarkBesideTrigrams judges, in one run and on the labelled list that ADAM_OVERLAP_DATA names, what the engine finds
// and what PostgreSQL's pg_trgm finds: the likeness of titles within a State, as a catalogue without an engine would look
// for double reports. Both are given the best threshold that they could have had.
func BenchmarkBesideTrigrams(b *testing.B) {
	j := labelled(b)
	ctx := context.Background()
	db, drop, err := testdb.Open(ctx, "postgres")
	if err != nil {
		b.Skipf("There is no pg_trgm to compare with: %v. Set ADAM_TEST_POSTGRES to a server where databases may be made.", err)
	}
	defer drop()
	if _, err := db.ExecContext(ctx, "CREATE EXTENSION pg_trgm"); err != nil {
		b.Skipf("There is no pg_trgm to compare with: %v. Install PostgreSQL's contributed modules.", err)
	}
	for b.Loop() {
		at := time.Now()
		pairs := New(j.activities, Options{}).everyCandidate()
		took := time.Since(at)
		same, assist := scoresOf(pairs)
		report(b, j, "engine", took, same, assist)
		at = time.Now()
		alike := trigrams(b, ctx, db, j.activities)
		report(b, j, "pg_trgm", time.Since(at), alike, alike)
	}
}

func report(b *testing.B, j judged, name string, took time.Duration, same, assist []scored) {
	for kind, pairs := range map[string][]scored{"A": same, "B": assist} {
		f := j.judge(kind, pairs)
		b.Logf("%s, %s: %v", name, kind, f)
		b.ReportMetric(f.f1, name+"-"+kind+"-F1")
		b.ReportMetric(f.ap, name+"-"+kind+"-AP")
		b.ReportMetric(f.r5, name+"-"+kind+"-R@5")
	}
	b.ReportMetric(took.Seconds(), name+"-s")
}

// leastAlike is the likeness of titles from which pairs are taken from pg_trgm; its own habit is 0.3.
const leastAlike = 0.1

// trigrams gives the pairs whose titles are alike within a State. The table is loaded in the time that is measured.
func trigrams(b *testing.B, ctx context.Context, db *sql.DB, all []Activity) (out []scored) {
	b.Helper()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "CREATE TEMPORARY TABLE titles (id text, state text, title text) ON COMMIT DROP"); err != nil {
		b.Fatal(err)
	}
	in, err := tx.PrepareContext(ctx, "COPY titles (id, state, title) FROM STDIN")
	if err != nil {
		b.Fatal(err)
	}
	for _, a := range all {
		for _, s := range a.States {
			if _, err := in.ExecContext(ctx, a.ID, stateKey(s), clip(fold(a.Title), mostTitleBytes)); err != nil {
				b.Fatal(err)
			}
		}
	}
	if _, err := in.ExecContext(ctx); err != nil {
		b.Fatal(err)
	}
	rows, err := tx.QueryContext(ctx, `SELECT a.id, b.id, max(similarity(a.title, b.title)) FROM titles a JOIN titles b ON a.state = b.state AND a.id < b.id
		WHERE similarity(a.title, b.title) >= $1 GROUP BY a.id, b.id`, leastAlike)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s scored
		if err := rows.Scan(&s.pair[0], &s.pair[1], &s.s); err != nil {
			b.Fatal(err)
		}
		s.pair = ordered(s.pair[0], s.pair[1])
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return out
}

package edition

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// empty gives the address of an empty database as an open store that nobody has migrated.
func empty(t *testing.T, d string) *store.Store {
	t.Helper()
	return openStore(t, testdb.Address(t, d))
}

func TestTheCanonicalExportSurvivesTheWayThroughBothEngines(t *testing.T) {
	first := shipped(t, dialect.SQLite)
	second, third := empty(t, dialect.Postgres), empty(t, dialect.SQLite)
	must(t, CopyStore(testdb.Context(t), first, second))
	must(t, CopyStore(testdb.Context(t), second, third))
	want := canonical(t, first)
	if n := strings.Count(want, "\n"); n < 5000 {
		t.Fatalf("the shipped data has %d rows only", n)
	}
	if got := canonical(t, second); got != want {
		t.Errorf("PostgreSQL differs:\n%s", firstDifference(want, got))
	}
	if got := canonical(t, third); got != want {
		t.Errorf("the second SQLite differs:\n%s", firstDifference(want, got))
	}
	for _, st := range []*store.Store{second, third} {
		finds(t, st)
	}
}

// finds checks that what is derived was built again: the search index.
func finds(t *testing.T, st *store.Store) {
	t.Helper()
	query := "SELECT count(*) FROM records_fts WHERE records_fts MATCH 'smuggling'"
	if st.Dialect == dialect.Postgres {
		query = "SELECT count(*) FROM records WHERE search @@ 'smuggling'::tsquery"
	}
	var n int
	must(t, st.DB.QueryRowContext(testdb.Context(t), query).Scan(&n))
	if n < 50 {
		t.Errorf("%s: the index finds smuggling in %d records", st.Dialect, n)
	}
}

func TestACopyTakesAwkwardTextAndReferencesInAnyOrder(t *testing.T) {
	testdb.Each(t, func(t *testing.T, from *store.Store) {
		f := newFixture(t, from)
		write(t, from, func(ctx context.Context, c *ent.Client) {
			// Whatever their ids: each of two points at the other, and one at itself.
			c.Actor.UpdateOneID(f.open).SetSuccessorID(f.orphan).SetNote("Ünïcode ไทย \u2028 <b>&</b> 'quoted' \"twice\" \\ \t\n").ExecX(ctx)
			c.Actor.UpdateOneID(f.orphan).SetSuccessorID(f.open).ExecX(ctx)
			c.Actor.UpdateOneID(f.past).SetParentID(f.past).ExecX(ctx)
			c.Activity.UpdateOneID(f.actOpen).SetPlaces([]string{"<Ü>", "ไทย", "a\\b", "\"", "\u2028"}).ExecX(ctx)
		})
		want := canonical(t, from)
		for _, d := range []string{dialect.SQLite, dialect.Postgres} {
			to := empty(t, d)
			must(t, CopyStore(testdb.Context(t), from, to))
			if got := canonical(t, to); got != want {
				t.Errorf("to %s:\n%s", d, firstDifference(want, got))
			}
		}
	})
}

// More rows than a statement writes stand between a row and the one that it points at, before it and after it.
func TestACopyKeepsReferencesAcrossStatements(t *testing.T) {
	testdb.Each(t, func(t *testing.T, from *store.Store) {
		f := newFixture(t, from)
		columns := ""
		for _, c := range migrate.ActorsTable.Columns[2:] { // after id and key
			columns += `, "` + c.Name + `"`
		}
		_, err := from.DB.Exec(fmt.Sprintf(`INSERT INTO actors (id, key%s) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			SELECT %d + n.i, 'copy-' || n.i%s FROM n, actors WHERE id = %d`, columns, 2*mostRows+10, int64(term.HashID(term.KindActor, "x")), columns, int64(f.past)))
		must(t, err)
		_, err = from.DB.Exec(`UPDATE actors SET parent_id = (SELECT max(id) FROM actors), successor_id = (SELECT min(id) FROM actors)`)
		must(t, err)
		want := canonical(t, from)
		for _, d := range []string{dialect.SQLite, dialect.Postgres} {
			to := empty(t, d)
			must(t, CopyStore(testdb.Context(t), from, to))
			if got := canonical(t, to); got != want {
				t.Errorf("to %s:\n%s", d, firstDifference(want, got))
			}
		}
	})
}

func TestACopyMixesWithNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, to *store.Store) {
		from := testdb.Store(t, dialect.SQLite)
		newFixture(t, from)
		write(t, to, func(ctx context.Context, c *ent.Client) { state(ctx, c, "OLD", "Oldland", term.Public) })
		before := canonical(t, to)
		err := CopyStore(testdb.Context(t), from, to)
		if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("copying onto rows gives %v", err)
		}
		if canonical(t, to) != before {
			t.Error("the refused copy changed something")
		}
	})
}

func TestACopyThatFailsLeavesNothing(t *testing.T) {
	from, to := testdb.Store(t, dialect.SQLite), testdb.Store(t, dialect.Postgres)
	f := newFixture(t, from)
	_, err := from.DB.Exec("UPDATE actors SET note = ? WHERE id = ?", "a\x00b", f.open) // SQLite takes it, PostgreSQL does not
	must(t, err)
	err = CopyStore(testdb.Context(t), from, to)
	if e := fault.As(err); e == nil || e.Kind != fault.Invalid || !strings.Contains(e.Sentence, "note of row "+fmt.Sprint(int64(f.open))) {
		t.Errorf("a byte that is no text gives %v", err)
	}
	if got := canonical(t, to); got != "" {
		t.Errorf("the failed copy left %.200s", got)
	}
}

func TestACopyIsOfOneMoment(t *testing.T) {
	testdb.Each(t, func(t *testing.T, from *store.Store) {
		newFixture(t, from)
		want := canonical(t, from)
		snap, err := freeze(testdb.Context(t), from)
		must(t, err)
		defer snap.release()
		write(t, from, func(ctx context.Context, c *ent.Client) { state(ctx, c, "NEW", "Newland", term.Public) }) // while it is read
		to := empty(t, dialect.SQLite)
		must(t, fill(testdb.Context(t), snap, to, nil))
		if got := canonical(t, to); got != want {
			t.Errorf("the copy saw a later write:\n%s", firstDifference(want, got))
		}
	})
}

func TestAnUnmigratedDatabaseIsNotCopied(t *testing.T) {
	err := CopyStore(testdb.Context(t), empty(t, dialect.SQLite), empty(t, dialect.SQLite))
	if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "adam migrate") {
		t.Errorf("copying from an unmigrated database gives %v", err)
	}
}

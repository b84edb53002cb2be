package rule_test

import (
	"context"
	"fmt"
	"testing"

	"adam/ent/migrate"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/testdb"
)

// A statement that begins in a way that nobody thought of shows nothing, rather than everything.
func TestWhateverAStatementBeginsWithItShowsNoMore(t *testing.T) {
	s := testdb.Store(t, "sqlite3")
	newRealm(t, s)
	if _, err := s.DB.Exec("UPDATE activities SET visibility = 'RESTRICTED'"); err != nil {
		t.Fatal(err)
	}
	ctx := access.With(t.Context(), access.Anonymous())
	for _, query := range []string{"SELECT title FROM activities", "select\ntitle FROM activities", "SELECT\ttitle FROM main.activities WHERE 1 = 0 OR title IN (SELECT title FROM activities)",
		"/* */ SELECT title FROM activities", "(SELECT title FROM activities)", "VALUES ((SELECT title FROM activities))", "WITH x AS (SELECT title FROM activities) SELECT title FROM x",
		"WITH RECURSIVE x AS (SELECT title FROM activities) SELECT title FROM x", "EXPLAIN SELECT title FROM activities", "PRAGMA table_list"} {
		rows, err := s.Client.QueryContext(ctx, query)
		if err != nil {
			continue // refused
		}
		if rows.Next() {
			t.Errorf("%q shows a row", query)
		}
		_ = rows.Close()
	}
}

// Whoever reads whole tables sees the same rows as whoever looks at each, on both engines.
func TestReadingWholeTablesShowsTheSameRows(t *testing.T) {
	for _, d := range []string{"sqlite3", "postgres"} {
		t.Run(d, func(t *testing.T) {
			s := testdb.Store(t, d)
			r := newRealm(t, s)
			if _, err := s.DB.Exec("UPDATE activities SET visibility = 'RESTRICTED' WHERE id = $1", r.id["training"]); err != nil {
				t.Fatal(err)
			}
			hidden := 0
			for _, table := range migrate.Tables {
				query := fmt.Sprintf("SELECT count(*) FROM %q", table.Name) // some names are words of SQL
				all := counted(t, s, testdb.Context(t), query)
				for who, v := range r.viewers() {
					ctx := access.With(t.Context(), v)
					each, whole := counted(t, s, ctx, query), counted(t, s, rule.ReadingWhole(ctx), query)
					if each != whole {
						t.Errorf("%s sees %d rows of %s one by one, %d at once", who, each, table.Name, whole)
					}
					hidden += all - each
				}
			}
			if hidden == 0 {
				t.Error("nothing is hidden from anybody: the test shows nothing")
			}
		})
	}
}

func counted(t *testing.T, s *store.Store, ctx context.Context, query string) (n int) {
	t.Helper()
	rows, err := s.Client.QueryContext(ctx, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	if !rows.Next() || rows.Scan(&n) != nil {
		t.Fatalf("%s counts nothing", query)
	}
	return n
}

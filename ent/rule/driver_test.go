package rule_test

import (
	"testing"

	"adam/internal/access"
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

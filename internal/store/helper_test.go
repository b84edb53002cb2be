package store_test

import (
	"context"
	"database/sql"
	"testing"

	"adam/internal/access"
)

// program is the context of a test in which the program acts.
func program(t testing.TB) context.Context {
	return access.With(t.Context(), access.Operator("Test"))
}

func openSQLite(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Package testdb gives every test a database of its own, on SQLite and on PostgreSQL.
package testdb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adam/internal/access"
	"adam/internal/store"

	"entgo.io/ent/dialect"
)

const defaultServer = "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable&connect_timeout=2"

// Open makes an empty database of a dialect and gives it with the function that removes it.
func Open(ctx context.Context, d string) (*sql.DB, func(), error) {
	address, drop, err := Fresh(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	db, _, err := store.Connect(address)
	if err != nil {
		drop()
		return nil, nil, err
	}
	return db, func() { _ = db.Close(); drop() }, nil
}

// Fresh makes an empty database and gives its address with the function that removes it.
func Fresh(ctx context.Context, d string) (string, func(), error) {
	if d == dialect.Postgres {
		return freshPostgres(ctx, "template0")
	}
	dir, err := os.MkdirTemp("", "adam-test-")
	if err != nil {
		return "", nil, err
	}
	return filepath.Join(dir, "adam.db"), func() { _ = os.RemoveAll(dir) }, nil
}

// server is where databases for tests may be made.
func server() string {
	if address := os.Getenv("ADAM_TEST_POSTGRES"); address != "" {
		return address
	}
	return defaultServer
}

// freshPostgres makes a database as a copy of another one.
func freshPostgres(ctx context.Context, template string) (string, func(), error) {
	server := server()
	admin, err := sql.Open("postgres", server)
	if err != nil {
		return "", nil, err
	}
	var b [8]byte
	_, _ = rand.Read(b[:])
	name := "adam_test_" + hex.EncodeToString(b[:])
	if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template+" ENCODING 'UTF8'"); err != nil {
		_ = admin.Close()
		return "", nil, fmt.Errorf("no PostgreSQL at %s: %w", redact(server), err)
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	// Packages are tested at the same time, each with several databases: together they must not want more than a server gives.
	q := u.Query()
	q.Set("pool_max_conns", "8")
	u.RawQuery = q.Encode()
	return u.String(), func() {
		_, _ = admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
		_ = admin.Close()
	}, nil
}

func redact(server string) string {
	u, err := url.Parse(server)
	if err != nil {
		return "the given address"
	}
	return u.Redacted()
}

// Address gives a test the address of an empty database of a dialect. It skips the test, saying so, where there is no
// PostgreSQL, unless ADAM_TEST_REQUIRE names postgres: then it fails.
func Address(t testing.TB, d string) string {
	t.Helper()
	return address(t, d, Fresh)
}

func address(t testing.TB, d string, make func(context.Context, string) (string, func(), error)) string {
	t.Helper()
	address, drop, err := make(t.Context(), d)
	if err != nil {
		if d == dialect.Postgres && !strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "postgres") {
			t.Skipf("skipped: %v. Set ADAM_TEST_POSTGRES to a server where databases may be made.", err)
		}
		t.Fatal(err)
	}
	t.Cleanup(drop)
	return address
}

// Context is the context of a test in which the program acts: no rule hides anything from it.
func Context(t testing.TB) context.Context {
	return access.With(t.Context(), access.Operator("Test"))
}

// Store gives a test an open, migrated, empty working store of a dialect.
func Store(t testing.TB, d string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address(t, d, migrated))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// Each runs a test once on each engine.
func Each(t *testing.T, test func(*testing.T, *store.Store)) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) { test(t, Store(t, d)) })
	}
}

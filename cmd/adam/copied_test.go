package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adam/internal/store"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// copied makes a copy of the database and its editions.
func (p *publication) copied(t *testing.T) (db, editions string) {
	t.Helper()
	editions = filepath.Join(t.TempDir(), "editions")
	if err := os.CopyFS(editions, os.DirFS(p.editions)); err != nil {
		t.Fatal(err)
	}
	db = testdb.Address(t, p.engine)
	if p.engine == dialect.SQLite {
		for _, part := range []string{"", "-wal"} { // what another process had no time to put into the file stands beside it
			whole, err := os.ReadFile(p.db + part)
			if part != "" && os.IsNotExist(err) {
				continue
			}
			if err == nil {
				err = os.WriteFile(db+part, whole, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return db, editions
	}
	from, to := nameOf(t, p.db), nameOf(t, db)
	admin, _, err := store.Connect(strings.Replace(db, "/"+to, "/postgres", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	for _, statement := range []string{"DROP DATABASE " + to, "CREATE DATABASE " + to + " TEMPLATE " + from} {
		if _, err := admin.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return db, editions
}

// nameOf is the name of a database of PostgreSQL.
func nameOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(u.Path, "/")
}

// hang lets whoever writes a row of a table wait for ever, until it is let go. By then no transaction is under way.
func (a *attempt) hang(table string) (let func()) {
	a.Helper()
	if table == "" {
		return a.settle
	}
	if a.engine == dialect.SQLite { // it counts for days
		a.exec("CREATE TRIGGER stuck BEFORE INSERT ON " + table + " BEGIN SELECT count(*) FROM records a, records b, records c, records d; END")
		return func() { a.exec("DROP TRIGGER stuck") }
	}
	held, err := a.store().DB.Conn(a.Context())
	if err == nil {
		_, err = held.ExecContext(a.Context(), "SELECT pg_advisory_lock(4242)")
	}
	if err != nil {
		a.Fatal(err)
	}
	a.exec("CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_lock(4242); RETURN NEW; END'")
	a.exec("CREATE TRIGGER stuck BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION stuck()")
	return func() {
		_, err := held.ExecContext(a.Context(), "SELECT pg_advisory_unlock(4242)")
		if err != nil {
			a.Fatal(err)
		}
		_ = held.Close()
		a.settle()
		a.exec("DROP FUNCTION stuck CASCADE")
	}
}

func (a *attempt) exec(statement string) {
	a.Helper()
	if _, err := a.store().DB.ExecContext(a.Context(), statement); err != nil {
		a.Fatal(err)
	}
}

// settle waits until PostgreSQL has noticed that its client is dead. SQLite dies with it.
func (a *attempt) settle() {
	a.Helper()
	if a.engine == dialect.SQLite {
		return
	}
	a.until(func() bool {
		var busy int
		err := a.store().DB.QueryRowContext(a.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`).Scan(&busy)
		return err == nil && busy == 0
	})
}

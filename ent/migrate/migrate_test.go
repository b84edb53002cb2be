package migrate_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
)

var dialects = []string{dialect.SQLite, dialect.Postgres}

// onEach runs a test with an empty database of each engine.
func onEach(t *testing.T, test func(t *testing.T, db *sql.DB, d string)) {
	for _, d := range dialects {
		t.Run(d, func(t *testing.T) { test(t, open(t, testdb.Address(t, d)), d) })
	}
}

func open(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, _, err := store.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func exec(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

// picture is the tables of a database with what they hold, line by line.
func picture(t *testing.T, db *sql.DB, d string) []string {
	t.Helper()
	query := "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master"
	if d == dialect.Postgres {
		query = "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = current_schema()"
	}
	out := lines(t, db, query)
	if slices.ContainsFunc(out, func(s string) bool { return strings.Contains(s, "adam_schema") }) {
		out = append(out, lines(t, db, "SELECT version || ' ' || name FROM adam_schema")...)
	}
	slices.Sort(out)
	return out
}

func lines(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

// The drift test: the migrations, written once and for ever, give what ent/schema says today.
func TestTheMigrationsGiveWhatTheSchemaSays(t *testing.T) {
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		if _, err := migrate.Up(t.Context(), db, d); err != nil {
			t.Fatal(err)
		}
		plan, err := migrate.Plan(t.Context(), db, d)
		if err != nil || plan != "" {
			t.Errorf("the migrations miss (%v)\n%s\nwrite the next one: go run ./ent/migrate/diff what-it-does", err, plan)
		}
	})
}

// The drift test itself must see drift.
func TestDriftIsSeen(t *testing.T) {
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		if _, err := migrate.Up(t.Context(), db, d); err != nil {
			t.Fatal(err)
		}
		exec(t, db, "DROP INDEX law_state_id", "ALTER TABLE laws DROP COLUMN summary")
		plan, err := migrate.Plan(t.Context(), db, d)
		if err != nil || !strings.Contains(plan, "summary") || !strings.Contains(plan, "law_state_id") {
			t.Errorf("a column and an index were dropped; the plan is %q, %v", plan, err)
		}
	})
}

func TestMigratingAgainDoesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		if v, err := migrate.Current(t.Context(), db, d); v != 0 || err != nil {
			t.Errorf("an empty database is of version %d, %v", v, err)
		}
		taken, err := migrate.Up(t.Context(), db, d)
		if err != nil || taken != migrate.Latest() {
			t.Fatalf("%d steps were taken, %v; expected %d", taken, err, migrate.Latest())
		}
		before := picture(t, db, d)
		taken, err = migrate.Up(t.Context(), db, d)
		if err != nil || taken != 0 {
			t.Errorf("the second time %d steps were taken, %v", taken, err)
		}
		if !slices.Equal(picture(t, db, d), before) {
			t.Error("the second time something changed")
		}
		if v, err := migrate.Current(t.Context(), db, d); v != migrate.Latest() || err != nil {
			t.Errorf("the database is of version %d, %v; expected %d", v, err, migrate.Latest())
		}
	})
}

// Several servers may start at once: one takes a step, the others wait and go on. Each has its own connections.
func TestServersThatStartTogetherMigrateOnce(t *testing.T) {
	for _, d := range dialects {
		t.Run(d, func(t *testing.T) {
			address := testdb.Address(t, d)
			const servers = 4
			taken, errs := make([]int, servers), make([]error, servers)
			var ready, done sync.WaitGroup
			ready.Add(servers)
			for i := range servers {
				db := open(t, address)
				done.Go(func() {
					ready.Done()
					ready.Wait()
					taken[i], errs[i] = migrate.Up(t.Context(), db, d)
				})
			}
			done.Wait()
			sum := 0
			for i := range servers {
				if errs[i] != nil {
					t.Errorf("server %d: %v", i, errs[i])
				}
				sum += taken[i]
			}
			if sum != migrate.Latest() {
				t.Errorf("together they took %v steps; expected %d", taken, migrate.Latest())
			}
			db := open(t, address)
			if plan, err := migrate.Plan(t.Context(), db, d); plan != "" || err != nil {
				t.Errorf("what they made differs from the schema: %s, %v", plan, err)
			}
		})
	}
}

func TestBothEnginesHaveTheSameSteps(t *testing.T) {
	names := map[string][]string{}
	for _, d := range dialects {
		steps, err := migrate.Steps(d)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range steps {
			names[d] = append(names[d], s.Name)
			if s.Version != i+1 || strings.TrimSpace(s.SQL) == "" {
				t.Errorf("%s: step %d is of version %d with %d bytes", d, i+1, s.Version, len(s.SQL))
			}
		}
		if len(steps) != migrate.Latest() {
			t.Errorf("%s has %d steps; the newest version is %d", d, len(steps), migrate.Latest())
		}
	}
	if !slices.Equal(names[dialect.SQLite], names[dialect.Postgres]) {
		t.Errorf("SQLite has the steps %v, PostgreSQL %v", names[dialect.SQLite], names[dialect.Postgres])
	}
}

// A migration that was released is never edited: a database that had it would not get the change.
func TestStepsDoNotNameTheirOwnVersion(t *testing.T) {
	for _, d := range dialects {
		steps, err := migrate.Steps(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			for _, word := range []string{"adam_schema", "user_version", "BEGIN;", "COMMIT"} {
				if strings.Contains(s.SQL, word) {
					t.Errorf("%s %04d_%s holds %s, which is the runner's to write", d, s.Version, s.Name, word)
				}
			}
		}
	}
}

// An edition is a SQLite file without adam_schema's help for other tools: its version stands in its header.
func TestEveryStepOfSQLiteSetsTheVersionOfTheFile(t *testing.T) {
	db := open(t, testdb.Address(t, dialect.SQLite))
	steps, err := migrate.Steps(dialect.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		if done, err := migrate.Apply(t.Context(), db, dialect.SQLite, s); !done || err != nil {
			t.Fatalf("step %d was taken: %v, %v", s.Version, done, err)
		}
		var v int
		if err := db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&v); err != nil || v != s.Version {
			t.Errorf("after step %d the file is of version %d, %v", s.Version, v, err)
		}
		if current, err := migrate.Current(t.Context(), db, dialect.SQLite); current != s.Version || err != nil {
			t.Errorf("after step %d the database is of version %d, %v", s.Version, current, err)
		}
	}
}

// Rule 6: nothing half-written remains.
func TestAStepThatFailsLeavesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		if _, err := migrate.Up(t.Context(), db, d); err != nil {
			t.Fatal(err)
		}
		before := picture(t, db, d)
		next := migrate.Step{Version: migrate.Latest() + 1, Name: "broken", SQL: "CREATE TABLE half (id integer); CREATE TABLE laws (id integer);"}
		if done, err := migrate.Apply(t.Context(), db, d, next); done || err == nil {
			t.Errorf("a step that makes a table twice was taken: %v, %v", done, err)
		}
		if !slices.Equal(picture(t, db, d), before) {
			t.Error("half of the step is there")
		}
		if v, err := migrate.Current(t.Context(), db, d); v != migrate.Latest() || err != nil {
			t.Errorf("the database is of version %d, %v", v, err)
		}
	})
}

func isSentence(t *testing.T, err error, kind fault.Kind, want string) {
	t.Helper()
	if fault.KindOf(err) != kind || fault.As(err) == nil || err.Error() != want {
		t.Errorf("expected %s: %s\nfound    %s: %v", kind, want, fault.KindOf(err), err)
	}
}

func TestADatabaseOfSomebodyElseIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		exec(t, db, "CREATE TABLE invoices (id integer)", "CREATE TABLE customers (id integer)", "INSERT INTO invoices VALUES (1)")
		before := picture(t, db, d)
		const want = "This database holds tables that are not ADAM's (2). Name an empty database, or one that ADAM made; nothing was changed."
		_, err := migrate.Up(t.Context(), db, d)
		isSentence(t, err, fault.Invalid, want)
		_, err = migrate.Current(t.Context(), db, d)
		isSentence(t, err, fault.Invalid, want)
		if !slices.Equal(picture(t, db, d), before) {
			t.Error("the database of somebody else was changed")
		}
	})
}

func TestANewerDatabaseIsRefusedAndUnchanged(t *testing.T) {
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		if _, err := migrate.Up(t.Context(), db, d); err != nil {
			t.Fatal(err)
		}
		newer := migrate.Latest() + 1
		exec(t, db, fmt.Sprintf("INSERT INTO adam_schema (version, name) VALUES (%d, 'tomorrow')", newer))
		before := picture(t, db, d)
		want := fmt.Sprintf("This database is of version %d and this program knows versions up to %d. Use the program that migrated it, or a newer one; nothing was changed.", newer, migrate.Latest())
		taken, err := migrate.Up(t.Context(), db, d)
		isSentence(t, err, fault.Conflict, want)
		if taken != 0 || !slices.Equal(picture(t, db, d), before) {
			t.Errorf("%d steps were taken, or something changed", taken)
		}
	})
}

// Noder finds the table of a row by the kind in its identifier.
func TestEveryKindHasItsTableAndEveryTableItsKind(t *testing.T) {
	var tables, kinds, without []string
	for _, table := range migrate.Tables {
		tables = append(tables, table.Name)
	}
	for k := term.Kind(1); k.Name() != ""; k++ {
		if kinds = append(kinds, k.Table()); !slices.Contains(tables, k.Table()) {
			t.Errorf("%s has the table %q, which ent does not make", k.Name(), k.Table())
		}
	}
	for _, table := range migrate.Tables {
		if !slices.Contains(kinds, table.Name) {
			without = append(without, table.Name)
		}
	}
	slices.Sort(without)
	// The anchors have the identifiers of their records; the rest join two tables.
	want := []string{"activity_fundings", "activity_overlaps", "chapter_activities", "chapter_actors", "chapter_laws", "chapter_mechanisms", "chapter_policies", "records"}
	if !slices.Equal(without, want) {
		t.Errorf("the tables without a kind are %v; expected %v", without, want)
	}
	slices.Sort(kinds)
	if len(slices.Compact(slices.Clone(kinds))) != len(kinds) {
		t.Errorf("two kinds share a table: %v", kinds)
	}
}

// Text sorts by its bytes on both engines, whatever the locale of a server.
func TestTextSortsAlikeOnBothEngines(t *testing.T) {
	var collations []string
	for _, table := range migrate.Desired(dialect.Postgres) {
		for _, c := range table.Columns {
			if c.Collation != "" {
				collations = append(collations, c.Collation)
			}
		}
	}
	if len(collations) < 100 || len(slices.Compact(collations)) != 1 || collations[0] != "C" {
		t.Errorf("%d columns of PostgreSQL have a collation, the first %q", len(collations), collations[:min(len(collations), 1)])
	}
	if slices.ContainsFunc(migrate.Tables, func(t *schema.Table) bool {
		return slices.ContainsFunc(t.Columns, func(c *schema.Column) bool { return c.Collation != "" })
	}) {
		t.Error("the tables that SQLite gets were changed")
	}
	onEach(t, func(t *testing.T, db *sql.DB, d string) {
		if _, err := migrate.Up(t.Context(), db, d); err != nil {
			t.Fatal(err)
		}
		for i, name := range []string{"b", "B", "a-c", "ab", "é", "Z", "1"} {
			exec(t, db, fmt.Sprintf("INSERT INTO records (id, kind, key, title) VALUES (%d, 'ACTOR', '%s', '%s')", i+1, name, name))
		}
		want := []string{"1", "B", "Z", "a-c", "ab", "b", "é"}
		if got := lines(t, db, "SELECT title FROM records ORDER BY title"); !slices.Equal(got, want) {
			t.Errorf("the order is %v; expected %v", got, want)
		}
	})
}

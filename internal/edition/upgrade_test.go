package edition

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// firstVersion writes a file as the first version of the schema had it, before there was a search index: one State and
// one edition.
func firstVersion(t *testing.T, path string, id uint32) {
	t.Helper()
	sqlText, err := os.ReadFile(filepath.Join("..", "..", "ent", "migrate", "sqlite", "0001_tables.sql"))
	must(t, err)
	db, err := sql.Open("sqlite", store.SQLiteDSN(path, false))
	must(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	land := int64(term.HashID(term.KindState, "OLD"))
	for _, q := range []string{
		"CREATE TABLE adam_schema (version integer PRIMARY KEY, name text NOT NULL)", string(sqlText),
		"INSERT INTO adam_schema VALUES (1, 'tables')",
		fmt.Sprintf(`INSERT INTO states (id, key, visibility, topics, withheld, created_at, updated_at, code, alpha2, m49, name)
			VALUES (%d, 'old', 'PUBLIC', '[]', '[]', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', 'OLD', 'OL', '001', 'Oldland')`, land),
		fmt.Sprintf("INSERT INTO records (id, kind, key, title, title_tokens) VALUES (%d, 'STATE', 'old', 'Oldland', 'oldland')", land),
		fmt.Sprintf("INSERT INTO editions (id, number, status, date, released_at) VALUES (%d, 1, 'PUBLISHED', '2020-01-01', '2020-01-01T00:00:00Z')",
			int64(term.NewID(term.KindEdition))),
		"PRAGMA user_version = 1", fmt.Sprintf("PRAGMA application_id = %d", int32(id)), "PRAGMA journal_mode = DELETE",
	} {
		_, err := db.ExecContext(testdb.Context(t), q)
		must(t, err)
	}
}

func TestAnEditionOfAnOlderVersionIsServedFromAMigratedCopy(t *testing.T) {
	if migrate.Latest() < 2 {
		t.Fatal("there is no older version")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "0001-public.sqlite")
	firstVersion(t, path, applicationID[access.Public])
	before := bytesOf(t, path)
	for range 2 { // the second time from the copy that is there
		shelf := NewShelf(folder, nil)
		must(t, shelf.Refresh(testdb.Context(t)))
		o, err := shelf.Current(testdb.Context(t), access.Public)
		must(t, err)
		if !strings.HasPrefix(o.Path, filepath.Join(folder, "cache")) {
			t.Errorf("served from %s", o.Path)
		}
		var found int
		must(t, o.DB.QueryRowContext(testdb.Context(t), "SELECT count(*) FROM records_fts WHERE records_fts MATCH 'oldland'").Scan(&found))
		if land := o.Client.State.Query().OnlyX(testdb.Context(t)); found != 1 || land.Name != "Oldland" {
			t.Errorf("%s is found %d times", land.Name, found)
		}
		o.Release()
		shelf.Close()
	}
	if string(bytesOf(t, path)) != string(before) {
		t.Error("the file of the edition changed")
	}
	if got := strings.Count(namesIn(t, filepath.Join(folder, "cache")), ".sqlite"); got != 1 {
		t.Errorf("the cache holds %s", namesIn(t, filepath.Join(folder, "cache")))
	}
	if got, err := NewShelf(folder, nil).PublicFile(1); err == nil || got != "" {
		t.Errorf("an unread shelf gives %s", got)
	}
	shelf := shelfOf(t, folder, nil)
	if got, err := shelf.PublicFile(1); err != nil || got != path {
		t.Errorf("what is downloaded is %s, %v, not the edition as it was published", got, err)
	}
}

func TestAnOldEditionThatCannotBeMigratedSaysWhatToDo(t *testing.T) {
	folder := t.TempDir()
	firstVersion(t, filepath.Join(folder, "0001-public.sqlite"), applicationID[access.Public])
	must(t, os.WriteFile(filepath.Join(folder, "cache"), nil, 0o600)) // a file where the folder should be
	_, err := shelfOf(t, folder, nil).Current(testdb.Context(t), access.Public)
	if err == nil || !strings.Contains(err.Error(), "has to be migrated before it is read") {
		t.Errorf("got %v", err)
	}
}

func TestAWithdrawnEditionLeavesTheCacheToo(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 1)
	must(t, os.Remove(filepath.Join(folder, "0001-public.sqlite")))
	firstVersion(t, filepath.Join(folder, "0001-public.sqlite"), applicationID[access.Public])
	shelf := shelfOf(t, folder, st)
	o, err := shelf.Current(testdb.Context(t), access.Public)
	must(t, err)
	o.Release()
	_, err = Withdraw(context.Background(), st, folder, 1, "Wrong.", noon)
	must(t, err)
	if got := namesIn(t, filepath.Join(folder, "cache")); strings.Contains(got, "0001") {
		t.Errorf("the cache holds %s", got)
	}
}

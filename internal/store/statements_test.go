package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"adam/internal/store"
)

// kept opens a file over one connection, so that all statements are those of that connection.
func kept(t *testing.T) *sql.DB {
	t.Helper()
	db, err := store.OpenFile(filepath.Join(t.TempDir(), "kept.db"), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	execute(t, db, "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
	for i := range 200 {
		execute(t, db, "INSERT INTO words (id, word) VALUES (?, ?)", i, fmt.Sprint("word ", i))
	}
	return db
}

func execute(t *testing.T, db interface {
	Exec(string, ...any) (sql.Result, error)
}, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func word(t *testing.T, db interface {
	QueryRow(string, ...any) *sql.Row
}, id int) (out string) {
	t.Helper()
	if err := db.QueryRow("SELECT word FROM words WHERE id = ?", id).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameQuestionIsAnsweredWhileItsRowsAreRead(t *testing.T) {
	db := kept(t)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.Query("SELECT word FROM words WHERE id >= ? ORDER BY id", 3)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for n := 3; rows.Next(); n++ {
		var outer, inner string
		if err := rows.Scan(&outer); err != nil {
			t.Fatal(err)
		}
		if err := tx.QueryRow("SELECT word FROM words WHERE id >= ? ORDER BY id", 7).Scan(&inner); err != nil || inner != "word 7" {
			t.Fatalf("the inner answer is %q, %v", inner, err)
		}
		if want := fmt.Sprint("word ", n); outer != want {
			t.Fatalf("the outer answer is %q, want %q", outer, want)
		}
	}
}

func TestMoreStatementsThanAreKeptAreAllAnswered(t *testing.T) {
	db := kept(t)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	open, err := tx.Query("SELECT word FROM words ORDER BY id") // it falls out of what is kept while its rows are read
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		var got string
		if err := tx.QueryRow(fmt.Sprintf("SELECT word FROM words WHERE id = ? AND %d = %[1]d", i), i).Scan(&got); err != nil || got != fmt.Sprint("word ", i) {
			t.Fatalf("question %d is answered %q, %v", i, got, err)
		}
	}
	n := 0
	for open.Next() {
		n++
	}
	if err := errors.Join(open.Err(), open.Close()); err != nil || n != 200 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func TestAFailedStatementIsGoodForTheNextQuestion(t *testing.T) {
	db := kept(t)
	const insert = "INSERT INTO words (id, word) VALUES (?, ?)"
	for range 3 {
		if _, err := db.Exec(insert, 1, "twice"); err == nil {
			t.Fatal("a row is there twice")
		}
	}
	execute(t, db, insert, 1000, "new")
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := db.QueryContext(ended, "SELECT word FROM words WHERE id = ?", 1); err == nil {
		t.Error("a question that was given up is answered")
	}
	if got := word(t, db, 1000); got != "new" {
		t.Errorf("the next one is answered %q", got)
	}
}

func TestAKeptStatementFollowsTheSchema(t *testing.T) {
	db := kept(t)
	columns := func() int {
		rows, err := db.Query("SELECT * FROM words")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	if n := columns(); n != 2 {
		t.Fatalf("%d columns", n)
	}
	execute(t, db, "ALTER TABLE words ADD COLUMN note TEXT")
	if n := columns(); n != 3 {
		t.Errorf("%d columns after one was added", n)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	db := kept(t)
	db.SetMaxOpenConns(4)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 200 {
				var got string
				if err := db.QueryRow("SELECT word FROM words WHERE id = ?", n).Scan(&got); err != nil || got != fmt.Sprint("word ", n) {
					t.Errorf("%d asks for %d: %q, %v", i, n, got, err)
				}
			}
		})
	}
	all.Wait()
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// technical are words that show the inside of the program to whoever reads an error.
var technical = []string{"sql:", "pq:", "sqlite:", "SQLITE", "SELECT", "dial", "tcp", "syscall", "errno", "0x", "goroutine", "%!", "nil", "password=", "no such file", "permission denied", "EOF"}

// isOneClearSentence checks what rule 6 asks of every error: what, and what to do; nothing of SQL, Go, or the places of
// the server beyond the name of the file.
func isOneClearSentence(t *testing.T, err error, holds, address string) {
	t.Helper()
	if err == nil {
		t.Fatal("expected an error")
	}
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid || err.Error() != f.Sentence {
		t.Fatalf("the error is no fault for a person: %T %v", err, err)
	}
	if !strings.Contains(f.Sentence, holds) {
		t.Errorf("the error is %q; expected it to say %q", f.Sentence, holds)
	}
	for _, word := range technical {
		if strings.Contains(f.Sentence, word) {
			t.Errorf("the error %q shows %q", f.Sentence, word)
		}
	}
	if dir := filepath.Dir(address); len(dir) > 1 && strings.Contains(f.Sentence, dir) {
		t.Errorf("the error %q shows the folder %s", f.Sentence, dir)
	}
	if strings.Contains(f.Sentence, "\n") || !strings.HasSuffix(f.Sentence, ".") || len(f.Sentence) > 300 {
		t.Errorf("the error is no short line of sentences: %q", f.Sentence)
	}
}

func TestAnAddressThatIsNoneIsRefused(t *testing.T) {
	for _, address := range []string{
		"", "mysql://root@localhost/adam", "http://localhost:8080", "sqlite://adam.db", "file:///tmp/adam.db", "://", "postgres://",
		"postgresql:///adam", "postgres://user:secret@host:port/adam", "postgres://%zz", "POSTGRES://localhost/adam",
	} {
		t.Run(address, func(t *testing.T) {
			s, err := store.Open(t.Context(), address)
			if s != nil {
				t.Error("a store was opened")
			}
			isOneClearSentence(t, err, "The database address is not understood. Give the path of a SQLite file, such as adam.db, or a postgres:// address", "")
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the error shows the password: %v", err)
			}
			if _, _, err := store.Connect(address); err == nil {
				t.Error("the driver was opened")
			}
		})
	}
}

func TestAFileThatCannotBeOpenedIsNamed(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, test := range []struct{ what, address, holds string }{
		{"a folder that is missing", filepath.Join(dir, "none", "adam.db"), "The folder for the database file adam.db does not exist. Make it, or give another path with --db."},
		{"a file where a folder should be", filepath.Join(write("file", "x"), "adam.db"), "The folder for the database file adam.db does not exist."},
		{"a folder itself", dir, "The database file " + filepath.Base(dir) + " cannot be opened. Give a path of a file with --db."},
		{"text", write("letter.txt", strings.Repeat("Dear Sir or Madam, ", 500)), "The database file cannot be read as a SQLite database. Give another path with --db, or restore a backup."},
		{"a line of text", write("note.txt", "buy milk\n"), "cannot be read as a SQLite database"},
		{"an archive", write("backup.zip", "PK\x03\x04"+strings.Repeat("\x00\xff", 4000)), "cannot be read as a SQLite database"},
		{"the head of a database and garbage", write("broken.db", "SQLite format 3\x00"+strings.Repeat("garbage!", 1000)), "cannot be read as a SQLite database"},
	} {
		t.Run(test.what, func(t *testing.T) {
			before, _ := os.ReadFile(test.address)
			s, err := store.Open(t.Context(), test.address)
			if s != nil {
				t.Error("a store was opened")
			}
			isOneClearSentence(t, err, test.holds, test.address)
			if after, _ := os.ReadFile(test.address); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestAFileThatMayNotBeWrittenIsNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if f, err := os.Create(filepath.Join(dir, "probe")); err == nil {
		_ = f.Close()
		t.Skip("this user may write everywhere")
	}
	path := filepath.Join(dir, "adam.db")
	_, err := store.Open(t.Context(), path)
	isOneClearSentence(t, err, "The database file adam.db cannot be written. Give the program write access", path)
}

func TestAServerThatIsNotThereIsReportedSoon(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes calls and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for what, host := range map[string]string{"a closed port": closed.Addr().String(), "a silent server": silent.Addr().String(), "an unknown host": "adam.invalid:5432"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := store.Open(t.Context(), "postgres://adam:secret@"+host+"/adam?sslmode=disable")
			isOneClearSentence(t, err, "The PostgreSQL server did not answer. Check that it runs and that the host, the port and sslmode in --db are right.", "")
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the error shows the password: %v", err)
			}
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("the answer took %s", took)
			}
		})
	}
}

func TestAnUnknownDatabaseOfAServerIsReported(t *testing.T) {
	u, err := url.Parse(testdb.Address(t, dialect.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/adam_no_such_database"
	_, err = store.Open(t.Context(), u.String())
	isOneClearSentence(t, err, "The PostgreSQL server has no database of that name. Create it first, or correct --db.", "")
	u.User = url.User("adam_no_such_user")
	_, err = store.Open(t.Context(), u.String())
	isOneClearSentence(t, err, "The PostgreSQL server", "")
}

// A name may hold what means something in an address: it is the name of a file all the same.
func TestAFileMayHaveAnyName(t *testing.T) {
	for _, name := range []string{"adam.db", "a b.db", "what?.db", "no#1.db", "100%.db", "50%25.db", "mode=ro&x.db", "ໂທ.db", "adam.db?mode=memory"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.DB.ExecContext(t.Context(), "CREATE TABLE x (id integer)"); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			head, err := os.ReadFile(path)
			if err != nil || !strings.HasPrefix(string(head), "SQLite format 3\x00") {
				t.Errorf("%s is no database: %v", name, err)
			}
			if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
				t.Errorf("the folder holds %v; expected the file alone", entries)
			}
		})
	}
}

func TestANewFileIsForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "adam.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the file may be read by others: %v, %v", info.Mode(), err)
	}
}

// An edition is a file that nobody changes: whoever opens it so cannot write, and leaves nothing beside it.
func TestAnImmutableFileCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "adam.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB.ExecContext(t.Context(), "PRAGMA journal_mode = DELETE; CREATE TABLE x (id integer)"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db := openSQLite(t, store.SQLiteDSN(path, true))
	if _, err := db.ExecContext(t.Context(), "INSERT INTO x VALUES (1)"); err == nil {
		t.Error("a row was written")
	}
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM x").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("the folder holds %v; expected the file alone", entries)
	}
}

// Rule 6: nothing half-written remains.
func TestAChangeIsKeptWholeOrNotAtAll(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		boom := errors.New("boom")
		create := func(ctx context.Context, tx *ent.Tx, year int) error {
			return tx.Rate.Create().SetCurrency("AUD").SetYear(year).SetPerUsd("1.5").SetSource("test").Exec(ctx)
		}
		rates := func() int {
			n, err := s.Client.Rate.Query().Count(program(t))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		err := s.InTx(program(t), func(ctx context.Context, tx *ent.Tx) error {
			return errors.Join(create(ctx, tx, 2009), boom)
		})
		if !errors.Is(err, boom) || rates() != 0 {
			t.Errorf("after an error (%v) %d rates are there", err, rates())
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.InTx(program(t), func(ctx context.Context, tx *ent.Tx) error {
				_ = create(ctx, tx, 2010)
				panic("boom")
			})
		}()
		if rates() != 0 {
			t.Errorf("after a panic %d rates are there", rates())
		}
		err = s.InTx(program(t), func(ctx context.Context, tx *ent.Tx) error {
			if ent.TxFromContext(ctx) != tx {
				t.Error("the context does not hold the transaction")
			}
			return create(ctx, tx, 2011)
		})
		if err != nil || rates() != 1 {
			t.Errorf("after a change (%v) %d rates are there", err, rates())
		}
	})
}

func TestAChangeThatIsCalledOffLeavesNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, cancel := context.WithCancel(program(t))
		err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			defer cancel()
			return tx.Rate.Create().SetCurrency("AUD").SetYear(2009).SetPerUsd("1.5").SetSource("test").Exec(ctx)
		})
		n, countErr := s.Client.Rate.Query().Count(program(t))
		if err == nil || countErr != nil || n != 0 {
			t.Errorf("the change ended with %v, %d rates are there, %v", err, n, countErr)
		}
		if err := s.InTx(ctx, func(context.Context, *ent.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("a change that was called off before it began ended with %v", err)
		}
	})
}

// Every promise of the schema rests on foreign keys, which SQLite has off by default.
func TestForeignKeysHoldOnEveryConnection(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		for i := range 8 {
			err := s.Client.Source.Create().SetRecordID(term.NewID(term.KindLaw)).SetTitle(fmt.Sprint(i)).Exec(program(t))
			if !ent.IsConstraintError(err) {
				t.Errorf("a source of no record was written: %v", err)
			}
		}
	})
}

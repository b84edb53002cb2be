package edition

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/migrate"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
	"adam/seed"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// noon is when the tests release.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// shippedOnce makes a SQLite file with the shipped data once for all tests, which copy it.
var shippedOnce = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "adam-shipped-")
	if err != nil {
		return "", err
	}
	shippedFolder = dir
	path := filepath.Join(dir, "shipped.db")
	st, err := store.Open(context.Background(), path)
	if err != nil {
		return "", err
	}
	defer st.Close()
	if _, err := migrate.Up(context.Background(), st.DB, st.Dialect); err != nil {
		return "", err
	}
	f, err := seed.Check(seed.Read(seed.Shipped()))
	if err != nil {
		return "", err
	}
	err = st.InTx(context.Background(), func(ctx context.Context, tx *ent.Tx) error {
		_, err := seed.Load(ctx, tx, f)
		return err
	})
	if err != nil {
		return "", err
	}
	_, err = st.DB.Exec("PRAGMA journal_mode = DELETE")
	return path, err
})

var shippedFolder string // "" as long as no test has asked for the shipped data

var atEnd []func() // what the tests outside of this package leave to be done after the last of them

func TestMain(m *testing.M) {
	code := m.Run()
	for _, f := range atEnd {
		f()
	}
	if shippedFolder != "" {
		_ = os.RemoveAll(shippedFolder)
	}
	os.Exit(code)
}

// shipped gives a working store of a dialect with the shipped data.
func shipped(t testing.TB, d string) *store.Store {
	t.Helper()
	from := openStore(t, shippedCopy(t))
	if d == dialect.SQLite {
		return from
	}
	st, err := store.Open(testdb.Context(t), testdb.Address(t, d))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	must(t, CopyStore(testdb.Context(t), from, st))
	return st
}

func shippedCopy(t testing.TB) string {
	t.Helper()
	path, err := shippedOnce()
	must(t, err)
	to := filepath.Join(t.TempDir(), "adam.db")
	must(t, copyFile(path, to))
	return to
}

func openStore(t testing.TB, address string) *store.Store {
	t.Helper()
	st, err := store.Open(testdb.Context(t), address)
	must(t, err)
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (because: %v)", err, cause(err))
	}
}

func cause(err error) error {
	for {
		next, ok := err.(interface{ Unwrap() error })
		if !ok || next.Unwrap() == nil {
			return err
		}
		err = next.Unwrap()
	}
}

// write changes a working store as its keepers do.
func write(t testing.TB, st *store.Store, change func(context.Context, *ent.Client)) {
	t.Helper()
	must(t, st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		change(rule.WithWithdrawn(access.With(ctx, access.Operator("The keeper"))), tx.Client())
		return nil
	}))
}

// announced makes the row of an edition, as Begin does.
func announced(t testing.TB, st *store.Store, summary string) int {
	t.Helper()
	var number int
	must(t, st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		e, err := Begin(ctx, tx, summary, noon)
		if err == nil {
			number = e.Number
		}
		return err
	}))
	return number
}

// cutBoth cuts both files of an edition and gives them open as stores.
func cutBoth(t testing.TB, st *store.Store, folder string, number int) map[access.Audience]*store.Store {
	t.Helper()
	out := map[access.Audience]*store.Store{}
	for _, a := range audiences {
		must(t, Cut(testdb.Context(t), st, folder, number, a))
		out[a] = readFile(t, filepath.Join(folder, fileName(number, a)))
	}
	return out
}

// readFile opens the file of an edition as readers do.
func readFile(t testing.TB, path string) *store.Store {
	t.Helper()
	db, err := sql.Open("sqlite", store.SQLiteDSN(path, true))
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return &store.Store{DB: db, Dialect: dialect.SQLite, Client: ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, db)))}
}

func canonical(t testing.TB, st *store.Store) string {
	t.Helper()
	var b bytes.Buffer
	must(t, Canonical(testdb.Context(t), st, &b))
	return b.String()
}

// row reads a row of an edition by its id; nil where it is not there.
func row(t testing.TB, st *store.Store, id term.ID) map[string]any {
	t.Helper()
	for line := range strings.Lines(canonical(t, st)) {
		var l struct {
			Table string
			Row   map[string]any
		}
		d := json.NewDecoder(strings.NewReader(line))
		d.UseNumber()
		must(t, d.Decode(&l))
		if n, ok := l.Row["id"].(json.Number); ok && l.Table == id.Kind().Table() {
			if v, err := n.Int64(); err == nil && v == int64(id) {
				return l.Row
			}
		}
	}
	return nil
}

// firstDifference shows where two exports part, for a test's message.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\n" + y[i]
		}
	}
	return "one is longer"
}

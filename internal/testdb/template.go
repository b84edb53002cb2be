package testdb

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"adam/ent/migrate"
	"adam/internal/store"

	"entgo.io/ent/dialect"
)

// Migrating makes sixty tables; copying a database that has them already takes a tenth of the time, and every test wants
// one. The migrations themselves have their own tests, which start from an empty database.

// emptyFile is a migrated SQLite file, made once for a process.
var emptyFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "adam-test-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "adam.db")
	if err := migrateAt(context.Background(), path); err != nil {
		return nil, err
	}
	return os.ReadFile(path) //nolint:gosec // made above; closed, so that all is in it
})

func migrateAt(ctx context.Context, address string) error {
	st, err := store.Open(ctx, address)
	if err != nil {
		return err
	}
	_, err = migrate.Up(ctx, st.DB, st.Dialect)
	return errors.Join(err, st.Close())
}

// migrated makes a database with all tables and nothing in them, and gives its address with the function that removes it.
func migrated(ctx context.Context, d string) (string, func(), error) {
	if d == dialect.Postgres {
		template, err := emptyDatabase(ctx)
		if err != nil {
			return "", nil, err
		}
		return freshPostgres(ctx, template)
	}
	file, err := emptyFile()
	if err != nil {
		return "", nil, err
	}
	path, drop, err := Fresh(ctx, d)
	if err != nil {
		return "", nil, err
	}
	return path, drop, os.WriteFile(path, file, 0o600)
}

// emptyDatabase gives the name of a migrated database on the test server. It stays there for the next run: its name says
// from which migrations it was made, so that other migrations make another one.
func emptyDatabase(ctx context.Context) (string, error) {
	name, err := templateName()
	if err != nil {
		return "", err
	}
	admin, err := sql.Open("postgres", server())
	if err != nil {
		return "", err
	}
	defer func() { _ = admin.Close() }()
	lock, err := admin.Conn(ctx)
	if err != nil {
		return "", fmt.Errorf("no PostgreSQL at %s: %w", redact(server()), err)
	}
	defer func() { _ = lock.Close() }() // which ends the lock, too
	if _, err := lock.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('adam_test'))"); err != nil {
		return "", err
	}
	var there bool
	if err := lock.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return name, err
	}
	address, drop, err := freshPostgres(ctx, "template0")
	if err != nil {
		return "", err
	}
	if err := migrateAt(ctx, address); err != nil {
		drop()
		return "", err
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	_, err = lock.ExecContext(ctx, "ALTER DATABASE "+u.Path[1:]+" RENAME TO "+name)
	return name, err
}

// templateName is of the migrations as they are in the folder that the test was built from.
var templateName = sync.OnceValues(func() (string, error) {
	root, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			return "", errors.New("the tests do not run in the folder of the module")
		}
		root = filepath.Dir(root)
	}
	h := sha256.New()
	folder := os.DirFS(filepath.Join(root, "ent", "migrate", dialect.Postgres))
	err = errors.Join(err, fs.WalkDir(folder, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(folder, path)
		_, _ = fmt.Fprintf(h, "%s\n%d\n%s", path, len(text), text)
		return err
	}))
	return "adam_template_" + hex.EncodeToString(h.Sum(nil))[:16], err
})

package migrate

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"adam/internal/fault"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed postgres/*.sql sqlite/*.sql
var files embed.FS

// step is one versioned migration of one dialect.
type step struct {
	version int
	name    string
	sql     string
}

// steps reads the migrations of a dialect in their order: files are named NNNN_what-it-does.sql.
func steps(d string) ([]step, error) {
	entries, err := fs.ReadDir(files, folder(d))
	if err != nil {
		return nil, err
	}
	var out []step
	for i, e := range entries {
		number, name, ok := strings.Cut(strings.TrimSuffix(e.Name(), ".sql"), "_")
		v, err := strconv.Atoi(number)
		if !ok || err != nil || v != i+1 {
			return nil, fmt.Errorf("migration %s/%s: expected a name that starts with %04d_", folder(d), e.Name(), i+1)
		}
		text, err := files.ReadFile(folder(d) + "/" + e.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, step{version: v, name: name, sql: string(text)})
	}
	return out, nil
}

func folder(d string) string {
	if d == dialect.Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Latest is the number of the newest migration that this binary knows. It is the same for both dialects.
func Latest() int {
	s, err := steps(dialect.SQLite)
	if err != nil {
		panic(err) // the files are compiled in: only a broken build can get here
	}
	return len(s)
}

// Current is the number of the last migration that a database has had; 0 for an empty one. A database that holds
// tables of somebody else, or that a newer program has migrated, is refused.
func Current(ctx context.Context, db *sql.DB, d string) (int, error) {
	ours, others, err := tablesOf(ctx, db, d)
	switch {
	case err != nil:
		return 0, err
	case !ours && others > 0:
		return 0, fault.New(fault.Invalid, "This database holds tables that are not ADAM's (%d). Name an empty database, or one that ADAM made; nothing was changed.", others)
	case !ours:
		return 0, nil
	}
	var v sql.NullInt64
	if err := db.QueryRowContext(ctx, "SELECT max(version) FROM adam_schema").Scan(&v); err != nil {
		return 0, err
	}
	if int(v.Int64) > Latest() {
		return 0, fault.New(fault.Conflict, "This database is of version %d and this program knows versions up to %d. Use the program that migrated it, or a newer one; nothing was changed.", v.Int64, Latest())
	}
	return int(v.Int64), nil
}

func tablesOf(ctx context.Context, db *sql.DB, d string) (ours bool, others int, err error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if d == dialect.Postgres {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return false, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return false, 0, err
		}
		if name == "adam_schema" {
			ours = true
		} else {
			others++
		}
	}
	return ours, others, rows.Err()
}

// Up brings a database to the newest version, each step in a transaction of its own, and tells how many it took.
// Several servers may call it at once: one waits for the other.
func Up(ctx context.Context, db *sql.DB, d string) (int, error) {
	deadline := time.Now().Add(patience)
	taken := 0
	for {
		n, err := up(ctx, db, d)
		taken += n
		if !busy(err) || ctx.Err() != nil || time.Now().After(deadline) {
			return taken, err
		}
		time.Sleep(wait)
	}
}

// How long a server waits for another one that makes the same SQLite file. SQLite's own patience does not cover the
// moment in which a new file is given its write-ahead log.
const (
	patience = 10 * time.Second
	wait     = 20 * time.Millisecond
)

func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

func up(ctx context.Context, db *sql.DB, d string) (int, error) {
	from, err := Current(ctx, db, d)
	if err != nil {
		return 0, err
	}
	all, err := steps(d)
	if err != nil {
		return 0, err
	}
	taken := 0
	for _, s := range all[from:] {
		done, err := apply(ctx, db, d, s)
		if err != nil {
			return taken, fmt.Errorf("migration %04d_%s: %w", s.version, s.name, err)
		}
		if done {
			taken++
		}
	}
	return taken, nil
}

// apply takes one step, unless another server has taken it meanwhile. On SQLite a table is changed by making it anew:
// foreign keys rest while the old one goes, which only its connection can arrange and only outside a transaction, and
// are checked as a whole before the step counts.
func apply(ctx context.Context, db *sql.DB, d string, s step) (done bool, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if d == dialect.SQLite {
		if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = off"); err != nil {
			return false, err
		}
		defer func() {
			_, on := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = on")
			err = errors.Join(err, on)
		}()
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	if done, err = take(ctx, tx, d, s); !done || err != nil {
		return false, err
	}
	return true, tx.Commit()
}

// take writes one step within its transaction.
func take(ctx context.Context, tx *sql.Tx, d string, s step) (bool, error) {
	if d == dialect.Postgres {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(4023)"); err != nil {
			return false, err
		}
	}
	const table = "CREATE TABLE IF NOT EXISTS adam_schema (version integer PRIMARY KEY, name text NOT NULL)"
	if _, err := tx.ExecContext(ctx, table); err != nil {
		return false, err
	}
	var had int
	if err := tx.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM adam_schema WHERE version = %d", s.version)).Scan(&had); err != nil || had > 0 {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, s.sql); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("INSERT INTO adam_schema (version, name) VALUES (%d, '%s')", s.version, s.name)); err != nil {
		return false, err
	}
	if d != dialect.SQLite {
		return true, nil
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", s.version)); err != nil {
		return false, err
	}
	var broken int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&broken); err != nil {
		return false, err
	}
	if broken > 0 {
		return false, fmt.Errorf("%d references point at nothing", broken)
	}
	return true, nil
}

// Desired is the tables as a dialect should have them. On PostgreSQL all text sorts by its bytes, as SQLite sorts it:
// the same order on both engines, whatever the server's locale.
func Desired(d string) []*schema.Table {
	out := make([]*schema.Table, len(Tables))
	for i, t := range Tables {
		c := &schema.Table{Name: t.Name, Columns: make([]*schema.Column, len(t.Columns)), Indexes: t.Indexes,
			PrimaryKey: t.PrimaryKey, ForeignKeys: t.ForeignKeys, Annotation: t.Annotation}
		for j, col := range t.Columns {
			copied := *col
			if d == dialect.Postgres && (col.Type == field.TypeString || col.Type == field.TypeEnum) {
				copied.Collation = "C"
			}
			c.Columns[j] = &copied
		}
		c.Indexes = append(slices.Clone(t.Indexes), backwards(c)...)
		out[i] = c
	}
	return out
}

// backwards is the index with which a table that joins two others is read from its second end: its primary key serves the
// first alone. Who sees a line of money depends on its activities, so that without one each line reads the whole table.
func backwards(t *schema.Table) []*schema.Index {
	if len(t.PrimaryKey) != 2 || len(t.Columns) != 2 {
		return nil
	}
	second := t.Columns[1]
	return []*schema.Index{{Name: t.Name + "_" + second.Name, Columns: []*schema.Column{second}}}
}

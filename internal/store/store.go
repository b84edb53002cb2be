// Package store opens the working store: a SQLite file by default, PostgreSQL by its address.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/hook"
	"adam/ent/rule"
	_ "adam/ent/runtime" // the hooks of ent/schema
	"adam/internal/fault"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/lib/pq"
)

// Store is an open database of either engine with its ent client.
type Store struct {
	DB      *sql.DB
	Dialect string // dialect.SQLite or dialect.Postgres
	Client  *ent.Client
	writers chan struct{} // places for those who write to a SQLite file; nil where the server sees to that
}

// Connect opens the driver for an address without asking the server anything: a postgres:// URL, or a path.
func Connect(address string) (*sql.DB, string, error) {
	if IsPostgres(address) {
		dsn, most, err := postgresDSN(address)
		if err != nil {
			return nil, "", err
		}
		connector, err := pq.NewConnector(dsn)
		if err != nil {
			return nil, "", badAddress().Because(err)
		}
		db := sql.OpenDB(patient{connector})
		db.SetMaxOpenConns(most)
		db.SetMaxIdleConns(most)
		db.SetConnMaxIdleTime(5 * time.Minute)
		return db, dialect.Postgres, nil
	}
	if address == "" || strings.Contains(address, "://") {
		return nil, "", badAddress()
	}
	db, err := OpenFile(address, false)
	if err != nil {
		return nil, "", badAddress().Because(err)
	}
	db.SetMaxOpenConns(mostOpen)
	db.SetMaxIdleConns(mostOpen)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, dialect.SQLite, nil
}

func badAddress() *fault.Error {
	return fault.New(fault.Invalid, "The database address is not understood. Give the path of a SQLite file, such as adam.db, or a postgres:// address, such as postgres://user@host:5432/adam?sslmode=require.")
}

// IsPostgres reports whether an address names a PostgreSQL server rather than a SQLite file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// mostConnections are opened to a PostgreSQL server, unless the address says another number: pool_max_conns=N.
const mostConnections = 20

// mostOpen connections are made to a SQLite file, and stay open for a while: each new one reads the whole schema first,
// which takes longer than most questions, and more of them than there are processors answer nothing sooner. Each may hold
// 16 MB of the file.
const mostOpen = 16

// postgresDSN adds what lib/pq does not assume: a limit to connecting, so that a wrong address answers soon. It takes out
// what is for the pool: how many connections it may hold, for a server that has few to give.
func postgresDSN(address string) (dsn string, most int, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", 0, badAddress().Because(err)
	}
	q := u.Query()
	most = mostConnections
	if q.Has("pool_max_conns") {
		if most, err = strconv.Atoi(q.Get("pool_max_conns")); err != nil || most < 2 || most > 1000 {
			return "", 0, fault.New(fault.Invalid, "The number of connections is not understood. Write pool_max_conns=20, with a number from 2 to 1000, in the address of the database.")
		}
		q.Del("pool_max_conns")
	}
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", "5")
	}
	u.RawQuery = q.Encode()
	return u.String(), most, nil
}

// SQLiteDSN is the address of a SQLite file for the driver: for the working store durable, waiting its turn, and leaving
// nothing of what was erased; for an
// edition read-only and immutable, so that no lock is taken and the file may be shared by any number of processes.
func SQLiteDSN(path string, immutable bool) string {
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	q := []string{"_time_format=sqlite", "_pragma=foreign_keys(1)"}
	if immutable {
		q = append(q, "mode=ro", "immutable=1", "_pragma=query_only(1)", "_pragma=mmap_size(1073741824)", "_pragma=cache_size(-16000)")
	} else {
		q = append(q, "_txlock=immediate", "_pragma=busy_timeout(5000)", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=cache_size(-16000)", "_pragma=secure_delete(1)")
	}
	return "file:" + escaped + "?" + strings.Join(q, "&")
}

// Open opens the working store and asks it whether it answers. It neither migrates nor checks the version.
func Open(ctx context.Context, address string) (*Store, error) {
	if !IsPostgres(address) {
		if err := writableFile(address); err != nil {
			return nil, err
		}
	}
	db, d, err := Connect(address)
	if err != nil {
		return nil, err
	}
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, unreachable(d, err)
	}
	schema := "main"
	if d == dialect.Postgres {
		if err := db.QueryRowContext(ctx, "SELECT quote_ident(current_schema())").Scan(&schema); err != nil {
			_ = db.Close()
			return nil, unreachable(d, err)
		}
	}
	s := &Store{DB: db, Dialect: d, Client: appendOnly(ent.NewClient(ent.Driver(rule.Sighted(entsql.OpenDB(d, db), schema, rule.Tables()))))}
	if d == dialect.SQLite {
		s.writers = make(chan struct{}, mostWriters)
	}
	return s, nil
}

// mostWriters may wait at once for their turn at a SQLite file with a connection in hand, so that whoever reads finds one:
// the file has one writer at a time anyway.
const mostWriters = 4

// appendOnly refuses to take anything out of the log, or its anchor from under it: rule 4 of the model.
func appendOnly(c *ent.Client) *ent.Client {
	c.HistoryEntry.Use(hook.Reject(ent.OpUpdate | ent.OpUpdateOne | ent.OpDelete | ent.OpDeleteOne))
	c.Record.Use(hook.Reject(ent.OpDelete | ent.OpDeleteOne))
	return c
}

// writableFile finds out before SQLite does, so that the sentence can say what is wrong.
func writableFile(path string) error {
	if path == "" || strings.Contains(path, "://") {
		return badAddress()
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return fault.New(fault.Invalid, "The folder for the database file %s does not exist. Make it, or give another path with --db.", filepath.Base(path)).Because(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errReadOnly) {
		return fault.New(fault.Invalid, "The database file %s cannot be written. Give the program write access to it and its folder, or another path with --db.", filepath.Base(path)).Because(err)
	}
	if err != nil {
		return fault.New(fault.Invalid, "The database file %s cannot be opened. Give a path of a file with --db.", filepath.Base(path)).Because(err)
	}
	return f.Close()
}

func unreachable(d string, err error) error {
	if d == dialect.SQLite {
		return fault.New(fault.Invalid, "The database file cannot be read as a SQLite database. Give another path with --db, or restore a backup.").Because(err)
	}
	if f := fault.As(err); f != nil {
		return f // it says what to do already
	}
	var refused *pq.Error
	if errors.As(err, &refused) {
		switch refused.Code {
		case "3D000":
			return fault.New(fault.Invalid, "The PostgreSQL server has no database of that name. Create it first, or correct --db.").Because(err)
		case "28P01", "28000":
			return fault.New(fault.Invalid, "The PostgreSQL server refused the user or the password. Correct --db.").Because(err)
		}
	}
	return fault.New(fault.Invalid, "The PostgreSQL server did not answer. Check that it runs and that the host, the port and sslmode in --db are right.").Because(err)
}

// Close closes the database.
func (s *Store) Close() error { return s.DB.Close() }

// InTx runs a change in one transaction of the working store: all of it is kept, or nothing. It gives TOO_MANY where others write
// into a SQLite file for longer than it waits.
func (s *Store) InTx(ctx context.Context, change func(context.Context, *ent.Tx) error) error {
	if s.writers != nil {
		select {
		case s.writers <- struct{}{}:
			defer func() { <-s.writers }()
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return writing(ctx.Err())
			}
			return ctx.Err()
		}
	}
	tx, err := s.Client.Tx(ctx)
	if err != nil && s.writers != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return writing(err) // its time was over before others ended
	}
	if err != nil {
		return fmt.Errorf("begin: %w", busy(err))
	}
	defer func() { _ = tx.Rollback() }() // of no effect after Commit
	if err := change(ent.NewTxContext(ctx, tx), tx); err != nil {
		return err
	}
	return tx.Commit()
}

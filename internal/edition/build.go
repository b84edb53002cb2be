package edition

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"

	"entgo.io/ent/dialect"
)

// buildFile writes a SQLite file: begin puts it under a temporary name, fill works on it as a database. When it has its
// name it is whole, durable, only its owner's, and needs no other file beside it to be read.
func buildFile(ctx context.Context, path string, begin func(tmp string) error, fill func(context.Context, *sql.DB) error) error {
	tmp := path + tmpSuffix
	err := removeDatabase(tmp)
	if err == nil {
		err = begin(tmp)
	}
	if err == nil {
		err = withFile(ctx, tmp, fill)
	}
	if err == nil {
		err = publishFile(tmp, path)
	}
	if err == nil {
		return nil
	}
	_ = removeDatabase(tmp)
	if fault.As(err) != nil || ctx.Err() != nil {
		return err
	}
	return fault.New(fault.Internal, "The file %s could not be written. Check that the disk has room and that its folder may be written, then try again; nothing else was changed.", filepath.Base(path)).Because(err)
}

// emptyFile makes the file that SQLite fills, so that it is its owner's from the first byte.
func emptyFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// copyFile makes a file with the bytes of another.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// withFile opens a file that nobody else knows yet, without the care that a working store needs: a crash only costs
// the file.
func withFile(ctx context.Context, path string, fill func(context.Context, *sql.DB) error) (err error) {
	db, err := sql.Open("sqlite", store.SQLiteDSN(path, false))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // the pragmas are the connection's
	if err := pragmas(ctx, db, "journal_mode = MEMORY", "synchronous = OFF"); err != nil {
		return err
	}
	if err := fill(ctx, db); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO records_fts (records_fts) VALUES ('optimize')"); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "ANALYZE"); err != nil {
		return err
	}
	return pragmas(ctx, db, "journal_mode = DELETE")
}

func pragmas(ctx context.Context, db *sql.DB, settings ...string) error {
	for _, s := range settings {
		if _, err := db.ExecContext(ctx, "PRAGMA "+s); err != nil {
			return fmt.Errorf("pragma %s: %w", s, err)
		}
	}
	return nil
}

// writeCopy writes a file with what planned says of a snapshot.
func writeCopy(ctx context.Context, path string, id uint32, from *snapshot, planned planner) error {
	return buildFile(ctx, path, emptyFile, func(ctx context.Context, db *sql.DB) error {
		if err := pragmas(ctx, db, fmt.Sprintf("application_id = %d", int32(id))); err != nil {
			return err
		}
		if _, err := migrate.Up(ctx, db, dialect.SQLite); err != nil {
			return err
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }() // of no effect after Commit
		if _, err := copyTables(ctx, from, target{tx, dialect.SQLite}, planned); err != nil {
			return err
		}
		return tx.Commit()
	})
}

package edition

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"adam/internal/store"

	"entgo.io/ent/dialect"
)

// The advisory locks on PostgreSQL. 4023 is that of migrations.
const (
	numberLock = 4024 // held by the transaction that takes the next number
	buildLock  = 4025 // held by the server that builds
)

// lock lets one program at a time build editions, on one machine or on several: it waits for the others until the
// context ends. A program that dies loses the lock with it.
func lock(ctx context.Context, st *store.Store, folder string) (unlock func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, folderFault(err)
	}
	f, err := lockFolder(ctx, folder)
	if err != nil {
		return nil, err
	}
	if st.Dialect != dialect.Postgres {
		return func() { _ = f.Close() }, nil
	}
	conn, err := st.DB.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", buildLock); err != nil {
		return nil, errors.Join(err, unlockPostgres(conn), f.Close())
	}
	return func() { _, _ = unlockPostgres(conn), f.Close() }, nil
}

// lockFolder serves SQLite, where two programs may share the file, and servers that share the folder.
func lockFolder(ctx context.Context, folder string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(folder, ".lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, folderFault(err)
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(folderFault(err), f.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// unlockPostgres gives the lock back with its connection. The connection is closed rather than used again: it may have
// been lost, or have got the lock although the caller stopped waiting.
func unlockPostgres(conn *sql.Conn) error {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	return conn.Close()
}

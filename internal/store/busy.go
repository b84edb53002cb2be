package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"adam/internal/fault"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// patient is how PostgreSQL is connected to. A server that takes no more connections for the moment is no mistake of
// the program: the fault is made here, where every connection is, so that all doors say the same of it.
type patient struct{ driver.Connector }

// Connect opens one connection. It gives TOO_MANY where the server has none left, or is only starting or stopping.
func (p patient) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, busy(err)
	}
	if err := interpreted(ctx, conn); err != nil {
		_ = conn.Close()
		return nil, busy(err)
	}
	return conn, nil
}

// interpreted keeps PostgreSQL from compiling statements: for ours that takes seconds and saves none. A list of what
// 20,000 records became took 10 s, and takes 0.3 s so.
func interpreted(ctx context.Context, conn driver.Conn) error {
	exec, ok := conn.(driver.ExecerContext)
	if !ok {
		return driver.ErrBadConn
	}
	_, err := exec.ExecContext(ctx, "SET jit = off", nil)
	return err
}

// busy gives a refusal that passes by itself a sentence, and leaves every other error as it is.
func busy(err error) error {
	if held, _ := errors.AsType[*sqlite.Error](err); held != nil && held.Code()&0xff == sqlite3.SQLITE_BUSY {
		return writing(err)
	}
	refused, _ := errors.AsType[*pq.Error](err)
	if refused == nil || refused.Code != "53300" && refused.Code != "57P03" { // too_many_connections, cannot_connect_now
		return err
	}
	return fault.New(fault.TooMany, "Many people use the catalogue at this moment. Try again in a minute.").Because(err)
}

// writing says that somebody else writes to a SQLite file, which has one writer at a time, and has not ended yet.
func writing(err error) error {
	return fault.New(fault.TooMany, "Something large is being written into the catalogue, such as an import, and nothing else can be until that is done. Nothing of yours was written: try again in a minute.").Because(err)
}

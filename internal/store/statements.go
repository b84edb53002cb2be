package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"modernc.org/sqlite"
)

// OpenFile opens the driver for a SQLite file: see SQLiteDSN. Each connection keeps the statements that it was asked last:
// what a viewer sees is written into each (decision 013), so that to parse one takes longer than most answers do.
func OpenFile(path string, immutable bool) (*sql.DB, error) {
	c, err := sqlite.NewConnector(SQLiteDSN(path, immutable))
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(keeping{c}), nil
}

// mostStatements are kept by a connection; one that shows twenty tables as a viewer sees them takes some 100 KB. The
// text of a longer one than longestKept is hardly ever the same again.
const (
	mostStatements = 64
	longestKept    = 64 << 10
)

// keeping opens connections that keep statements.
type keeping struct{ driver.Connector }

func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	statements, err := simplelru.NewLRU(mostStatements, func(_ string, s *statement) { s.drop() })
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &connection{c.(connectionOfDriver), statements}, nil
}

// connectionOfDriver is what the driver's connections can do, and database/sql asks of them.
type connectionOfDriver interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// connection is used by one goroutine at a time, as database/sql sees to.
type connection struct {
	connectionOfDriver
	statements *simplelru.LRU[string, *statement]
}

// statement is one that is kept. While its rows are read, the same question needs another.
type statement struct {
	driver.Stmt
	inUse, dropped bool
}

// drop closes a statement as soon as nobody reads its rows.
func (s *statement) drop() {
	s.dropped = true
	if !s.inUse {
		_ = s.Close() // of no effect but on memory
	}
}

func (s *statement) free() {
	s.inUse = false
	if s.dropped {
		s.drop()
	}
}

// take gives the kept statement of a text, made where there is none; nil where the text is not one to keep, or its
// statement is in use.
func (c *connection) take(ctx context.Context, text string) (*statement, error) {
	s, known := c.statements.Get(text)
	switch {
	case known && s.inUse || !known && !worthKeeping(text):
		return nil, nil
	case !known:
		made, err := c.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		s = &statement{Stmt: made}
		c.statements.Add(text, s)
	}
	s.inUse = true
	return s, nil
}

// worthKeeping leaves out what changes the database itself or the connection, which is done once.
func worthKeeping(text string) bool {
	word, _, _ := strings.Cut(text, " ")
	switch word {
	case "SELECT", "WITH", "INSERT", "UPDATE", "DELETE":
		return len(text) <= longestKept
	}
	return false
}

// QueryContext answers a question with a kept statement.
func (c *connection) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.connectionOfDriver.QueryContext(ctx, text, args)
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		s.free()
		return nil, busy(err)
	}
	return &answer{rows.(rowsOfDriver), s}, nil
}

// ExecContext makes a change with a kept statement.
func (c *connection) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.connectionOfDriver.ExecContext(ctx, text, args)
	}
	defer s.free()
	done, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	return done, busy(err)
}

// Close closes the statements, without which the file would stay open.
func (c *connection) Close() error {
	c.statements.Purge()
	return c.connectionOfDriver.Close()
}

// rowsOfDriver are what the driver's rows can do.
type rowsOfDriver interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

// answer is the rows of a kept statement, which is free again when they are closed.
type answer struct {
	rowsOfDriver
	statement *statement
}

func (a *answer) Close() error {
	defer a.statement.free()
	return a.rowsOfDriver.Close()
}

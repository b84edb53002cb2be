package edition

import (
	"context"
	"database/sql"

	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"

	"entgo.io/ent/dialect"
	"entgo.io/ent/schema/field"
)

// snapshot is a database as it stands at one moment; writers go on and are not seen.
type snapshot struct {
	tx      *sql.Tx
	dialect string
}

// freeze takes a snapshot of a working store, which must be of this program's version. Its end is release.
func freeze(ctx context.Context, st *store.Store) (*snapshot, error) {
	version, err := migrate.Current(ctx, st.DB, st.Dialect)
	if err != nil {
		return nil, err
	}
	if version != migrate.Latest() {
		return nil, fault.New(fault.Conflict, "The database is of version %d and this program works with version %d. Migrate it first: adam migrate.", version, migrate.Latest())
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if st.Dialect == dialect.Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := st.DB.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	// Both engines fix what a transaction sees at its first read, not at its begin.
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM adam_schema").Scan(&n); err != nil {
		_ = tx.Rollback()
		return nil, err
	}
	return &snapshot{tx: tx, dialect: st.Dialect}, nil
}

func (s *snapshot) release() { _ = s.tx.Rollback() }

// each reads the rows of a query, whose columns are of the given kinds, one after the other. The row is used again for
// the next one.
func (s *snapshot) each(ctx context.Context, query string, kinds []field.Type, use func(row []any) error) error {
	rows, err := s.tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	row, into := make([]any, len(kinds)), make([]any, len(kinds))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, kind := range kinds {
			if row[i], err = convert(row[i], kind); err != nil {
				return err
			}
		}
		if err := use(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers is the kinds of n columns that hold whole numbers.
func numbers(n int) []field.Type {
	kinds := make([]field.Type, n)
	for i := range kinds {
		kinds[i] = field.TypeInt64
	}
	return kinds
}

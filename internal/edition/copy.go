package edition

import (
	"context"
	"fmt"
	"strings"

	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// plan says how the rows of one table are copied.
type plan struct {
	query string
	kinds []field.Type                  // of the query's columns: the table's own come first
	shape func(row []any) (bool, error) // tells whether a row is copied, and changes it; nil: every row as it is
}

// planner makes the plan of a table.
type planner func(context.Context, *schema.Table) (plan, error)

// everything copies a table as it is.
func everything(_ context.Context, t *schema.Table) (plan, error) {
	exprs := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		exprs[i] = column(c.Name)
	}
	return plan{query: selectFrom(t, exprs), kinds: kindsOf(t)}, nil
}

func selectFrom(t *schema.Table, exprs []string) string {
	return fmt.Sprintf(`SELECT %s FROM "%s" AS t ORDER BY %s`, strings.Join(exprs, ", "), t.Name, primaryKey(t))
}

func kindsOf(t *schema.Table) []field.Type {
	kinds := make([]field.Type, len(t.Columns))
	for i, c := range t.Columns {
		kinds[i] = c.Type
	}
	return kinds
}

// copyTables copies all tables, parents first, each as its plan says. It tells how many rows it wrote.
func copyTables(ctx context.Context, from *snapshot, to target, planOf planner) (int, error) {
	all, err := tables()
	if err != nil {
		return 0, err
	}
	total := 0
	for _, t := range all {
		n, err := copyTable(ctx, from, to, t, planOf)
		if err != nil {
			return 0, fmt.Errorf("copy table %s: %w", t.Name, err)
		}
		total += n
	}
	return total, nil
}

func copyTable(ctx context.Context, from *snapshot, to target, t *schema.Table, planOf planner) (int, error) {
	p, err := planOf(ctx, t)
	if err != nil || p.query == "" {
		return 0, err
	}
	w := newWriter(to, t)
	err = from.each(ctx, p.query, p.kinds, func(row []any) error {
		if p.shape != nil {
			if in, err := p.shape(row); err != nil || !in {
				return err
			}
		}
		return w.add(ctx, row[:len(t.Columns)])
	})
	if err != nil {
		return 0, err
	}
	return w.rows, w.close(ctx)
}

// CopyStore copies everything of one working store into another, of either engine, which must be empty: a new database,
// or a migrated one without a row. It is all or nothing, and writers of the source may go on.
func CopyStore(ctx context.Context, from, to *store.Store) error {
	if err := mustBeEmpty(ctx, to); err != nil {
		return err
	}
	snap, err := freeze(ctx, from)
	if err != nil {
		return err
	}
	defer snap.release()
	return fill(ctx, snap, to, nil)
}

// fill migrates an empty store and copies everything into it. Just before the copy counts, it calls last.
func fill(ctx context.Context, from *snapshot, to *store.Store, last func() error) error {
	if _, err := migrate.Up(ctx, to.DB, to.Dialect); err != nil {
		return err
	}
	tx, err := to.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // of no effect after Commit
	if _, err := copyTables(ctx, from, target{tx, to.Dialect}, everything); err != nil {
		return err
	}
	if last != nil {
		if err := last(); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = to.DB.ExecContext(ctx, "ANALYZE")
	return err
}

// mustBeEmpty refuses a store that holds a row, so that a copy never mixes with what was there.
func mustBeEmpty(ctx context.Context, st *store.Store) error {
	version, err := migrate.Current(ctx, st.DB, st.Dialect)
	if err != nil || version == 0 {
		return err
	}
	for _, t := range migrate.Tables {
		if version != migrate.Latest() && !hasTable(ctx, st, t.Name) {
			continue // added by a migration that this database has not had
		}
		var n int
		if err := st.DB.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM "%s" LIMIT 1) AS one`, t.Name)).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "The database to copy into is not empty: it holds rows in %s. Name a new database; nothing was changed.", t.Name)
		}
	}
	return nil
}

func hasTable(ctx context.Context, st *store.Store, name string) bool {
	query := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
	if st.Dialect == dialect.Postgres {
		query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1"
	}
	var n int
	return st.DB.QueryRowContext(ctx, query, name).Scan(&n) == nil && n > 0
}

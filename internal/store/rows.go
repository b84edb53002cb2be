package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent"

	"entgo.io/ent/dialect"
)

// sheaf is how many rows one statement writes: the widest table stays below the 32,766 parameters of SQLite.
const sheaf = 400

// Rows writes new rows by the sheaf, past ent's hooks and policy: for the program's own loads of many records, which see to
// anchor, history and rights themselves. Going through hooks takes an hour for a million activities.
type Rows struct {
	c    *ent.Client
	list []*table // what a row points at stands in a table before its own
}

// table is one that rows wait for.
type table struct {
	name    string
	columns []string
	rows    [][]any
	full    string // the statement for a whole sheaf
}

// NewRows waits for rows of the tables that are named, each with its columns apart by spaces: what a row points at stands
// in a table before its own.
func NewRows(c *ent.Client, tables ...[2]string) *Rows {
	t := &Rows{c: c}
	for _, x := range tables {
		t.list = append(t.list, &table{name: x[0], columns: strings.Fields(x[1])})
	}
	return t
}

// Add puts a row into a table, in the order of its columns.
func (t *Rows) Add(name string, row ...any) {
	i := slices.IndexFunc(t.list, func(x *table) bool { return x.name == name })
	t.list[i].rows = append(t.list[i].rows, row)
}

// Write writes what waits. What a row points at is written before: of each table nothing waits while a later one is
// written.
func (t *Rows) Write(ctx context.Context) error {
	for _, x := range t.list {
		for rows := range slices.Chunk(x.rows, sheaf) {
			query := x.full
			if query == "" || len(rows) < sheaf {
				query = x.insert(t.c.Dialect(), len(rows))
			}
			if len(rows) == sheaf {
				x.full = query
			}
			if _, err := t.c.ExecContext(ctx, query, slices.Concat(rows...)...); err != nil {
				return fmt.Errorf("write %s: %w", x.name, err)
			}
		}
		x.rows = x.rows[:0]
	}
	return nil
}

// insert is the statement for so many rows.
func (x *table) insert(d string, rows int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `INSERT INTO "%s" ("%s") VALUES `, x.name, strings.Join(x.columns, `", "`))
	for n := range rows * len(x.columns) {
		switch {
		case n == 0:
			b.WriteByte('(')
		case n%len(x.columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteByte('?')
		if d == dialect.Postgres {
			b.WriteString(strconv.Itoa(n + 1))
		}
	}
	query := b.String() + ")"
	if d == dialect.Postgres {
		query = strings.ReplaceAll(query, "?", "$")
	}
	return query
}

package edition

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"adam/internal/fault"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// The most parameters that a statement may have, and the most rows that one statement writes: more gain nothing.
const (
	parametersSQLite   = 32766
	parametersPostgres = 65535
	mostRows           = 500
)

// target is the transaction that receives a copy.
type target struct {
	tx      *sql.Tx
	dialect string
}

// writer inserts the rows of one table in batches.
type writer struct {
	target
	table *schema.Table
	self  []reference // columns that point into the table itself
	batch int         // rows of a full statement
	full  *sql.Stmt
	args  []any
	later map[string][][2]int64 // by column: rows whose reference follows when its target is there
	rows  int
}

func newWriter(to target, t *schema.Table) *writer {
	parameters := parametersSQLite
	if to.dialect == dialect.Postgres {
		parameters = parametersPostgres
	}
	w := &writer{target: to, table: t, batch: min(mostRows, parameters/len(t.Columns)), later: map[string][][2]int64{}}
	for _, r := range references(t) {
		if r.to == t.Name {
			w.self = append(w.self, r)
		}
	}
	return w
}

// add takes a row, which the caller may use again afterwards. Rows must come sorted by primary key.
func (w *writer) add(ctx context.Context, row []any) error {
	w.postpone(row)
	if err := w.check(row); err != nil {
		return err
	}
	w.args = append(w.args, row...)
	w.rows++
	if len(w.args) < w.batch*len(w.table.Columns) {
		return nil
	}
	if w.full == nil {
		stmt, err := w.tx.PrepareContext(ctx, w.insert(w.batch))
		if err != nil {
			return err
		}
		w.full = stmt
	}
	_, err := w.full.ExecContext(ctx, w.args...)
	w.args = w.args[:0]
	return err
}

// postpone takes references out of a row whose targets in the same table come later.
func (w *writer) postpone(row []any) {
	for _, r := range w.self {
		id, _ := row[at(w.table, "id")].(int64)
		if to, ok := row[r.at].(int64); ok && to > id {
			w.later[r.column] = append(w.later[r.column], [2]int64{id, to})
			row[r.at] = nil
		}
	}
}

// check refuses what SQLite keeps and PostgreSQL does not, with a sentence instead of the server's words.
func (w *writer) check(row []any) error {
	if w.dialect != dialect.Postgres {
		return nil
	}
	for i, c := range w.table.Columns {
		s, ok := row[i].(string)
		if !ok || utf8.ValidString(s) && !strings.Contains(s, "\x00") && (c.Type != field.TypeJSON || !strings.Contains(s, `\u0000`)) {
			continue
		}
		return fault.New(fault.Invalid, "PostgreSQL can't keep the %s of row %v in %s: it holds bytes that are no text. Correct that text first; nothing was copied.", c.Name, row[0], w.table.Name)
	}
	return nil
}

// close writes what is left, then the references that had to wait.
func (w *writer) close(ctx context.Context) error {
	if w.full != nil {
		defer w.full.Close()
	}
	if n := len(w.args) / len(w.table.Columns); n > 0 {
		if _, err := w.tx.ExecContext(ctx, w.insert(n), w.args...); err != nil {
			return err
		}
	}
	for _, r := range w.self {
		for pairs := range slices.Chunk(w.later[r.column], mostRows) {
			if _, err := w.tx.ExecContext(ctx, w.update(r.column, pairs)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) insert(rows int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `INSERT INTO "%s" (`, w.table.Name)
	for i, c := range w.table.Columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(`"` + c.Name + `"`)
	}
	b.WriteString(") VALUES ")
	n := 0
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		for j := range w.table.Columns {
			n++
			b.WriteString([]string{"(", ", "}[min(j, 1)])
			b.WriteString(w.parameter(n))
		}
		b.WriteByte(')')
	}
	return b.String()
}

func (w *writer) parameter(n int) string {
	if w.dialect == dialect.Postgres {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// update sets a reference of many rows at once. Ids are whole numbers: they need no parameters.
func (w *writer) update(column string, pairs [][2]int64) string {
	values := make([]string, len(pairs))
	for i, p := range pairs {
		values[i] = fmt.Sprintf("(%d, %d)", p[0], p[1])
	}
	return fmt.Sprintf(`UPDATE "%s" AS t SET "%s" = v.column2 FROM (VALUES %s) AS v WHERE t."id" = v.column1`,
		w.table.Name, column, strings.Join(values, ", "))
}

package sight

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"adam/internal/store"
)

// FileDifference says where the contents of two SQLite files part, table by table and row by row; "" where they are the
// same. The pages of two such files may be laid out otherwise.
func FileDifference(ctx context.Context, a, b string) (string, error) {
	x, err := Contents(ctx, a)
	if err != nil {
		return "", err
	}
	y, err := Contents(ctx, b)
	if err != nil {
		return "", err
	}
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			return fmt.Sprintf("row %d: %.300s\nagainst %.300s", i, append(x, "the end")[min(i, len(x))], append(y, "the end")[min(i, len(y))]), nil
		}
	}
	return "", nil
}

// Contents are all rows of a file, each with its table, in the order of both. Of the text index there are its words.
func Contents(ctx context.Context, path string) ([]string, error) {
	db, err := sql.Open("sqlite", store.SQLiteDSN(path, true))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	tables, err := rowsOf(ctx, db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'records_fts%'")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, t := range tables {
		rows, err := rowsOf(ctx, db, fmt.Sprintf(`SELECT '%[1]s', t.* FROM "%[1]s" t`, t))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t, err)
		}
		out = append(out, rows...)
	}
	slices.Sort(out)
	return out, nil
}

// rowsOf writes each row of an answer as a line.
func rowsOf(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return nil, err
		}
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = fmt.Sprint(*v.(*any))
		}
		out = append(out, strings.Join(texts, "\x00"))
	}
	return out, rows.Err()
}

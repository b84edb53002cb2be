package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"adam/ent"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// correct forgives a typing error in words that find nothing which the client may see.
func correct(ctx context.Context, c *ent.Client, q Query) (Query, error) {
	found := func(one Query) (bool, error) { return c.Record.Query().Where(hitBy(one)).Exist(ctx) }
	return q.Correct(found, func(tokens []string) ([]string, error) { return known(ctx, c, tokens) })
}

// known gives those of the words that stand in some search document.
func known(ctx context.Context, c *ent.Client, words []string) ([]string, error) {
	const batch = 500
	var out []string
	for part := range slices.Chunk(words, batch) {
		rows, err := c.QueryContext(ctx, knownSQL(c, len(part)), anys(part)...)
		if err != nil {
			return nil, err
		}
		var found []string
		if err := sql.ScanSlice(rows, &found); err != nil {
			return nil, err
		}
		_ = rows.Close()
		out = append(out, found...)
	}
	return out, nil
}

// knownSQL asks the text index itself: it is the vocabulary.
func knownSQL(c *ent.Client, n int) string {
	if c.Dialect() == dialect.Postgres {
		marks := make([]string, n)
		for i := range marks {
			marks[i] = fmt.Sprintf("($%d::text)", i+1)
		}
		return "SELECT w FROM (VALUES " + strings.Join(marks, ", ") + ") AS v(w) WHERE EXISTS (SELECT 1 FROM records WHERE search @@ (quote_literal(w))::tsquery)"
	}
	return "SELECT term FROM records_vocabulary WHERE term IN (?" + strings.Repeat(", ?", n-1) + ")"
}

package edition

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"adam/ent/migrate"
	"adam/internal/store"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// Canonical writes everything that a store holds in the one form that both engines agree on, byte for byte: each table
// in the order of names, each row in the order of its primary key as a line of JSON with sorted keys. It is taken from
// one moment. For the operator: it holds what is restricted.
func Canonical(ctx context.Context, st *store.Store, w io.Writer) error {
	snap, err := freeze(ctx, st)
	if err != nil {
		return err
	}
	defer snap.release()
	out := bufio.NewWriter(w)
	all := slices.SortedFunc(slices.Values(migrate.Tables), func(a, b *schema.Table) int { return cmp.Compare(a.Name, b.Name) })
	for _, t := range all {
		if err := canonicalTable(ctx, snap, t, out); err != nil {
			return fmt.Errorf("export table %s: %w", t.Name, err)
		}
	}
	return out.Flush()
}

func canonicalTable(ctx context.Context, from *snapshot, t *schema.Table, out io.Writer) error {
	p, err := everything(ctx, t)
	if err != nil {
		return err
	}
	return from.each(ctx, p.query, p.kinds, func(row []any) error {
		values := make(map[string]any, len(row))
		for i, c := range t.Columns {
			values[c.Name] = row[i]
			if s, ok := row[i].(string); ok && c.Type == field.TypeJSON {
				values[c.Name] = json.RawMessage(s)
			}
		}
		line, err := encode(map[string]any{"row": values, "table": t.Name})
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, line+"\n")
		return err
	})
}

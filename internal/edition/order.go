// Package edition cuts editions from the working store, keeps them and serves them. An edition is a SQLite file that
// holds what one audience may see on the day of a publication: what is not there can't leak through a filter, a count,
// a search or an error. The same copy, table by table, is backup, restore and the move between SQLite and PostgreSQL.
package edition

import (
	"fmt"
	"slices"
	"strings"

	"adam/ent/migrate"

	"entgo.io/ent/dialect/sql/schema"
)

// reference is a foreign key: the place and name of its column, and the table that it points at by id.
type reference struct {
	at       int
	column   string
	to       string
	optional bool
}

// references lists the foreign keys of a table. Each has one column: the schema knows no others.
func references(t *schema.Table) []reference {
	var out []reference
	for _, fk := range t.ForeignKeys {
		c := fk.Columns[0]
		out = append(out, reference{at: slices.Index(t.Columns, c), column: c.Name, to: fk.RefTable.Name, optional: c.Nullable})
	}
	return out
}

// at is the place of a column in its table; -1 where it has none of that name.
func at(t *schema.Table, column string) int {
	return slices.IndexFunc(t.Columns, func(c *schema.Column) bool { return c.Name == column })
}

// hasID tells whether the rows of a table have an id of their own; those of a join table have the ids of both ends.
func hasID(t *schema.Table) bool {
	return len(t.PrimaryKey) == 1 && t.PrimaryKey[0].Name == "id"
}

// tables lists all tables so that each comes after those that it points at, or that decide which of its rows an
// audience sees. A table may point at itself.
func tables() ([]*schema.Table, error) { return parentsFirst(migrate.Tables) }

func parentsFirst(all []*schema.Table) ([]*schema.Table, error) {
	byName := make(map[string]*schema.Table, len(all))
	for _, t := range all {
		byName[t.Name] = t
	}
	var out []*schema.Table
	begun, done := map[string]bool{}, map[string]bool{}
	var visit func(*schema.Table) error
	visit = func(t *schema.Table) error {
		if done[t.Name] {
			return nil
		}
		if begun[t.Name] {
			return fmt.Errorf("tables point at each other in a circle through %s", t.Name)
		}
		begun[t.Name] = true
		for _, p := range parents(t) {
			if p == t.Name || byName[p] == nil {
				continue
			}
			if err := visit(byName[p]); err != nil {
				return err
			}
		}
		done[t.Name] = true
		out = append(out, t)
		return nil
	}
	for _, t := range all {
		if err := visit(t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func parents(t *schema.Table) []string {
	out := after(rules[t.Name])
	for _, r := range references(t) {
		out = append(out, r.to)
	}
	return out
}

// primaryKey is the column list by which the rows of a table are sorted, so that every copy has the same order.
func primaryKey(t *schema.Table) string {
	names := make([]string, len(t.PrimaryKey))
	for i, c := range t.PrimaryKey {
		names[i] = column(c.Name)
	}
	return strings.Join(names, ", ")
}

// column names a column of the row t: quoted, since some are words of SQL.
func column(name string) string { return `t."` + name + `"` }

package edition

import (
	"context"
	"slices"

	"adam/ent/rule"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// editor prepares the change of a table's rows that are copied; nil where there is nothing to change.
type editor func(context.Context, *selection, *schema.Table) (func(row []any) error, error)

// plan says how an audience gets a table: no query where it gets nothing.
func (s *selection) plan(ctx context.Context, t *schema.Table) (plan, error) {
	r, declared := rules[t.Name]
	if !declared || s.rows(r) == "" {
		return plan{}, nil
	}
	exprs := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		exprs[i] = s.value(r, c.Name)
	}
	kinds, marked := kindsOf(t), s.marked(r)
	for _, m := range marked {
		exprs, kinds = append(exprs, s.missing(m)), append(kinds, field.TypeInt64)
	}
	f := fitter{selection: s, table: t, marked: marked, references: references(t), withheld: at(t, "withheld")}
	if editors[t.Name] != nil {
		edit, err := editors[t.Name](ctx, s, t)
		if err != nil {
			return plan{}, err
		}
		f.edit = edit
	}
	return plan{query: selectFrom(t, exprs), kinds: kinds, shape: f.fit}, nil
}

// value is the SQL of a column as the audience gets it.
func (s *selection) value(r rule.Table, name string) string {
	expr := column(name)
	for _, p := range r.Replace {
		if when := s.when(p); p.Column == name && when != "" {
			expr = "CASE WHEN " + s.fill(when) + " THEN " + p.As + " ELSE " + expr + " END"
		}
	}
	return expr
}

// marked lists the replacements that leave a mark for this audience.
func (s *selection) marked(r rule.Table) []rule.Replacement {
	var out []rule.Replacement
	for _, p := range r.Replace {
		if p.Mark != "" && s.when(p) != "" {
			out = append(out, p)
		}
	}
	return out
}

// What the column that missing adds may say of a row.
const (
	shown    = iota
	hidden   // history must not show it either, but there is no value to miss now
	withheld // and its value is missing
)

// missing tells whether a replacement takes place in a row, and whether a value goes with it.
func (s *selection) missing(p rule.Replacement) string {
	there := rule.EveryRow
	if p.Column != "" {
		there = column(p.Column) + " IS NOT NULL"
	}
	return "CASE WHEN " + s.fill(s.when(p)) + " THEN CASE WHEN " + there + " THEN 2 ELSE 1 END ELSE 0 END"
}

// fitter makes the rows of one table fit for the audience.
type fitter struct {
	*selection
	table      *schema.Table
	marked     []rule.Replacement
	references []reference
	withheld   int // the place of the column of marks; -1 where the table has none
	edit       func([]any) error
}

// fit tells whether a row is copied and takes out of it what the audience may not see. After the columns come the
// numbers of missing, one for each marked replacement.
func (f *fitter) fit(row []any) (bool, error) {
	if !f.isIn(row) {
		return false, nil
	}
	marks := f.loseReferences(row)
	for i, p := range f.marked {
		state := row[len(f.table.Columns)+i]
		if state != int64(shown) {
			id := f.id(row)
			f.hidden[id] = append(f.hidden[id], p.Mark)
		}
		if state == int64(withheld) {
			marks = append(marks, p.Mark)
		}
	}
	if err := f.mark(row, marks); err != nil {
		return false, err
	}
	if f.edit != nil {
		return true, f.edit(row)
	}
	return true, nil
}

func (f *fitter) id(row []any) int64 {
	id, _ := row[at(f.table, "id")].(int64)
	return id
}

// isIn tells whether a row was chosen; one of a join table is in with both its ends.
func (f *fitter) isIn(row []any) bool {
	if hasID(f.table) {
		return f.in[f.table.Name].has(f.id(row))
	}
	for _, ref := range f.references {
		if to, ok := row[ref.at].(int64); !ok || !f.in[ref.to].has(to) {
			return false
		}
	}
	return true
}

// loseReferences makes references null whose target the audience has not, and gives their marks. A target that was
// withdrawn leaves none: deleting hides.
func (f *fitter) loseReferences(row []any) []string {
	var marks []string
	for _, ref := range f.references {
		to, ok := row[ref.at].(int64)
		if !ok || f.in[ref.to].has(to) {
			continue
		}
		row[ref.at] = nil
		if f.withheld < 0 {
			continue
		}
		id := f.id(row)
		f.lost[id] = append(f.lost[id], to)
		if !f.gone[ref.to].has(to) {
			marks = append(marks, rule.FieldName(ref.column))
		}
	}
	return marks
}

// mark adds to the names of fields that `withheld` lists.
func (f *fitter) mark(row []any, marks []string) error {
	if f.withheld < 0 || len(marks) == 0 {
		return nil
	}
	slices.Sort(marks)
	list, err := encode(slices.Compact(marks))
	row[f.withheld] = list
	return err
}

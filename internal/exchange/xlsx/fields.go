package xlsx

import (
	"slices"

	"adam/internal/term"
)

// kindOrder is the order of types where several stand together.
var kindOrder = []term.RecordKind{term.RecordLaw, term.RecordPolicy, term.RecordMechanism, term.RecordActor, term.RecordActivity}

// columnOf is the column that a field is written into: what a record is called has one, be it its title or its name.
func columnOf(f Field) string {
	if f.Name == "name" {
		return "title"
	}
	return f.Name
}

// labels are the columns for the fields of some types, in an order that holds for all, each with its heading.
func labels(fields map[term.RecordKind][]Field, kinds []term.RecordKind) (out []Field) {
	for _, k := range kindOrder {
		if !slices.Contains(kinds, k) {
			continue
		}
		for _, f := range fields[k] {
			f.Name = columnOf(f)
			if f.Name == "title" {
				f.Label = "Title or name"
			}
			if !slices.ContainsFunc(out, func(o Field) bool { return o.Name == f.Name }) {
				out = append(out, f)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Field) int { return rank(a) - rank(b) })
	return out
}

// rank puts what is corrected most in front.
func rank(f Field) int {
	switch {
	case f.Name == "title":
		return 0
	case f.Name == "status":
		return 1
	case f.Sort == Date:
		return 2
	case f.Sort == Line:
		return 3
	case f.Sort == Some || f.Sort == One:
		return 4
	}
	return 5
}

// fieldIn finds the field of a type that stands in a column.
func fieldIn(fields map[term.RecordKind][]Field, kind term.RecordKind, column string) (Field, bool) {
	i := slices.IndexFunc(fields[kind], func(f Field) bool { return columnOf(f) == column })
	if i < 0 {
		return Field{}, false
	}
	return fields[kind][i], true
}

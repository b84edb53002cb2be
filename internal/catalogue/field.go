package catalogue

import (
	"adam/internal/term"
)

// field is one thing that the API can write of a record, of a part, of a line of money or of a need.
type field struct {
	name   string // in the API
	column string // "" where rows of a part stand behind it
	fact   bool   // a document must show it
	must   bool   // it can't be unknown
	// unknown is the value of the column where nothing is known; nil clears it.
	unknown any
	// read gives the value of the column for an input that is not null; false where it has noted a problem.
	read func(in *intake, path string, v any) (any, bool)
	// refers is the type of record that the column points at; 0 for values.
	refers term.Kind
	part   *part
	edge   bool // the chapters: an edge without rows of its own
	// several columns stand behind themes only: see themes.go.
	columns func(in *intake, path string, v any) (map[string]any, bool)
	show    func(row) any
}

// needed marks a field that can't be unknown.
func (f field) needed() field {
	f.must = true
	return f
}

// housekeeping marks a field that no document needs to show.
func (f field) housekeeping() field {
	f.fact = false
	return f
}

// or gives the value of the column where nothing is known.
func (f field) or(unknown any) field {
	f.unknown = unknown
	return f
}

// value reads the input of a field as values of columns; none where it has noted a problem.
func (f *field) value(in *intake, path string, v any) map[string]any {
	if v == nil || v == "" {
		if f.must {
			in.fail(path, "The %s cannot be unknown: give one, or leave it out to keep what stands.", f.name)
			return nil
		}
		if f.columns == nil {
			return map[string]any{f.column: f.unknown}
		}
		v = []any{}
	}
	if f.columns != nil {
		values, _ := f.columns(in, path, v)
		return values
	}
	if value, ok := f.read(in, path, v); ok {
		if value == nil && f.must {
			return f.value(in, path, nil)
		}
		if value == nil {
			value = f.unknown
		}
		return map[string]any{f.column: value}
	}
	return nil
}

// stated is what a record says now, as a person reads it.
func (f *field) stated(in *intake) (string, error) {
	switch {
	case f.part != nil:
		return f.part.stated(in, in.now.id(), nil)
	case f.show != nil:
		return textOf(f.show(in.now)), nil
	}
	return in.textOf(f, in.now.get(f.column))
}

// textOf is the value of a field's column as a person reads it: what it points at by its key.
func (in *intake) textOf(f *field, v any) (string, error) {
	id, ok := v.(term.ID)
	if f.refers == 0 || !ok {
		return textOf(v), nil
	}
	n, err := in.name(f.refers, id)
	return n.name, err
}

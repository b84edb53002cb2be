package catalogue

import (
	"context"
	"maps"
	"slices"
	"strings"

	"adam/ent"
	"adam/internal/term"
)

// part is a list of rows that hang on a record. A list that is given takes the place of the one that stands; only what
// differs is written, so that rows that stay keep their id.
type part struct {
	kind    term.Kind
	parent  string         // the column that names the record
	fixed   map[string]any // columns with one value here, such as the role of donors
	bare    bool           // an item is the value of the first field
	items   []field
	same    []string       // the columns that tell rows apart
	ordered bool           // rows have a position
	anew    map[string]any // columns that are set when others change

	check  func(in *intake, path string, values map[string]any)
	whole  func(in *intake, path string, all []item)
	secret func(values map[string]any) bool // history may not tell the row

	load   func(context.Context, *ent.Client, term.ID) ([]row, error)
	create func(*ent.Client) (mutation, execer)
	update func(*ent.Client, term.ID) (mutation, execer)
	remove func(context.Context, *ent.Client, term.ID) error
}

// item is a row as it stands or as it shall be.
type item struct {
	id       term.ID
	values   map[string]any
	position int
	changed  map[string]any // of a row that stays: what becomes of it
}

const position = "position"

// rowsOf turns what ent loads into rows.
func rowsOf[T any](all []T, err error) ([]row, error) {
	out := make([]row, len(all))
	for i, r := range all {
		out[i] = rowOf(r)
	}
	return out, err
}

// standing are the rows of a record, in order.
func (p *part) standing(in *intake, record term.ID) ([]item, error) {
	if record == 0 {
		return nil, nil
	}
	rows, err := p.load(in.ctx, in.c, record)
	if err != nil {
		return nil, err
	}
	out := make([]item, len(rows))
	for i, r := range rows {
		out[i] = item{id: r.id(), values: map[string]any{}}
		for j := range p.items {
			out[i].values[p.items[j].column] = r.get(p.items[j].column)
		}
		if p.ordered {
			out[i].position = r.get(position).(int)
		}
	}
	if p.ordered {
		slices.SortStableFunc(out, func(a, b item) int { return a.position - b.position })
	}
	return out, nil
}

// identity tells rows of a part apart.
func (p *part) identity(values map[string]any) string {
	out := make([]string, len(p.same))
	for i, column := range p.same {
		out[i] = textOf(values[column])
	}
	return strings.Join(out, "\x00")
}

// wanted reads the items of an input.
func (p *part) wanted(in *intake, path string, v any) []item {
	if v == nil {
		v = []any{}
	}
	list, _ := in.list(path, v)
	out := make([]item, 0, len(list))
	seen := map[string]bool{}
	for i, x := range list {
		at := itemPath(path, i)
		values := p.read(in, at, x)
		if values == nil {
			continue
		}
		if id := p.identity(values); seen[id] {
			in.fail(at, "%q stands in the list twice. Name it once.", term.Clip(p.mustText(in, values)))
		} else {
			seen[id] = true
		}
		out = append(out, item{values: values})
	}
	if p.whole != nil {
		p.whole(in, path, out)
	}
	return out
}

// read reads one item; nil where it has noted a problem.
func (p *part) read(in *intake, path string, x any) map[string]any {
	before := len(in.wrong)
	var values map[string]any
	if p.bare {
		first := p.items[0].needed()
		values = first.value(in, path, x)
	} else {
		given := in.normal(path, x, p.items)
		values = in.columns(path, given, p.items, true)
		for i := range p.items { // a list says all: what it leaves out is unknown
			if f := &p.items[i]; !has(given, f.name) {
				values[f.column] = f.unknown
			}
		}
	}
	if p.check != nil && len(in.wrong) == before {
		p.check(in, path, values)
	}
	if len(in.wrong) > before {
		return nil
	}
	return values
}

func has(m map[string]any, name string) bool { _, ok := m[name]; return ok }

// text is an item as a person reads it. For history, which everybody reads who may see the record, it names nothing that
// fewer may see.
func (p *part) text(in *intake, values map[string]any, seenBy *term.Visibility) (string, error) {
	if seenBy != nil && p.secret != nil && p.secret(values) {
		return hidden, nil
	}
	var out []string
	for i := range p.items {
		f := &p.items[i]
		v := values[f.column]
		s, err := in.textOf(f, v)
		if err != nil {
			return "", err
		}
		if id, ok := v.(term.ID); ok && seenBy != nil && f.refers != 0 && fewer(in.names[id].visibility, *seenBy) {
			s = hidden
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " "), nil
}

func (p *part) mustText(in *intake, values map[string]any) string {
	s, err := p.text(in, values, nil)
	in.broken(err)
	return s
}

// join writes items as history joins them.
func (p *part) join(in *intake, all []item, seenBy *term.Visibility) string {
	out := make([]string, len(all))
	for i, it := range all {
		var err error
		if out[i], err = p.text(in, it.values, seenBy); err != nil {
			in.broken(err)
		}
	}
	return strings.Join(out, "; ")
}

// stated is what the rows of a record say.
func (p *part) stated(in *intake, record term.ID, seenBy *term.Visibility) (string, error) {
	all, err := p.standing(in, record)
	if err != nil {
		return "", err
	}
	s := p.join(in, all, seenBy)
	return s, in.fault
}

var fromMany = term.Visibility("").Values()

// fewer says whether fewer people see a than b.
func fewer(a, b term.Visibility) bool {
	return slices.Index(fromMany, string(a)) > slices.Index(fromMany, string(b))
}

func merged(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

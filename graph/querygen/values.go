package querygen

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// code is a value of an enum: written without quotes in a document.
type code string

// plainList is how many values a list without pages is taken for, as the program's limits do.
const plainList = 10

// arguments writes the arguments of a field, and says how many values it may bring.
func (b *builder) arguments(t *ast.Definition, f *ast.FieldDefinition, r room, path []string) (text string, size int) {
	values, order := map[string]any{}, []string{}
	set := func(name string, value any) {
		b.used[t.Name+"."+f.Name+"("+name+")"]++
		values[name], order = value, append(order, name)
	}
	for _, a := range f.Arguments {
		if isPaging(a.Name) && isConnection(f) {
			continue
		}
		if required(a.Type, a.DefaultValue) || b.chance(60) {
			set(a.Name, b.value(t.Name+"."+f.Name+"."+a.Name, a.Name, a.Type))
		}
	}
	size = 1
	switch {
	case isConnection(f):
		size = b.page(t.Name+"."+f.Name, f, values, r, path, set)
	case isList(f.Type):
		size = plainList
	}
	return b.write(f, values, order), size
}

func isPaging(name string) bool {
	return slices.Contains([]string{"first", "last", "after", "before"}, name)
}

func isConnection(f *ast.FieldDefinition) bool {
	return f.Arguments.ForName("first") != nil && f.Arguments.ForName("last") != nil
}

func isList(t *ast.Type) bool { return t.Elem != nil }

func required(t *ast.Type, standard *ast.Value) bool { return t.NonNull && standard == nil }

// page chooses which part of a list is asked for, sometimes one that can't be.
func (b *builder) page(where string, f *ast.FieldDefinition, args map[string]any, r room, path []string, set func(string, any)) int {
	whose := f.Type.Name() + " " + orderOf(args)
	b.lists = append(b.lists, list{path, whose})
	if b.chance(3) {
		b.wrongPage(set)
		return 100
	}
	size := 1 + b.random.IntN(max(1, min(25, r.cost/10)))
	if r.cost > 5000 && b.chance(20) {
		size = 100
	}
	known := b.cursors[whose]
	switch b.random.IntN(6) {
	case 0:
		set("last", size)
	case 1, 2:
		if len(known) > 0 {
			end, count := "after", "first"
			if b.used[where+"(before)"] < b.used[where+"(after)"] {
				end, count = "before", "last"
			}
			set(end, known[b.random.IntN(len(known))])
			set(count, size)
			return size
		}
		set("first", size)
	case 3:
		if r.cost > 250 {
			return 25 // the page of whoever asks for none
		}
		set("first", size)
	default:
		set("first", size)
	}
	return size
}

// wrongPage asks for a page that there can't be.
func (b *builder) wrongPage(set func(string, any)) {
	switch b.random.IntN(5) {
	case 0:
		set("first", 101)
	case 1:
		set("last", 0)
	case 2:
		set("first", -1)
	case 3:
		set("first", 5)
		set("last", 5)
	default:
		end, count := "after", "first"
		if b.chance(50) {
			end, count = "before", "last"
		}
		set(count, 5)
		set(end, b.anyCursor())
	}
}

// anyCursor is one of another list, or none at all.
func (b *builder) anyCursor() string {
	var all []string
	for _, c := range b.cursors {
		all = append(all, c...)
	}
	slices.Sort(all)
	if len(all) == 0 || b.chance(30) {
		return "gqFp0w"
	}
	return all[b.random.IntN(len(all))]
}

// orderOf names what a list is sorted by: cursors hold for one order only.
func orderOf(args map[string]any) string {
	order, _ := args["orderBy"].(map[string]any)
	by, _ := order["field"].(code)
	return string(by)
}

// write writes arguments, some of them as variables.
func (b *builder) write(f *ast.FieldDefinition, values map[string]any, order []string) string {
	if len(order) == 0 {
		return ""
	}
	parts := make([]string, len(order))
	for i, name := range order {
		text := literal(values[name])
		b.tokens += 2 + len(strings.Fields(text))
		if b.chance(30) {
			text = b.declare(f.Arguments.ForName(name).Type, values[name])
			b.tokens += 6
		}
		parts[i] = name + ": " + text
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// value makes a value of a type. where is the place in the schema, name its last part.
func (b *builder) value(where, name string, t *ast.Type) any {
	if t.Elem != nil {
		out := []any{}
		for range max(0, b.random.IntN(4)-b.random.IntN(2)) {
			out = append(out, b.value(where, name, t.Elem))
		}
		return out
	}
	def := b.schema.Types[t.Name()]
	switch {
	case def.Kind == ast.Enum:
		v := pick(b.Generator, def.EnumValues, func(v *ast.EnumValueDefinition) string { return def.Name + "." + v.Name })
		return code(v.Name)
	case def.Kind == ast.InputObject:
		return b.object(def)
	case def.Name == "Boolean":
		return b.chance(50)
	case def.Name == "Int":
		return b.number()
	case def.Name == "Float":
		return float64(b.number())
	}
	return b.word(where, name, def.Name)
}

func (b *builder) number() int {
	if len(b.words.Ints) == 0 {
		return b.random.IntN(10)
	}
	return b.words.Ints[b.random.IntN(len(b.words.Ints))]
}

// object fills an input: what it needs, and one to three fields more.
func (b *builder) object(t *ast.Definition) any {
	out := map[string]any{}
	set := func(f *ast.FieldDefinition) { out[f.Name] = b.value(t.Name+"."+f.Name, f.Name, f.Type) }
	for _, f := range t.Fields {
		if required(f.Type, f.DefaultValue) {
			b.used[t.Name+"."+f.Name]++
			set(f)
		}
	}
	for range 1 + b.random.IntN(3) {
		set(pick(b.Generator, t.Fields, func(f *ast.FieldDefinition) string { return t.Name + "." + f.Name }))
	}
	return out
}

// word takes a word for a place: one that fits it, or one of its scalar.
func (b *builder) word(where, name, scalar string) string {
	for _, words := range [][]string{b.words.Named[where], b.words.Named[name], b.words.Scalar[scalar]} {
		if len(words) > 0 {
			return words[b.random.IntN(len(words))]
		}
	}
	return "x"
}

// literal writes a value into a document.
func literal(v any) string {
	switch v := v.(type) {
	case code:
		return string(v)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = literal(v[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, k+": "+literal(v[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case string:
		text, _ := json.Marshal(v) // a string can't fail
		return string(text)
	}
	return fmt.Sprint(v)
}

func sortedKeys(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// plain is a value as a variable holds it.
func plain(v any) any {
	switch v := v.(type) {
	case code:
		return string(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plain(v[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, one := range v {
			out[k] = plain(one)
		}
		return out
	}
	return v
}

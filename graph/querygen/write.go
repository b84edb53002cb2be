package querygen

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Place is one place of a mutation where something is named: by an identifier, a key or a code.
type Place struct {
	Mutation string
	Path     []string // of fields, from the argument on
	Scalar   string   // ID or String
	schema   *ast.Schema
	words    Vocabulary
}

// Name is the last part of the path.
func (p Place) Name() string { return p.Path[len(p.Path)-1] }

// String spells a place.
func (p Place) String() string { return p.Mutation + "." + strings.Join(p.Path, ".") }

// Places lists every place of every mutation that takes an identifier, or a text under one of some names.
func Places(schema *ast.Schema, names []string, words Vocabulary) []Place {
	if schema.Mutation == nil {
		return nil
	}
	var out []Place
	for _, f := range fieldsOf(schema.Mutation) {
		for _, a := range f.Arguments {
			out = append(out, places(Place{Mutation: f.Name, Path: []string{a.Name}, schema: schema, words: words}, a.Type, names, nil)...)
		}
	}
	return out
}

func places(at Place, t *ast.Type, names, within []string) []Place {
	def := at.schema.Types[t.Name()]
	switch {
	case def.Name == "ID", def.Name == "String" && slices.Contains(names, at.Name()):
		at.Scalar = def.Name
		return []Place{at}
	case def.Kind != ast.InputObject || slices.Contains(within, def.Name):
		return nil
	}
	var out []Place
	for _, f := range def.Fields {
		below := at
		below.Path = append(slices.Clone(at.Path), f.Name)
		out = append(out, places(below, f.Type, names, append(within, def.Name))...)
	}
	return out
}

// Naming is the mutation with a value at the place, and otherwise with what it can't be without.
func (p Place) Naming(value string) Query {
	b := &builder{Generator: New(p.schema, 1, p.words), variables: map[string]any{}}
	f := p.schema.Mutation.Fields.ForName(p.Mutation)
	var args []string
	for _, a := range f.Arguments {
		if a.Name == p.Path[0] {
			args = append(args, a.Name+": "+b.declare(a.Type, b.holding(a.Type, p.Path[1:], value)))
		} else if required(a.Type, a.DefaultValue) {
			args = append(args, a.Name+": "+b.declare(a.Type, b.least(a.Name, a.Type)))
		}
	}
	text := "mutation Q(" + strings.Join(b.declared, ", ") + ") { " + f.Name + "(" + strings.Join(args, ", ") + ")"
	if !b.isLeaf(f) {
		text += " { __typename }"
	}
	return Query{Text: text + " }", Variables: b.variables}
}

// holding is the least value of a type that holds something at a path.
func (b *builder) holding(t *ast.Type, path []string, value string) any {
	if t.Elem != nil {
		return []any{b.holding(t.Elem, path, value)}
	}
	if len(path) == 0 {
		return value
	}
	def := b.schema.Types[t.Name()]
	out, _ := b.least(def.Name, ast.NamedType(def.Name, nil)).(map[string]any)
	out[path[0]] = b.holding(def.Fields.ForName(path[0]).Type, path[1:], value)
	return out
}

// least is a value of a type with nothing that it can be without.
func (b *builder) least(name string, t *ast.Type) any {
	if t.Elem != nil {
		return []any{b.least(name, t.Elem)}
	}
	def := b.schema.Types[t.Name()]
	if def.Kind != ast.InputObject {
		return plain(b.value(name, name, t))
	}
	out := map[string]any{}
	for _, f := range def.Fields {
		if required(f.Type, f.DefaultValue) {
			out[f.Name] = b.least(f.Name, f.Type)
		}
	}
	return out
}

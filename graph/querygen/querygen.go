// Package querygen makes GraphQL operations from a schema: thousands of different ones, the same for the same seed. It
// knows nothing of the program, so that what is added to the schema is asked for without anybody's doing.
package querygen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Vocabulary is what arguments can be, in words that mean something to the program.
type Vocabulary struct {
	Named  map[string][]string // by the name of an argument or of a field of an input, with or without its type: "LawFilter.states", "text"
	Scalar map[string][]string // by the name of a scalar: "ID", "Date"; for what has no name of its own
	Ints   []int
}

// Query is one operation with its variables.
type Query struct {
	Text      string
	Variables map[string]any

	lists []list // where its answer holds cursors
}

// list is a place in an answer where a page stands: the names on the way to it, and whose cursors it has.
type list struct {
	path    []string
	cursors string
}

// Generator makes operations. It prefers what it has used least, so that soon everything was used.
type Generator struct {
	schema  *ast.Schema
	words   Vocabulary
	random  *rand.Rand
	used    map[string]int
	cursors map[string][]string
}

// New gives a generator whose operations follow from the seed, and from the answers that it is told of.
func New(schema *ast.Schema, seed uint64, words Vocabulary) *Generator {
	return &Generator{schema: schema, words: words, random: rand.New(rand.NewPCG(seed, 1)), used: map[string]int{}, cursors: map[string][]string{}}
}

// The sizes of operations, below the limits of the program: most are small, some large, some of them too large.
var sizes = []room{{4, 150}, {4, 300}, {5, 600}, {6, 1500}, {8, 4000}, {12, 12000}, {14, 9000}}

// room is what is left for a set of fields: levels, and values that the answer may hold.
type room struct{ depth, cost int }

// builder is one operation in the making.
type builder struct {
	*Generator
	declared  []string
	variables map[string]any
	fragments []fragment
	lists     []list
	aliases   int
	tokens    int
}

// fragment is one that can be spread again where nothing else is asked for.
type fragment struct {
	name, on, text string
	depth, cost    int
}

const (
	mostAliases = 19
	mostTokens  = 1500
)

// Next makes one more operation.
func (g *Generator) Next() Query {
	b := &builder{Generator: g, variables: map[string]any{}}
	size := sizes[g.random.IntN(len(sizes))]
	text := b.selection(g.schema.Query, size, nil)
	head := "query"
	if len(b.declared) > 0 {
		head += " Q(" + strings.Join(b.declared, ", ") + ")"
	}
	text = head + " " + text
	for _, f := range b.fragments {
		text += "\nfragment " + f.name + " on " + f.on + " " + f.text
	}
	return Query{Text: text, Variables: b.variables, lists: b.lists}
}

// chance is true in so many of a hundred cases.
func (g *Generator) chance(percent int) bool { return g.random.IntN(100) < percent }

// draws is of how many things that luck names the one is taken that was used least.
const draws = 5

// pick takes one of some things, and counts it as used.
func pick[T any](g *Generator, all []T, name func(T) string) T {
	best := all[g.random.IntN(len(all))]
	for range draws - 1 {
		if other := all[g.random.IntN(len(all))]; g.used[name(other)] < g.used[name(best)] {
			best = other
		}
	}
	g.used[name(best)]++
	return best
}

// Unused lists what can be reached from the schema's queries and was in no operation: fields, arguments, fields of inputs
// and the values of enums that go in.
func (g *Generator) Unused() []string {
	var out []string
	for _, name := range Reachable(g.schema) {
		if g.used[name] == 0 {
			out = append(out, name)
		}
	}
	return out
}

// Used tells how many different things were in some operation.
func (g *Generator) Used() int { return len(Reachable(g.schema)) - len(g.Unused()) }

// Reachable lists all that can stand in a query.
func Reachable(schema *ast.Schema) []string {
	r := reach{schema: schema, seen: map[string]bool{}}
	r.typ(schema.Query)
	slices.Sort(r.names)
	return r.names
}

type reach struct {
	schema *ast.Schema
	seen   map[string]bool
	names  []string
}

func (r *reach) typ(t *ast.Definition) {
	if t == nil || r.seen[t.Name] {
		return
	}
	r.seen[t.Name] = true
	for _, f := range fieldsOf(t) {
		r.names = append(r.names, t.Name+"."+f.Name)
		for _, a := range f.Arguments {
			r.names = append(r.names, t.Name+"."+f.Name+"("+a.Name+")")
			r.input(a.Type)
		}
		r.typ(r.schema.Types[f.Type.Name()])
	}
	if t.IsAbstractType() {
		for _, p := range r.schema.GetPossibleTypes(t) {
			r.typ(p)
		}
	}
}

func (r *reach) input(typ *ast.Type) {
	t := r.schema.Types[typ.Name()]
	if r.seen[t.Name] {
		return
	}
	r.seen[t.Name] = true
	for _, v := range t.EnumValues {
		r.names = append(r.names, t.Name+"."+v.Name)
	}
	if t.Kind == ast.InputObject {
		for _, f := range t.Fields {
			r.names = append(r.names, t.Name+"."+f.Name)
			r.input(f.Type)
		}
	}
}

// fieldsOf are the fields of a type without those about the schema itself.
func fieldsOf(t *ast.Definition) []*ast.FieldDefinition {
	return slices.DeleteFunc(slices.Clone([]*ast.FieldDefinition(t.Fields)), func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Name, "__") })
}

// declare makes a variable of a value.
func (b *builder) declare(t *ast.Type, value any) string {
	name := fmt.Sprint("v", len(b.declared))
	b.declared = append(b.declared, "$"+name+": "+t.String())
	b.variables[name] = plain(value)
	return "$" + name
}

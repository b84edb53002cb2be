package limit

import (
	"math"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

const (
	// listLength is what a plain list counts: the States, donors or elements of a record are few, and not paged.
	listLength = 10
	// schemaCost is the cost of asking for the whole schema: twice is the most that Standard lets through.
	schemaCost = 20_000
	// maxSchemaLists is how deep lists of types and fields may nest in a question about the schema. The usual question of
	// tools needs two (types, their fields); each further one multiplies the answer by the fields of a type.
	maxSchemaLists = 2
	// most is where counting stops: nested fragments double with each line.
	most = 1_000_000_000
)

// extent is the size of a set of selected fields.
type extent struct {
	// cost is how many values the answer could hold: a field is 1 and, where it has fields itself, their cost times the
	// number of records there may be (the page size of a connection, listLength of a plain list, else one).
	cost    int
	depth   int
	aliases int
	lists   int           // of types and fields, nested in a question about the schema
	deepest *ast.Position // where the depth is reached
	dearest string        // the field directly in the set that costs most
	price   int           // what it costs
}

// walker measures one operation. It visits each fragment once, however often it is used.
type walker struct {
	vars      map[string]any
	fragments map[*ast.FragmentDefinition]*extent
	err       *gqlerror.Error // the first that was found
}

// selections measures a set of fields and fragments.
func (w *walker) selections(set ast.SelectionSet) extent {
	var all extent
	for _, selected := range set {
		switch selected := selected.(type) {
		case *ast.Field:
			all.add(w.field(selected))
		case *ast.InlineFragment:
			w.directives(selected.Directives)
			all.add(w.selections(selected.SelectionSet))
		case *ast.FragmentSpread:
			w.directives(selected.Directives)
			all.add(w.fragment(selected.Definition))
		}
	}
	return all
}

// fragment measures a fragment, or remembers what it measured. Validation has refused fragments that hold themselves;
// here such a one would count as empty within itself.
func (w *walker) fragment(def *ast.FragmentDefinition) extent {
	if def == nil {
		return extent{}
	}
	if known := w.fragments[def]; known != nil {
		return *known
	}
	size := &extent{}
	w.fragments[def] = size
	w.directives(def.Directives)
	*size = w.selections(def.SelectionSet)
	return *size
}

// field measures one field with all below it.
func (w *walker) field(f *ast.Field) extent {
	w.directives(f.Directives)
	w.arguments(f.Arguments)
	size := w.selections(f.SelectionSet)
	if f.Alias != f.Name {
		size.aliases = sum(size.aliases, 1)
	}
	if strings.HasPrefix(f.Name, "__") {
		return size.ofSchema(f)
	}
	if f.ObjectDefinition != nil && strings.HasPrefix(f.ObjectDefinition.Name, "__") {
		if listsOfSchema[f.Name] {
			size.lists = sum(size.lists, 1)
		}
		return size // the cost and depth of introspection are those of its root
	}
	size.cost = sum(1, product(w.records(f), size.cost))
	size.depth++
	if size.depth == 1 {
		size.deepest = f.Position
	}
	size.dearest, size.price = f.Name, size.cost
	return size
}

// listsOfSchema are the fields of introspection that multiply.
var listsOfSchema = map[string]bool{"types": true, "fields": true, "inputFields": true, "interfaces": true, "possibleTypes": true}

// ofSchema is the size of __schema, __type or __typename: exempt from depth, and at a price of its own.
func (e extent) ofSchema(f *ast.Field) extent {
	size := extent{aliases: e.aliases, lists: e.lists, cost: 1, depth: 1, deepest: f.Position, dearest: f.Name}
	switch f.Name {
	case "__schema":
		size.cost = schemaCost
	case "__type":
		size.cost = schemaCost / 100
	}
	size.price = size.cost
	return size
}

// records is how many records a field may bring, each with all the fields selected in it.
func (w *walker) records(f *ast.Field) int {
	switch {
	case f.Definition == nil || len(f.SelectionSet) == 0:
		return 1
	case isConnection(f):
		return w.page(f)
	case f.ObjectDefinition != nil && strings.HasSuffix(f.ObjectDefinition.Name, "Connection"):
		return 1 // edges: the connection has counted them
	case f.Definition.Type.Elem != nil:
		return listLength
	}
	return 1
}

// arguments refuses numbers that gqlgen cannot hold: it panics where it meets one.
func (w *walker) arguments(args ast.ArgumentList) {
	for _, arg := range args {
		w.value(arg.Value)
	}
}

func (w *walker) directives(all ast.DirectiveList) {
	for _, directive := range all {
		w.arguments(directive.Arguments)
	}
}

func (w *walker) value(v *ast.Value) {
	if v == nil || w.err != nil {
		return
	}
	var err error
	switch v.Kind {
	case ast.IntValue:
		_, err = strconv.ParseInt(v.Raw, 10, 64)
	case ast.FloatValue:
		_, err = strconv.ParseFloat(v.Raw, 64)
	case ast.ListValue, ast.ObjectValue:
		for _, child := range v.Children {
			w.value(child.Value)
		}
	}
	if err != nil {
		w.err = refuse(v.Position, fault.Invalid, "The number %.40s is too large: write a smaller one, or give it as a text.", v.Raw)
	}
}

// add puts another selection beside those measured.
func (e *extent) add(other extent) {
	e.cost = sum(e.cost, other.cost)
	e.aliases = sum(e.aliases, other.aliases)
	e.lists = max(e.lists, other.lists)
	if other.depth > e.depth {
		e.depth, e.deepest = other.depth, other.deepest
	}
	if other.price > e.price {
		e.dearest, e.price = other.dearest, other.price
	}
}

func sum(a, b int) int { return min(a+b, most) }

func product(a, b int) int {
	if a != 0 && b > math.MaxInt/a {
		return most
	}
	return min(a*b, most)
}

// count writes a number for a person: 1030301 as 1,030,301.
func count(n int) string {
	if n >= most {
		return "over " + group(most)
	}
	return group(n)
}

func group(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

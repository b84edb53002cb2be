package limit

import (
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adam/internal/fault"
)

// isConnection says whether a field is a Relay connection. Validate has seen that each has first and last.
func isConnection(f *ast.Field) bool {
	return f.Definition != nil && strings.HasSuffix(f.Definition.Type.Name(), "Connection")
}

// setPage writes the page size of a connection into its arguments. Where it hangs on a variable, which each request
// gives anew, first becomes a variable of our own: its name, with a space in it, is none that a document can hold, and
// its children are the values written in the document, from which page computes it.
func setPage(f *ast.Field) {
	first, last := written(f, "first"), written(f, "last")
	var size *ast.Value
	switch {
	case isNull(first) && isNull(last):
		size = &ast.Value{Kind: ast.IntValue, Raw: strconv.Itoa(DefaultPage), Position: f.Position}
	case isVariable(first) && (isNull(last) || isVariable(last)), isNull(first) && isVariable(last):
		size = &ast.Value{Kind: ast.Variable, Raw: "page size of " + first.String() + " unless " + last.String(), Position: f.Position,
			Children: ast.ChildValueList{{Name: "first", Value: first}, {Name: "last", Value: last}}}
	default:
		return // a number that no variable can take away, or can only forbid
	}
	if arg := f.Arguments.ForName("first"); arg != nil {
		arg.Value = size
		return
	}
	f.Arguments = append(f.Arguments, &ast.Argument{Name: "first", Value: size, Position: f.Position})
}

// page is the number of records that a connection may bring. It checks the size asked for and, where a variable
// decides, sets the variable that setPage has made.
func (w *walker) page(f *ast.Field) int {
	first, last := written(f, "first"), written(f, "last")
	var name string
	if isVariable(first) && len(first.Children) == 2 {
		name, first, last = first.Raw, first.Children[0].Value, first.Children[1].Value
	}
	a, b := w.given(first), w.given(last)
	if name != "" {
		w.vars[name] = a
	}
	switch {
	case a != nil && b != nil:
		w.fail(f, fault.Invalid, "%q is asked for both first and last: give one of them.", f.Name)
	case a != nil:
		return w.size(f, "first", a)
	case b != nil:
		return w.size(f, "last", b)
	case name != "":
		w.vars[name] = int64(DefaultPage)
	}
	return DefaultPage
}

// size reads a page size and refuses it where it is none, or not from 1 to MaxPage.
func (w *walker) size(f *ast.Field, argument string, v any) int {
	n, err := graphql.UnmarshalInt(v)
	if err != nil {
		w.fail(f, fault.Invalid, "%q is asked for with %s that is not a whole number: give one from 1 to %d.", f.Name, argument, MaxPage)
		return DefaultPage
	}
	if n < 1 || n > MaxPage {
		w.fail(f, fault.Limit, "%q is asked for %s: %d; a page has 1 to %d records. Ask for at most %d and go on from "+
			"the cursors in pageInfo.", f.Name, argument, n, MaxPage, MaxPage)
		return DefaultPage
	}
	return n
}

// given is the value of a page size in this request, nil where there is none.
func (w *walker) given(v *ast.Value) any {
	if v == nil {
		return nil
	}
	if v.Kind == ast.Variable {
		return w.vars[v.Raw]
	}
	value, err := v.Value(nil)
	if err != nil {
		return v.Raw // a number too large to hold; arguments refuses it
	}
	return value
}

func (w *walker) fail(f *ast.Field, kind fault.Kind, sentence string, args ...any) {
	if w.err == nil {
		w.err = refuse(f.Position, kind, sentence, args...)
	}
}

// written is the value that stands in the document for an argument, nil where none does.
func written(f *ast.Field, name string) *ast.Value {
	if arg := f.Arguments.ForName(name); arg != nil {
		return arg.Value
	}
	return nil
}

func isNull(v *ast.Value) bool { return v == nil || v.Kind == ast.NullValue }

func isVariable(v *ast.Value) bool { return v != nil && v.Kind == ast.Variable }

package cursor

import (
	"context"
	"strings"

	"adam/ent"
	"adam/graph/transport"
	"adam/internal/fault"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Check writes the cursors that leave and looks at every cursor that comes in before anything runs: ent reads the
// cursors of nested lists ahead of gqlgen, and trusts them.
type Check struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
	graphql.FieldInterceptor
} = Check{}

// ExtensionName names the extension.
func (Check) ExtensionName() string { return "CursorCheck" }

// Validate has nothing to ask of the schema.
func (Check) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses the operation where a cursor is damaged or belongs to another list.
func (Check) MutateOperationContext(ctx context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	w := walker{vars: oc.Variables, seen: map[string]bool{}}
	if err := w.walk(oc.Operation.SelectionSet); err != nil {
		e := transport.Present(ctx, err)
		e.Path = w.path()
		return e
	}
	return nil
}

// InterceptField writes a cursor with the order of its list and a check. ent's own type would write it without.
func (Check) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	value, err := next(ctx)
	switch c := value.(type) {
	case ent.Cursor:
		return marshal(c, orderHere(ctx)), err
	case *ent.Cursor:
		if c != nil {
			return marshal(*c, orderHere(ctx)), err
		}
	}
	return value, err
}

// orderHere is what the list around a cursor's field is sorted by.
func orderHere(ctx context.Context) string {
	for fc := graphql.GetFieldContext(ctx); fc != nil; fc = fc.Parent {
		if fc.Field.Field != nil && isConnection(fc.Field.Field) {
			return orderOf(fc.Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables))
		}
	}
	return ""
}

func isConnection(f *ast.Field) bool {
	return f.Definition != nil && strings.HasSuffix(f.Definition.Type.Name(), "Connection")
}

// orderOf names the field that a list is sorted by; "" where nobody said.
func orderOf(args map[string]any) string {
	order, _ := args["orderBy"].(map[string]any)
	field, _ := order["field"].(string)
	return field
}

type walker struct {
	vars  map[string]any
	seen  map[string]bool // fragments: a cursor in one is the same wherever it is spread
	names []string
}

func (w *walker) path() ast.Path {
	var p ast.Path
	for _, n := range w.names {
		p = append(p, ast.PathName(n))
	}
	return p
}

func (w *walker) walk(set ast.SelectionSet) error {
	for _, s := range set {
		var err error
		switch s := s.(type) {
		case *ast.Field:
			err = w.field(s)
		case *ast.InlineFragment:
			err = w.walk(s.SelectionSet)
		case *ast.FragmentSpread:
			if s.Definition != nil && !w.seen[s.Name] {
				w.seen[s.Name] = true
				err = w.walk(s.Definition.SelectionSet)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) field(f *ast.Field) error {
	w.names = append(w.names, f.Alias)
	if isConnection(f) {
		if err := w.connection(f); err != nil {
			return err
		}
	}
	if err := w.walk(f.SelectionSet); err != nil {
		return err
	}
	w.names = w.names[:len(w.names)-1]
	return nil
}

func (w *walker) connection(f *ast.Field) error {
	args := f.ArgumentMap(w.vars)
	for _, end := range []struct{ cursor, size string }{{"after", "first"}, {"before", "last"}} {
		v, ok := args[end.cursor]
		if !ok || v == nil {
			continue
		}
		c, order, err := read(v)
		if err == nil {
			err = Fits(c, order, f.Definition.Type.Name(), orderOf(args))
		}
		if err == nil && (args["last"] != nil) != (end.size == "last") {
			// ent reads both cursors in the same direction.
			err = fault.New(fault.Invalid, "`after` goes with `first`, and `before` with `last`: give %s together with %s.", end.cursor, end.size)
		}
		if err != nil {
			return fault.As(err).At(end.cursor)
		}
	}
	return nil
}

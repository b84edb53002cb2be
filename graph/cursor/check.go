package cursor

import (
	"context"
	"strings"

	"adam/graph/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Check looks at every cursor of an operation before anything runs: ent reads the cursors of nested lists ahead of
// gqlgen, and trusts them.
type Check struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
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
	if f.Definition != nil && strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
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
	name := f.Definition.Type.Name()
	// A list of changes is always sorted, newest first, though nobody may ask for another order.
	sorted := args["orderBy"] != nil || name == "HistoryEntryConnection"
	for _, k := range []string{"after", "before"} {
		v, ok := args[k]
		if !ok || v == nil {
			continue
		}
		text, _ := v.(string) // anything else has failed validation, or fails here
		c, err := Parse(text)
		if err == nil {
			err = Fits(c, name, sorted)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"adam/graph/transport"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// texts refuses text that no database can hold before anything runs: the null character, and bytes that are no UTF-8.
type texts struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = texts{}

// ExtensionName names the extension.
func (texts) ExtensionName() string { return "Texts" }

// Validate has nothing to ask of the schema.
func (texts) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext looks at the variables, and at what the document says itself where it can hold such a text.
func (texts) MutateOperationContext(ctx context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	at := ""
	for _, name := range slices.Sorted(maps.Keys(oc.Variables)) {
		at = orElse(at, func() string { return unfit(name, oc.Variables[name]) })
	}
	if strings.Contains(oc.RawQuery, `\u`) || !fit(oc.RawQuery) {
		at = orElse(at, func() string { return unfitIn(oc.Operation.SelectionSet) })
		for _, f := range oc.Doc.Fragments {
			at = orElse(at, func() string { return unfitIn(f.SelectionSet) })
		}
	}
	if at == "" {
		return nil
	}
	return transport.Present(ctx, fault.New(fault.Invalid, "The text of %s holds a character that cannot be stored: take the null "+
		"character out, and write it in UTF-8.", term.Clip(at)).At(term.Clip(at)))
}

func fit(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

func orElse(found string, next func() string) string {
	if found != "" {
		return found
	}
	return next()
}

// unfit gives the path of the first text below a variable's value that cannot be stored.
func unfit(path string, v any) (at string) {
	switch v := v.(type) {
	case string:
		if !fit(v) {
			return path
		}
	case []any:
		for i, x := range v {
			at = orElse(at, func() string { return unfit(fmt.Sprintf("%s[%d]", path, i), x) })
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			at = orElse(at, func() string { return unfit(path+"."+k, v[k]) })
		}
	}
	return at
}

// unfitIn gives the path of the first such text among the arguments of fields.
func unfitIn(set ast.SelectionSet) (at string) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			for _, a := range s.Arguments {
				at = orElse(at, func() string { return unfitValue(a.Name, a.Value) })
			}
			at = orElse(at, func() string { return unfitIn(s.SelectionSet) })
		case *ast.InlineFragment:
			at = orElse(at, func() string { return unfitIn(s.SelectionSet) })
		}
	}
	return at
}

func unfitValue(path string, v *ast.Value) (at string) {
	switch v.Kind {
	case ast.StringValue, ast.BlockValue:
		return unfit(path, v.Raw)
	case ast.ListValue, ast.ObjectValue:
		for i, child := range v.Children {
			below := path + "." + child.Name
			if v.Kind == ast.ListValue {
				below = fmt.Sprintf("%s[%d]", path, i)
			}
			at = orElse(at, func() string { return unfitValue(below, child.Value) })
		}
	}
	return at
}

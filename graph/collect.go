package graph

import (
	"context"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// collector shows ent the fields that an operation selects in the plain form that ent can read. While it loads a list,
// ent reads ahead: it counts, joins and chooses columns by what it finds selected below. But it does not know a field by
// another alias, keeps one selection of an edge where there are two, takes what is selected on one type for another's,
// and leaves out columns that our own methods need: each time the answer would be wrong without a word.
type collector struct{ satisfied map[string][]string } // the type conditions that an object type meets

var _ interface {
	graphql.HandlerExtension
	graphql.FieldInterceptor
} = collector{}

func newCollector(s *ast.Schema) collector {
	c := collector{map[string][]string{}}
	for name, def := range s.Types {
		if def.Kind == ast.Object {
			c.satisfied[name] = append([]string{name}, def.Interfaces...)
		}
	}
	return c
}

// ExtensionName names the extension.
func (collector) ExtensionName() string { return "Collector" }

// Validate has nothing to ask of the schema.
func (collector) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptField changes what ent sees while a list or a node is loaded. What is answered does not change,
// but for the order of a list that a query leaves open.
func (c collector) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := graphql.GetFieldContext(ctx)
	if !fc.IsMethod && !fc.IsResolver || len(fc.Field.Selections) == 0 || !readsAhead(fc.Field.Field) {
		result, err := next(ctx)
		return inOrder(result), err
	}
	reorder(fc)
	asked := fc.Field.Selections
	fc.Field.Selections = loadersFrom(ctx).plain.of(asked, func() ast.SelectionSet {
		return c.plain(graphql.GetOperationContext(ctx), fc.Field.Definition.Type.Name(), asked)
	})
	defer func() { fc.Field.Selections = asked }()
	return next(ctx)
}

func readsAhead(f *ast.Field) bool {
	return isPage(f.Definition.Type.Name()) || f.Name == "node" || f.Name == "nodes"
}

func isPage(typ string) bool {
	return strings.HasSuffix(typ, "Connection") || strings.HasSuffix(typ, "Edge")
}

// plains remembers the plain forms of one operation. They must live as long as it: gqlgen knows selections by their
// place in memory.
type plains struct {
	sync.Mutex
	known map[plainKey]ast.SelectionSet
}

type plainKey struct {
	first *ast.Selection
	n     int
}

func (p *plains) of(asked ast.SelectionSet, plain func() ast.SelectionSet) ast.SelectionSet {
	p.Lock()
	defer p.Unlock()
	key := plainKey{&asked[0], len(asked)}
	if p.known[key] == nil {
		if p.known == nil {
			p.known = map[plainKey]ast.SelectionSet{}
		}
		p.known[key] = plain()
	}
	return p.known[key]
}

// whole is a field that no type has: where ent meets it, it loads all columns.
var whole = &ast.Field{Name: "*", Alias: "*"}

// mapped are fields that methods of package ent make of the rows of an edge; computed ones need more columns than those
// selected, because they sort or look rows up.
var (
	mapped   = map[string]bool{"donors": true, "implementers": true, "partners": true, "beneficiaries": true, "states": true}
	computed = map[string]bool{"chapters": true, "elements": true, "allocations": true}
)

// plain writes the selections of a type without fragments, conditions and needless aliases.
func (c collector) plain(oc *graphql.OperationContext, typ string, asked ast.SelectionSet) ast.SelectionSet {
	if c.satisfied[typ] == nil { // an interface: who is asked decides what is selected
		return ast.SelectionSet{whole}
	}
	fields := graphql.CollectFields(oc, asked, c.satisfied[typ])
	if isPage(typ) {
		return c.plainPage(oc, fields)
	}
	times := map[string]int{}
	for _, f := range fields {
		times[f.Name]++
	}
	var out ast.SelectionSet
	for _, f := range fields {
		p := *f.Field
		p.Directives, p.SelectionSet = nil, nil
		if len(f.Selections) > 0 {
			inner := f.Definition.Type.Name()
			one := f.Definition.Type.Elem == nil && !isPage(inner)
			if mapped[f.Name] && !one || one && times[f.Name] > 1 {
				p.SelectionSet = ast.SelectionSet{whole}
			} else {
				p.SelectionSet = c.plain(oc, inner, f.Selections)
			}
			if computed[f.Name] && !one {
				p.SelectionSet = append(p.SelectionSet, whole)
			}
		}
		out = append(out, &p)
	}
	return out
}

// plainPage writes the selections of a connection or an edge: each part once, under its own name. What comes next can
// only be told from the records, so edges are always read with pageInfo.
func (c collector) plainPage(oc *graphql.OperationContext, fields []graphql.CollectedField) ast.SelectionSet {
	parts := map[string]*ast.Field{}
	var out ast.SelectionSet
	asked := map[string]ast.SelectionSet{}
	for _, f := range fields {
		asked[f.Name] = append(asked[f.Name], f.Selections...)
		if parts[f.Name] == nil {
			p := *f.Field
			p.Alias, p.Directives, p.SelectionSet = p.Name, nil, nil
			parts[f.Name] = &p
			out = append(out, &p)
		}
	}
	for _, name := range []string{"edges", "node"} {
		if p := parts[name]; p != nil {
			p.SelectionSet = c.plain(oc, p.Definition.Type.Name(), asked[name])
		}
	}
	if parts["pageInfo"] != nil && parts["edges"] == nil {
		id := &ast.Field{Name: "id", Alias: "id"}
		node := &ast.Field{Name: "node", Alias: "node", SelectionSet: ast.SelectionSet{id}}
		out = append(out, &ast.Field{Name: "edges", Alias: "edges", SelectionSet: ast.SelectionSet{node}})
	}
	return out
}

package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"adam/graph"

	"github.com/vektah/gqlparser/v2/ast"
)

var schema = graph.NewExecutableSchema(graph.Config{}).Schema()

// list is a field of the schema that is a Relay connection.
type list struct {
	owner  string // "Query", or the type whose records have it
	field  *ast.FieldDefinition
	orders []string // what it can be sorted by; none where nobody may choose
	args   string   // the arguments that it needs besides
}

func (l list) String() string { return l.owner + "." + l.field.Name }

// order is one way to sort a list; empty where nobody may choose.
func (l list) sorted() []string {
	if len(l.orders) == 0 {
		return []string{""}
	}
	var out []string
	for _, o := range l.orders {
		out = append(out, "orderBy: {field: "+o+"}", "orderBy: {field: "+o+", direction: DESC}")
	}
	return out
}

// lists finds every connection of the schema.
func lists() []list {
	var out []list
	for _, name := range slices.Sorted(maps.Keys(schema.Types)) {
		def := schema.Types[name]
		if def.Kind != ast.Object || def.BuiltIn {
			continue
		}
		for _, f := range def.Fields {
			if !strings.HasSuffix(f.Type.Name(), "Connection") || f.Name == "unreleased" { // for the secretariat alone: see TestWhatIsUnreleasedIsPaged
				continue
			}
			l := list{owner: name, field: f}
			if f.Name == "search" {
				l.args = `text: "trafficking thailand"`
			}
			if order := f.Arguments.ForName("orderBy"); order != nil {
				values := schema.Types[schema.Types[order.Type.Name()].Fields.ForName("field").Type.Name()].EnumValues
				for _, v := range values {
					l.orders = append(l.orders, v.Name)
				}
			}
			out = append(out, l)
		}
	}
	return out
}

// lookup is the field of Query that finds one record of a type by its key, and the argument; "" where there is none.
func lookup(typ string) (field, key string) {
	for _, f := range schema.Query.Fields {
		if f.Type.NamedType == typ && len(f.Arguments) == 1 && f.Name != "node" {
			return f.Name, f.Arguments[0].Name
		}
	}
	return "", ""
}

// topList is the list of all records of a type; nil where there is none.
func topList(typ string) *ast.FieldDefinition {
	for _, f := range schema.Query.Fields {
		if f.Type.NamedType == typ+"Connection" {
			return f
		}
	}
	return nil
}

// record is where a list of a record is found: a selection of Query around the list's own.
type record struct {
	id, key string
	around  string
	total   int
}

// at writes a question for a list of the record.
func (r record) at(inner string) string { return fmt.Sprintf(r.around, inner) }

// within finds the record whose list is the longest: by its key where it has one, else by its identifier.
func (l list) within(t *testing.T, a *api) record {
	if l.owner == "Query" {
		return record{around: "%s"}
	}
	var best record
	for _, r := range owners(t, a, l) {
		if r.total > best.total {
			best = r
		}
	}
	if best.total == 0 {
		t.Fatalf("no %s has anything in %s", l.owner, l.field.Name)
	}
	return best
}

// owners lists the records that have a list, with its length.
func owners(t *testing.T, a *api, l list) []record {
	field, key := lookup(l.owner)
	shown := key
	if field == "" {
		field, key, shown = "", "", "id"
	}
	inner := fmt.Sprintf("id key: %s l: %s(first: 1) { totalCount }", shown, l.field.Name)
	var out []record
	for _, n := range allNodes(t, a, l.owner, inner) {
		r := record{id: n.ID, key: n.Key, total: n.L.TotalCount}
		r.around = fmt.Sprintf("r: %s(%s: %q) { %%s }", field, key, n.Key)
		if field == "" {
			r.around = fmt.Sprintf("r: node(id: %q) { ... on %s { %%s } }", n.ID, l.owner)
		}
		out = append(out, r)
	}
	return out
}

type ownerNode struct {
	ID, Key string
	L       struct{ TotalCount int }
}

// heldBy are the types that have no list of their own, with the list below which they are found.
var heldBy = map[string][2]string{"Funding": {"activities", "fundings"}, "ReviewCycle": {"chapters", "cycles"}}

// allNodes asks for every record of a type.
func allNodes(t *testing.T, a *api, typ, inner string) []ownerNode {
	if names, ok := heldBy[typ]; ok {
		var out struct {
			Owners struct {
				Edges []struct {
					Node struct {
						All struct{ Edges []struct{ Node ownerNode } }
					}
				}
			}
		}
		a.want(t, `{ owners: `+names[0]+`(first: 10) { edges { node { all: `+names[1]+`(first: 100) { edges { node { `+inner+` } } } } } } }`, nil, &out)
		var all []ownerNode
		for _, e := range out.Owners.Edges {
			for _, f := range e.Node.All.Edges {
				all = append(all, f.Node)
			}
		}
		return all
	}
	var all []ownerNode
	for after := ""; ; {
		var out struct {
			All struct {
				Edges    []struct{ Node ownerNode }
				PageInfo pageInfo
			}
		}
		q := fmt.Sprintf(`{ all: %s(first: 100 %s) { edges { node { %s } } pageInfo { endCursor hasNextPage } } }`, topList(typ).Name, after, inner)
		a.want(t, q, nil, &out)
		for _, e := range out.All.Edges {
			all = append(all, e.Node)
		}
		if !out.All.PageInfo.HasNextPage {
			return all
		}
		after = fmt.Sprintf("after: %q", out.All.PageInfo.EndCursor)
	}
}

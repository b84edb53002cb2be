package graph_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// leaves are the fields of a type that hold no others.
func leaves(typ string) []string {
	var out []string
	for _, f := range schema.Types[typ].Fields {
		if kind := schema.Types[f.Type.Name()].Kind; (kind == ast.Scalar || kind == ast.Enum) && !strings.HasPrefix(f.Name, "__") {
			out = append(out, f.Name)
		}
	}
	return out
}

// below writes what can be asked of a field: nothing, its leaves, or a page of them.
func below(f *ast.FieldDefinition) []string {
	typ := schema.Types[f.Type.Name()]
	switch {
	case typ.Kind == ast.Scalar, typ.Kind == ast.Enum:
		return []string{""}
	case typ.Kind == ast.Interface:
		return []string{"id", "key"}
	case strings.HasSuffix(typ.Name, "Connection"):
		node := schema.Types[typ.Fields.ForName("edges").Type.Name()].Fields.ForName("node").Type.Name()
		out := []string{"totalCount", "edges { cursor }", "pageInfo { hasNextPage endCursor }"}
		for _, l := range leaves(node) {
			out = append(out, "edges { node { "+l+" } }")
		}
		return out
	}
	return leaves(typ.Name)
}

// whole asks for a field with everything that is below it.
func whole(f *ast.FieldDefinition, parts []string) string {
	if parts[0] == "" {
		return f.Name
	}
	return asked(call(f), strings.Join(parts, " "))
}

// call writes a field, with a small page where it is a list of pages.
func call(f *ast.FieldDefinition) string {
	if f.Arguments.ForName("first") != nil {
		return f.Name + "(first: 3)"
	}
	return f.Name
}

func asked(name, part string) string {
	if part == "" {
		return name
	}
	return name + " { " + part + " }"
}

// nodes asks for the first records of a type, with a selection.
func nodes(t *testing.T, a *api, typ, selection string) []map[string]any {
	t.Helper()
	var out struct {
		All struct {
			Edges []struct{ Node map[string]any }
		}
	}
	a.want(t, fmt.Sprintf(`{ all: %s(last: 8) { edges { node { %s } } } }`, topList(typ).Name, selection), nil, &out)
	var all []map[string]any
	for _, e := range out.All.Edges {
		all = append(all, e.Node)
	}
	return all
}

// cut takes the part of a value that a selection such as "edges { node { id } }" asks for.
func cut(v any, part string) any {
	name, rest, _ := strings.Cut(strings.TrimSpace(part), "{")
	rest = strings.TrimSuffix(strings.TrimSpace(rest), "}")
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = cut(v[i], part)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		if rest == "" {
			for _, n := range strings.Fields(name) {
				out[n] = v[n]
			}
			return out
		}
		out[strings.TrimSpace(name)] = cut(v[strings.TrimSpace(name)], rest)
		return out
	}
	return v
}

// What is asked besides must not change an answer: ent loads only what it thinks is needed.
func TestAFieldAnswersAloneAsItDoesAmongOthers(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		for _, typ := range []string{"Activity", "Actor", "Chapter", "CoordinationMechanism", "Law", "Policy", "State", "Need", "Questionnaire", "Rate", "Edition"} {
			for _, f := range schema.Types[typ].Fields {
				if strings.HasPrefix(f.Name, "__") {
					continue
				}
				parts := below(f)
				together := nodes(t, a, typ, whole(f, parts))
				for _, part := range parts {
					for i, n := range nodes(t, a, typ, asked(call(f), part)) {
						if want := cut(together[i][f.Name], part); part != "" && !reflect.DeepEqual(n[f.Name], want) {
							t.Errorf("%s { %s }: %s alone, %s among others", typ, asked(f.Name, part), brief(n[f.Name]), brief(want))
							break
						}
					}
				}
			}
		}
	})
}

func TestAFieldAnswersUnderTwoAliasesAsItDoesUnderItsName(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		for _, typ := range []string{"Activity", "Actor", "Chapter", "CoordinationMechanism", "Law", "Policy", "State", "Need", "Questionnaire"} {
			for _, f := range schema.Types[typ].Fields {
				parts := below(f)
				if strings.HasPrefix(f.Name, "__") || parts[0] == "" {
					continue
				}
				together := nodes(t, a, typ, whole(f, parts))
				for i, part := range parts {
					other := parts[(i+1)%len(parts)]
					for j, n := range nodes(t, a, typ, "a: "+asked(call(f), part)+" b: "+asked(call(f), other)) {
						if !reflect.DeepEqual(n["a"], cut(together[j][f.Name], part)) || !reflect.DeepEqual(n["b"], cut(together[j][f.Name], other)) {
							t.Errorf("%s { a: %s b: %s }: %s and %s, under its name %s", typ, asked(f.Name, part), asked(f.Name, other),
								brief(n["a"]), brief(n["b"]), brief(together[j][f.Name]))
							break
						}
					}
				}
			}
		}
	})
}

func brief(v any) string {
	b, _ := json.Marshal(v)
	return fmt.Sprintf("%.200s", b)
}

func TestThePartsOfAListAnswerUnderAliases(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		const plain = `{ chapters(first: 3) { totalCount edges { cursor node { code laws(first: 2) { totalCount pageInfo { hasNextPage } edges { node { key title } } } } } } }`
		const aliased = `query($yes: Boolean = true) { c: chapters(first: 3) { n: totalCount e: edges { cursor } totalCount: edges { x: node { k: code ...on Chapter {
			a: laws(first: 2) { m: totalCount p: pageInfo { hasNextPage } e: edges { n: node { key } } f: edges @include(if: $yes) { n: node { title } } }
			b: laws(first: 1) { edges { node { edges: key } } } } } } } }`
		var want struct {
			Chapters struct {
				TotalCount int
				Edges      []struct {
					Cursor string
					Node   struct {
						Code string
						Laws struct {
							TotalCount int
							PageInfo   pageInfo
							Edges      []struct{ Node struct{ Key, Title string } }
						}
					}
				}
			}
		}
		a.want(t, plain, nil, &want)
		var got struct {
			C struct {
				N     int
				E     []struct{ Cursor string }
				Total []struct {
					X struct {
						K string
						A struct {
							M int
							P pageInfo
							E []struct{ N struct{ Key string } }
							F []struct{ N struct{ Title string } }
						}
						B struct {
							Edges []struct{ Node struct{ Edges string } }
						}
					}
				} `json:"totalCount"`
			}
		}
		a.want(t, aliased, nil, &got)
		if got.C.N != want.Chapters.TotalCount || len(got.C.E) != 3 || len(got.C.Total) != 3 {
			t.Fatalf("got %+v", got)
		}
		for i, w := range want.Chapters.Edges {
			g := got.C.Total[i].X
			if got.C.E[i].Cursor != w.Cursor || g.K != w.Node.Code || g.A.M != w.Node.Laws.TotalCount || g.A.P != w.Node.Laws.PageInfo ||
				len(g.A.E) != 2 || len(g.A.F) != 2 || len(g.B.Edges) != 1 || g.B.Edges[0].Node.Edges != w.Node.Laws.Edges[0].Node.Key {
				t.Fatalf("got %+v, want %+v", g, w)
			}
			for j, l := range w.Node.Laws.Edges {
				if g.A.E[j].N.Key != l.Node.Key || g.A.F[j].N.Title != l.Node.Title {
					t.Errorf("law %d: got %+v and %+v, want %+v", j, g.A.E[j], g.A.F[j], l)
				}
			}
		}
	})
}

// One alias may stand for fields of several types; each record answers with its own.
func TestOneAliasOnSeveralTypesKeepsThemApart(t *testing.T) {
	eachCrowded(t, func(t *testing.T, a *api) {
		l := list{owner: "Chapter", field: schema.Types["Chapter"].Fields.ForName("activities")}
		chapter := l.within(t, a)
		funding := list{owner: "Funding", field: schema.Types["Funding"].Fields.ForName("activities")}.within(t, a)
		var out struct {
			Nodes []struct{ X page }
			Node  struct{ X page }
		}
		const q = `query($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { ...f } node(id: $id) { ...f } }
			fragment f on Node { ... on Chapter { x: activities(first: 3) { ...p } } ... on Funding { x: activities(first: 7) { ...p } } }
			fragment p on ActivityConnection { totalCount pageInfo { hasNextPage } edges { node { id } } }`
		a.want(t, q, map[string]any{"ids": []string{chapter.id, funding.id}, "id": funding.id}, &out)
		if len(out.Nodes) != 2 || len(out.Nodes[0].X.Edges) != 3 || len(out.Nodes[1].X.Edges) != 7 || len(out.Node.X.Edges) != 7 ||
			!out.Node.X.PageInfo.HasNextPage || out.Nodes[0].X.TotalCount != chapter.total || out.Nodes[1].X.TotalCount != funding.total {
			t.Errorf("got %+v", out)
		}
	})
}

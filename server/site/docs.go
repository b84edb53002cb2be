package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/server/say"
	"adam/server/ui"

	"github.com/vektah/gqlparser/v2/ast"
)

// API is the page about the API, with examples that run on it: GET /docs/api. ?example=NAME puts one into the form.
func (s *Site) API(r *http.Request) (*ui.Page, error) {
	asked := url.Values{}
	if e := exampleOf(r.URL.Query().Get("example")); e != nil {
		asked.Set("query", e.Query)
		asked.Set("variables", e.Variables)
	}
	return s.apiPage(r, asked, "")
}

// TryAPI asks the API what the form says, as whoever sent it, and shows the answer: POST /docs/api. It asks by GET, by
// which the API reads and never writes.
func (s *Site) TryAPI(r *http.Request) (*ui.Page, error) {
	answer, err := s.ask(r.Context(), r.PostForm)
	if err != nil {
		return nil, err
	}
	return s.apiPage(r, r.PostForm, answer)
}

// ask gives the answer of the API to a query, as text that is set out for people.
func (s *Site) ask(ctx context.Context, form url.Values) (string, error) {
	q := url.Values{}
	for _, name := range []string{"query", "variables"} {
		if text := strings.TrimSpace(form.Get(name)); text != "" {
			q.Set(name, text)
		}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/graphql?"+q.Encode(), nil)
	if err != nil {
		return "", err
	}
	answer, err := inside{s.handler}.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return "", err // the API answers in JSON only
	}
	return strings.TrimSpace(b.String()), nil
}

func (s *Site) apiPage(r *http.Request, asked url.Values, answer string) (*ui.Page, error) {
	v := &apiView{Schema: s.schema(), Form: &ui.Form{Sent: asked}, Answer: answer, base: s.BaseURL}
	return &ui.Page{Title: say.T(r.Context(), "api.title"), Body: apiPage(v)}, nil
}

// apiView is what the page about the API shows.
type apiView struct {
	Schema *ast.Schema
	Form   *ui.Form
	Answer string // of the API to what was tried
	base   string
}

// apiKind is a sort of type, with those there are.
type apiKind struct {
	Title string // the key of its heading
	ID    string
	Types []*ast.Definition
}

// kinds are the types of the schema that are looked up by name, sort by sort.
func (v *apiView) kinds() []apiKind {
	out := []apiKind{
		{Title: "api.kind.objects", ID: "objects"}, {Title: "api.kind.inputs", ID: "inputs"},
		{Title: "api.kind.enums", ID: "enums"}, {Title: "api.kind.scalars", ID: "scalars"},
	}
	place := map[ast.DefinitionKind]int{ast.Object: 0, ast.Interface: 0, ast.Union: 0, ast.InputObject: 1, ast.Enum: 2, ast.Scalar: 3}
	for _, d := range v.Schema.Types {
		if documented(d) {
			k := &out[place[d.Kind]]
			k.Types = append(k.Types, d)
		}
	}
	for _, k := range out {
		slices.SortFunc(k.Types, func(a, b *ast.Definition) int { return cmp.Compare(a.Name, b.Name) })
	}
	return out
}

// documented says whether a type has a page: those of the language itself have none.
func documented(d *ast.Definition) bool { return !d.BuiltIn }

// operations are the fields that an operation begins with.
func operations(root *ast.Definition) ast.FieldList {
	var out ast.FieldList
	for _, f := range root.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			out = append(out, f)
		}
	}
	return out
}

// curl is the line of a terminal that asks an example.
func (v *apiView) curl(e apiExample) string {
	line := "curl -sG " + v.base + "/graphql --data-urlencode 'query=" + e.Query + "'"
	if e.Variables != "" {
		line += " \\\n  --data-urlencode 'variables=" + e.Variables + "'"
	}
	return line
}

// APIType is what one type of the API has: GET /docs/api/types/{name}.
func (s *Site) APIType(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	d := s.schema().Types[r.PathValue("name")]
	if d == nil || !documented(d) {
		return nil, fault.New(fault.NotFound, "%s", say.T(ctx, "api.type.none"))
	}
	return &ui.Page{
		Title: d.Name, Kicker: say.T(ctx, apiKinds[d.Kind]),
		Crumbs: []ui.Link{{Text: say.T(ctx, "api.title"), Path: "/docs/api"}},
		Body:   apiTypePage(&apiTypeView{Definition: d, UsedBy: usersOf(s.schema(), d.Name)}),
	}, nil
}

// apiKinds name the sort of a type.
var apiKinds = map[ast.DefinitionKind]string{
	ast.Object: "api.kind.object", ast.Interface: "api.kind.interface", ast.Union: "api.kind.union",
	ast.InputObject: "api.kind.input", ast.Enum: "api.kind.enum", ast.Scalar: "api.kind.scalar",
}

// apiTypeView is what the page of a type shows.
type apiTypeView struct {
	*ast.Definition
	UsedBy []apiUse
}

// apiUse is a field, or a field with an argument, of a type.
type apiUse struct{ Type, Field string }

// usersOf are the fields that give a type or take it, in the order of their names.
func usersOf(schema *ast.Schema, name string) []apiUse {
	var out []apiUse
	for _, d := range schema.Types {
		if !documented(d) {
			continue
		}
		for _, f := range d.Fields {
			takes := slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.Name() == name })
			if takes || f.Type.Name() == name {
				out = append(out, apiUse{d.Name, f.Name})
			}
		}
	}
	slices.SortFunc(out, func(a, b apiUse) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Field, b.Field)) })
	return out
}

// typePath is where a type is described, or one of its fields.
func typePath(name string, field ...string) string {
	path := "/docs/api/types/" + name
	for _, f := range field {
		path += "#" + f
	}
	return path
}

// builtIn says whether a type is one of the language itself.
func builtIn(name string) bool {
	return slices.Contains([]string{"Boolean", "Float", "ID", "Int", "String"}, name)
}

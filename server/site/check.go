package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Check asks what a planned activity would repeat, and what it would answer, before it is paid for: GET /check shows the
// form, POST /check the answer. Nothing is stored, and what is planned stands in no address.
func (s *Site) Check(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	v := &checkView{}
	var err error
	if v.States, err = s.statesToChoose(ctx, nil); err != nil {
		return nil, err
	}
	p := &ui.Page{Title: say.T(ctx, "check.title"), Wide: true, Body: checkPage(v), Crumbs: []ui.Link{{Text: say.T(ctx, "overlaps.title"), Path: "/overlaps"}}}
	if r.Method != http.MethodPost {
		return p, nil
	}
	v.Sent = r.PostForm
	plan := planInput(r.PostForm)
	found, err := CheckPlan(ctx, s.api, &plan)
	if err == nil {
		v.PlanAnswer = found.CheckPlan
		return p, nil
	}
	wrong := fault.As(said(err))
	if wrong == nil || wrong.Kind == fault.Unauthenticated {
		return nil, said(err)
	}
	p.Wrong, p.Status = wrong, statusOf(wrong)
	return p, nil
}

type checkView struct {
	*PlanAnswer // nil where nothing was asked yet
	Sent        url.Values
	States      []ui.Choice
}

// planInput is a plan as its form carries it.
func planInput(f url.Values) map[string]any {
	in := map[string]any{"title": f.Get("title")}
	for _, name := range []string{"summary", "startOn", "endOn", "amount", "currency"} {
		if v := strings.TrimSpace(f.Get(name)); v != "" {
			in[name] = v
		}
	}
	for _, name := range []string{"states", "themes", "assistanceTypes", "targetAudiences"} {
		if all := f[name]; len(all) > 0 {
			in[name] = all
		}
	}
	if keys := strings.FieldsFunc(f.Get("donors"), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' }); len(keys) > 0 {
		in["donors"] = keys
	}
	return in
}

// field is a question of the form with what was sent.
func (v *checkView) field(ctx context.Context, name string, f ui.Field) ui.Field {
	f.Name, f.Value = name, v.Sent.Get(name)
	if f.Label == "" {
		f.Label = say.T(ctx, "field."+name)
	}
	if f.Many {
		f.Value = strings.Join(v.Sent[name], " ")
	}
	return f
}

// words are the choices of a code list.
func codeChoices[C interface {
	~string
	Values() []string
}](ctx context.Context, list string) (out []ui.Choice) {
	var none C
	for _, code := range none.Values() {
		if code != "WITHHELD" {
			out = append(out, ui.Choice{Value: code, Text: say.Word(ctx, list, C(code))})
		}
	}
	return out
}

// planThemes, planTypes and planAudiences are what a plan may be about, give, and be for.
func planThemes(ctx context.Context) []ui.Choice { return codeChoices[term.Theme](ctx, "Theme") }

func planTypes(ctx context.Context) []ui.Choice {
	return codeChoices[term.AssistanceType](ctx, "AssistanceType")
}

func planAudiences(ctx context.Context) []ui.Choice {
	return codeChoices[term.Audience](ctx, "Audience")
}

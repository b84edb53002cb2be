package site

import (
	"net/http"
	"net/url"
	"slices"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"

	"github.com/a-h/templ"
)

// needParams are what needs can be filtered by.
var needParams = []param{stateParam, themeParam, coded[term.AssistanceType]("assistance", "assistanceTypes", "field.assistanceType", "AssistanceType"),
	coded[term.NeedGap]("gap", "gapKinds", "field.gapKind", "NeedGap"), coded[term.NeedPriority]("priority", "priorities", "field.priority", "NeedPriority"),
	coded[term.NeedStatus]("status", "status", "field.status", "NeedStatus")}

// Needs are what assistance is asked for, the newest first: GET /needs?state=THA&status=OPEN.
func (s *Site) Needs(r *http.Request) (*ui.Page, error) {
	ctx, p := r.Context(), paged(r, browsePage)
	filter, fields, err := s.needFilter(r)
	if err != nil {
		return nil, err
	}
	found, err := NeedList(ctx, s.api, &filter, p.first, p.after, p.last, p.before)
	if err != nil {
		return nil, said(err)
	}
	v := &needsView{NeedLines: found.Needs, Fields: fields, Narrowed: len(filter) > 0, Query: needQuery(r)}
	if v.Posts, err = s.posts(ctx); err != nil {
		return nil, err
	}
	v.Before, v.After = p.around(r, found.Needs.PageInfo)
	for _, e := range found.Needs.Edges {
		n, who := e.Node, []ui.Link{}
		if path, name := actorPath(n.Authority); path != "" {
			who = append(who, ui.Link{Text: name, Path: path})
		}
		v.Rows = append(v.Rows, &row{n.Title, "", recordPath(term.RecordNeed, n.Key), []templ.Component{
			placesCell(onlyState(n.State)), tagsCell(wordsOf(ctx, "Theme", n.Themes)), textCell(say.Word(ctx, "AssistanceType", n.AssistanceType)), linksCell(who), textCell(say.Word(ctx, "NeedStatus", n.Status)),
		}, verification(n.Verification)})
	}
	return &ui.Page{Title: say.T(ctx, "nav.needs"), Wide: true, Body: needsList(v)}, nil
}

// needFilter reads what an address asks for, and makes the questions of the form with that.
func (s *Site) needFilter(r *http.Request) (map[string]any, []ui.Field, error) {
	ctx, q, filter, fields := r.Context(), r.URL.Query(), map[string]any{}, []ui.Field{}
	for _, p := range needParams {
		all, err := p.read(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		f := ui.Field{Name: p.name, Label: say.T(ctx, p.key), Pick: []ui.Choice{{Text: say.T(ctx, "needs.any")}}}
		if len(all) > 0 {
			filter[p.field], f.Value = all, all[0]
		}
		if p.codes == nil {
			states, err := s.statesToChoose(ctx, nil)
			if err != nil {
				return nil, nil, err
			}
			f.Pick = append(f.Pick, states...)
		} else {
			for _, c := range p.codes() {
				f.Pick = append(f.Pick, ui.Choice{Value: c, Text: p.word(ctx, c)})
			}
		}
		fields = append(fields, f)
	}
	return filter, fields, nil
}

// needQuery is what an address chooses of needs, always written the same way.
func needQuery(r *http.Request) url.Values {
	q := url.Values{}
	for _, p := range needParams {
		if all := slices.DeleteFunc(slices.Clone(r.URL.Query()[p.name]), func(v string) bool { return v == "" }); len(all) > 0 {
			q[p.name] = all
		}
	}
	return q
}

type needsView struct {
	*NeedLines
	Fields        []ui.Field
	Narrowed      bool
	Posts         bool       // the viewer may post one
	Query         url.Values // what is chosen
	Rows          []*row
	Before, After string // the pages around this one
}

// needColumns are the keys of the columns of needs, between title and verification.
var needColumns = []string{"field.state", "field.themes", "field.assistanceType", "field.authority", "field.status"}

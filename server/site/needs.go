package site

import (
	"net/http"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"

	"github.com/a-h/templ"
)

// Needs are what assistance is asked for, the newest first: GET /needs.
func (s *Site) Needs(r *http.Request) (*ui.Page, error) {
	ctx, p := r.Context(), paged(r, browsePage)
	found, err := NeedList(ctx, s.api, p.first, p.after, p.last, p.before)
	if err != nil {
		return nil, said(err)
	}
	v := &needsView{NeedLines: found.Needs}
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

type needsView struct {
	*NeedLines
	Rows          []*row
	Before, After string // the pages around this one
}

// needColumns are the keys of the columns of needs, between title and verification.
var needColumns = []string{"field.state", "field.themes", "field.assistanceType", "field.authority", "field.status"}

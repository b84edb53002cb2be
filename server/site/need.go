package site

import (
	"net/http"

	"adam/server/say"
	"adam/server/ui"
)

// Need is the page of assistance that was asked for: GET /needs/{key}.
func (s *Site) Need(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Need(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	n := found.Need
	if n == nil {
		return nil, nothing(ctx)
	}
	if err := kept(r, n.Key); err != nil {
		return nil, err
	}
	return &ui.Page{
		Title: n.Title, Named: true, Kicker: say.T(ctx, "need.kicker", n.State.Name), Body: needPage(n),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.needs"), Path: "/needs"}, {Text: n.State.Name, Path: "/states/" + n.State.Code}},
	}, nil
}

package site

import (
	"net/http"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Policy is the page of a policy: GET /policies/{key}.
func (s *Site) Policy(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Policy(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	p := found.Policy
	if p == nil {
		return nil, nothing(ctx)
	}
	if err := kept(r, p.Key); err != nil {
		return nil, err
	}
	page := &ui.Page{Title: p.Title, Named: true, Kicker: say.T(ctx, "policy.kicker.regional"), Body: policyPage(p),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.policies"), Path: "/policies"}}}
	if p.State != nil {
		page.Kicker = say.T(ctx, "policy.kicker", p.State.Name)
		page.Crumbs = append(page.Crumbs, ui.Link{Text: p.State.Name, Path: "/states/" + p.State.Code})
	}
	return s.editable(r, term.RecordPolicy, p, page)
}

package site

import (
	"cmp"
	"net/http"
	"slices"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Mechanism is the page of a coordination mechanism: GET /mechanisms/{key}.
func (s *Site) Mechanism(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Mechanism(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	m := found.Mechanism
	if m == nil {
		return nil, nothing(ctx)
	}
	if err := kept(r, m.Key); err != nil {
		return nil, err
	}
	slices.SortStableFunc(m.Members, func(a, b *MemberLine) int { return cmp.Compare(a.name(), b.name()) })
	page := &ui.Page{Title: m.Name, Named: true, Kicker: say.T(ctx, "mechanism.kicker", say.Word(ctx, "MechanismLevel", m.Level)),
		Body: mechanismPage(m), Crumbs: []ui.Link{{Text: say.T(ctx, "nav.mechanisms"), Path: "/mechanisms"}}}
	if m.State != nil {
		page.Crumbs = append(page.Crumbs, ui.Link{Text: m.State.Name, Path: "/states/" + m.State.Code})
	}
	return s.editable(r, term.RecordMechanism, m, page)
}

// name is what a member is called; "" where the viewer may not see who it is.
func (m *MemberLine) name() string {
	switch {
	case m.State != nil:
		return m.State.Name
	case m.Actor != nil:
		return actorName(m.Actor)
	}
	return ""
}

// path is the page of a member.
func (m *MemberLine) path() string {
	if m.State != nil {
		return "/states/" + m.State.Code
	}
	path, _ := actorPath(m.Actor)
	return path
}

package site

import (
	"net/http"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Law is the page of a law: GET /laws/{key}.
func (s *Site) Law(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Law(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	l := found.Law
	if l == nil {
		return nil, nothing(ctx)
	}
	if err := kept(r, l.Key); err != nil {
		return nil, err
	}
	return s.editable(r, term.RecordLaw, l, &ui.Page{
		Title: l.Title, Named: true, Kicker: say.T(ctx, "law.kicker", l.State.Name),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.laws"), Path: "/laws"}, {Text: l.State.Name, Path: "/states/" + l.State.Code}},
		Body:   lawPage(l),
	})
}

// ofTheme are the elements of one theme that the law carries.
func ofTheme(all []*ElementLine, theme term.Theme) []*ElementLine {
	var out []*ElementLine
	for _, e := range all {
		if e.Theme == theme && e.Coverage != term.NotExamined {
			out = append(out, e)
		}
	}
	return out
}

// withheld says whether what the law covers may not be seen by the viewer.
func withheld(all []*ElementLine) bool {
	return len(all) > 0 && all[0].Coverage == term.CoverageWithheld
}

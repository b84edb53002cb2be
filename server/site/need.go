package site

import (
	"context"
	"net/http"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Need is the page of assistance that was asked for: GET /needs/{key}.
func (s *Site) Need(r *http.Request) (*ui.Page, error) { return s.needPage(r, nil) }

// needPage shows a need, with what was wrong with what was sent about it.
func (s *Site) needPage(r *http.Request, wrong *fault.Error) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Need(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	n := found.Need
	if n == nil {
		return nil, nothing(ctx)
	}
	if wrong == nil {
		if err := kept(r, n.Key); err != nil {
			return nil, err
		}
	}
	p := &ui.Page{
		Title: n.Title, Named: true, Kicker: say.T(ctx, "need.kicker", n.State.Name), Body: needPage(n), Wrong: wrong,
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.needs"), Path: "/needs"}, {Text: n.State.Name, Path: "/states/" + n.State.Code}},
	}
	if wrong != nil {
		p.Status = statusOf(wrong)
	}
	return s.editable(r, term.RecordNeed, n, p)
}

// acts says whether the viewer reads the working store, where alone a need is answered.
func acts(ctx context.Context) bool { return ui.Of(ctx).Working }

// offersForMany says whether the viewer must say for which organisation she offers.
func offersForMany(ctx context.Context) bool { return len(access.From(ctx).Actors()) != 1 }

// whoSees are the choices of who may see an offer.
func whoSees(ctx context.Context) (out []ui.Choice) {
	for _, v := range []term.Visibility{term.Restricted, term.Members, term.Public} {
		out = append(out, ui.Choice{Value: string(v), Text: say.Word(ctx, "Visibility", v)})
	}
	return out
}

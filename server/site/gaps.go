package site

import (
	"context"
	"net/http"

	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Gaps is what the catalogue holds of each State on a theme, and what is not known: GET /gaps?theme=SMUGGLING. There is no
// ranking and no verdict: States stand by name, and what nobody has examined is no gap.
func (s *Site) Gaps(r *http.Request) (*ui.Page, error) {
	ctx, theme := r.Context(), term.Trafficking
	switch asked := term.Theme(r.URL.Query().Get("theme")); asked {
	case "", term.Trafficking:
	case term.Smuggling:
		theme = asked
	default:
		return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "gaps.theme.none")).At("theme")
	}
	found, err := Gaps(ctx, s.api, theme)
	if err != nil {
		return nil, said(err)
	}
	return &ui.Page{Title: say.T(ctx, "gaps.title"), Kicker: say.Word(ctx, "Theme", theme), Wide: true, Body: gapsPage(&gapsView{found, theme})}, nil
}

type gapsView struct {
	*GapsResponse
	Theme term.Theme
}

// themes are both themes with their addresses.
func (v *gapsView) themes(ctx context.Context) []ui.Link {
	out := []ui.Link{}
	for _, t := range []term.Theme{term.Trafficking, term.Smuggling} {
		out = append(out, ui.Link{Text: say.Word(ctx, "Theme", t), Path: "/gaps?theme=" + string(t)})
	}
	return out
}

// elements are those of the theme, in the order of its Protocol.
func (v *gapsView) elements() []term.OffenceElement { return term.Elements(v.Theme) }

// of is what is known of an element in a State.
func (g *GapLine) of(e term.OffenceElement) *GapElementLine {
	for _, x := range g.Elements {
		if x.Element == e {
			return x
		}
	}
	return &GapElementLine{Element: e, Coverage: term.NotExamined}
}

// treaty says whether a State is bound by the Protocol.
func (g *GapLine) bound(ctx context.Context) string {
	switch t := g.Treaty; {
	case t == nil:
		return say.T(ctx, "record.unknown")
	case t.Party && t.BoundOn != "":
		return say.T(ctx, "gaps.party.since", say.Date(ctx, t.BoundOn))
	case t.Party:
		return say.T(ctx, "gaps.party")
	}
	return say.T(ctx, "gaps.party.not")
}

// reply says whether a State answered the newest questionnaire that it was asked.
func (g *GapLine) reply(ctx context.Context) string {
	switch {
	case g.hides("replied"):
		return say.T(ctx, "record.withheld")
	case g.Replied == nil:
		return say.T(ctx, "record.unknown")
	case *g.Replied:
		return say.T(ctx, "gaps.replied")
	}
	return say.T(ctx, "gaps.replied.not")
}

func (g *GapLine) hides(field string) bool {
	for _, w := range g.Withheld {
		if w == field {
			return true
		}
	}
	return false
}

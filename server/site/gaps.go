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
	ctx := r.Context()
	theme, err := askedTheme(ctx, r.URL.Query().Get("theme"))
	if err != nil {
		return nil, err
	}
	found, err := Gaps(ctx, s.api, theme)
	if err != nil {
		return nil, said(err)
	}
	return &ui.Page{Title: say.T(ctx, "gaps.title"), Kicker: say.Word(ctx, "Theme", theme), Wide: true, Body: gapsPage(&gapsView{found, theme})}, nil
}

// askedTheme is the theme that an address names; trafficking where it names none.
func askedTheme(ctx context.Context, name string) (term.Theme, error) {
	switch theme := term.Theme(name); theme {
	case "":
		return term.Trafficking, nil
	case term.Trafficking, term.Smuggling:
		return theme, nil
	}
	return "", fault.New(fault.Invalid, "%s", say.T(ctx, "gaps.theme.none")).At("theme")
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

// policies says how far policies in force cover the theme.
func (g *GapLine) policies(ctx context.Context) string {
	switch p := g.Policy; {
	case p.Comprehensive+p.Partial+p.Unknown+p.Withheld == 0:
		return say.T(ctx, "gaps.none")
	case p.Withheld > 0:
		return say.T(ctx, "gaps.policies.withheld", itoa(p.Withheld))
	default:
		return say.T(ctx, "gaps.policies.counts", itoa(p.Comprehensive), itoa(p.Partial), itoa(p.Unknown))
	}
}

// mechanisms says how many there are.
func (g *GapLine) mechanisms(ctx context.Context) string {
	m := g.Mechanism
	return say.T(ctx, "gaps.mechanisms.counts", itoa(m.National), itoa(m.Regional), itoa(m.UnclearNational+m.UnclearRegional))
}

func (g *GapLine) hides(field string) bool {
	for _, w := range g.Withheld {
		if w == field {
			return true
		}
	}
	return false
}

package site

import (
	"context"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// verification is what the badge of a record says.
func verification(v *Verified) ui.Verification {
	if v == nil {
		return ui.Verification{Status: term.Unverified}
	}
	out := ui.Verification{Status: v.Status, On: v.On, Until: v.Until}
	if v.By != nil {
		out.By = ui.Straight(v.By.Name)
	}
	return out
}

// penaltyWords says the highest penalty for a theme, with the article that sets it.
func penaltyWords(ctx context.Context, p *PenaltyLine) string {
	text := say.Word(ctx, "PenaltyKind", p.Kind)
	if p.Years > 0 {
		text = say.T(ctx, "law.penalty.years", p.Years)
	}
	text = say.T(ctx, "law.penalty", say.Word(ctx, "Theme", p.Theme), text)
	if p.Article != "" {
		text = say.T(ctx, "law.penalty.article", text, ui.Straight(p.Article))
	}
	return text
}

// sourceNote says what sort of source it is, who published it, when it was read, and under which licence.
func sourceNote(ctx context.Context, s *SourceLine) string {
	text := say.Word(ctx, "SourceKind", s.Kind)
	if s.Publisher != "" {
		text = say.T(ctx, "source.publisher", text, ui.Straight(s.Publisher))
	}
	if s.AccessedOn != "" {
		text = say.T(ctx, "source.accessed", text, say.Date(ctx, s.AccessedOn))
	}
	if s.Licence != "" {
		text = say.T(ctx, "source.licence", text, ui.Straight(s.Licence))
	}
	return text
}

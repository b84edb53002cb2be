package ui

import (
	"context"

	"adam/internal/term"
	"adam/server/say"
)

// Sentence says what a verification is worth. The public badge names the institution, never the official (rule 3).
func (v Verification) Sentence(ctx context.Context) string {
	switch v.Status {
	case term.Verified:
		return say.T(ctx, "badge.verified", v.By, say.Date(ctx, v.On), say.Date(ctx, v.Until))
	case term.Disputed:
		return say.T(ctx, "badge.disputed", v.By, say.Date(ctx, v.On))
	case term.Lapsed:
		return say.T(ctx, "badge.lapsed", v.By, say.Date(ctx, v.Until))
	}
	return say.T(ctx, "badge.unverified")
}

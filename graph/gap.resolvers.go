package graph

import (
	"adam/internal/gap"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *queryResolver) GapAnalysis(ctx context.Context, theme term.Theme, states []string) ([]*gap.Row, error) {
	which, err := gapStates(ctx, states)
	if err != nil {
		return nil, err
	}
	return gap.Analyse(ctx, client(ctx), which, theme, search.Today(ctx))
}

func (r *queryResolver) GapFindings(ctx context.Context, theme *term.Theme, states []string) ([]*gap.Finding, error) {
	which, err := gapStates(ctx, states)
	if err != nil {
		return nil, err
	}
	return gap.Findings(ctx, client(ctx), which, theme, search.Today(ctx))
}

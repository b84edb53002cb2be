package graph

import (
	"context"

	"adam/ent/rule"
	"adam/internal/gap"
	"adam/internal/term"
)

func loadCorrects(ctx context.Context, records []term.ID) (map[term.ID]bool, error) {
	return rule.Corrects(ctx, client(ctx), records)
}

// mayCorrect says whether the viewer may correct a record that she sees.
func mayCorrect(ctx context.Context, record term.ID) (bool, error) {
	return loadersFrom(ctx).corrects.Load(ctx, record)
}

// flags are what the concept check says of a record to whoever may correct it: it is advice, no assessment of a State.
func flags(ctx context.Context, record term.ID, of func() (gap.Subject, error)) ([]*gap.Flag, error) {
	out := []*gap.Flag{}
	if may, err := mayCorrect(ctx, record); err != nil || !may {
		return out, err
	}
	s, err := of()
	for _, f := range gap.Check(s) {
		out = append(out, &f)
	}
	return out, err
}

package graph

import (
	"context"
	"slices"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/gap"
	"adam/internal/search"
	"adam/internal/term"
)

func loadCorrects(ctx context.Context, records []term.ID) (map[term.ID]bool, error) {
	return rule.Corrects(ctx, client(ctx), records)
}

func loadDismissals(ctx context.Context, records []term.ID) (map[term.ID][]*ent.ConceptDismissal, error) {
	return gap.Dismissals(ctx, client(ctx), records)
}

// mayCorrect says whether the viewer may correct a record that she sees.
func mayCorrect(ctx context.Context, record term.ID) (bool, error) {
	return loadersFrom(ctx).corrects.Load(ctx, record)
}

// flags are what the concept check says of a record to whoever may correct it, with those that were dismissed where they
// are asked for: it is advice, no assessment of a State.
func flags(ctx context.Context, record term.ID, dismissed bool, of func() (gap.Subject, error)) ([]*gap.Flag, error) {
	if may, err := mayCorrect(ctx, record); err != nil || !may {
		return []*gap.Flag{}, err
	}
	known, err := loadersFrom(ctx).dismissals.Load(ctx, record)
	if err != nil {
		return nil, err
	}
	s, err := of()
	return slices.DeleteFunc(gap.Flags(s, known), func(f *gap.Flag) bool { return f.Dismissed != nil && !dismissed }), err
}

func dismissing(do func(context.Context, *ent.Tx, gap.Dismissal) (term.ID, error), in ConceptFlagInput) change {
	return given(do, gap.Dismissal{Record: in.Record, Version: in.Version, Code: in.Code, Reason: in.Reason})
}

// flagged is a record with all its flags.
type flagged struct {
	record ent.CatalogueRecord
	flags  []*gap.Flag
}

func flaggedNow(ctx context.Context, id term.ID) (flagged, error) {
	found, err := search.Records(ctx, client(ctx), []term.ID{id})
	if err != nil || len(found) == 0 {
		return flagged{}, err
	}
	all, err := flags(ctx, id, true, func() (gap.Subject, error) { return subjectOf(ctx, found[0]) })
	return flagged{found[0], all}, err
}

// subjectOf is what is checked of a record.
func subjectOf(ctx context.Context, record ent.CatalogueRecord) (gap.Subject, error) {
	switch r := record.(type) {
	case *ent.Law:
		return gap.OfLaw(ctx, r)
	case *ent.PolicyDocument:
		return gap.OfPolicy(r), nil
	case *ent.CoordinationMechanism:
		return gap.OfMechanism(r), nil
	case *ent.Activity:
		return gap.OfActivity(r), nil
	}
	return gap.Subject{}, nil
}

// madeFlags are what the concept check says of a record that was just written.
func madeFlags(ctx context.Context, id term.ID, record ent.CatalogueRecord) ([]*gap.Flag, error) {
	return flags(ctx, id, false, func() (gap.Subject, error) { return subjectOf(ctx, record) })
}

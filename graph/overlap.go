package graph

import (
	"context"

	"adam/ent"
	"adam/ent/overlap"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/edition"
	pairs "adam/internal/overlap"
	"adam/internal/search"
	"adam/internal/term"
)

func settling(in ResolveOverlapInput) change {
	s := catalogue.Settling{Overlap: in.Overlap, Decision: in.Decision, Reason: in.Reason, Keep: orNone(in.Keep), Fields: in.Fields}
	if in.Version != nil {
		s.Version = *in.Version
	}
	if in.Relation != nil {
		s.Relation = *in.Relation
	}
	return given(catalogue.Settle, s)
}

func assigning(in AssignOverlapInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Assign(ctx, tx, in.Overlap, in.Mine)
	}
}

// overlapNow reads a pair with both activities, one of which a decision may just have withdrawn.
func overlapNow(ctx context.Context, id term.ID) (*ent.Overlap, error) {
	loadersFrom(ctx).explained.Clear(id)
	return client(ctx).Overlap.Query().Where(overlap.ID(id)).WithActivities().Only(ctx)
}

// overlapByID reads one pair; also one whose records were made one, for whoever may take that back.
func overlapByID(ctx context.Context, id term.ID) (*ent.Overlap, error) {
	q := client(ctx).Overlap.Query().Where(overlap.ID(id))
	if maySettle(ctx) {
		var err error
		if ctx, q, err = withMerged(ctx, q); err != nil {
			return nil, err
		}
	}
	o, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return o, err
}

// stays is the record that stays of two that were decided to be one activity; nil for other pairs.
func stays(ctx context.Context, o *ent.Overlap) (*ent.Activity, error) {
	if o.Decision != term.DecidedSame {
		return nil, nil
	}
	all, err := o.Pair(ctx)
	for _, a := range all {
		if !a.Withdrawn {
			return a, err
		}
	}
	return nil, err
}

// overlapsFor gives pairs; also those whose records were made one, for whoever may take that back.
func overlapsFor(ctx context.Context, f *search.OverlapFilter, p page, order *ent.OverlapOrder) (*ent.OverlapConnection, error) {
	q, err := search.Overlaps(ctx, client(ctx), f)
	if err != nil {
		return nil, err
	}
	if f != nil && f.Merged != nil && *f.Merged && maySettle(ctx) {
		if ctx, q, err = withMerged(ctx, q); err != nil {
			return nil, err
		}
	}
	return q.Paginate(ctx, p.after, p.first, p.before, p.last, ent.WithOverlapOrder(order))
}

// withMerged lets a query find pairs too whose records were made one, with both of them.
func withMerged(ctx context.Context, q *ent.OverlapQuery) (context.Context, *ent.OverlapQuery, error) {
	all, seen, err := catalogue.WithMerged(ctx, client(ctx))
	return all, q.Where(seen).WithActivities(), err
}

// maySettle says whether the viewer decides on pairs, in the working store.
func maySettle(ctx context.Context) bool {
	return !edition.Keeps(ctx) && rule.MaySettle(ctx) == nil
}

// explained gives why pairs may overlap, with the values that the viewer sees of both. Nothing for whoever reads editions.
func (r *Resolver) explained(ctx context.Context, ids []term.ID) (map[term.ID]*PossibleOverlap, error) {
	out := make(map[term.ID]*PossibleOverlap, len(ids))
	for _, id := range ids {
		out[id] = &PossibleOverlap{Evidence: []*OverlapEvidence{}, Reasons: []string{}, Missing: []string{}, Rates: []string{}}
	}
	if r.Store == nil || edition.Keeps(ctx) || access.From(ctx).Audience != access.Working {
		return out, nil
	}
	all, err := client(ctx).Overlap.Query().Where(overlap.IDIn(ids...)).WithActivities(func(q *ent.ActivityQuery) { pairs.Reading(q) }).All(ctx)
	if err != nil {
		return nil, err
	}
	explain, err := pairs.Explainer(ctx, client(ctx))
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		both, _ := o.Pair(ctx)
		if len(both) != 2 {
			continue
		}
		why, err := explain(pairs.Of(both[0]), pairs.Of(both[1]), o)
		if err != nil {
			return nil, err
		}
		out[o.ID] = possibleOverlap(nil, why)
	}
	return out, nil
}

func explanationOf(ctx context.Context, o *ent.Overlap) (*PossibleOverlap, error) {
	return loadersFrom(ctx).explained.Load(ctx, o.ID)
}

package catalogue

import (
	"context"
	"fmt"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/overlap"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Contradicted is a contradiction as a person reads it.
type Contradicted struct {
	Activities []*ent.Activity `json:"-"`        // that decisions make one, first to last
	Sentence   string          `json:"sentence"` // what is at odds
}

// ContradictionsOf tells what a decision on a pair would be at odds with among the decisions that the viewer sees.
func ContradictionsOf(ctx context.Context, c *ent.Client, pair term.ID, d term.OverlapDecision) ([]*Contradicted, error) {
	if rule.MaySettle(ctx) != nil {
		return []*Contradicted{}, nil // nothing that she might do
	}
	ctx, seen, err := WithMerged(ctx, c)
	if err != nil {
		return nil, err
	}
	found, err := c.Overlap.Query().Where(overlap.ID(pair), seen).WithActivities().Only(ctx)
	if ent.IsNotFound(err) {
		return []*Contradicted{}, nil
	}
	if err != nil || len(found.Edges.Activities) != 2 {
		return []*Contradicted{}, err
	}
	return contradictionsOf(ctx, c, [2]*ent.Activity(found.Edges.Activities), d)
}

func contradictionsOf(ctx context.Context, c *ent.Client, pair [2]*ent.Activity, d term.OverlapDecision) ([]*Contradicted, error) {
	if d == term.OverlapOpen {
		return []*Contradicted{}, nil
	}
	ctx, seen, err := WithMerged(ctx, c)
	if err != nil {
		return nil, err
	}
	all, err := c.Overlap.Query().Where(overlap.DecisionNEQ(term.OverlapOpen), seen).WithActivities().All(ctx)
	if err != nil {
		return nil, err
	}
	var stand []Settled
	next := Settled{pair[0].ID.String(), pair[1].ID.String(), d == term.DecidedSame}
	known, as := map[string]*ent.Activity{next.A: pair[0], next.B: pair[1]}, map[Settled]term.OverlapDecision{next: d}
	for _, o := range all {
		if of := o.Edges.Activities; len(of) == 2 {
			s := Settled{of[0].ID.String(), of[1].ID.String(), o.Decision == term.DecidedSame}
			stand, as[s] = append(stand, s), o.Decision
			known[s.A], known[s.B] = of[0], of[1]
		}
	}
	out := []*Contradicted{}
	for _, x := range Contradictions(stand, next) {
		out = append(out, x.told(known, as))
	}
	return out, nil
}

// told writes a contradiction for a person.
func (x Contradiction) told(known map[string]*ent.Activity, as map[Settled]term.OverlapDecision) *Contradicted {
	out := &Contradicted{}
	name := func(id string) string {
		if a := known[id]; a != nil {
			return a.Key
		}
		return id
	}
	names := make([]string, len(x.Chain))
	for i, id := range x.Chain {
		if names[i] = name(id); known[id] != nil {
			out.Activities = append(out.Activities, known[id])
		}
	}
	d := as[x.Apart]
	if d == "" {
		d = as[Settled{x.Apart.B, x.Apart.A, x.Apart.Same}]
	}
	out.Sentence = fmt.Sprintf("%s would be one activity by decisions, but %s and %s are said to be two (%s).", strings.Join(names, " = "), name(x.Apart.A), name(x.Apart.B), d)
	return out
}

// WithMerged lets whoever decides on pairs read those too whose records were made one with others, which withdrew them: with
// this context, and only with this predicate. What was withdrawn otherwise stays out of sight.
func WithMerged(ctx context.Context, c *ent.Client) (context.Context, predicate.Overlap, error) {
	merged, err := c.Overlap.Query().Where(overlap.DecisionEQ(term.DecidedSame)).All(operator(ctx))
	var away []term.ID
	for _, o := range merged {
		if o.Merge != nil && o.Merge.Other != 0 {
			away = append(away, o.Merge.Other)
		}
	}
	if err != nil || len(away) == 0 {
		return ctx, func(*sql.Selector) {}, err
	}
	return rule.WithWithdrawn(ctx), overlap.Not(overlap.HasActivitiesWith(activity.Withdrawn(true), activity.IDNotIn(away...))), nil
}

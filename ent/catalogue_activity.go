package ent

import (
	"cmp"
	"context"
	"slices"

	"adam/ent/participation"
	"adam/internal/term"
)

// LawElement is what a law does about one offence element.
type LawElement struct {
	Theme        term.Theme
	Element      term.OffenceElement
	Coverage     term.Coverage
	Article      *string
	FirstReading bool
}

// readingsWithheld is the mark that an edition leaves on a law whose readings its audience may not see.
const readingsWithheld = "elements"

// Elements lists every element of both Protocols. What nobody has examined is NOT_EXAMINED, which is no gap; where the
// audience may not see readings, all of them are WITHHELD alike, so that the mark tells nothing of what was read.
func (l *Law) Elements(ctx context.Context) ([]*LawElement, error) {
	rows, err := collected(ctx, l.NamedProvisions, l.Edges.ProvisionsOrErr, func(ctx context.Context) ([]*Provision, error) {
		return l.QueryProvisions().All(ctx)
	})
	if err != nil {
		return nil, err
	}
	type place struct {
		theme   term.Theme
		element term.OffenceElement
	}
	read := make(map[place]*Provision, len(rows))
	for _, p := range rows {
		read[place{p.Theme, p.Element}] = p
	}
	unread := term.NotExamined
	if slices.Contains(l.Withheld, readingsWithheld) {
		unread = term.CoverageWithheld
	}
	var out []*LawElement
	for _, t := range []term.Theme{term.Trafficking, term.Smuggling} {
		for _, e := range term.Elements(t) {
			if p := read[place{t, e}]; p != nil {
				out = append(out, &LawElement{t, e, p.Coverage, p.Article, p.FirstReading})
			} else {
				out = append(out, &LawElement{t, e, unread, nil, true})
			}
		}
	}
	return out, nil
}

// actorsIn gives the actors that have a role in the activity, in the order in which they were reported.
func (a *Activity) actorsIn(ctx context.Context, role term.ParticipationRole) ([]*Actor, error) {
	all, err := collected(ctx, a.NamedParticipations, a.Edges.ParticipationsOrErr, func(ctx context.Context) ([]*Participation, error) {
		return a.QueryParticipations().Where(participation.RoleEQ(role)).All(ctx)
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(x, y *Participation) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
	out := []*Actor{}
	for _, p := range all {
		if p.Role != role {
			continue
		}
		actor, err := p.Actor(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, actor)
	}
	return out, nil
}

// Donors are the actors that pay.
func (a *Activity) Donors(ctx context.Context) ([]*Actor, error) {
	return a.actorsIn(ctx, term.Funding)
}

// Implementers are the actors that carry the activity out.
func (a *Activity) Implementers(ctx context.Context) ([]*Actor, error) {
	return a.actorsIn(ctx, term.Implementing)
}

// Partners are the actors that take part besides.
func (a *Activity) Partners(ctx context.Context) ([]*Actor, error) {
	return a.actorsIn(ctx, term.Partner)
}

// Beneficiaries are the authorities that the activity is for.
func (a *Activity) Beneficiaries(ctx context.Context) ([]*Actor, error) {
	return a.actorsIn(ctx, term.Beneficiary)
}

// Allocations are the States where the activity takes place with their stated shares, as they were reported.
func (a *Activity) Allocations(ctx context.Context) ([]*ActivityState, error) {
	all, err := collected(ctx, a.NamedActivityStates, a.Edges.ActivityStatesOrErr, func(ctx context.Context) ([]*ActivityState, error) {
		return a.QueryActivityStates().All(ctx)
	})
	slices.SortFunc(all, func(x, y *ActivityState) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
	return all, err
}

// States are where the activity takes place, as they were reported.
func (a *Activity) States(ctx context.Context) ([]*State, error) {
	all, err := a.Allocations(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]*State, len(all))
	for i, s := range all {
		if out[i], err = s.State(ctx); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// EnsureActor loads the actor with each participation, unless the query already says how.
func (q *ParticipationQuery) EnsureActor() {
	if q.withActor == nil {
		q.WithActor()
	}
}

// EnsureState loads the State with each place, unless the query already says how.
func (q *ActivityStateQuery) EnsureState() {
	if q.withState == nil {
		q.WithState()
	}
}

// Pair is the two activities of an overlap, always in the same order.
func (o *Overlap) Pair(ctx context.Context) ([]*Activity, error) {
	all, err := o.Edges.ActivitiesOrErr()
	if IsNotLoaded(err) {
		all, err = collected(ctx, o.NamedActivities, o.Edges.ActivitiesOrErr, func(ctx context.Context) ([]*Activity, error) {
			return o.QueryActivities().All(ctx)
		})
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(x, y *Activity) int { return cmp.Compare(x.ID, y.ID) })
	return all, err
}

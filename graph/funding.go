package graph

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	line "adam/ent/funding"
	"adam/ent/state"
	"adam/internal/funding"
	"adam/internal/search"
	"adam/internal/term"

	"github.com/vikstrous/dataloadgen"
)

// currencyOr is the currency that an answer is asked in: dollars where none is named.
func currencyOr(asked *string) term.Currency {
	if asked == nil {
		return "USD"
	}
	return term.Currency(*asked)
}

// whoFunds adds up the money of the activities that a filter asks for.
func (r *Resolver) whoFunds(ctx context.Context, filter *search.ActivityFilter, q funding.Query) (*funding.Answer, error) {
	return countedLast(ctx, []any{filter, q}, func() (*funding.Answer, error) {
		found, err := search.Activities(ctx, client(ctx), filter)
		if err != nil {
			return nil, err
		}
		return r.Books.Ask(ctx, client(ctx), found, search.Today(ctx), q)
	})
}

// rowAt gives the row of an answer at a place; nil where there is none. A place that names what the viewer does not see has
// none.
func rowAt(ctx context.Context, a *funding.Answer, at FundingCellInput) (*funding.Row, error) {
	donor, err := actorAt(ctx, at.Donor)
	if err != nil {
		return nil, err
	}
	implementer, err := actorAt(ctx, at.Implementer)
	if err != nil {
		return nil, err
	}
	place, err := stateAt(ctx, at.State)
	if err != nil {
		return nil, err
	}
	for _, r := range a.Rows {
		if r.DonorID == donor && r.ImplementerID == implementer && r.StateID == place &&
			same(r.Theme, at.Theme) && same(r.AssistanceType, at.AssistanceType) && same(r.Year, at.Year) {
			return r, nil
		}
	}
	return nil, nil
}

// nobody is no record's identifier: it stands for a name that the viewer knows nothing by.
const nobody term.ID = -1

func actorAt(ctx context.Context, key *string) (term.ID, error) {
	if key == nil {
		return 0, nil
	}
	id, err := client(ctx).Actor.Query().Where(actor.Key(*key)).OnlyID(ctx)
	if ent.IsNotFound(err) {
		return nobody, nil
	}
	return id, err
}

func stateAt(ctx context.Context, code *string) (term.ID, error) {
	if code == nil {
		return 0, nil
	}
	id, err := client(ctx).State.Query().Where(state.Code(*code)).OnlyID(ctx)
	if ent.IsNotFound(err) {
		return nobody, nil
	}
	return id, err
}

func same[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// optional loads what an identifier stands for; nil where there is none.
func optional[T any](ctx context.Context, l *dataloadgen.Loader[term.ID, *T], id term.ID) (*T, error) {
	if id == 0 {
		return nil, nil
	}
	return l.Load(ctx, id)
}

// activitiesOf gives a page of the activities that stand in a row.
func activitiesOf(ctx context.Context, r *funding.Row, first *int, after *string) ([]*ent.Activity, error) {
	ids, err := r.ActivityIDs(first, after)
	if err != nil {
		return nil, err
	}
	return loadersFrom(ctx).activities.LoadAll(ctx, ids)
}

func loadActors(ctx context.Context, ids []term.ID) (map[term.ID]*ent.Actor, error) {
	rows, err := client(ctx).Actor.Query().Where(actor.IDIn(ids...)).All(ctx)
	return byID(rows, err, func(a *ent.Actor) term.ID { return a.ID })
}

func loadStates(ctx context.Context, ids []term.ID) (map[term.ID]*ent.State, error) {
	rows, err := client(ctx).State.Query().Where(state.IDIn(ids...)).All(ctx)
	return byID(rows, err, func(s *ent.State) term.ID { return s.ID })
}

func loadActivities(ctx context.Context, ids []term.ID) (map[term.ID]*ent.Activity, error) {
	rows, err := client(ctx).Activity.Query().Where(activity.IDIn(ids...)).All(ctx)
	return byID(rows, err, func(a *ent.Activity) term.ID { return a.ID })
}

func loadLines(ctx context.Context, ids []term.ID) (map[term.ID]*ent.Funding, error) {
	rows, err := client(ctx).Funding.Query().Where(line.IDIn(ids...)).All(ctx)
	return byID(rows, err, func(f *ent.Funding) term.ID { return f.ID })
}

func byID[T any](rows []*T, err error, id func(*T) term.ID) (map[term.ID]*T, error) {
	if err != nil {
		return nil, fmt.Errorf("load what rows name: %w", err)
	}
	out := make(map[term.ID]*T, len(rows))
	for _, r := range rows {
		out[id(r)] = r
	}
	return out, nil
}

//go:build !codegen

package rule

import (
	"context"

	"adam/ent"
	"adam/ent/activitystate"
	"adam/ent/actor"
	"adam/ent/participation"
	"adam/ent/state"

	entgo "entgo.io/ent"
)

// WithActor loads the actor with every participation: without it a participation says nothing, and a page of
// activities would ask for each actor alone. A participation whose actor is withdrawn goes with it.
func WithActor() []entgo.Interceptor {
	return []entgo.Interceptor{ent.TraverseFunc(func(ctx context.Context, q ent.Query) error {
		if q, ok := q.(*ent.ParticipationQuery); ok {
			q.EnsureActor()
			if !SeesWithdrawn(ctx) {
				q.Where(participation.HasActorWith(actor.Withdrawn(false)))
			}
		}
		return nil
	})}
}

// WithState loads the State with every place of an activity, and leaves the place out with it, for the same reasons.
func WithState() []entgo.Interceptor {
	return []entgo.Interceptor{ent.TraverseFunc(func(ctx context.Context, q ent.Query) error {
		if q, ok := q.(*ent.ActivityStateQuery); ok {
			q.EnsureState()
			if !SeesWithdrawn(ctx) {
				q.Where(activitystate.HasStateWith(state.Withdrawn(false)))
			}
		}
		return nil
	})}
}

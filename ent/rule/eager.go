//go:build !codegen

package rule

import (
	"context"

	"adam/ent"

	entgo "entgo.io/ent"
)

// WithActor loads the actor with every participation: without it a participation says nothing, and a page of
// activities would ask for each actor alone.
func WithActor() []entgo.Interceptor {
	return []entgo.Interceptor{ent.TraverseFunc(func(_ context.Context, q ent.Query) error {
		if q, ok := q.(*ent.ParticipationQuery); ok {
			q.EnsureActor()
		}
		return nil
	})}
}

// WithState loads the State with every place of an activity, for the same reason.
func WithState() []entgo.Interceptor {
	return []entgo.Interceptor{ent.TraverseFunc(func(_ context.Context, q ent.Query) error {
		if q, ok := q.(*ent.ActivityStateQuery); ok {
			q.EnsureState()
		}
		return nil
	})}
}

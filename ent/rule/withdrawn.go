//go:build !codegen

package rule

import (
	"context"

	"adam/ent"
	"adam/ent/intercept"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

type withdrawnKey struct{}

// WithWithdrawn lets queries made with this context see withdrawn records too: for the secretariat, who can restore
// them, and for loaders, which must not bring them back.
func WithWithdrawn(ctx context.Context) context.Context {
	return context.WithValue(ctx, withdrawnKey{}, true)
}

// SeesWithdrawn says whether queries made with this context see withdrawn records too.
func SeesWithdrawn(ctx context.Context) bool {
	all, _ := ctx.Value(withdrawnKey{}).(bool)
	return all
}

// WithoutWithdrawn leaves withdrawn records out of every query, through every path: deleting hides (rule 4).
func WithoutWithdrawn() []entgo.Interceptor {
	return []entgo.Interceptor{ent.TraverseFunc(func(ctx context.Context, query ent.Query) error {
		if SeesWithdrawn(ctx) {
			return nil
		}
		q, err := intercept.NewQuery(query)
		if err != nil {
			return err
		}
		q.WhereP(func(s *sql.Selector) { s.Where(sql.EQ(s.C("withdrawn"), false)) })
		return nil
	})}
}

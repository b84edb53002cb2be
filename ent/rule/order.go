//go:build !codegen

package rule

import (
	"context"

	"adam/ent"
	"adam/ent/intercept"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// InOrder gives rows that are loaded an order where the query leaves it open: by id, last. Without it a database may give
// them in any order, and one that depends on rows which the viewer may not see.
func InOrder() []entgo.Interceptor {
	return []entgo.Interceptor{ent.TraverseFunc(func(ctx context.Context, query ent.Query) error {
		if of := entgo.QueryFromContext(ctx); of == nil || of.Op != entgo.OpQueryAll {
			return nil
		}
		q, err := intercept.NewQuery(query)
		if err != nil {
			return err
		}
		q.Order(func(s *sql.Selector) { s.OrderBy(s.C("id")) })
		return nil
	})}
}

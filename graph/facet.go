package graph

import (
	"context"

	"adam/ent"
	"adam/internal/search"

	"github.com/99designs/gqlgen/graphql"
)

// faceted are the lists that are counted by the values of their filters, by the type that has them and their name there.
var faceted = map[string]func(context.Context, map[string]any, search.Facets) ([]*search.Facet, error){
	"Query.actors":     facetsBy(search.ActorFacets),
	"Query.laws":       facetsBy(search.LawFacets),
	"Query.policies":   facetsBy(search.PolicyFacets),
	"Query.mechanisms": facetsBy(search.MechanismFacets),
	"Query.activities": facetsBy(search.ActivityFacets),
}

func facetsBy[F any](count func(context.Context, *ent.Client, *F, search.Facets) ([]*search.Facet, error)) func(context.Context, map[string]any, search.Facets) ([]*search.Facet, error) {
	return func(ctx context.Context, args map[string]any, want search.Facets) ([]*search.Facet, error) {
		filter, _ := args["filter"].(*F)
		return count(ctx, client(ctx), filter, want)
	}
}

// facets counts the list that the present field belongs to; nil where that is inside a record and has no filter.
func facets(ctx context.Context, of []string, first *int) ([]*search.Facet, error) {
	list := graphql.GetFieldContext(ctx).Parent
	count := faceted[list.Object+"."+list.Field.Name]
	if count == nil {
		return nil, nil
	}
	return count(ctx, list.Args, search.Facets{Of: of, First: first})
}

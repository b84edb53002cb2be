//go:build ignore

// Command entc generates package ent from ent/schema. Run it with go generate.
package main

import (
	"log"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
)

func main() {
	// Not entgql's enum template: gqlparser has checked an enum's value before it reaches Go, so that our code lists
	// need no marshalling methods of their own.
	gql, err := entgql.NewExtension(entgql.WithRelaySpec(true), entgql.WithWhereInputs(false), entgql.WithTemplates(
		entgql.CollectionTemplate, entgql.EdgeTemplate, entgql.NodeTemplate, entgql.PaginationTemplate,
		entgql.TransactionTemplate))
	if err != nil {
		log.Fatal(err)
	}
	err = entc.Generate("./schema", &gen.Config{
		Features: []gen.Feature{gen.FeatureIntercept, gen.FeatureUpsert, gen.FeatureExecQuery,
			gen.FeatureNamedEdges, gen.FeatureLock, gen.FeaturePrivacy},
	}, entc.Extensions(gql), entc.BuildTags("codegen"))
	if err != nil {
		log.Fatal(err)
	}
}

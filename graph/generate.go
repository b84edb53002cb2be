// Package graph is the GraphQL door: the schema in *.graphql, generated code, and resolvers that only say who does it.
package graph

//go:generate go tool gqlgen generate

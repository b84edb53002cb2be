// Package ent is the catalogue's records and their queries. All but schema, rule, migrate's runner and the files named
// catalogue*.go is generated from ent/schema.
package ent

//go:generate go run -mod=mod entc.go

//go:build codegen

// Package rule holds the hooks and privacy rules of the schema. This file stands in for them while ent's code is
// generated, so that generation can start from nothing.
package rule

import (
	"adam/internal/term"

	"entgo.io/ent"
)

// ent counts hooks while it generates and writes code that takes as many: one each, as in the real file.
func one() []ent.Hook {
	return []ent.Hook{func(next ent.Mutator) ent.Mutator { return next }}
}

// RecordHooks stands in for the real hook.
func RecordHooks(term.Kind) []ent.Hook { return one() }

// PartHooks stands in for the real hook.
func PartHooks(string) []ent.Hook { return one() }

// WithActor stands in for the real interceptor.
func WithActor() []ent.Interceptor {
	return []ent.Interceptor{ent.InterceptFunc(func(next ent.Querier) ent.Querier { return next })}
}

// WithState stands in for the real interceptor.
func WithState() []ent.Interceptor { return WithActor() }

// WithoutWithdrawn stands in for the real interceptor.
func WithoutWithdrawn() []ent.Interceptor { return WithActor() }

package schema

import (
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ConceptDismissal is why a flag of the concept check is wrong about a record. It holds until the text changes that the
// flag rests on, or until it is taken back.
type ConceptDismissal struct{ ent.Schema }

// Mixin of ConceptDismissal.
func (ConceptDismissal) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindDismissal}}
}

// Fields of ConceptDismissal.
func (ConceptDismissal) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.String("code").Immutable().Comment("Of the flag, as package gap names it."),
		field.String("text_hash").Immutable().Comment("SHA-256 of the text that the flag rests on: with another text it is another flag."),
		field.Text("reason").Immutable(),
		field.String("by").Immutable().Comment("The institution, never the official."),
		field.Int64("person").GoType(term.ID(0)).Immutable().Comment("No reference, so that the person can be erased."),
		field.String("at").GoType(term.Instant("")).Immutable(),
		field.Text("undone_reason").Optional().Nillable(),
		field.String("undone_by").Optional().Nillable(),
		field.String("undone_at").GoType(term.Instant("")).Default("").Comment("Empty while it counts."),
	}
}

// Edges of ConceptDismissal.
func (ConceptDismissal) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("concept_dismissals").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
	}
}

// Indexes of ConceptDismissal.
func (ConceptDismissal) Indexes() []ent.Index { return []ent.Index{index.Fields("record_id", "code")} }

// Annotations of ConceptDismissal: outside it is a part of its flag.
func (ConceptDismissal) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindDismissal)}
}

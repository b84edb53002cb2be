package schema

import (
	"adam/internal/access"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Share lets an organisation or a role see one restricted record or line of money.
type Share struct{ ent.Schema }

// Mixin of Share.
func (Share) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindShare}} }

// Fields of Share.
func (Share) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("The record; empty where a line of money is shared."),
		field.Int64("funding_id").GoType(term.ID(0)).Optional().Nillable().Immutable(),
		field.Int64("actor_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("With whom: an organisation, or else"),
		field.Enum("role").GoType(access.Role("")).Optional().Nillable().Immutable().Comment("a role."),
		field.String("by").Immutable().Comment("The institution that shares."),
		field.String("at").GoType(term.Instant("")).Immutable(),
	}
}

// Edges of Share.
func (Share) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("shares").Field("record_id").Unique().Immutable().Annotations(entgql.Skip()),
		edge.From("funding", Funding.Type).Ref("shares").Field("funding_id").Unique().Immutable(),
		edge.To("actor", Actor.Type).Field("actor_id").Unique().Immutable(),
	}
}

// Indexes of Share.
func (Share) Indexes() []ent.Index {
	return []ent.Index{index.Fields("record_id", "actor_id"), index.Fields("funding_id", "actor_id")}
}

// Annotations of Share.
func (Share) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindShare)} }

// Dispute is what another institution says against a record. Both statements stand until the secretariat decides; then
// its decision and the reason stand beside the fact.
type Dispute struct{ ent.Schema }

// Mixin of Dispute.
func (Dispute) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindDispute}} }

// Fields of Dispute.
func (Dispute) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.Int("record_version").Immutable().Comment("The version that is disputed."),
		field.Enum("visibility").GoType(term.Visibility("")).Immutable().Comment("Who could see the record then."),
		field.String("about").Optional().Nillable().Immutable().Comment("The field, as the API names it; empty where the record as a whole is meant."),
		field.Text("stated").Optional().Nillable().Immutable().Comment("What the record said there."),
		field.Text("statement").Immutable().Comment("What is said against it, with the reason."),
		field.String("by").Immutable().Comment("The institution."),
		field.Int64("person").GoType(term.ID(0)).Immutable().Comment("Who raised it; no reference, so that the person can be erased."),
		field.String("at").GoType(term.Instant("")).Immutable(),
		field.Enum("status").GoType(term.DisputeStatus("")).Default(string(term.DisputeOpen)),
		field.Text("decision").Optional().Nillable().Comment("The reason that was given."),
		field.String("decided_by").Optional().Nillable(),
		field.String("decided_at").GoType(term.Instant("")).Default(""),
		field.Bool("own_interest").Default(false).Comment("Whoever decided also answers for the record or for the other side."),
	}
}

// Edges of Dispute.
func (Dispute) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("disputes").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
	}
}

// Indexes of Dispute.
func (Dispute) Indexes() []ent.Index { return []ent.Index{index.Fields("record_id", "at")} }

// Annotations of Dispute.
func (Dispute) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindDispute)} }

// OldKey is a key that a record had: it redirects, and no other record takes it.
type OldKey struct{ ent.Schema }

// Mixin of OldKey.
func (OldKey) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindOldKey}} }

// Fields of OldKey.
func (OldKey) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.Enum("kind").GoType(term.RecordKind("")).Immutable(),
		field.String("key").Immutable(),
	}
}

// Edges of OldKey.
func (OldKey) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("old_keys").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
	}
}

// Indexes of OldKey.
func (OldKey) Indexes() []ent.Index {
	return []ent.Index{index.Fields("kind", "key").Unique(), index.Fields("record_id")}
}

// Annotations of OldKey: it is no type of its own outside.
func (OldKey) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindOldKey)}
}

// OnceKey remembers what a mutation with an Idempotency-Key did, so that a retry does not do it again.
type OnceKey struct{ ent.Schema }

// Mixin of OnceKey.
func (OnceKey) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindOnce}} }

// Fields of OnceKey.
func (OnceKey) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person").GoType(term.ID(0)).Immutable(),
		field.String("key").Immutable().Comment("As sent, with the place of the mutation in its operation."),
		field.String("request_hash").Immutable().Comment("SHA-256 of the mutation and its input: the same key with another is a mistake."),
		field.Int64("result").GoType(term.ID(0)).Immutable().Comment("What the mutation made or changed."),
		field.String("at").GoType(term.Instant("")).Immutable(),
	}
}

// Indexes of OnceKey.
func (OnceKey) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person", "key").Unique(), index.Fields("at")}
}

// Annotations of OnceKey: it is nobody's business outside.
func (OnceKey) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindOnce)}
}

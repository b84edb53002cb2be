package schema

import (
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// PolicyDocument is a policy: a national plan or strategy, or a regional work plan. Outside it is called Policy; ent
// keeps that name for itself.
type PolicyDocument struct{ ent.Schema }

// Mixin of PolicyDocument.
func (PolicyDocument) Mixin() []ent.Mixin {
	return []ent.Mixin{Catalogued{kind: term.KindPolicy, ref: "policies"}}
}

// Fields of PolicyDocument.
func (PolicyDocument) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)).Optional().Nillable().Comment("Empty for a policy of the region."),
		field.Text("title"),
		field.String("number").Optional().Nillable(),
		field.String("period_from").GoType(term.PartialDate("")).Default("").Annotations(entgql.OrderField("PERIOD")),
		field.String("period_to").GoType(term.PartialDate("")).Default(""),
		field.Enum("status").GoType(term.PolicyStatus("")),
		field.Text("lead_authority").Optional().Nillable().Comment("The lead authority in the words of the source."),
		field.Int64("lead_actor_id").GoType(term.ID(0)).Optional().Nillable(),
		reading("comprehensive_trafficking", term.Comprehensiveness("")),
		reading("comprehensive_smuggling", term.Comprehensiveness("")),
		field.Int64("superseded_by_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Text("summary").Optional().Nillable(),
	}
}

// Edges of PolicyDocument.
func (PolicyDocument) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("state", State.Type).Ref("policies").Field("state_id").Unique(),
		edge.From("lead_actor", Actor.Type).Ref("policies_led").Field("lead_actor_id").Unique(),
		edge.To("supersedes", PolicyDocument.Type).From("superseded_by").Field("superseded_by_id").Unique(),
	}
}

// Annotations of PolicyDocument.
func (PolicyDocument) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Implements("Policy")}
}

// Indexes of PolicyDocument.
func (PolicyDocument) Indexes() []ent.Index { return []ent.Index{index.Fields("state_id")} }

// CoordinationMechanism is a committee, agreement, process or network through which States work together.
type CoordinationMechanism struct{ ent.Schema }

// Mixin of CoordinationMechanism.
func (CoordinationMechanism) Mixin() []ent.Mixin {
	return []ent.Mixin{Catalogued{kind: term.KindMechanism, ref: "mechanisms"}}
}

// Fields of CoordinationMechanism.
func (CoordinationMechanism) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)).Optional().Nillable().Comment("The State of a national mechanism."),
		field.Text("name"),
		field.String("acronym").Optional().Nillable(),
		field.Enum("level").GoType(term.MechanismLevel("")).Annotations(entgql.OrderField("LEVEL")),
		field.Enum("form").GoType(term.MechanismForm("")),
		field.Enum("status").GoType(term.MechanismStatus("")),
		field.Text("subject").Optional().Nillable(),
		field.Text("mandate").Optional().Nillable(),
		field.String("founded_on").GoType(term.PartialDate("")).Default("").Annotations(entgql.OrderField("FOUNDED")),
		field.Text("secretariat").Optional().Nillable().Comment("Who serves the mechanism, in the words of the source."),
		field.Int64("secretariat_actor_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Text("legal_basis").Optional().Nillable(),
		field.Int64("superseded_by_id").GoType(term.ID(0)).Optional().Nillable(),
	}
}

// Edges of CoordinationMechanism.
func (CoordinationMechanism) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("state", State.Type).Ref("mechanisms").Field("state_id").Unique(),
		edge.From("secretariat_actor", Actor.Type).Ref("mechanisms_served").Field("secretariat_actor_id").Unique(),
		edge.To("supersedes", CoordinationMechanism.Type).From("superseded_by").Field("superseded_by_id").Unique(),
		edge.To("members", MechanismMember.Type),
	}
}

// Indexes of CoordinationMechanism.
func (CoordinationMechanism) Indexes() []ent.Index { return []ent.Index{index.Fields("state_id")} }

// MechanismMember is a State or an organisation in a coordination mechanism, with its dates.
type MechanismMember struct{ ent.Schema }

// Mixin of MechanismMember.
func (MechanismMember) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindMechanismMember}}
}

// Fields of MechanismMember.
func (MechanismMember) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("mechanism_id").GoType(term.ID(0)).Immutable(),
		field.Int("position").Default(0),
		field.Int64("state_id").GoType(term.ID(0)).Optional().Nillable().Immutable(),
		field.Int64("actor_id").GoType(term.ID(0)).Optional().Nillable().Immutable(),
		field.String("since").GoType(term.PartialDate("")).Default(""),
		field.String("until").GoType(term.PartialDate("")).Default(""),
	}
}

// Edges of MechanismMember.
func (MechanismMember) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("mechanism", CoordinationMechanism.Type).Ref("members").Field("mechanism_id").Required().Unique().Immutable(),
		edge.From("state", State.Type).Ref("mechanism_memberships").Field("state_id").Unique().Immutable(),
		edge.From("actor", Actor.Type).Ref("mechanism_memberships").Field("actor_id").Unique().Immutable(),
	}
}

// Indexes of MechanismMember.
func (MechanismMember) Indexes() []ent.Index {
	return []ent.Index{index.Fields("mechanism_id", "position"), index.Fields("state_id"), index.Fields("actor_id")}
}

// Annotations of MechanismMember.
func (MechanismMember) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: term.KindMechanismMember.Table()}}
}

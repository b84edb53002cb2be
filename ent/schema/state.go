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

// State is a State or territory that the catalogue names; fourteen of them have a chapter.
type State struct{ ent.Schema }

// Mixin of State.
func (State) Mixin() []ent.Mixin { return []ent.Mixin{Catalogued{kind: term.KindState}} }

// Fields of State.
func (State) Fields() []ent.Field {
	return []ent.Field{
		field.String("code").MaxLen(3).Annotations(entgql.OrderField("CODE")).Comment("ISO 3166-1 alpha-3."),
		field.String("alpha2").MaxLen(2).Comment("ISO 3166-1 alpha-2."),
		field.String("m49").MaxLen(3).Comment("UN M49, three digits."),
		field.String("name").Comment("United Nations short name."),
		field.String("official_name").Optional().Nillable(),
		field.String("subregion").Optional().Nillable().Comment("UN M49 subregion."),
		field.String("capital").Optional().Nillable(),
	}
}

// Edges of State.
func (State) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("chapter", Chapter.Type).Unique(),
		edge.To("memberships", Membership.Type),
		edge.To("treaty_actions", TreatyAction.Type),
		edge.To("lead_authorities", LeadAuthority.Type),
		edge.To("actors", Actor.Type).Annotations(entgql.Skip()),
		edge.To("government_agencies", Actor.Type).Annotations(entgql.Skip()),
		edge.To("laws", Law.Type).Annotations(entgql.Skip()),
		edge.To("policies", PolicyDocument.Type).Annotations(entgql.Skip()),
		edge.To("mechanisms", CoordinationMechanism.Type).Annotations(entgql.Skip()),
		edge.To("mechanism_memberships", MechanismMember.Type).Annotations(entgql.Skip()),
		edge.To("activity_states", ActivityState.Type).Annotations(entgql.Skip()),
		edge.To("needs", Need.Type).Annotations(entgql.Skip()),
		edge.To("allocations", Allocation.Type).Annotations(entgql.Skip()),
	}
}

// Indexes of State.
func (State) Indexes() []ent.Index { return []ent.Index{index.Fields("code").Unique()} }

// Membership is a State's dated membership of a group.
type Membership struct{ ent.Schema }

// Mixin of Membership.
func (Membership) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindMembership}} }

// Fields of Membership.
func (Membership) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)).Immutable(),
		field.Enum("group").GoType(term.Group("")).Immutable(),
		field.Bool("member").Default(true).Comment("False where a source says that the State is no member."),
		field.String("since").GoType(term.PartialDate("")).Default(""),
		field.String("until").GoType(term.PartialDate("")).Default(""),
		field.Text("note").Optional().Nillable(),
		field.Enum("confidence").GoType(term.Confidence("")).Default(string(term.ConfidenceUnknown)),
		field.Enum("evidence").GoType(term.Evidence("")).Default(string(term.UnknownEvidence)),
	}
}

// Edges of Membership.
func (Membership) Edges() []ent.Edge {
	return []ent.Edge{edge.From("state", State.Type).Ref("memberships").Field("state_id").Required().Unique().Immutable()}
}

// Indexes of Membership.
func (Membership) Indexes() []ent.Index {
	return []ent.Index{index.Fields("state_id", "group", "since").Unique(), index.Fields("group", "state_id")}
}

// TreatyAction is what a State did about a treaty.
type TreatyAction struct{ ent.Schema }

// Mixin of TreatyAction.
func (TreatyAction) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindTreatyAction}}
}

// Fields of TreatyAction.
func (TreatyAction) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)).Immutable(),
		field.Enum("treaty").GoType(term.Treaty("")).Immutable(),
		field.Bool("party").Comment("Whether the State is bound."),
		field.String("signed_on").GoType(term.PartialDate("")).Default(""),
		field.String("bound_on").GoType(term.PartialDate("")).Default("").Comment("Ratification, accession or succession."),
		field.Enum("mode").GoType(term.TreatyMode("")).Default(string(term.ModeUnknown)),
		field.Text("reservations").Optional().Nillable(),
		field.Enum("confidence").GoType(term.Confidence("")).Default(string(term.ConfidenceUnknown)),
		field.Text("note").Optional().Nillable(),
	}
}

// Edges of TreatyAction.
func (TreatyAction) Edges() []ent.Edge {
	return []ent.Edge{edge.From("state", State.Type).Ref("treaty_actions").Field("state_id").Required().Unique().Immutable()}
}

// Indexes of TreatyAction.
func (TreatyAction) Indexes() []ent.Index {
	return []ent.Index{index.Fields("state_id", "treaty").Unique()}
}

// LeadAuthority is the authority that leads on a theme in a State.
type LeadAuthority struct{ ent.Schema }

// Mixin of LeadAuthority.
func (LeadAuthority) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindLeadAuthority}}
}

// Fields of LeadAuthority.
func (LeadAuthority) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)).Immutable(),
		field.Int64("actor_id").GoType(term.ID(0)),
		field.Enum("theme").GoType(term.Theme("")).Immutable(),
	}
}

// Edges of LeadAuthority.
func (LeadAuthority) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("state", State.Type).Ref("lead_authorities").Field("state_id").Required().Unique().Immutable(),
		edge.From("actor", Actor.Type).Ref("leads").Field("actor_id").Required().Unique(),
	}
}

// Indexes of LeadAuthority.
func (LeadAuthority) Indexes() []ent.Index {
	return []ent.Index{index.Fields("state_id", "theme", "actor_id").Unique(), index.Fields("actor_id")}
}

// Annotations of LeadAuthority.
func (LeadAuthority) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: term.KindLeadAuthority.Table()}}
}

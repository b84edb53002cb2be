package schema

import (
	"adam/ent/rule"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Actor is a state authority, an organisation, a donor agency, an academic body or a contractor.
type Actor struct{ ent.Schema }

// Mixin of Actor.
func (Actor) Mixin() []ent.Mixin {
	return []ent.Mixin{Catalogued{kind: term.KindActor, ref: "actors"}}
}

// Fields of Actor.
func (Actor) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("acronym").Optional().Nillable(),
		field.Enum("kind").GoType(term.ActorKind("")).Annotations(entgql.OrderField("KIND")),
		field.JSON("stated_roles", []term.StatedRole{}).Default([]term.StatedRole{}),
		field.Int64("state_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Int64("government_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Int64("parent_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Int64("successor_id").GoType(term.ID(0)).Optional().Nillable(),
		field.String("seat").Optional().Nillable(),
		field.Text("mandate").Optional().Nillable(),
		field.Text("website").Optional().Nillable(),
		field.Bool("safety").Default(false).Comment("The location is never shown."),
		field.String("organisation_identifier").Optional().Nillable().Comment("IATI or org-id.guide."),
		field.String("organisation_type").Optional().Nillable().Comment("IATI codelist OrganisationType."),
	}
}

// Edges of Actor.
func (Actor) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("state", State.Type).Ref("actors").Field("state_id").Unique(),
		edge.From("government", State.Type).Ref("government_agencies").Field("government_id").Unique(),
		edge.To("children", Actor.Type).From("parent").Field("parent_id").Unique(),
		edge.To("predecessors", Actor.Type).From("successor").Field("successor_id").Unique(),
		edge.To("other_names", OtherName.Type),
		edge.To("contacts", Contact.Type),
		edge.To("leads", LeadAuthority.Type).Annotations(entgql.Skip()),
		edge.To("policies_led", PolicyDocument.Type).Annotations(entgql.Skip()),
		edge.To("mechanisms_served", CoordinationMechanism.Type).Annotations(entgql.Skip()),
		edge.To("mechanism_memberships", MechanismMember.Type).Annotations(entgql.Skip()),
		edge.To("participations", Participation.Type).Annotations(entgql.RelayConnection()),
		edge.To("provided", Funding.Type).Annotations(entgql.Skip()),
		edge.To("received", Funding.Type).Annotations(entgql.Skip()),
		edge.To("reported", Activity.Type).Annotations(entgql.Skip()),
		edge.To("fundings_reported", Funding.Type).Annotations(entgql.Skip()),
		edge.To("needs", Need.Type).Annotations(entgql.Skip()),
		edge.To("cycles", ReviewCycle.Type).Annotations(entgql.Skip()),
		edge.To("responses", Response.Type).Annotations(entgql.Skip()),
	}
}

// Indexes of Actor.
func (Actor) Indexes() []ent.Index {
	return []ent.Index{index.Fields("state_id"), index.Fields("government_id"), index.Fields("parent_id"), index.Fields("updated_at").StorageKey("actor_updated_at")}
}

// OtherName is another name of an actor.
type OtherName struct{ ent.Schema }

// Mixin of OtherName.
func (OtherName) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindOtherName}} }

// Fields of OtherName.
func (OtherName) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("actor_id").GoType(term.ID(0)).Immutable(),
		field.String("name"),
		field.Enum("kind").GoType(term.NameKind("")).Default(string(term.NameOther)),
		field.String("language").Optional().Nillable().Comment("BCP 47."),
	}
}

// Edges of OtherName.
func (OtherName) Edges() []ent.Edge {
	return []ent.Edge{edge.From("actor", Actor.Type).Ref("other_names").Field("actor_id").Required().Unique().Immutable()}
}

// Indexes of OtherName.
func (OtherName) Indexes() []ent.Index { return []ent.Index{index.Fields("actor_id", "name").Unique()} }

// Contact is how to reach a unit of an actor. Each has its own visibility: members only unless said otherwise.
type Contact struct{ ent.Schema }

// Mixin of Contact.
func (Contact) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindContact}} }

// Fields of Contact.
func (Contact) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("actor_id").GoType(term.ID(0)).Immutable(),
		field.Enum("visibility").GoType(term.Visibility("")).Default(string(term.Members)),
		field.Enum("kind").GoType(term.ContactKind("")),
		field.String("unit").Optional().Nillable(),
		field.String("person").Optional().Nillable().Comment("Name of a person; shown only with consent, else the unit."),
		field.Bool("consent").Default(false).Comment("Whether the person agreed to be named."),
		field.Text("value"),
	}
}

// Edges of Contact.
func (Contact) Edges() []ent.Edge {
	return []ent.Edge{edge.From("actor", Actor.Type).Ref("contacts").Field("actor_id").Required().Unique().Immutable()}
}

// Indexes of Contact.
func (Contact) Indexes() []ent.Index { return []ent.Index{index.Fields("actor_id")} }

// Hooks of OtherName keep the search document of what it belongs to.
func (OtherName) Hooks() []ent.Hook { return rule.PartHooks("actor_id") }

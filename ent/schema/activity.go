package schema

import (
	"adam/ent/rule"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Activity is a capacity-building (technical-assistance) activity.
type Activity struct{ ent.Schema }

// Mixin of Activity.
func (Activity) Mixin() []ent.Mixin {
	return []ent.Mixin{Catalogued{kind: term.KindActivity, ref: "activities"}}
}

// Fields of Activity.
func (Activity) Fields() []ent.Field {
	partial := term.PartialDate("")
	return []ent.Field{
		field.Text("title"),
		field.String("acronym").Optional().Nillable(),
		field.Text("summary").Optional().Nillable(),
		field.JSON("assistance_types", []term.AssistanceType{}).Default([]term.AssistanceType{}),
		field.JSON("target_audiences", []term.Audience{}).Default([]term.Audience{}),
		field.JSON("delivery_modes", []term.DeliveryMode{}).Default([]term.DeliveryMode{}),
		field.Enum("status").GoType(term.ActivityStatus("")).Default(string(term.StatusUnknown)).Annotations(entgql.OrderField("STATUS")),
		field.Bool("regional").Default(false).Comment("About the region as such; several States alone do not make it so."),
		field.JSON("places", []string{}).Default([]string{}),
		field.String("start_on").GoType(partial).Default("").Annotations(entgql.OrderField("START")).
			Comment("What is known of the start: actual, else planned, else as stated without saying which."),
		field.String("end_on").GoType(partial).Default("").Annotations(entgql.OrderField("END")),
		field.String("planned_start_on").GoType(partial).Default(""),
		field.String("planned_end_on").GoType(partial).Default(""),
		field.String("actual_start_on").GoType(partial).Default(""),
		field.String("actual_end_on").GoType(partial).Default(""),
		field.Int64("reporter_id").GoType(term.ID(0)).Optional().Nillable().
			Comment("The organisation that answers for the record; where empty, those that fund or carry it out."),
		field.Int64("part_of_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Int64("follows_id").GoType(term.ID(0)).Optional().Nillable(),
		field.JSON("purpose_codes", []string{}).Default([]string{}).Comment("DAC purpose codes."),
		field.Text("results").Optional().Nillable(),
		field.Bool("countable").Default(true).Comment("Its reporter allows it to be counted in figures."),
		field.Bool("fields_inferred").Optional().Nillable().Comment("Whether some fields come from the researcher's own knowledge."),
	}
}

// Edges of Activity.
func (Activity) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("activity_states", ActivityState.Type).Annotations(entgql.MapsTo("states", "allocations")),
		edge.To("participations", Participation.Type).
			Annotations(entgql.MapsTo("participations", "donors", "implementers", "partners", "beneficiaries")),
		edge.To("fundings", Funding.Type).Annotations(entgql.RelayConnection()),
		edge.To("external_identifiers", ExternalIdentifier.Type),
		edge.To("overlaps", Overlap.Type).Annotations(entgql.RelayConnection()),
		edge.From("reporter", Actor.Type).Ref("reported").Field("reporter_id").Unique(),
		edge.To("parts", Activity.Type).Annotations(entgql.RelayConnection()).From("part_of").Field("part_of_id").Unique(),
		edge.To("followed_by", Activity.Type).Annotations(entgql.RelayConnection()).From("follows").Field("follows_id").Unique(),
	}
}

// Indexes of Activity.
func (Activity) Indexes() []ent.Index {
	return []ent.Index{index.Fields("start_on", "id"), index.Fields("end_on"), index.Fields("part_of_id"), index.Fields("follows_id"), index.Fields("reporter_id"),
		index.Fields("updated_at").StorageKey("activity_updated_at"),
		index.Fields("visibility", "start_on")}
}

// ActivityState is a State where an activity takes place, with its share of the money where that was stated.
type ActivityState struct{ ent.Schema }

// Mixin of ActivityState.
func (ActivityState) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindActivityState}}
}

// Fields of ActivityState.
func (ActivityState) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("activity_id").GoType(term.ID(0)).Immutable(),
		field.Int64("state_id").GoType(term.ID(0)).Immutable(),
		field.Int("position").Default(0),
		field.String("percentage").GoType(term.Decimal("")).Default("").Comment("Per cent of the activity as stated; empty where not."),
	}
}

// Edges of ActivityState.
func (ActivityState) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("activity", Activity.Type).Ref("activity_states").Field("activity_id").Required().Unique().Immutable(),
		edge.From("state", State.Type).Ref("activity_states").Field("state_id").Required().Unique().Immutable(),
	}
}

// Indexes of ActivityState.
func (ActivityState) Indexes() []ent.Index {
	return []ent.Index{index.Fields("activity_id", "state_id").Unique(), index.Fields("state_id", "activity_id")}
}

// Annotations of ActivityState.
func (ActivityState) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: term.KindActivityState.Table()}}
}

// Participation is what an actor does in an activity.
type Participation struct{ ent.Schema }

// Mixin of Participation.
func (Participation) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindParticipation}}
}

// Fields of Participation.
func (Participation) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("activity_id").GoType(term.ID(0)).Immutable(),
		field.Int64("actor_id").GoType(term.ID(0)).Immutable(),
		field.Enum("role").GoType(term.ParticipationRole("")).Immutable(),
		field.Int("position").Default(0),
		field.Bool("inferred").Default(false).Comment("The source names the government; which agency is inferred."),
	}
}

// Edges of Participation.
func (Participation) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("activity", Activity.Type).Ref("participations").Field("activity_id").Required().Unique().Immutable(),
		edge.From("actor", Actor.Type).Ref("participations").Field("actor_id").Required().Unique().Immutable(),
	}
}

// Indexes of Participation.
func (Participation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("activity_id", "role", "actor_id").Unique(), index.Fields("actor_id", "role", "activity_id")}
}

// Annotations of Participation.
func (Participation) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// ExternalIdentifier is what an activity is called in another system, such as IATI.
type ExternalIdentifier struct{ ent.Schema }

// Mixin of ExternalIdentifier.
func (ExternalIdentifier) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindExternalIdentifier}}
}

// Fields of ExternalIdentifier.
func (ExternalIdentifier) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("activity_id").GoType(term.ID(0)).Immutable(),
		field.Int("position").Default(0),
		field.String("value"),
	}
}

// Edges of ExternalIdentifier.
func (ExternalIdentifier) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("activity", Activity.Type).Ref("external_identifiers").Field("activity_id").Required().Unique().Immutable(),
	}
}

// Indexes of ExternalIdentifier.
func (ExternalIdentifier) Indexes() []ent.Index {
	return []ent.Index{index.Fields("activity_id", "value").Unique(), index.Fields("value")}
}

// Annotations of ExternalIdentifier.
func (ExternalIdentifier) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: term.KindExternalIdentifier.Table()}}
}

// Hooks of ExternalIdentifier keep the search document of what it belongs to.
func (ExternalIdentifier) Hooks() []ent.Hook { return rule.PartHooks("activity_id") }

// Interceptors of Participation.
func (Participation) Interceptors() []ent.Interceptor { return rule.WithActor() }

// Interceptors of ActivityState.
func (ActivityState) Interceptors() []ent.Interceptor { return rule.WithState() }

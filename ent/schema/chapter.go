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

// Chapter is the part of the catalogue about one State, or about the region.
type Chapter struct{ ent.Schema }

// Mixin of Chapter.
func (Chapter) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindChapter}} }

// Fields of Chapter.
func (Chapter) Fields() []ent.Field {
	return []ent.Field{
		field.String("code").MaxLen(8).Immutable().Annotations(entgql.OrderField("CODE")).Comment("The State's alpha-3 code, or REGIONAL."),
		field.String("title").Annotations(entgql.OrderField("TITLE")),
		field.String("time_zone").Comment("IANA zone in which the chapter's deadlines are counted."),
		field.Int64("state_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Enum("status").GoType(term.ReviewStatus("")).Default(string(term.NotOpened)).Comment("The stage of its current review cycle."),
		field.Bool("readings_released").Default(false).
			Comment("Whether the State's first review is over or its two months have passed: until then readings are for members."),
		field.Enum("verified_status").GoType(term.VerificationStatus("")).Default(string(term.Unverified)),
		field.String("verified_by").Optional().Nillable(),
		field.String("verified_on").GoType(term.Date("")).Default(""),
		field.String("verified_until").GoType(term.Date("")).Default(""),
	}
}

// Edges of Chapter.
func (Chapter) Edges() []ent.Edge {
	relay := entgql.RelayConnection()
	return []ent.Edge{
		edge.From("state", State.Type).Ref("chapter").Field("state_id").Unique(),
		edge.To("actors", Actor.Type).Annotations(relay),
		edge.To("laws", Law.Type).Annotations(relay),
		edge.To("policies", PolicyDocument.Type).Annotations(relay),
		edge.To("mechanisms", CoordinationMechanism.Type).Annotations(relay),
		edge.To("activities", Activity.Type).Annotations(relay),
		edge.To("cycles", ReviewCycle.Type).Annotations(relay),
		edge.To("responses", Response.Type).Annotations(entgql.Skip()),
		edge.To("completeness", Completeness.Type),
	}
}

// Indexes of Chapter.
func (Chapter) Indexes() []ent.Index { return []ent.Index{index.Fields("code").Unique()} }

// Annotations of Chapter.
func (Chapter) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// Edition is one publication of the catalogue. Its files live beside the working store.
type Edition struct{ ent.Schema }

// Mixin of Edition.
func (Edition) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindEdition}} }

// Fields of Edition.
func (Edition) Fields() []ent.Field {
	return []ent.Field{
		field.Int("number").Positive().Immutable().Annotations(entgql.OrderField("NUMBER")),
		field.Enum("status").GoType(term.EditionStatus("")).Default(string(term.EditionBuilding)),
		field.String("date").GoType(term.Date("")).Immutable().Comment("The day of publication, UTC."),
		field.String("released_at").GoType(term.Instant("")).Immutable().Comment("The instant of publication."),
		field.Text("summary").Default("").Comment("What this edition is, in a sentence."),
		field.Text("withdrawn_reason").Optional().Nillable(),
		field.String("withdrawn_on").GoType(term.Date("")).Default(""),
	}
}

// Indexes of Edition.
func (Edition) Indexes() []ent.Index { return []ent.Index{index.Fields("number").Unique()} }

// Annotations of Edition.
func (Edition) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

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

// Need is assistance that a beneficiary authority has asked for. It stands in no chapter: it is asked of others.
type Need struct{ ent.Schema }

// Mixin of Need.
func (Need) Mixin() []ent.Mixin { return []ent.Mixin{Catalogued{kind: term.KindNeed}} }

// Fields of Need.
func (Need) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)),
		field.Int64("authority_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Text("title"),
		field.Enum("assistance_type").GoType(term.AssistanceType("")),
		field.Enum("gap_kind").GoType(term.NeedGap("")).Optional().Nillable().Comment("Which gap of the State it answers, on its themes."),
		field.Text("gap").Optional().Nillable().Comment("The gap in words."),
		field.Enum("priority").GoType(term.NeedPriority("")).Default("NOT_STATED"),
		field.Enum("status").GoType(term.NeedStatus("")).Default(string(term.NeedOpen)).
			Comment("What the State's side has said: open, or met. What is between follows from the offers that a viewer sees (decision 026)."),
		field.Int64("met_by_id").GoType(term.ID(0)).Optional().Nillable().Comment("The activity by which it is met."),
	}
}

// Edges of Need.
func (Need) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("state", State.Type).Ref("needs").Field("state_id").Required().Unique(),
		edge.From("authority", Actor.Type).Ref("needs").Field("authority_id").Unique(),
		edge.To("met_by", Activity.Type).Field("met_by_id").Unique(),
		edge.To("offers", NeedOffer.Type).Annotations(entgql.RelayConnection()),
	}
}

// Indexes of Need.
func (Need) Indexes() []ent.Index {
	return []ent.Index{index.Fields("state_id"), index.Fields("authority_id"), index.Fields("met_by_id")}
}

// Questionnaire is a set of questions that was sent out.
type Questionnaire struct{ ent.Schema }

// Mixin of Questionnaire.
func (Questionnaire) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindQuestionnaire}}
}

// Fields of Questionnaire.
func (Questionnaire) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").Immutable().Annotations(entgql.OrderField("KEY")),
		field.Text("title"),
		field.Enum("kind").GoType(term.QuestionnaireKind("")),
		field.String("sent_on").GoType(term.PartialDate("")).Default(""),
		field.Text("note").Optional().Nillable(),
		field.JSON("tally", map[string]int{}).Optional().Annotations(entgql.Skip()).
			Comment("How many gave which answer: the public sees numbers, not who. Written with every response."),
	}
}

// Edges of Questionnaire.
func (Questionnaire) Edges() []ent.Edge {
	return []ent.Edge{edge.To("responses", Response.Type).Annotations(entgql.RelayConnection())}
}

// Indexes of Questionnaire.
func (Questionnaire) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// Annotations of Questionnaire.
func (Questionnaire) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// Response is what came back from whoever was asked: rule 1 keeps the ways of not knowing apart.
type Response struct{ ent.Schema }

// Mixin of Response.
func (Response) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindResponse}} }

// Fields of Response.
func (Response) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("questionnaire_id").GoType(term.ID(0)).Immutable(),
		field.Int64("chapter_id").GoType(term.ID(0)).Optional().Nillable().Immutable(),
		field.Int64("actor_id").GoType(term.ID(0)).Optional().Nillable().Immutable(),
		field.Enum("status").GoType(term.ResponseStatus("")).Default("NOT_ASKED"),
		field.String("asked_on").GoType(term.PartialDate("")).Default(""),
		field.String("received_on").GoType(term.PartialDate("")).Default(""),
		field.Text("note").Optional().Nillable(),
		field.JSON("withheld", []string{}).Default([]string{}),
	}
}

// Edges of Response.
func (Response) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("questionnaire", Questionnaire.Type).Ref("responses").Field("questionnaire_id").Required().Unique().Immutable(),
		edge.From("chapter", Chapter.Type).Ref("responses").Field("chapter_id").Unique().Immutable(),
		edge.From("actor", Actor.Type).Ref("responses").Field("actor_id").Unique().Immutable(),
	}
}

// Indexes of Response.
func (Response) Indexes() []ent.Index {
	return []ent.Index{index.Fields("questionnaire_id"), index.Fields("chapter_id"), index.Fields("actor_id")}
}

// Annotations of Response.
func (Response) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

package schema

import (
	"adam/internal/term"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Release is a proposal of the secretariat to publish the working store as it stands. Another person of the secretariat
// decides on it. Only package edition writes it.
type Release struct{ ent.Schema }

// Mixin of Release.
func (Release) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindRelease}} }

// Fields of Release.
func (Release) Fields() []ent.Field {
	return []ent.Field{
		field.Text("summary").Immutable().Comment("What the edition will be, in a sentence."),
		field.Text("note").Optional().Nillable().Immutable().Comment("Why, for whoever decides."),
		field.String("proposed_by").Immutable().Comment("The institution."),
		field.Int64("proposer").GoType(term.ID(0)).Immutable().Comment("Who proposed it; no reference, so that the person can be erased."),
		field.String("proposed_at").GoType(term.Instant("")).Immutable(),
		field.Int64("seen").Immutable().Comment("The number in the log of the newest change when whoever proposed it looked."),
		field.Enum("status").GoType(term.ReleaseStatus("")).Default(string(term.ReleaseProposed)),
		field.String("decided_by").Optional().Nillable(),
		field.Int64("decider").GoType(term.ID(0)).Default(0),
		field.String("decided_at").GoType(term.Instant("")).Default(""),
		field.Text("reason").Optional().Nillable().Comment("Of the decision."),
		field.Int("edition").Default(0).Comment("The number of the edition that came of it; 0 where none did."),
	}
}

// Indexes of Release.
func (Release) Indexes() []ent.Index {
	return []ent.Index{index.Fields("status"), index.Fields("proposed_at")}
}

// Annotations of Release.
func (Release) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindRelease)}
}

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

// Overlap is a pair of activities that may be one reported twice, or that may duplicate assistance. It is copied into
// an edition only with both activities, and only when it is settled as something that readers must know.
type Overlap struct{ ent.Schema }

// Mixin of Overlap.
func (Overlap) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindOverlap}} }

// Fields of Overlap.
func (Overlap) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").GoType(term.OverlapKind("")).Comment("What it was found as, or what it was decided to be."),
		field.String("pair_key").Optional().Nillable().Immutable().Unique().Comment("The ids of the two, the smaller first: no pair is kept twice."),
		field.String("score").GoType(term.Decimal("")).
			Comment("From 0 to 1, as the engine found it with the eyes of every member; empty in an edition."),
		field.Int("rank").Default(0).Annotations(entgql.OrderField("RANK")).
			Comment("Likelihood by money: what a coordinator looks at first. From what every member sees; 0 in an edition."),
		field.String("found_at").GoType(term.Instant("")).Default("").Immutable().Annotations(entgql.OrderField("FOUND")),
		field.Int("version").Default(1).Positive().Comment("Counts the decisions; whoever decides may name the version she read."),
		field.Enum("decision").GoType(term.OverlapDecision("")).Default(string(term.OverlapOpen)),
		field.Enum("relation").GoType(term.RelationKind("")).Optional().Nillable().Comment("How related ones belong together."),
		field.Text("reason").Optional().Nillable(),
		field.String("decided_by").Optional().Nillable().Comment("The institution, never the official."),
		field.String("decided_at").GoType(term.Instant("")).Default(""),
		field.Int64("person").GoType(term.ID(0)).Default(0).Comment("Who decided; no reference, so that the person can be erased."),
		field.Bool("own_interest").Default(false).Comment("Who decided also reports for an organisation that answers for one of the two."),
		field.Int64("assigned_to").GoType(term.ID(0)).Default(0).Comment("The person who looks at it; 0 where nobody does."),
		field.String("assignee").Optional().Nillable().Comment("Her institution."),
		field.String("compared").Default("").Comment("A digest of what was compared when it was decided."),
		field.Bool("changed").Default(false).Comment("What was compared is another than when it was decided."),
		field.JSON("steps", []term.OverlapStep{}).Default([]term.OverlapStep{}).Comment("What was decided, in its order: one is added at a time, none is changed."),
		field.JSON("merge", &term.Merge{}).Optional().Comment("What making them one has changed; only the program reads it."),
	}
}

// Edges of Overlap.
func (Overlap) Edges() []ent.Edge {
	return []ent.Edge{edge.From("activities", Activity.Type).Ref("overlaps")}
}

// Indexes of Overlap: by what a coordinator looks at first.
func (Overlap) Indexes() []ent.Index {
	return []ent.Index{index.Fields("decision", "rank"), index.Fields("assigned_to")}
}

// Annotations of Overlap.
func (Overlap) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

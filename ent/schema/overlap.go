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
		field.JSON("seen", &term.PairSeen{}).Optional().Comment("What was compared when it was last scored, with the eyes of every member."),
		field.JSON("lesson", &term.PairLesson{}).Optional().Comment("The words of each title that the other lacks; only the program reads it."),
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

// OverlapWeights is a version of the weights that pairs are scored with, learnt from decisions. The newest one that is used
// counts; where there is none, the shipped ones do. Only package overlap writes it.
type OverlapWeights struct{ ent.Schema }

// Mixin of OverlapWeights.
func (OverlapWeights) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindOverlapWeights}}
}

// Fields of OverlapWeights.
func (OverlapWeights) Fields() []ent.Field {
	return []ent.Field{
		field.String("version").Immutable().Unique(),
		field.String("learnt_at").GoType(term.Instant("")).Immutable(),
		field.Int("decisions").Immutable().Comment("How many taught it."),
		field.String("loss_before").GoType(term.Decimal("")).Immutable().
			Comment("How wrong the shipped weights were on decisions: the mean of the negative natural logarithms of the odds that they gave to what was decided."),
		field.String("loss_after").GoType(term.Decimal("")).Immutable().Comment("The same of weights learnt from the other half of the decisions."),
		field.Bool("used").Comment("False where they were no better, or somebody turned them off."),
		field.Text("weights").Immutable().Comment("As in weights.tsv."),
		field.JSON("words", []term.TaughtWords{}).Immutable().Comment("Words that mean the same."),
	}
}

// Annotations of OverlapWeights.
func (OverlapWeights) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindOverlapWeights)}
}

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

// ReviewCycle is one round of verification: of a chapter by its focal point, or of a portfolio by its reporter. Only
// package review changes it.
type ReviewCycle struct{ ent.Schema }

// Mixin of ReviewCycle.
func (ReviewCycle) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindReviewCycle}} }

// Fields of ReviewCycle.
func (ReviewCycle) Fields() []ent.Field {
	return append(cycleDates(),
		field.Int64("chapter_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("The chapter; or else"),
		field.Int64("actor_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("the organisation whose portfolio it is."),
		field.Enum("purpose").GoType(term.ReviewPurpose("")).Default(string(term.ChapterReview)).Immutable(),
		field.Int("year").Annotations(entgql.OrderField("YEAR")),
		field.Enum("status").GoType(term.ReviewStatus("")).Default(string(term.AwaitingNomination)),
		field.String("resumes").GoType(term.ReviewStatus("")).Default("").Comment("Of a suspended one: the stage that it goes on from."),
		field.String("addressee").Optional().Nillable(),
		field.String("reference").Optional().Nillable(),
		field.Text("remark").Optional().Nillable().Comment("Why it was returned, declined or suspended."),
		field.Int("base_edition").Default(0).Comment("The edition against which changes are shown; 0 where there is none."),
		field.String("base_at").GoType(term.Instant("")).Default("").Comment("When that edition was cut."),
		field.Text("statement").Optional().Nillable().Comment("What is signed."),
		field.String("signatory").Optional().Nillable(),
		field.String("position").Optional().Nillable(),
		field.String("verifier").Optional().Nillable().Comment("The institution that completed it, never the official."),
		field.Bool("nothing_planned").Default(false).Annotations(entgql.Skip()).Comment("Of a quarter: whoever is asked said that nothing is planned."),
		field.Int64("completed_by").GoType(term.ID(0)).Default(0).Comment("Who completed it: somebody else publishes."),
		field.Int("edition").Default(0).Comment("The edition that published it; 0 where none did."),
	)
}

// cycleDates are the days of a cycle, all in the time zone of its chapter.
func cycleDates() []ent.Field {
	day := func(name string) ent.Field { return field.String(name).GoType(term.Date("")).Default("") }
	return []ent.Field{
		field.String("opened_on").GoType(term.Date("")), day("nomination_due_on"), field.String("review_due_on").GoType(term.Date("")),
		day("completed_on"), day("published_on"), day("next_review_due_on"),
	}
}

// Edges of ReviewCycle.
func (ReviewCycle) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("chapter", Chapter.Type).Ref("cycles").Field("chapter_id").Unique().Immutable(),
		edge.From("actor", Actor.Type).Ref("cycles").Field("actor_id").Unique().Immutable(),
		edge.To("items", ReviewItem.Type).Annotations(entgql.RelayConnection()),
		edge.To("steps", ReviewStep.Type),
		edge.To("sheet_merges", SheetMerge.Type).Annotations(entgql.Skip()),
	}
}

// Indexes of ReviewCycle: of a chapter or a portfolio no two begin on one day, so two servers cannot open it twice.
func (ReviewCycle) Indexes() []ent.Index {
	return []ent.Index{index.Fields("chapter_id", "opened_on").Unique(), index.Fields("actor_id", "purpose", "opened_on").Unique()}
}

// Annotations of ReviewCycle.
func (ReviewCycle) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection(), table(term.KindReviewCycle)}
}

// ReviewItem is one record of a cycle with its answer. What the answer will do to the catalogue waits here as a proposal
// until the cycle is published.
type ReviewItem struct{ ent.Schema }

// Mixin of ReviewItem.
func (ReviewItem) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindReviewItem}} }

// Fields of ReviewItem.
func (ReviewItem) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("cycle_id").GoType(term.ID(0)).Immutable(),
		field.Int64("record_id").GoType(term.ID(0)).Optional().Nillable().Comment("Empty for a new record until it is published."),
		field.Enum("kind").GoType(term.RecordKind("")).Immutable(),
		field.Int("position").Immutable().Annotations(entgql.OrderField("POSITION")).Comment("Own records first, then by type and name."),
		field.Bool("own").Immutable().Comment("Whether whoever is asked answers for the record."),
		field.Bool("ended").Default(false).Immutable().Comment("An activity that has ended: asked about for the last time."),
		field.Int("version").Default(1),
		field.Int("record_version").Comment("The version of the record that the answer is about."),
		field.Enum("status").GoType(term.ItemStatus("")).Default(string(term.ItemPending)),
		field.Bool("later").Default(false).Comment("Not sure, later: it stays pending with a mark."),
		field.Bool("hold").Default(false).Comment("Right, but not for publication: the owner is asked to restrict it."),
		field.Bool("bulk").Default(false).Comment("Confirmed in bulk, as unchanged."),
		field.Text("reason").Optional().Nillable(),
		field.Bool("active_here").Optional().Nillable().Comment("Of an activity that others answer for: whether it takes place here."),
		field.Text("authority").Optional().Nillable().Comment("With which authority."),
		field.String("by").Optional().Nillable().Comment("The institution that answered."),
		field.Int64("person").GoType(term.ID(0)).Default(0),
		field.String("at").GoType(term.Instant("")).Default(""),
		field.Text("letter").Optional().Nillable().Comment("Of an answer that the secretariat entered: the letter that it comes from."),
		field.Enum("proposal").GoType(term.ProposalKind("")).Default(string(term.NoProposal)),
		field.JSON("input", map[string]any{}).Optional().Annotations(entgql.Skip()).Comment("What the proposal writes, as package catalogue reads it."),
		field.JSON("difference", []term.Change{}).Default([]term.Change{}).Annotations(entgql.Skip()).Comment("What the proposal changes."),
	}
}

// Edges of ReviewItem.
func (ReviewItem) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("cycle", ReviewCycle.Type).Ref("items").Field("cycle_id").Required().Unique().Immutable(),
		edge.From("record", Record.Type).Ref("items").Field("record_id").Unique().Annotations(entgql.Skip()),
	}
}

// Indexes of ReviewItem.
func (ReviewItem) Indexes() []ent.Index {
	return []ent.Index{index.Fields("cycle_id", "record_id").Unique(), index.Fields("cycle_id", "position"), index.Fields("record_id")}
}

// Annotations of ReviewItem.
func (ReviewItem) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection(), table(term.KindReviewItem)}
}

// ReviewStep is something that happened to a cycle as a whole: who, when, why. Steps are only added.
type ReviewStep struct{ ent.Schema }

// Mixin of ReviewStep.
func (ReviewStep) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindReviewStep}} }

// Fields of ReviewStep.
func (ReviewStep) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("cycle_id").GoType(term.ID(0)).Immutable(),
		field.Enum("event").GoType(term.ReviewEvent("")).Immutable(),
		field.String("at").GoType(term.Instant("")).Immutable(),
		field.String("by").Immutable().Comment("The institution, or the program."),
		field.Int64("person").GoType(term.ID(0)).Default(0).Immutable(),
		field.Text("reason").Optional().Nillable().Immutable(),
		field.String("was").GoType(term.Date("")).Default("").Immutable().Comment("Of an extension: the day that was due before."),
		field.String("until").GoType(term.Date("")).Default("").Immutable().Comment("And the day that is due now."),
	}
}

// Edges of ReviewStep.
func (ReviewStep) Edges() []ent.Edge {
	return []ent.Edge{edge.From("cycle", ReviewCycle.Type).Ref("steps").Field("cycle_id").Required().Unique().Immutable()}
}

// Indexes of ReviewStep.
func (ReviewStep) Indexes() []ent.Index { return []ent.Index{index.Fields("cycle_id", "at")} }

// Annotations of ReviewStep.
func (ReviewStep) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindReviewStep)}
}

// RecordVerification is what one institution has verified of a record, until when.
type RecordVerification struct{ ent.Schema }

// Mixin of RecordVerification.
func (RecordVerification) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindVerification}}
}

// Fields of RecordVerification.
func (RecordVerification) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.Int64("chapter_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("The chapter whose State verified it; or else"),
		field.Int64("actor_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("the organisation that did."),
		field.Int64("cycle_id").GoType(term.ID(0)).Immutable(),
		field.Int("record_version").Immutable(),
		field.Enum("status").GoType(term.VerificationStatus("")).Comment("VERIFIED or DISPUTED; UNVERIFIED once the record was changed after."),
		field.String("by").Immutable().Comment("The institution, never the official."),
		field.String("verified_on").GoType(term.Date("")).Immutable(),
		field.String("verified_until").GoType(term.Date("")).Immutable(),
	}
}

// Edges of RecordVerification.
func (RecordVerification) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("verifications").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
		edge.To("chapter", Chapter.Type).Field("chapter_id").Unique().Immutable(),
		edge.To("actor", Actor.Type).Field("actor_id").Unique().Immutable(),
	}
}

// Indexes of RecordVerification.
func (RecordVerification) Indexes() []ent.Index {
	return []ent.Index{index.Fields("record_id", "verified_on"), index.Fields("cycle_id", "record_id").Unique()}
}

// Annotations of RecordVerification.
func (RecordVerification) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindVerification)}
}

// Completeness is what the secretariat says of how complete a chapter is on a theme.
type Completeness struct{ ent.Schema }

// Mixin of Completeness.
func (Completeness) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindCompleteness}} }

// Fields of Completeness.
func (Completeness) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("chapter_id").GoType(term.ID(0)).Immutable(),
		field.Enum("theme").GoType(term.Theme("")).Immutable(),
		field.Text("note"),
		field.String("by"),
		field.String("at").GoType(term.Instant("")),
	}
}

// Edges of Completeness.
func (Completeness) Edges() []ent.Edge {
	return []ent.Edge{edge.From("chapter", Chapter.Type).Ref("completeness").Field("chapter_id").Required().Unique().Immutable()}
}

// Indexes of Completeness.
func (Completeness) Indexes() []ent.Index {
	return []ent.Index{index.Fields("chapter_id", "theme").Unique()}
}

// Annotations of Completeness.
func (Completeness) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindCompleteness)}
}

// InclusionRule is what the catalogue takes in of a theme: data, so that it can be read and changed.
type InclusionRule struct{ ent.Schema }

// Mixin of InclusionRule.
func (InclusionRule) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindInclusion}} }

// Fields of InclusionRule.
func (InclusionRule) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("theme").GoType(term.Theme("")).Immutable(),
		field.String("begins").GoType(term.PartialDate("")).Default("").Comment("Activities from this date on; empty where all are taken in."),
		field.Text("note").Comment("The rule in a sentence."),
	}
}

// Indexes of InclusionRule.
func (InclusionRule) Indexes() []ent.Index { return []ent.Index{index.Fields("theme").Unique()} }

// Annotations of InclusionRule.
func (InclusionRule) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindInclusion)}
}

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

// Intake is the import of one file: outside it is called an import, which is a word of Go's own. Only package
// exchange/intake writes it.
type Intake struct{ ent.Schema }

// Mixin of Intake.
func (Intake) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindIntake}} }

// Fields of Intake.
func (Intake) Fields() []ent.Field {
	return []ent.Field{
		field.Text("file").Immutable().Comment("Its name, without a path."),
		field.String("digest").Comment("SHA-256 of the bytes of the file."),
		field.Int64("bytes"),
		field.String("format").Comment("Such as IATI 2.03, as the file says it."),
		field.Text("publisher").Comment("Who reports in the file; several, one a line, the first of many."),
		field.Text("licence").Optional().Nillable().Comment("In the words of the publisher; empty where not stated."),
		field.Text("rules").Immutable().Comment("Which activities were taken of the file, in a sentence."),
		field.Enum("status").GoType(term.IntakeStatus("")).Default(string(term.IntakeApplied)),
		field.String("at").GoType(term.Instant("")).Immutable(),
		field.String("by").Immutable().Comment("The institution or the program."),
		field.Int64("person").GoType(term.ID(0)).Default(0).Immutable(),
		field.JSON("counts", term.IntakeCounts{}),
		field.JSON("problems", []term.IntakeProblem{}).Comment("The first of each sort."),
		field.JSON("not_held", map[string]int{}).Comment("What the catalogue has no place for, by name, with how often it stood there."),
		field.String("undone_at").GoType(term.Instant("")).Default("").Comment("Empty while it counts."),
		field.String("undone_by").Default(""),
		field.JSON("stayed", []string{}).Comment("Of an undone one: the records that were touched since, and stay."),
	}
}

// Edges of Intake.
func (Intake) Edges() []ent.Edge {
	return []ent.Edge{edge.To("entries", IntakeEntry.Type).Annotations(entgql.Skip())}
}

// Indexes of Intake.
func (Intake) Indexes() []ent.Index { return []ent.Index{index.Fields("at")} }

// Annotations of Intake.
func (Intake) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindIntake)}
}

// IntakeEntry is what an import did with one record, and what the file said of it: so the next import knows what is new
// in its file and what was changed here, and an import can be undone.
type IntakeEntry struct{ ent.Schema }

// Mixin of IntakeEntry.
func (IntakeEntry) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindIntakeEntry}}
}

// Fields of IntakeEntry.
func (IntakeEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("intake_id").GoType(term.ID(0)).Immutable(),
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.String("identifier").Immutable().Comment("Of the activity, in the file; empty for an organisation."),
		field.String("publisher").Immutable().Comment("The identifier of the organisation that reports it."),
		field.Int("rank").Immutable().Comment("2 where the publisher owns the activity, 1 where it says so, 0 where it is a secondary reporter."),
		field.Enum("outcome").GoType(term.IntakeOutcome("")),
		field.String("digest").Immutable().Comment("SHA-256 of the draft."),
		field.Int("version").Comment("The version of the record when an import last wrote it."),
		field.Bool("current").Comment("Whether it is the newest of this publisher about the activity."),
		field.Int64("previous").GoType(term.ID(0)).Default(0).Immutable().Comment("The entry that was current before; 0 where there was none."),
		field.Text("draft").Immutable().Comment("What the file says, as JSON; empty for an organisation."),
		field.JSON("changes", []term.Change{}).Immutable().Comment("What became of the record; of one that differs, what stands here and what the file says."),
	}
}

// Edges of IntakeEntry.
func (IntakeEntry) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("intake", Intake.Type).Ref("entries").Field("intake_id").Required().Unique().Immutable(),
		edge.From("record", Record.Type).Ref("intake_entries").Field("record_id").Required().Unique().Immutable(),
	}
}

// Indexes of IntakeEntry.
func (IntakeEntry) Indexes() []ent.Index {
	return []ent.Index{index.Fields("identifier", "current"), index.Fields("intake_id", "id"), index.Fields("record_id")}
}

// Annotations of IntakeEntry.
func (IntakeEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindIntakeEntry)}
}

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
		field.Enum("kind").GoType(term.IntakeFormat("")).Default(string(term.FormatIATI)).Immutable(),
		field.String("digest").Comment("SHA-256 of the bytes of the file."),
		field.Int64("bytes"),
		field.String("format").Comment("Such as IATI 2.03, as the file says it."),
		field.Text("publisher").Comment("Who reports in the file; several, one a line, the first of many."),
		field.Text("licence").Optional().Nillable().Comment("In the words of the publisher; empty where not stated."),
		field.Text("rules").Comment("Which activities were taken of the file, in a sentence."),
		field.JSON("asked", term.IntakeAsked{}).Comment("How it is to be read."),
		field.Text("mapping").Default("").Comment("Of a spreadsheet: what its columns mean, as JSON; empty where that is guessed."),
		field.Enum("status").GoType(term.IntakeStatus("")).Default(string(term.IntakeApplied)),
		field.Text("failure").Default("").Comment("Why it failed, in a sentence."),
		field.JSON("foreseen", []term.IntakeItem{}).Comment("What would become of its activities: the first of each outcome. Empty once it is applied: the entries tell."),
		field.String("worker").Default("").Comment("Which process reads or writes it; empty where none does."),
		field.String("held_until").GoType(term.Instant("")).Default("").Comment("Until when no other process takes it over."),
		field.String("at").GoType(term.Instant("")).Immutable().Comment("When the file came."),
		field.String("applied_at").GoType(term.Instant("")).Default("").Comment("Empty while it is not."),
		field.String("by").Immutable().Comment("The institution or the program."),
		field.Int64("person").GoType(term.ID(0)).Default(0).Immutable(),
		field.JSON("counts", term.IntakeCounts{}),
		field.JSON("problems", []term.IntakeProblem{}).Comment("The first of each sort."),
		field.JSON("not_held", map[string]int{}).Comment("What the catalogue has no place for, by name, with how often it stood there."),
		field.String("undone_at").GoType(term.Instant("")).Default("").Comment("Empty while it counts."),
		field.String("undone_by").Default(""),
		field.Int64("undone_person").GoType(term.ID(0)).Default(0).Comment("Who undid it; 0 for a program."),
		field.JSON("stayed", []string{}).Comment("Of an undone one: the records that were touched since, and stay."),
	}
}

// Edges of Intake.
func (Intake) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("entries", IntakeEntry.Type).Annotations(entgql.Skip()),
		edge.To("parts", IntakePart.Type).Annotations(entgql.Skip()),
	}
}

// Indexes of Intake.
func (Intake) Indexes() []ent.Index {
	return []ent.Index{index.Fields("at"), index.Fields("status", "held_until")}
}

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

// IntakePart is a part of a file that was sent, compressed. It is kept until the import is applied or given up.
type IntakePart struct{ ent.Schema }

// Mixin of IntakePart.
func (IntakePart) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindIntakePart}} }

// Fields of IntakePart.
func (IntakePart) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("intake_id").GoType(term.ID(0)).Immutable(),
		field.Int("number").Immutable().Comment("From 1."),
		field.Bytes("data").Immutable().Comment("Of 1 MB, compressed with gzip."),
	}
}

// Edges of IntakePart.
func (IntakePart) Edges() []ent.Edge {
	return []ent.Edge{edge.From("intake", Intake.Type).Ref("parts").Field("intake_id").Required().Unique().Immutable()}
}

// Indexes of IntakePart.
func (IntakePart) Indexes() []ent.Index {
	return []ent.Index{index.Fields("intake_id", "number").Unique()}
}

// Annotations of IntakePart.
func (IntakePart) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindIntakePart)}
}

// IntakeMapping is what the columns of a spreadsheet mean, remembered for the next one with the same headers.
type IntakeMapping struct{ ent.Schema }

// Mixin of IntakeMapping.
func (IntakeMapping) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: term.KindIntakeMapping}}
}

// Fields of IntakeMapping.
func (IntakeMapping) Fields() []ent.Field {
	return []ent.Field{
		field.String("fingerprint").Immutable().Unique().Comment("Of the headers, in any order."),
		field.Text("mapping").Comment("As JSON."),
		field.String("at").GoType(term.Instant("")).Comment("When it was last said."),
		field.String("by").Comment("The institution or the program."),
	}
}

// Annotations of IntakeMapping.
func (IntakeMapping) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindIntakeMapping)}
}

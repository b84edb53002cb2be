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

// Record is the anchor of a catalogue record: it has the record's own id, what hangs on records points at it, and it
// is the document that search reads.
type Record struct{ ent.Schema }

// Fields of Record.
func (Record) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id").GoType(term.ID(0)).Immutable().Annotations(entsql.Annotation{Incremental: new(bool)}),
		field.Enum("kind").GoType(term.RecordKind("")).Immutable(),
		field.String("key"),
		field.String("title"),
		field.Text("names").Default("").Comment("Acronym, other names, title in the original language; one a line."),
		field.Text("body").Default("").Comment("Everything else that search reads."),
		field.Text("key_tokens").Default(""),
		field.Text("title_tokens").Default(""),
		field.Text("names_tokens").Default(""),
		field.Text("body_tokens").Default(""),
	}
}

// Edges of Record.
func (Record) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("sources", Source.Type).Annotations(entgql.Skip()),
		edge.To("history", HistoryEntry.Type).Annotations(entgql.Skip()),
		edge.To("relations", Relation.Type).Annotations(entgql.Skip()),
		edge.To("related_from", Relation.Type).Annotations(entgql.Skip()),
		edge.To("shares", Share.Type).Annotations(entgql.Skip()),
		edge.To("disputes", Dispute.Type).Annotations(entgql.Skip()),
		edge.To("concept_dismissals", ConceptDismissal.Type).Annotations(entgql.Skip()),
		edge.To("old_keys", OldKey.Type).Annotations(entgql.Skip()),
		edge.To("items", ReviewItem.Type).Annotations(entgql.Skip()),
		edge.To("verifications", RecordVerification.Type).Annotations(entgql.Skip()),
		edge.To("intake_entries", IntakeEntry.Type).Annotations(entgql.Skip()),
	}
}

// Policy of Record: it is written with its record, by that one's hook.
func (Record) Policy() ent.Policy { return rule.Policy(0) }

// Indexes of Record.
func (Record) Indexes() []ent.Index { return []ent.Index{index.Fields("kind", "key").Unique()} }

// Annotations of Record: it is no type of its own outside.
func (Record) Annotations() []schema.Annotation { return []schema.Annotation{entgql.Skip()} }

// Source is where a fact comes from.
type Source struct{ ent.Schema }

// Mixin of Source.
func (Source) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindSource}} }

// Fields of Source.
func (Source) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.Int("position").Default(0),
		field.Enum("kind").GoType(term.SourceKind("")).Default(string(term.DeskResearch)),
		field.Text("title"),
		field.String("publisher").Optional().Nillable(),
		field.Text("url").Optional().Nillable(),
		field.String("accessed_on").GoType(term.Date("")).Default(""),
		field.Text("licence").Optional().Nillable().Comment("Under which its publisher gives it out, in his words; of imports."),
		field.Text("copy_read").Optional().Nillable().Comment("Address of the copy that was read where the original was not."),
		field.Text("note").Optional().Nillable(),
		field.Bool("taken_back").Default(false).Comment("The decision that brought it was taken back: it stands with its record no longer, though history may name it."),
	}
}

// Edges of Source.
func (Source) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("sources").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
	}
}

// Indexes of Source.
func (Source) Indexes() []ent.Index { return []ent.Index{index.Fields("record_id", "position")} }

// HistoryEntry is one change of a record: what was before, who, when, why. The list is append-only (rule 4).
type HistoryEntry struct{ ent.Schema }

// Mixin of HistoryEntry.
func (HistoryEntry) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindHistory}} }

// Fields of HistoryEntry.
func (HistoryEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.Int("version").Immutable().Annotations(entgql.OrderField("VERSION")).Comment("The version of the record that this change made."),
		field.Enum("visibility").GoType(term.Visibility("")).Immutable().
			Comment("Who could see the record when it was changed: a record made public shows nothing of its restricted past."),
		field.String("at").GoType(term.Instant("")).DefaultFunc(term.Now).Immutable(),
		field.String("by").Immutable().Comment("The institution or the program that made the change."),
		field.Enum("action").GoType(term.HistoryAction("")).Immutable(),
		field.Text("reason").Optional().Nillable().Immutable(),
		field.JSON("changes", []term.Change{}).Default([]term.Change{}).Immutable(),
		field.Int64("source_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("The document that shows it."),
	}
}

// Edges of HistoryEntry.
func (HistoryEntry) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("history").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
		edge.To("source", Source.Type).Field("source_id").Unique().Immutable(),
	}
}

// Interceptors of HistoryEntry take out what its reader may not see.
func (HistoryEntry) Interceptors() []ent.Interceptor { return rule.WithoutUnseen() }

// Annotations of HistoryEntry.
func (HistoryEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection(), entsql.Annotation{Table: term.KindHistory.Table()}}
}

// Indexes of HistoryEntry: by record, and by time for what an edition does not show yet.
func (HistoryEntry) Indexes() []ent.Index {
	return []ent.Index{index.Fields("record_id", "version"), index.Fields("at")}
}

// Relation links two records of any types that belong together.
type Relation struct{ ent.Schema }

// Mixin of Relation.
func (Relation) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindRelation}} }

// Fields of Relation.
func (Relation) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("record_id").GoType(term.ID(0)).Immutable(),
		field.Int64("related_id").GoType(term.ID(0)).Immutable(),
		field.Int("position").Default(0),
	}
}

// Edges of Relation.
func (Relation) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("record", Record.Type).Ref("relations").Field("record_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
		edge.From("related", Record.Type).Ref("related_from").Field("related_id").Required().Unique().Immutable().Annotations(entgql.Skip()),
	}
}

// Indexes of Relation.
func (Relation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("record_id", "related_id").Unique(), index.Fields("related_id")}
}

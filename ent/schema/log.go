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

// LogEntry is one link of the chained log. Triggers on both engines refuse to change or remove it; only package audit
// adds to it.
type LogEntry struct{ ent.Schema }

// Mixin of LogEntry.
func (LogEntry) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindLogEntry}} }

// Fields of LogEntry. None of them holds personal data: a person is a random number here.
func (LogEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("seq").Positive().Immutable().Annotations(entgql.OrderField("NUMBER")).Comment("From 1, without gaps."),
		field.String("at").GoType(term.Instant("")).Immutable(),
		field.Enum("kind").GoType(term.LogKind("")).Immutable(),
		field.Int64("person").GoType(term.ID(0)).Default(0).Immutable().Comment("Who acted; 0 for the program."),
		field.Int64("subject").GoType(term.ID(0)).Default(0).Immutable().Comment("What or whom it is about; 0 where nothing has an id."),
		field.Text("summary").Immutable().Comment("What happened, in words without personal data."),
		field.String("detail_hash").Default("").Immutable().Comment("SHA-256 of the salted detail; empty where there is none."),
		field.String("previous").Immutable().Comment("The hash of the entry before; of the first, zeros."),
		field.String("hash").Immutable().Comment("SHA-256 of all of the above."),
	}
}

// Edges of LogEntry.
func (LogEntry) Edges() []ent.Edge {
	return []ent.Edge{edge.To("detail", LogDetail.Type).Unique()}
}

// Indexes of LogEntry.
func (LogEntry) Indexes() []ent.Index {
	return []ent.Index{index.Fields("seq").Unique(), index.Fields("person"), index.Fields("subject")}
}

// Annotations of LogEntry.
func (LogEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection(), table(term.KindLogEntry)}
}

// LogDetail is the personal part of a log entry, such as an address. It stands outside the chain, which holds its
// salted hash only: a person can be erased and the chain still holds.
type LogDetail struct{ ent.Schema }

// Mixin of LogDetail.
func (LogDetail) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindLogDetail}} }

// Fields of LogDetail.
func (LogDetail) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("entry_id").GoType(term.ID(0)).Immutable(),
		field.Int64("person").GoType(term.ID(0)).Default(0).Immutable().Comment("Whose data it is."),
		field.String("salt").Immutable(),
		field.Text("text").Immutable(),
	}
}

// Edges of LogDetail.
func (LogDetail) Edges() []ent.Edge {
	return []ent.Edge{edge.From("entry", LogEntry.Type).Ref("detail").Field("entry_id").Required().Unique().Immutable()}
}

// Indexes of LogDetail.
func (LogDetail) Indexes() []ent.Index { return []ent.Index{index.Fields("person")} }

// Annotations of LogDetail.
func (LogDetail) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindLogDetail)}
}

package schema

import (
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Seal is a secret of the program itself, with which it marks what it gives out and will take back, such as the rows of
// a spreadsheet. All servers of one database have the same; a backup brings it along. Only package people writes it.
type Seal struct{ ent.Schema }

// Mixin of Seal.
func (Seal) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindSeal}} }

// Fields of Seal.
func (Seal) Fields() []ent.Field {
	return []ent.Field{
		field.String("purpose").Immutable().Comment("What it marks."),
		field.String("secret").Immutable().Sensitive(),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
	}
}

// Indexes of Seal.
func (Seal) Indexes() []ent.Index { return []ent.Index{index.Fields("purpose").Unique()} }

// Annotations of Seal: it is nobody's business outside.
func (Seal) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindSeal)}
}

package schema

import (
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// SeedEntry remembers how a shipped record was loaded, so that loading again changes only what nobody has edited.
type SeedEntry struct{ ent.Schema }

// Mixin of SeedEntry.
func (SeedEntry) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindSeedEntry}} }

// Fields of SeedEntry.
func (SeedEntry) Fields() []ent.Field {
	return []ent.Field{
		field.String("digest").Comment("SHA-256 of the shipped record as it was loaded."),
		field.Int("version").Comment("The version of the record right after loading."),
	}
}

// Annotations of SeedEntry.
func (SeedEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), entsql.Annotation{Table: term.KindSeedEntry.Table()}}
}

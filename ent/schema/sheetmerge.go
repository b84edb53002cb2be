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

// SheetMerge is one application of the sheets of several agencies to the answers of a cycle. It keeps what stood before,
// so that it can be undone in one step. Only package review writes it.
type SheetMerge struct{ ent.Schema }

// Mixin of SheetMerge.
func (SheetMerge) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindSheetMerge}} }

// Fields of SheetMerge.
func (SheetMerge) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("cycle_id").GoType(term.ID(0)).Immutable(),
		field.String("at").GoType(term.Instant("")).Immutable(),
		field.String("by").Immutable().Comment("The institution that merged them, never the official."),
		field.Int64("person").GoType(term.ID(0)).Default(0).Immutable(),
		field.JSON("agencies", []string{}).Immutable().Comment("Whose sheets they were, in the order of the alphabet."),
		field.Text("letter").Optional().Nillable().Immutable().Comment("Of what the secretariat entered: the letter that it comes from."),
		field.String("undone_at").GoType(term.Instant("")).Default("").Comment("Empty while it counts."),
		field.JSON("rows", []term.SheetRow{}).Annotations(entgql.Skip()).Comment("What became of each item, and what stood there before."),
	}
}

// Edges of SheetMerge.
func (SheetMerge) Edges() []ent.Edge {
	return []ent.Edge{edge.From("cycle", ReviewCycle.Type).Ref("sheet_merges").Field("cycle_id").Required().Unique().Immutable()}
}

// Indexes of SheetMerge.
func (SheetMerge) Indexes() []ent.Index { return []ent.Index{index.Fields("cycle_id", "at")} }

// Annotations of SheetMerge.
func (SheetMerge) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindSheetMerge)}
}

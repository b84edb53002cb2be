package schema

import (
	"adam/ent/rule"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Law is a law, bill or regulation of a State.
type Law struct{ ent.Schema }

// Mixin of Law.
func (Law) Mixin() []ent.Mixin { return []ent.Mixin{Catalogued{kind: term.KindLaw, ref: "laws"}} }

// Fields of Law.
func (Law) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("state_id").GoType(term.ID(0)),
		field.Text("title"),
		field.Text("title_local").Optional().Nillable(),
		field.String("number").Optional().Nillable(),
		field.String("year").GoType(term.PartialDate("")).Default("").Comment("The year that the law is known by."),
		field.String("adopted_on").GoType(term.PartialDate("")).Default("").Annotations(entgql.OrderField("ADOPTED")),
		field.String("in_force_on").GoType(term.PartialDate("")).Default(""),
		field.Enum("status").GoType(term.LawStatus("")),
		field.Int64("replaced_by_id").GoType(term.ID(0)).Optional().Nillable(),
		reading("criminalises_trafficking", term.Criminalisation("")),
		reading("criminalises_smuggling", term.Criminalisation("")),
		field.Text("penalty_note").Optional().Nillable(),
		field.JSON("key_articles", []string{}).Default([]string{}),
		field.Text("summary").Optional().Nillable(),
	}
}

// Edges of Law.
func (Law) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("state", State.Type).Ref("laws").Field("state_id").Required().Unique(),
		edge.To("replaces", Law.Type).From("replaced_by").Field("replaced_by_id").Unique(),
		edge.To("provisions", Provision.Type).Annotations(entgql.MapsTo("elements")),
		edge.To("penalties", Penalty.Type),
		edge.To("amendments", Amendment.Type),
		edge.To("amends", Amendment.Type).Annotations(entgql.Skip()),
	}
}

// Indexes of Law.
func (Law) Indexes() []ent.Index { return []ent.Index{index.Fields("state_id")} }

// Provision is what a law does about one offence element, and the article that carries it.
type Provision struct{ ent.Schema }

// Mixin of Provision.
func (Provision) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindProvision}} }

// Fields of Provision.
func (Provision) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("law_id").GoType(term.ID(0)).Immutable(),
		field.Enum("theme").GoType(term.Theme("")).Immutable(),
		field.Enum("element").GoType(term.OffenceElement("")).Immutable(),
		field.Enum("coverage").GoType(term.Coverage("")).Default(string(term.NotExamined)),
		field.Bool("first_reading").Default(true).Comment("True until the State has confirmed it."),
		field.String("article").Optional().Nillable(),
		field.Int64("source_id").GoType(term.ID(0)).Optional().Nillable(),
	}
}

// Edges of Provision.
func (Provision) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("law", Law.Type).Ref("provisions").Field("law_id").Required().Unique().Immutable(),
		edge.To("source", Source.Type).Field("source_id").Unique(),
	}
}

// Indexes of Provision.
func (Provision) Indexes() []ent.Index {
	return []ent.Index{index.Fields("law_id", "theme", "element").Unique()}
}

// Penalty is the highest penalty that a law sets for a theme.
type Penalty struct{ ent.Schema }

// Mixin of Penalty.
func (Penalty) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindPenalty}} }

// Fields of Penalty.
func (Penalty) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("law_id").GoType(term.ID(0)).Immutable(),
		field.Enum("theme").GoType(term.Theme("")).Immutable(),
		field.Enum("kind").GoType(term.PenaltyKind("")).Immutable(),
		field.Int("years").Optional().Nillable().Comment("Highest prison term in years; only for YEARS."),
		field.String("article").Optional().Nillable(),
	}
}

// Edges of Penalty.
func (Penalty) Edges() []ent.Edge {
	return []ent.Edge{edge.From("law", Law.Type).Ref("penalties").Field("law_id").Required().Unique().Immutable()}
}

// Indexes of Penalty.
func (Penalty) Indexes() []ent.Index {
	return []ent.Index{index.Fields("law_id", "theme", "kind").Unique()}
}

// Amendment is a change of a law by another act, which may be in the catalogue or not.
type Amendment struct{ ent.Schema }

// Mixin of Amendment.
func (Amendment) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindAmendment}} }

// Fields of Amendment.
func (Amendment) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("law_id").GoType(term.ID(0)).Immutable(),
		field.Int("position").Default(0),
		field.Text("title"),
		field.String("number").Optional().Nillable(),
		field.String("year").GoType(term.PartialDate("")).Default(""),
		field.Int64("amending_law_id").GoType(term.ID(0)).Optional().Nillable(),
	}
}

// Edges of Amendment.
func (Amendment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("law", Law.Type).Ref("amendments").Field("law_id").Required().Unique().Immutable(),
		edge.From("amending_law", Law.Type).Ref("amends").Field("amending_law_id").Unique(),
	}
}

// Indexes of Amendment.
func (Amendment) Indexes() []ent.Index { return []ent.Index{index.Fields("law_id", "position")} }

// Hooks of Amendment keep the search document of what it belongs to.
func (Amendment) Hooks() []ent.Hook { return rule.PartHooks("law_id") }

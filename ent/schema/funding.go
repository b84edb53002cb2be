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

// Funding is one line of money. It may pay for several activities (a package), and its amount may be unknown.
type Funding struct{ ent.Schema }

// Mixin of Funding.
func (Funding) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindFunding}} }

// Fields of Funding.
func (Funding) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("visibility").GoType(term.Visibility("")).Default(string(term.Restricted)),
		field.Int("position").Default(0).Comment("Its place among the lines of the report that named it."),
		field.Enum("kind").GoType(term.FundingKind("")).Optional().Nillable().Comment("Empty where a sum was stated without a kind."),
		field.Int64("amount").GoType(term.Amount(0)).Optional().Nillable().Comment("In 1/10,000 of the currency's unit; empty where unknown."),
		field.String("currency").Optional().Nillable().MaxLen(3).Comment("ISO 4217."),
		field.String("value_on").GoType(term.PartialDate("")).Default("").Annotations(entgql.OrderField("VALUE_DATE")),
		field.Enum("reported_by").GoType(term.FundingReporter("")).Default(string(term.ReporterUnknown)),
		field.Int64("provider_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Bool("provider_inferred").Default(false),
		field.Int64("receiver_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Int64("reporter_id").GoType(term.ID(0)).Optional().Nillable().
			Comment("The organisation that answers for the line; where empty, its provider and its receiver."),
		field.Int64("upstream_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Bool("amount_checked").Optional().Nillable(),
		field.Bool("amount_withheld").Default(false).Comment("Its reporter keeps the amount back: others read that there is one."),
		field.Bool("countable").Default(true).Comment("Its reporter allows it to be counted in figures."),
		field.Text("note").Optional().Nillable(),
		field.JSON("withheld", []string{}).Default([]string{}),
	}
}

// Edges of Funding.
func (Funding) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("activities", Activity.Type).Ref("fundings").Annotations(entgql.RelayConnection()),
		edge.From("provider", Actor.Type).Ref("provided").Field("provider_id").Unique(),
		edge.From("receiver", Actor.Type).Ref("received").Field("receiver_id").Unique(),
		edge.From("reporter", Actor.Type).Ref("fundings_reported").Field("reporter_id").Unique(),
		edge.To("shares", Share.Type).Annotations(entgql.Skip()),
		edge.To("downstream", Funding.Type).Annotations(entgql.Skip()).From("upstream").Field("upstream_id").Unique(),
		edge.To("allocations", Allocation.Type),
	}
}

// Indexes of Funding.
func (Funding) Indexes() []ent.Index {
	return []ent.Index{index.Fields("provider_id"), index.Fields("receiver_id"), index.Fields("upstream_id"), index.Fields("value_on", "id")}
}

// Annotations of Funding.
func (Funding) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// Allocation is the share of a funding line for a State or a theme, where it was reported.
type Allocation struct{ ent.Schema }

// Mixin of Allocation.
func (Allocation) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindAllocation}} }

// Fields of Allocation.
func (Allocation) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("funding_id").GoType(term.ID(0)).Immutable(),
		field.Int64("state_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Enum("theme").GoType(term.Theme("")).Optional().Nillable(),
		field.String("percentage").GoType(term.Decimal("")),
	}
}

// Edges of Allocation.
func (Allocation) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("funding", Funding.Type).Ref("allocations").Field("funding_id").Required().Unique().Immutable(),
		edge.From("state", State.Type).Ref("allocations").Field("state_id").Unique(),
	}
}

// Indexes of Allocation.
func (Allocation) Indexes() []ent.Index { return []ent.Index{index.Fields("funding_id")} }

// Rate is how many units of a currency a US dollar bought in a year.
type Rate struct{ ent.Schema }

// Mixin of Rate.
func (Rate) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindRate}} }

// Fields of Rate.
func (Rate) Fields() []ent.Field {
	return []ent.Field{
		field.String("currency").MaxLen(3).Immutable().Annotations(entgql.OrderField("CURRENCY")),
		field.Int("year").Immutable(),
		field.String("per_usd").GoType(term.Decimal("")).Comment("Units of the currency per US dollar, average of the year."),
		field.Text("source"),
	}
}

// Indexes of Rate.
func (Rate) Indexes() []ent.Index { return []ent.Index{index.Fields("currency", "year").Unique()} }

// Annotations of Rate.
func (Rate) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

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

// NeedOffer is what an organisation offers for a need. It stays when it is withdrawn or declined.
type NeedOffer struct{ ent.Schema }

// Mixin of NeedOffer.
func (NeedOffer) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindNeedOffer}} }

// Fields of NeedOffer.
func (NeedOffer) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("need_id").GoType(term.ID(0)).Immutable(),
		field.Int64("organisation_id").GoType(term.ID(0)).Immutable(),
		field.Int64("activity_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("By which the need would be met."),
		field.Int("version").Default(1).Positive().Comment("Counts the changes; whoever ends an offer names the version she read."),
		field.Enum("visibility").GoType(term.Visibility("")).Default(string(term.Restricted)).Immutable().
			Comment("Restricted to both sides, coordinators and the secretariat, unless whoever offers says otherwise."),
		field.Text("statement").Immutable().Comment("What is offered, in words."),
		field.String("by").Immutable().Comment("The institution of whoever made it, never the official."),
		field.Int64("person").GoType(term.ID(0)).Immutable().Comment("Who made it; no reference, so that the person can be erased."),
		field.String("at").GoType(term.Instant("")).Immutable().Annotations(entgql.OrderField("AT")),
		field.Enum("status").GoType(term.OfferStatus("")).Default(string(term.OfferMade)),
		field.Text("reason").Optional().Nillable().Comment("Why it was last accepted, declined or withdrawn."),
		field.String("decided_by").Optional().Nillable(),
		field.String("decided_at").GoType(term.Instant("")).Default(""),
		field.Bool("own_interest").Default(false).Comment("Somebody who answered for the State also reports for the organisation that offers."),
		field.JSON("steps", []term.OfferStep{}).Default([]term.OfferStep{}).Comment("What was said to it, in its order: one is added at a time, none is changed."),
	}
}

// Edges of NeedOffer.
func (NeedOffer) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("need", Need.Type).Ref("offers").Field("need_id").Required().Unique().Immutable(),
		edge.To("organisation", Actor.Type).Field("organisation_id").Required().Unique().Immutable(),
		edge.To("activity", Activity.Type).Field("activity_id").Unique().Immutable(),
	}
}

// Indexes of NeedOffer.
func (NeedOffer) Indexes() []ent.Index {
	return []ent.Index{index.Fields("need_id", "status"), index.Fields("organisation_id"), index.Fields("activity_id")}
}

// Annotations of NeedOffer.
func (NeedOffer) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection(), table(term.KindNeedOffer)}
}

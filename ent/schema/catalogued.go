// Package schema holds the ent schema: one file per entity, mixins for what several share.
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
	"entgo.io/ent/schema/mixin"
)

// identified gives a row an identifier that carries its kind (term.ID) and needs no sequence.
type identified struct {
	mixin.Schema
	kind term.Kind
}

func (m identified) Fields() []ent.Field {
	kind := m.kind
	return []ent.Field{
		field.Int64("id").GoType(term.ID(0)).Immutable().
			DefaultFunc(func() term.ID { return term.NewID(kind) }).
			Annotations(entsql.Annotation{Incremental: new(bool)}),
	}
}

// Policy says who may write rows of the kind: nobody, unless a rule allows it.
func (m identified) Policy() ent.Policy { return rule.Policy(m.kind) }

// listed are the kinds that records have whole lists of, not pages: pages have an order of their own.
var listed = map[term.Kind]bool{
	term.KindMembership: true, term.KindTreatyAction: true, term.KindLeadAuthority: true, term.KindOtherName: true,
	term.KindContact: true, term.KindPenalty: true, term.KindAmendment: true, term.KindMechanismMember: true,
	term.KindExternalIdentifier: true, term.KindAllocation: true, term.KindShare: true, term.KindDismissal: true,
	term.KindReviewStep: true, term.KindSheetMerge: true, term.KindVerification: true, term.KindCompleteness: true, term.KindInclusion: true,
}

// Interceptors give lists an order where a query leaves it open.
func (m identified) Interceptors() []ent.Interceptor {
	if !listed[m.kind] {
		return nil
	}
	return rule.InOrder()
}

// Catalogued is what every catalogue record has: a key, a version, who may see it, its themes and topics, its
// chapters, and how far it has been verified. Sources and history hang on its anchor, Record.
type Catalogued struct {
	mixin.Schema
	kind term.Kind
	ref  string // the edge of Chapter that lists records of this type
}

// Fields of every catalogue record.
func (m Catalogued) Fields() []ent.Field {
	return append(identified{kind: m.kind}.Fields(),
		field.String("key").NotEmpty().MaxLen(120).Annotations(entgql.OrderField("KEY")).
			Comment("Kebab-case name, unique within its type, used in addresses. A renamed key redirects."),
		field.Int("version").Default(1).Positive().Comment("Counts the changes; an update must name the version it read."),
		field.Enum("visibility").GoType(term.Visibility("")).Default(string(term.Restricted)).
			Comment("Who may see the record. Restricted where the reporter said nothing."),
		field.Enum("smuggling").GoType(term.Significance("")).Default(string(term.NotTargeted)).
			Comment("How far the smuggling of migrants is what the record is about."),
		field.Enum("trafficking").GoType(term.Significance("")).Default(string(term.NotTargeted)).
			Comment("How far trafficking in persons is what the record is about."),
		field.JSON("topics", []term.Topic{}).Default([]term.Topic{}).Comment("Wider subjects beside the two themes."),
		field.Enum("verified_status").GoType(term.VerificationStatus("")).Default(string(term.Unverified)),
		field.String("verified_by").Optional().Nillable().Comment("The institution, never the official."),
		field.String("verified_on").GoType(term.Date("")).Default(""),
		field.String("verified_until").GoType(term.Date("")).Default(""),
		field.String("provenance").Optional().Nillable().Comment("How the record came about, in the words of who made it: \"unverified: desk research\"."),
		field.Enum("confidence").GoType(term.Confidence("")).Default(string(term.ConfidenceUnknown)),
		field.Enum("evidence").GoType(term.Evidence("")).Default(string(term.UnknownEvidence)),
		field.Bool("checked_against_source").Optional().Nillable(),
		field.Text("note").Optional().Nillable(),
		field.String("sort_name").Default("").Annotations(entgql.OrderField(m.orderName())).
			Comment("The title or name, folded, so that both engines sort it alike. Written by a hook."),
		field.Bool("withdrawn").Default(false).Comment("Deleting hides; nothing is lost."),
		field.JSON("withheld", []string{}).Default([]string{}).
			Comment("In an edition: the names of fields whose value its audience may not see."),
		field.String("created_at").GoType(term.Instant("")).DefaultFunc(term.Now).Immutable(),
		field.String("updated_at").GoType(term.Instant("")).DefaultFunc(term.Now).Annotations(entgql.OrderField("UPDATED_AT")),
		field.String("created_by").Default(""),
		field.String("updated_by").Default(""),
	)
}

func (m Catalogued) orderName() string {
	switch m.kind {
	case term.KindLaw, term.KindPolicy, term.KindActivity, term.KindNeed:
		return "TITLE"
	}
	return "NAME"
}

// Edges of every catalogue record.
func (m Catalogued) Edges() []ent.Edge {
	if m.ref == "" {
		return nil
	}
	return []ent.Edge{
		edge.From("in_chapters", Chapter.Type).Ref(m.ref).Annotations(entgql.MapsTo("chapters")).
			Comment("The chapters that the record belongs to."),
	}
}

// Indexes of every catalogue record.
func (Catalogued) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("key").Unique(),
		index.Fields("sort_name"),
	}
}

// Hooks write the anchor, the search document and the history of every change in its own transaction.
func (m Catalogued) Hooks() []ent.Hook { return rule.RecordHooks(m.kind) }

// Policy says who may write the record.
func (m Catalogued) Policy() ent.Policy { return rule.Policy(m.kind) }

// Interceptors leave withdrawn records out.
func (Catalogued) Interceptors() []ent.Interceptor { return rule.WithoutWithdrawn() }

// Annotations make connections of every record type.
func (m Catalogued) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entgql.Implements("CatalogueRecord"),
		entsql.Annotation{Table: m.kind.Table()},
	}
}

// table names the table of a type as its kind does.
func table(k term.Kind) schema.Annotation { return entsql.Annotation{Table: k.Table()} }

// reading is a field that desk research judged; an audience that may not see it finds WITHHELD.
func reading(name string, kind field.EnumValues) ent.Field {
	return field.Enum(name).GoType(kind).Default("NOT_EXAMINED")
}

package schema

import (
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Mail is an e-mail on its way: it is written with the change that causes it, and sent after.
type Mail struct{ ent.Schema }

// Mixin of Mail.
func (Mail) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindMail}} }

// Fields of Mail.
func (Mail) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").Immutable().Comment("What it is about, once: the same key is never written twice."),
		field.Int64("person").GoType(term.ID(0)).Immutable().Comment("To whom; no reference, so that the person can be erased. The address is read when it is sent."),
		field.Int64("grant_id").GoType(term.ID(0)).Default(0).Immutable().Comment("The role for which it is sent: whoever has lost it by then gets nothing. 0 where no role is needed."),
		field.Int64("cycle_id").GoType(term.ID(0)).Default(0).Immutable().Comment("The review that it is about; of a suspended one nothing is sent."),
		field.Text("subject").Immutable(),
		field.Text("body").Comment("Emptied when it was sent: it may hold a link that opens an account."),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
		field.Enum("status").GoType(term.MailStatus("")).Default(string(term.MailWaiting)),
		field.Int("attempts").Default(0),
		field.String("next_at").GoType(term.Instant("")).Comment("Not before."),
		field.String("sent_at").GoType(term.Instant("")).Default(""),
		field.Text("trouble").Optional().Nillable().Comment("Why it was not sent."),
	}
}

// Indexes of Mail.
func (Mail) Indexes() []ent.Index {
	return []ent.Index{index.Fields("key").Unique(), index.Fields("status", "next_at"), index.Fields("person")}
}

// Annotations of Mail: it is nobody's business outside.
func (Mail) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindMail)}
}

// Feed is a secret address under which somebody's calendar reads the deadlines of chapters.
type Feed struct{ ent.Schema }

// Mixin of Feed.
func (Feed) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindFeed}} }

// Fields of Feed.
func (Feed) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person").GoType(term.ID(0)).Immutable(),
		field.String("secret_hash").Immutable().Sensitive(),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
		field.String("revoked_at").GoType(term.Instant("")).Default(""),
	}
}

// Indexes of Feed.
func (Feed) Indexes() []ent.Index {
	return []ent.Index{index.Fields("secret_hash").Unique(), index.Fields("person")}
}

// Annotations of Feed: it is nobody's business outside.
func (Feed) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(), table(term.KindFeed)}
}

package schema

import (
	"adam/internal/access"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Person is somebody with an account, or a unit that shares one. Only package people changes it.
type Person struct{ ent.Schema }

// Mixin of Person.
func (Person) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindPerson}} }

// Fields of Person.
func (Person) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").MaxLen(254).Comment("Folded to lower case; a person who was erased has none that works."),
		field.String("name").Optional().Nillable(),
		field.String("unit").Optional().Nillable(),
		field.String("institution").Optional().Nillable().Comment("How history names the person; where empty, the organisation or State of the first role."),
		field.Bool("name_public").Default(false).Comment("Consent: without it the unit is named instead of the person."),
		field.String("password_hash").Default("").Sensitive().Comment("argon2id in PHC form; empty where there is none."),
		field.String("totp_secret").Default("").Sensitive(),
		field.Bool("totp_confirmed").Default(false),
		field.Int64("totp_step").Default(0).Comment("The last time step that was used: a code works once."),
		field.Int("failures").Default(0).Comment("Wrong secrets since the last right one."),
		field.String("locked_until").GoType(term.Instant("")).Default(""),
		field.Bool("disabled").Default(false),
		field.String("created_at").GoType(term.Instant("")).Immutable().Annotations(entgql.OrderField("CREATED_AT")),
		field.String("erased_at").GoType(term.Instant("")).Default(""),
	}
}

// Edges of Person.
func (Person) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("grants", Grant.Type),
		edge.To("passkeys", Passkey.Type),
		edge.To("logins", Login.Type),
		edge.To("invitations", Invitation.Type).Annotations(entgql.Skip()),
		edge.To("sessions", Session.Type),
		edge.To("tokens", Token.Type),
	}
}

// Indexes of Person.
func (Person) Indexes() []ent.Index { return []ent.Index{index.Fields("email").Unique()} }

// Annotations of Person.
func (Person) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection(), table(term.KindPerson)}
}

// Grant is a role that a person holds from a day on, for an organisation or a chapter, perhaps until another day.
type Grant struct{ ent.Schema }

// Mixin of Grant.
func (Grant) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindGrant}} }

// Fields of Grant.
func (Grant) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person_id").GoType(term.ID(0)).Immutable(),
		field.Enum("role").GoType(access.Role("")).Immutable(),
		field.Int64("actor_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("Of a reporter."),
		field.Int64("chapter_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("Of a focal point."),
		field.Int64("delegated_by_id").GoType(term.ID(0)).Optional().Nillable().Immutable().Comment("The grant that this one hangs on: it ends with it."),
		field.String("given_at").GoType(term.Instant("")).Immutable(),
		field.String("until").GoType(term.Instant("")).Default("").Comment("When it ends by itself; empty where it does not."),
		field.String("ended_at").GoType(term.Instant("")).Default(""),
		field.Text("ended_reason").Optional().Nillable(),
	}
}

// Edges of Grant.
func (Grant) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("person", Person.Type).Ref("grants").Field("person_id").Required().Unique().Immutable(),
		edge.To("actor", Actor.Type).Field("actor_id").Unique().Immutable(),
		edge.To("chapter", Chapter.Type).Field("chapter_id").Unique().Immutable(),
		edge.To("delegations", Grant.Type).Annotations(entgql.Skip()).From("delegated_by").Field("delegated_by_id").Unique().Immutable(),
	}
}

// Indexes of Grant.
func (Grant) Indexes() []ent.Index {
	return []ent.Index{index.Fields("person_id"), index.Fields("actor_id"), index.Fields("chapter_id")}
}

// Annotations of Grant.
func (Grant) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindGrant)} }

// Passkey is a WebAuthn credential of a person.
type Passkey struct{ ent.Schema }

// Mixin of Passkey.
func (Passkey) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindPasskey}} }

// Fields of Passkey.
func (Passkey) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person_id").GoType(term.ID(0)).Immutable(),
		field.String("handle").Immutable().Comment("The credential's id, base64url."),
		field.Text("credential").Sensitive().Comment("What the library keeps of the credential, as JSON: a public key and a counter."),
		field.String("name"),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
		field.String("used_at").GoType(term.Instant("")).Default(""),
	}
}

// Edges of Passkey.
func (Passkey) Edges() []ent.Edge {
	return []ent.Edge{edge.From("person", Person.Type).Ref("passkeys").Field("person_id").Required().Unique().Immutable()}
}

// Indexes of Passkey.
func (Passkey) Indexes() []ent.Index {
	return []ent.Index{index.Fields("handle").Unique(), index.Fields("person_id")}
}

// Annotations of Passkey.
func (Passkey) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindPasskey)} }

// Login ties a person to an account at an OpenID provider: by issuer and subject, never by e-mail.
type Login struct{ ent.Schema }

// Mixin of Login.
func (Login) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindLogin}} }

// Fields of Login.
func (Login) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person_id").GoType(term.ID(0)).Immutable(),
		field.String("issuer").Immutable(),
		field.String("subject").Immutable(),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
	}
}

// Edges of Login.
func (Login) Edges() []ent.Edge {
	return []ent.Edge{edge.From("person", Person.Type).Ref("logins").Field("person_id").Required().Unique().Immutable()}
}

// Indexes of Login.
func (Login) Indexes() []ent.Index {
	return []ent.Index{index.Fields("issuer", "subject").Unique(), index.Fields("person_id")}
}

// Annotations of Login.
func (Login) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindLogin)} }

// Invitation is a link that was sent to a person. It works once, for a while, and only by POST.
type Invitation struct{ ent.Schema }

// Mixin of Invitation.
func (Invitation) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindInvitation}} }

// Fields of Invitation.
func (Invitation) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person_id").GoType(term.ID(0)).Immutable(),
		field.Enum("kind").GoType(term.InvitationKind("")).Immutable(),
		field.String("secret_hash").Immutable().Sensitive().Comment("SHA-256 of the secret in the link."),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
		field.String("expires_at").GoType(term.Instant("")).Immutable(),
		field.String("used_at").GoType(term.Instant("")).Default(""),
	}
}

// Edges of Invitation.
func (Invitation) Edges() []ent.Edge {
	return []ent.Edge{edge.From("person", Person.Type).Ref("invitations").Field("person_id").Required().Unique().Immutable()}
}

// Indexes of Invitation.
func (Invitation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("secret_hash").Unique(), index.Fields("person_id")}
}

// Annotations of Invitation.
func (Invitation) Annotations() []schema.Annotation {
	return []schema.Annotation{table(term.KindInvitation)}
}

// Session is a browser that has signed in. A session without a person is one that is about to.
type Session struct{ ent.Schema }

// Mixin of Session.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindSession}} }

// Fields of Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.String("token_hash").Immutable().Sensitive().Comment("SHA-256 of the cookie."),
		field.Int64("person_id").GoType(term.ID(0)).Optional().Nillable(),
		field.Bytes("data").Sensitive(),
		field.String("client").Default("").Comment("What the browser calls itself."),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
		field.String("seen_at").GoType(term.Instant("")).Default(""),
		field.String("expires_at").GoType(term.Instant("")),
	}
}

// Edges of Session.
func (Session) Edges() []ent.Edge {
	return []ent.Edge{edge.From("person", Person.Type).Ref("sessions").Field("person_id").Unique()}
}

// Indexes of Session.
func (Session) Indexes() []ent.Index {
	return []ent.Index{index.Fields("token_hash").Unique(), index.Fields("person_id"), index.Fields("expires_at")}
}

// Annotations of Session.
func (Session) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindSession)} }

// Token lets a program act for a person, as far as its scopes go.
type Token struct{ ent.Schema }

// Mixin of Token.
func (Token) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: term.KindToken}} }

// Fields of Token.
func (Token) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("person_id").GoType(term.ID(0)).Immutable(),
		field.String("name").Immutable(),
		field.String("secret_hash").Immutable().Sensitive().Comment("SHA-256 of the token."),
		field.JSON("scopes", []access.Scope{}).Immutable(),
		field.String("created_at").GoType(term.Instant("")).Immutable(),
		field.String("expires_at").GoType(term.Instant("")).Immutable(),
		field.String("used_at").GoType(term.Instant("")).Default("").Comment("To the minute."),
		field.String("revoked_at").GoType(term.Instant("")).Default(""),
	}
}

// Edges of Token.
func (Token) Edges() []ent.Edge {
	return []ent.Edge{edge.From("person", Person.Type).Ref("tokens").Field("person_id").Required().Unique().Immutable()}
}

// Indexes of Token.
func (Token) Indexes() []ent.Index {
	return []ent.Index{index.Fields("secret_hash").Unique(), index.Fields("person_id")}
}

// Annotations of Token.
func (Token) Annotations() []schema.Annotation { return []schema.Annotation{table(term.KindToken)} }

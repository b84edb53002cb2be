package catalogue

import (
	"context"
	"net/mail"
	"regexp"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/contact"
	"adam/ent/othername"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

var (
	language         = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	organisationType = regexp.MustCompile(`^[0-9]{2}$`)
)

// actors is how actors are written.
func actors() *subject {
	return &subject{
		kind: term.KindActor, record: term.RecordActor, word: "actor", by: "key", column: actor.FieldKey, title: "name",
		fields: append(common(), actorFields()...),
		create: func(c *ent.Client) (mutation, execer) { b := c.Actor.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Actor.UpdateOneID(id)
			return b.Mutation(), b
		},
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.Actor.Query().Where(w).Only(ctx)
		},
		chapters: func(ctx context.Context, c *ent.Client, id term.ID) ([]*ent.Chapter, error) {
			return c.Actor.Query().Where(actor.ID(id)).QueryInChapters().All(ctx)
		},
	}
}

func actorFields() []field {
	return []field{
		line("name", actor.FieldName, longTitle).needed(),
		line("acronym", actor.FieldAcronym, longLine),
		code[term.ActorKind]("kind", actor.FieldKind).needed(),
		refer("state", actor.FieldStateID, term.KindState),
		refer("government", actor.FieldGovernmentID, term.KindState),
		refer("parent", actor.FieldParentID, term.KindActor),
		refer("successor", actor.FieldSuccessorID, term.KindActor),
		line("seat", actor.FieldSeat, longLine),
		text("mandate", actor.FieldMandate),
		address("website", actor.FieldWebsite),
		flag("safety", actor.FieldSafety).housekeeping(),
		line("organisationIdentifier", actor.FieldOrganisationIdentifier, longLine),
		like("organisationType", actor.FieldOrganisationType, organisationType, "%q is no code of IATI's codelist OrganisationType. Write its two digits, such as 40."),
		chapters(),
		{name: "otherNames", fact: true, part: otherNames()},
		{name: "contacts", part: contacts()},
	}
}

func otherNames() *part {
	return &part{
		kind: term.KindOtherName, parent: othername.FieldActorID, same: []string{othername.FieldName},
		items: []field{
			line("name", othername.FieldName, longTitle).needed(),
			code[term.NameKind]("kind", othername.FieldKind).or(term.NameOther),
			like("language", othername.FieldLanguage, language, "%q is no language tag. Write it as BCP 47 does, such as th or zh-Hant."),
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.OtherName.Query().Where(othername.ActorID(id)).Order(othername.ByName(), othername.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.OtherName.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.OtherName.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.OtherName.DeleteOneID(id).Exec(ctx)
		},
	}
}

// contacts are how to reach units. History, which the public reads, names none that is not public, and no person.
func contacts() *part {
	return &part{
		kind: term.KindContact, parent: contact.FieldActorID, same: []string{contact.FieldKind, contact.FieldValue},
		items: []field{
			code[term.ContactKind]("kind", contact.FieldKind).needed(),
			text("value", contact.FieldValue).needed(),
			line("unit", contact.FieldUnit, longLine),
			line("person", contact.FieldPerson, longLine),
			flag("consent", contact.FieldConsent),
			code[term.Visibility]("visibility", contact.FieldVisibility).or(term.Members),
		},
		secret: func(map[string]any) bool { return true },
		check:  checkContact,
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.Contact.Query().Where(contact.ActorID(id)).Order(contact.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.Contact.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Contact.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error { return c.Contact.DeleteOneID(id).Exec(ctx) },
	}
}

func checkContact(in *intake, path string, values map[string]any) {
	s, _ := values[contact.FieldValue].(string)
	if _, err := mail.ParseAddress(s); values[contact.FieldKind] == term.ContactEmail && err != nil {
		in.fail(path+".value", "%q is no e-mail address. Write it as unit@example.org.", term.Clip(s))
	}
	if values[contact.FieldConsent] == true && values[contact.FieldPerson] == nil {
		in.fail(path+".person", "Consent is a named person's: name her, or leave the consent out.")
	}
}

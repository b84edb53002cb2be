package people

import (
	"context"
	"time"

	"adam/ent"
	"adam/ent/invitation"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// lifetimes are how long a link of each kind works.
var lifetimes = map[term.InvitationKind]time.Duration{
	term.LinkInvitation: 72 * time.Hour,
	term.LinkNomination: 14 * 24 * time.Hour,
	term.LinkReset:      24 * time.Hour,
	term.LinkSignIn:     time.Hour,
}

// Link is what a link is for. Who holds it may see this; reading it uses nothing up.
type Link struct {
	Kind        term.InvitationKind
	Person      term.ID
	Email       string
	NeedsEmail  bool // the first person tells her address when she accepts
	NeedsSecret bool // there is no password, passkey or login yet, or RESET is about to take the password away
}

// errLink is the one answer for links that do not work, so that nobody learns whether one ever did.
func errLink() error {
	return fault.New(fault.NotFound, "This link does not work. It may have been used, or have ended: ask whoever sent it for a new one.")
}

// newLink makes a link for a person and ends her older unused ones of the same kind.
func (k *Keeper) newLink(ctx context.Context, tx *ent.Tx, id term.ID, kind term.InvitationKind) (string, error) {
	err := tx.Invitation.Update().Where(invitation.PersonID(id), invitation.KindEQ(kind), invitation.UsedAt("")).SetUsedAt(k.now()).Exec(ctx)
	if err != nil {
		return "", err
	}
	secret := newSecret()
	err = tx.Invitation.Create().SetPersonID(id).SetKind(kind).SetSecretHash(TokenHash(secret)).
		SetCreatedAt(k.now()).SetExpiresAt(k.after(lifetimes[kind])).Exec(ctx)
	return secret, err
}

// endLinks ends all unused links of a person.
func (k *Keeper) endLinks(ctx context.Context, tx *ent.Tx, id term.ID) error {
	return tx.Invitation.Update().Where(invitation.PersonID(id), invitation.UsedAt("")).SetUsedAt(k.now()).Exec(ctx)
}

// SignInLink makes a link that signs a person in once, within an hour. Send the secret to her address and nowhere
// else. For the program only. A disabled or unknown account gives NOT_FOUND.
func (k *Keeper) SignInLink(ctx context.Context, personID term.ID) (secret string, err error) {
	if err := needProgram(ctx); err != nil {
		return "", err
	}
	return k.linkFor(ctx, personID, term.LinkSignIn, "A link for signing in was made.")
}

// ResetLink makes a link, good for 24 hours, with which a person sets her password anew. The password and the code
// generator stay until it is accepted. Send the secret to her address and nowhere else. For the program and
// administrators.
func (k *Keeper) ResetLink(ctx context.Context, personID term.ID) (secret string, err error) {
	if err := needAdministrator(ctx); err != nil {
		return "", err
	}
	return k.linkFor(ctx, personID, term.LinkReset, "A link for a new password was made.")
}

func (k *Keeper) linkFor(ctx context.Context, id term.ID, kind term.InvitationKind, summary string) (secret string, err error) {
	actor := access.From(ctx).Person
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := k.open(ctx, id); err != nil {
			return err
		}
		if secret, err = k.newLink(ctx, tx, id, kind); err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: actor, Subject: id, Summary: summary})
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Peek tells what a link is for and uses nothing up, since mail scanners open links. For everybody. A link that is
// wrong, used, ended or of a disabled account gives the same NOT_FOUND.
func (k *Keeper) Peek(ctx context.Context, secret string) (*Link, error) {
	ctx = inside(ctx)
	return k.peek(ctx, k.client(ctx), secret)
}

func (k *Keeper) peek(ctx context.Context, c *ent.Client, secret string) (*Link, error) {
	i, err := firstOf(c.Invitation.Query().Where(invitation.SecretHash(TokenHash(secret)), invitation.UsedAt(""),
		invitation.ExpiresAtGT(k.now()), invitation.HasPersonWith(person.Disabled(false), person.ErasedAt(""))).WithPerson().Only(ctx))
	if err != nil {
		return nil, err
	}
	if i == nil {
		return nil, errLink()
	}
	has, err := hasSecret(ctx, c, i.Edges.Person)
	if err != nil {
		return nil, err
	}
	return &Link{Kind: i.Kind, Person: i.PersonID, Email: i.Edges.Person.Email, NeedsEmail: i.Edges.Person.Email == "",
		NeedsSecret: i.Kind == term.LinkReset || !has && i.Kind != term.LinkSignIn}, nil
}

// hasSecret says whether a person can sign in without a link.
func hasSecret(ctx context.Context, c *ent.Client, p *ent.Person) (bool, error) {
	return c.Person.Query().Where(person.ID(p.ID), canSignIn()).Exist(ctx)
}

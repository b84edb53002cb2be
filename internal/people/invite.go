package people

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/grant"
	"adam/ent/person"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Invitation is who is asked to join, and as what.
type Invitation struct {
	Email, Name, Unit, Institution string
	Role                           access.Role
	Actor                          string              // the key of the organisation, of a REPORTER
	Chapter                        string              // the code of the chapter, of a FOCAL_POINT
	Kind                           term.InvitationKind // INVITATION (also where empty) or NOMINATION
}

// canSignIn finds people who have a password, a passkey or a login.
func canSignIn() predicate.Person {
	return person.Or(person.PasswordHashNEQ(""), person.HasPasskeys(), person.HasLogins())
}

// Invite gives a role to whoever reads an address and makes the account where there is none. It gives the secret of
// the link that opens the account: send it to that address and nowhere else. The secret is empty where no link is
// needed, because the person can sign in already, and where the account is to be an administrator's or the
// secretariat's and the caller is neither the program nor an administrator. Older unused links of the kind end.
// For the program and administrators; the secretariat gives the four roles without a second factor. Mistakes give
// INVALID with the fields email, role, actor, chapter or kind; a disabled account gives CONFLICT.
func (k *Keeper) Invite(ctx context.Context, in Invitation) (secret string, p *ent.Person, err error) {
	v := access.From(ctx)
	if !mayGive(v, in.Role) {
		return "", nil, refuse(ctx, "Only the secretariat and administrators invite, and only administrators invite to the secretariat or as administrators. Ask one of them.")
	}
	if in.Kind == "" {
		in.Kind = term.LinkInvitation
	}
	if in.Kind != term.LinkInvitation && in.Kind != term.LinkNomination {
		return "", nil, fault.New(fault.Invalid, "An invitation is of kind INVITATION or NOMINATION.").At("kind")
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		g, err := findTarget(ctx, tx, in.Role, in.Actor, in.Chapter)
		if err != nil {
			return err
		}
		if p, err = k.ensure(ctx, tx, v, Colleague{in.Email, in.Name, in.Unit, in.Institution}); err != nil {
			return err
		}
		if _, err = k.give(ctx, tx, v, p.ID, g, ""); err != nil {
			return err
		}
		secret, err = k.welcome(ctx, tx, v, p, in.Kind)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return secret, p, nil
}

// Colleague is somebody to whom a role is passed on.
type Colleague struct{ Email, Name, Unit, Institution string }

// ensure finds the account of an address or makes it.
func (k *Keeper) ensure(ctx context.Context, tx *ent.Tx, v access.Viewer, c Colleague) (*ent.Person, error) {
	email, err := parseEmail(c.Email)
	if err != nil {
		return nil, err
	}
	p, err := firstOf(tx.Person.Query().Where(person.Email(email)).Only(ctx))
	switch {
	case err != nil:
		return nil, err
	case p != nil && p.Disabled:
		return nil, fault.New(fault.Conflict, "The account of this address is disabled. Ask an administrator to enable it first.").At("email")
	case p != nil:
		return p, nil
	}
	p, err = tx.Person.Create().SetEmail(email).SetNillableName(orNone(strings.TrimSpace(c.Name))).SetNillableUnit(orNone(strings.TrimSpace(c.Unit))).
		SetNillableInstitution(orNone(strings.TrimSpace(c.Institution))).SetCreatedAt(k.now()).Save(ctx)
	if isTaken(err) {
		return nil, fault.New(fault.Conflict, "Somebody is making an account for this address right now. Try again.").At("email").Because(err)
	}
	if err != nil {
		return nil, err
	}
	return p, note(ctx, Event{Kind: term.LogAccount, Person: v.Person, Subject: p.ID, Summary: "An account was made.", Detail: email})
}

// welcome makes the link that opens an account which nobody can sign in to yet. Whoever may not make administrators
// gets no link to an account that will be one: the link would be the account.
func (k *Keeper) welcome(ctx context.Context, tx *ent.Tx, v access.Viewer, p *ent.Person, kind term.InvitationKind) (string, error) {
	has, err := hasSecret(ctx, tx.Client(), p)
	if err != nil || has {
		return "", err
	}
	if !isAdministrator(v) {
		high, err := tx.Grant.Query().Where(grant.PersonID(p.ID), grant.RoleIn(access.Secretariat, access.Administrator), k.holds()).Exist(ctx)
		if err != nil || high {
			return "", err
		}
	}
	return k.newLink(ctx, tx, p.ID, kind)
}

// target is a role with what it is for.
type target struct {
	role           access.Role
	actor, chapter *term.ID
	source         *term.ID // the grant that passes it on
}

// findTarget checks a role and finds its organisation or chapter.
func findTarget(ctx context.Context, tx *ent.Tx, role access.Role, actorKey, chapterCode string) (target, error) {
	g := target{role: role}
	if err := checkShape(role, actorKey, chapterCode); err != nil {
		return g, err
	}
	if role == access.Reporter {
		a, err := firstOf(tx.Actor.Query().Where(actor.Key(actorKey)).Only(ctx))
		if err != nil {
			return g, err
		}
		if a == nil {
			return g, fault.New(fault.Invalid, "There is no organisation %q. Give the key as it stands in the address of its page.", term.Clip(actorKey)).At("actor")
		}
		g.actor = &a.ID
	}
	if role == access.FocalPoint {
		c, err := firstOf(tx.Chapter.Query().Where(chapter.Code(strings.ToUpper(chapterCode))).Only(ctx))
		if err != nil {
			return g, err
		}
		if c == nil {
			return g, fault.New(fault.Invalid, "There is no chapter %q. Give the three-letter code of its State, such as LAO, or REGIONAL.", term.Clip(chapterCode)).At("chapter")
		}
		g.chapter = &c.ID
	}
	return g, nil
}

// checkShape refuses a role with the wrong companions.
func checkShape(role access.Role, actorKey, chapterCode string) error {
	known := false
	for _, r := range role.Values() {
		known = known || r == string(role)
	}
	switch {
	case !known:
		return fault.New(fault.Invalid, "%q is no role. Choose one of %s.", term.Clip(string(role)), strings.Join(role.Values(), ", ")).At("role")
	case role == access.Reporter && actorKey == "":
		return fault.New(fault.Invalid, "A reporter answers for an organisation. Give its key.").At("actor")
	case role != access.Reporter && actorKey != "":
		return fault.New(fault.Invalid, "Only a reporter answers for an organisation. Leave it out, or choose the role REPORTER.").At("actor")
	case role == access.FocalPoint && chapterCode == "":
		return fault.New(fault.Invalid, "A focal point answers for a chapter. Give its code, such as LAO.").At("chapter")
	case role != access.FocalPoint && chapterCode != "":
		return fault.New(fault.Invalid, "Only a focal point answers for a chapter. Leave it out, or choose the role FOCAL_POINT.").At("chapter")
	}
	return nil
}

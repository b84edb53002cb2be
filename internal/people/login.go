package people

import (
	"context"

	"adam/ent"
	"adam/ent/login"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Logins lists the accounts at OpenID providers that are tied to a person, oldest first. For the person herself and the
// program.
func (k *Keeper) Logins(ctx context.Context, personID term.ID) ([]*ent.Login, error) {
	if err := needSelf(ctx, personID); err != nil {
		return nil, err
	}
	ctx = inside(ctx)
	return k.client(ctx).Login.Query().Where(login.PersonID(personID)).Order(ent.Asc(login.FieldCreatedAt, login.FieldID)).All(ctx)
}

// LinkLogin ties a person to an account at an OpenID provider, by issuer and subject. strong is as for EnrolTOTP. An
// account that is tied to somebody gives CONFLICT. For the person herself and the program.
func (k *Keeper) LinkLogin(ctx context.Context, personID term.ID, issuer, subject string, strong bool) error {
	if err := needSelf(ctx, personID); err != nil {
		return err
	}
	if err := k.needStrong(ctx, personID, strong); err != nil {
		return err
	}
	if issuer == "" || subject == "" {
		return fault.New(fault.Invalid, "The provider did not say who you are there. Try again, or ask whoever runs it.")
	}
	by := access.From(ctx).Person
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := k.open(ctx, personID); err != nil {
			return err
		}
		err := tx.Login.Create().SetPersonID(personID).SetIssuer(issuer).SetSubject(subject).SetCreatedAt(k.now()).Exec(ctx)
		if isTaken(err) {
			return fault.New(fault.Conflict, "This login is tied to an account here already. Sign in with it, or choose another.").Because(err)
		}
		if err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: personID, Summary: "A login was tied to the account."})
	})
}

// PersonByLogin finds the person of an account at an OpenID provider, never by e-mail, and logs that she signed in.
// UNAUTHENTICATED where there is none or the account may not be used. For the program, which has seen the provider's
// answer.
func (k *Keeper) PersonByLogin(ctx context.Context, issuer, subject string) (p *ent.Person, err error) {
	if err := needProgram(ctx); err != nil {
		return nil, err
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		l, err := firstOf(tx.Login.Query().Where(login.Issuer(issuer), login.Subject(subject), login.HasPersonWith(person.Disabled(false), person.ErasedAt(""))).WithPerson().Only(ctx))
		if err != nil {
			return err
		}
		if l == nil {
			return fault.New(fault.Unauthenticated, "This login is not tied to an account here. Sign in another way and tie it to your account, or ask for an invitation.")
		}
		p = l.Edges.Person
		return note(ctx, Event{Kind: term.LogSignedIn, Person: p.ID, Subject: p.ID, Summary: "A login was used."})
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// RemoveLogin unties an account at an OpenID provider from a person. strong is as for EnrolTOTP. An unknown one gives
// NOT_FOUND, the last way in CONFLICT. For the person herself and the program.
func (k *Keeper) RemoveLogin(ctx context.Context, personID, id term.ID, strong bool) error {
	if err := needSelf(ctx, personID); err != nil {
		return err
	}
	if err := k.needStrong(ctx, personID, strong); err != nil {
		return err
	}
	by := access.From(ctx).Person
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := lockPerson(ctx, tx, personID); err != nil {
			return err
		}
		n, err := tx.Login.Delete().Where(login.ID(id), login.PersonID(personID)).Exec(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "There is no such login. Look at the list of your logins again.")
		}
		if err := needWayIn(ctx, tx, personID); err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: personID, Summary: "A login was untied from the account."})
	})
}

// lockPerson lets the changes of what a person signs in with come one after the other, so that of the last two ways in
// not both are taken at the same moment.
func lockPerson(ctx context.Context, tx *ent.Tx, id term.ID) error {
	return tx.Person.Update().Where(person.ID(id)).AddFailures(0).Exec(ctx)
}

// needWayIn refuses to leave a person without a password, a passkey or a login.
func needWayIn(ctx context.Context, tx *ent.Tx, id term.ID) error {
	there, err := tx.Person.Query().Where(person.ID(id), canSignIn()).Exist(ctx)
	if err != nil || there {
		return err
	}
	return fault.New(fault.Conflict, "This is your last way to sign in. Set a password, or add another passkey or login, and remove it then.")
}

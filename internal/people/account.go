package people

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/feed"
	"adam/ent/grant"
	"adam/ent/invitation"
	"adam/ent/logdetail"
	"adam/ent/login"
	"adam/ent/mail"
	"adam/ent/passkey"
	"adam/ent/person"
	"adam/ent/token"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// errPerson is the answer for an account that is not there or may not be used.
func errPerson() error {
	return fault.New(fault.NotFound, "There is no such account. Look at the list of accounts again.")
}

// open finds an account that may be used: neither disabled nor erased.
func (k *Keeper) open(ctx context.Context, id term.ID) (*ent.Person, error) {
	ctx = inside(ctx)
	p, err := firstOf(k.client(ctx).Person.Query().Where(person.ID(id), person.Disabled(false), person.ErasedAt("")).Only(ctx))
	if err == nil && p == nil {
		return nil, errPerson()
	}
	return p, err
}

// Get finds an account by its id, whether or not it may be used. For the person herself, administrators and the
// program. An unknown one gives NOT_FOUND.
func (k *Keeper) Get(ctx context.Context, personID term.ID) (*ent.Person, error) {
	if v := access.From(ctx); !isAdministrator(v) && !isSelf(v, personID) {
		return nil, needAdministrator(ctx)
	}
	ctx = inside(ctx)
	p, err := firstOf(k.client(ctx).Person.Get(ctx, personID))
	if err == nil && p == nil {
		return nil, errPerson()
	}
	return p, err
}

// Find finds an account by its e-mail address in any case. For administrators and the program. An unknown one gives
// NOT_FOUND.
func (k *Keeper) Find(ctx context.Context, email string) (*ent.Person, error) {
	if err := needAdministrator(ctx); err != nil {
		return nil, err
	}
	ctx = inside(ctx)
	p, err := k.byEmail(ctx, Fold(email))
	if err == nil && p == nil {
		return nil, errPerson()
	}
	return p, err
}

// byEmail finds the account of a folded address; nil where there is none.
func (k *Keeper) byEmail(ctx context.Context, folded string) (*ent.Person, error) {
	if folded == "" { // the first person, who has not told hers
		return nil, nil
	}
	return firstOf(k.client(ctx).Person.Query().Where(person.Email(folded), person.ErasedAt("")).Only(ctx))
}

// List lists all accounts but the erased, by address. For administrators and the program.
func (k *Keeper) List(ctx context.Context) ([]*ent.Person, error) {
	if err := needAdministrator(ctx); err != nil {
		return nil, err
	}
	ctx = inside(ctx)
	return k.client(ctx).Person.Query().Where(person.ErasedAt("")).Order(ent.Asc(person.FieldEmail)).All(ctx)
}

// Describe sets how a person is called, and whether the name may be public: without consent the unit is named instead.
// For the person herself and the program. Empty texts are none.
func (k *Keeper) Describe(ctx context.Context, personID term.ID, name, unit string, namePublic bool) error {
	if err := needSelf(ctx, personID); err != nil {
		return err
	}
	by, name, unit := access.From(ctx).Person, strings.TrimSpace(name), strings.TrimSpace(unit)
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		u := tx.Person.Update().Where(person.ID(personID), person.ErasedAt("")).ClearName().ClearUnit().SetNamePublic(namePublic)
		if name != "" {
			u.SetName(name)
		}
		if unit != "" {
			u.SetUnit(unit)
		}
		n, err := u.Save(ctx)
		if err == nil && n == 0 {
			err = errPerson()
		}
		if err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: personID, Summary: "The account was described."})
	})
}

// Disable keeps a person out at once: her sessions and unused links end, and her tokens rest. The last administrator
// gives CONFLICT, unless the program does it. For administrators and the program.
func (k *Keeper) Disable(ctx context.Context, personID term.ID) error {
	return k.setDisabled(ctx, personID, true, "The account was disabled.")
}

// Enable lets a disabled person in again, with the secrets, tokens and roles that she has. For administrators and the
// program.
func (k *Keeper) Enable(ctx context.Context, personID term.ID) error {
	return k.setDisabled(ctx, personID, false, "The account was enabled.")
}

func (k *Keeper) setDisabled(ctx context.Context, id term.ID, disabled bool, summary string) error {
	if err := needAdministrator(ctx); err != nil {
		return err
	}
	by := access.From(ctx).Person
	change := k.change
	if disabled {
		change = k.unlessLast(k.administers(id))
	}
	return change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Person.Update().Where(person.ID(id), person.ErasedAt("")).SetDisabled(disabled).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return errPerson()
		}
		if disabled {
			if err := k.endAll(ctx, tx, id, ""); err != nil {
				return err
			}
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: id, Summary: summary})
	})
}

// endAll ends the sessions of a person, but the one to keep, and her unused links.
func (k *Keeper) endAll(ctx context.Context, tx *ent.Tx, id term.ID, keepTokenHash string) error {
	if _, err := k.endSessions(ctx, tx, id, keepTokenHash); err != nil {
		return err
	}
	return k.endLinks(ctx, tx, id)
}

// Erase removes what is personal of an account for ever: its address, names, secrets, passkeys, logins, links, tokens,
// sessions and the personal details in the log. Its roles end. The log's entries and the history stay, which name the
// account by a number and the institution. The last administrator gives CONFLICT, unless the program does it. For
// administrators and the program.
func (k *Keeper) Erase(ctx context.Context, personID term.ID, reason string) error {
	if err := needAdministrator(ctx); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return fault.New(fault.Invalid, "Say why the account is erased: the reason is kept with its roles, so name nobody in it.").At("reason")
	}
	by := access.From(ctx).Person
	return k.unlessLast(k.administers(personID))(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := k.eraseRow(ctx, tx, personID); err != nil {
			return err
		}
		if err := k.eraseRest(ctx, tx, personID, reason); err != nil {
			return err
		}
		if _, err := tx.LogDetail.Delete().Where(logdetail.Person(personID)).Exec(ctx); err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: personID, Summary: "The account was erased."})
	})
}

func (k *Keeper) eraseRow(ctx context.Context, tx *ent.Tx, id term.ID) error {
	n, err := tx.Person.Update().Where(person.ID(id), person.ErasedAt("")).SetEmail("erased-" + id.String() + "@invalid").
		ClearName().ClearUnit().ClearInstitution().SetNamePublic(false).SetPasswordHash("").SetTotpSecret("").SetTotpConfirmed(false).
		SetTotpStep(0).SetFailures(0).SetLockedUntil("").SetDisabled(true).SetErasedAt(k.now()).Save(ctx)
	if err == nil && n == 0 {
		return errPerson()
	}
	return err
}

func (k *Keeper) eraseRest(ctx context.Context, tx *ent.Tx, id term.ID, reason string) error {
	held, err := tx.Grant.Query().Where(grant.PersonID(id)).IDs(ctx)
	if err != nil {
		return err
	}
	err = tx.Grant.Update().Where(grant.EndedAt(""), grant.Or(grant.PersonID(id), grant.DelegatedByIDIn(held...))).SetEndedAt(k.now()).SetEndedReason(reason).Exec(ctx)
	if err != nil {
		return err
	}
	if _, err := k.endSessions(ctx, tx, id, ""); err != nil {
		return err
	}
	if _, err := tx.Passkey.Delete().Where(passkey.PersonID(id)).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.Login.Delete().Where(login.PersonID(id)).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.Invitation.Delete().Where(invitation.PersonID(id)).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.Token.Delete().Where(token.PersonID(id)).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.Feed.Delete().Where(feed.Person(id)).Exec(ctx); err != nil {
		return err
	}
	return tx.Mail.Update().Where(mail.Person(id)).SetBody("").Exec(ctx) // it is sent to nobody now, and may name her
}

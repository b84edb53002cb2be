package people

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/passkey"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Passkeys lists the passkeys of a person, oldest first. For the person herself and the program, which asks while
// she signs in.
func (k *Keeper) Passkeys(ctx context.Context, personID term.ID) ([]*ent.Passkey, error) {
	if err := needSelf(ctx, personID); err != nil {
		return nil, err
	}
	ctx = inside(ctx)
	return k.client(ctx).Passkey.Query().Where(passkey.PersonID(personID)).Order(ent.Asc(passkey.FieldCreatedAt, passkey.FieldID)).All(ctx)
}

// AddPasskey keeps a credential that the WebAuthn ceremony gave: its id in base64url and what the library keeps of it.
// name is what the person calls it. strong is as for EnrolTOTP. A credential that is kept already gives CONFLICT. For
// the person herself and the program.
func (k *Keeper) AddPasskey(ctx context.Context, personID term.ID, handle, credentialJSON, name string, strong bool) (added *ent.Passkey, err error) {
	if err := needSelf(ctx, personID); err != nil {
		return nil, err
	}
	if err := k.needStrong(ctx, personID, strong); err != nil {
		return nil, err
	}
	if name = strings.TrimSpace(name); name == "" {
		name = "Passkey"
	}
	by := access.From(ctx).Person
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := k.open(ctx, personID); err != nil {
			return err
		}
		added, err = tx.Passkey.Create().SetPersonID(personID).SetHandle(handle).SetCredential(credentialJSON).SetName(name).SetCreatedAt(k.now()).Save(ctx)
		if isTaken(err) {
			return fault.New(fault.Conflict, "This passkey is registered already. Use it to sign in, or register another one.").Because(err)
		}
		if err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: personID, Summary: "A passkey was added."})
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// PersonByPasskey finds the person of a credential, and the credential. UNAUTHENTICATED where there is none or the
// account may not be used. For everybody: a ceremony asks it before anybody has signed in.
func (k *Keeper) PersonByPasskey(ctx context.Context, handle string) (*ent.Person, *ent.Passkey, error) {
	ctx = inside(ctx)
	found, err := firstOf(k.client(ctx).Passkey.Query().Where(passkey.Handle(handle), passkey.HasPersonWith(person.Disabled(false), person.ErasedAt(""))).WithPerson().Only(ctx))
	if err != nil {
		return nil, nil, err
	}
	if found == nil {
		return nil, nil, errPasskey()
	}
	return found.Edges.Person, found, nil
}

func errPasskey() error {
	return fault.New(fault.Unauthenticated, "This passkey is not known here. Sign in another way, or use another passkey.")
}

// UsePasskey notes that a person has signed in with a credential, and keeps its counter. The ceremony has checked it. It
// clears no wrong tries: those were not hers. For the program, since only it has seen the ceremony.
func (k *Keeper) UsePasskey(ctx context.Context, handle, credentialJSON string) error {
	if err := needProgram(ctx); err != nil {
		return err
	}
	p, key, err := k.PersonByPasskey(ctx, handle)
	if err != nil {
		return err
	}
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Passkey.Update().Where(passkey.ID(key.ID)).SetCredential(credentialJSON).SetUsedAt(k.now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 { // removed since
			return errPasskey()
		}
		return note(ctx, Event{Kind: term.LogSignedIn, Person: p.ID, Subject: p.ID, Summary: "A passkey was used."})
	})
}

// RemovePasskey removes a passkey of a person. strong is as for EnrolTOTP. An unknown one gives NOT_FOUND, the last way
// in CONFLICT. For the person herself and the program.
func (k *Keeper) RemovePasskey(ctx context.Context, personID, id term.ID, strong bool) error {
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
		n, err := tx.Passkey.Delete().Where(passkey.ID(id), passkey.PersonID(personID)).Exec(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "There is no such passkey. Look at the list of your passkeys again.")
		}
		if err := needWayIn(ctx, tx, personID); err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: personID, Summary: "A passkey was removed."})
	})
}

package people

import (
	"context"

	"adam/ent"
	"adam/ent/grant"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/term"
)

// FirstLink makes the link with which the first person comes in, as administrator and secretariat, as long as no
// administrator can sign in. Links it made before end. needed is false, and secret empty, where an administrator is
// there. Show the secret to the operator only. For the program only.
func (k *Keeper) FirstLink(ctx context.Context) (secret string, needed bool, err error) {
	if err := needProgram(ctx); err != nil {
		return "", false, err
	}
	offer := func() error {
		return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
			there, err := tx.Person.Query().Where(person.ErasedAt(""), canSignIn(), person.HasGrantsWith(grant.RoleEQ(access.Administrator), k.holds())).Exist(ctx)
			if needed = !there; err != nil || there {
				return err
			}
			secret, err = k.first(ctx, tx)
			return err
		})
	}
	if err = offer(); isTaken(err) && ent.TxFromContext(ctx) == nil {
		err = offer() // another server made the first person at the same moment: now she is there
	}
	if err != nil {
		return "", false, err
	}
	return secret, needed, nil
}

// first finds or makes the person without an address, gives the two roles and makes the link.
func (k *Keeper) first(ctx context.Context, tx *ent.Tx) (string, error) {
	p, err := firstOf(tx.Person.Query().Where(person.Email("")).Only(ctx))
	if err != nil {
		return "", err
	}
	program := access.Operator("accounts")
	if p == nil {
		if p, err = tx.Person.Create().SetEmail("").SetCreatedAt(k.now()).Save(ctx); err != nil {
			return "", err
		}
	}
	for _, r := range []access.Role{access.Administrator, access.Secretariat} {
		if _, err := k.give(ctx, tx, program, p.ID, target{role: r}, ""); err != nil {
			return "", err
		}
	}
	secret, err := k.newLink(ctx, tx, p.ID, term.LinkInvitation)
	if err != nil {
		return "", err
	}
	return secret, note(ctx, Event{Kind: term.LogAccount, Subject: p.ID, Summary: "The first link was made."})
}

package people

import (
	"context"

	"adam/ent"
	"adam/ent/grant"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// within is what a change does, and concerns asks something within it.
type (
	within   = func(context.Context, *ent.Tx) error
	concerns = func(context.Context, *ent.Tx) (bool, error)
)

// unlessLast runs a change as change does, and undoes one that concerns an administrator where it leaves none who can
// sign in and whose role does not end by itself: nobody could keep the accounts then. The program may do it all the
// same.
//
// It looks once the change is logged. Whoever adds to the log waits for those before her, so of two administrators who
// take the role from each other at the same moment the second sees what the first has done.
func (k *Keeper) unlessLast(concerned concerns) func(context.Context, within) error {
	return func(ctx context.Context, do within) error {
		program := access.From(ctx).Program
		return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
			looks, err := concerned(ctx, tx)
			if err != nil {
				return err
			}
			if err := k.change(ctx, do); err != nil || program || !looks {
				return err
			}
			return k.needAdministratorLeft(ctx, tx)
		})
	}
}

func (k *Keeper) needAdministratorLeft(ctx context.Context, tx *ent.Tx) error {
	left, err := tx.Person.Query().Where(person.Disabled(false), person.ErasedAt(""), canSignIn(),
		person.HasGrantsWith(grant.RoleEQ(access.Administrator), grant.Until(""), k.holds())).Exist(ctx)
	if err != nil || left {
		return err
	}
	return fault.New(fault.Conflict, "No administrator would be left who can sign in and whose role does not end by itself. Make another administrator first.")
}

// administers says whether a person holds the role of an administrator now.
func (k *Keeper) administers(id term.ID) concerns {
	return func(ctx context.Context, tx *ent.Tx) (bool, error) {
		return tx.Grant.Query().Where(grant.PersonID(id), grant.RoleEQ(access.Administrator), k.holds()).Exist(ctx)
	}
}

// ofAdministrator says whether a grant is one of the role of an administrator.
func ofAdministrator(id term.ID) concerns {
	return func(ctx context.Context, tx *ent.Tx) (bool, error) {
		return tx.Grant.Query().Where(grant.ID(id), grant.RoleEQ(access.Administrator)).Exist(ctx)
	}
}

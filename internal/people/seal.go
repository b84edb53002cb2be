package people

import (
	"context"

	"adam/ent"
	"adam/ent/seal"
)

// Seal is the secret with which the program marks what it gives out for a purpose and will take back. It is made when it
// is first wanted, and stays; all servers of one database have the same. For the program: nobody is shown it.
func (k *Keeper) Seal(ctx context.Context, purpose string) ([]byte, error) {
	ctx = inside(ctx)
	find := func() ([]byte, error) {
		found, err := firstOf(k.client(ctx).Seal.Query().Where(seal.Purpose(purpose)).Only(ctx))
		if err != nil || found == nil {
			return nil, err
		}
		return []byte(found.Secret), nil
	}
	if secret, err := find(); err != nil || secret != nil {
		return secret, err
	}
	err := k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return tx.Seal.Create().SetPurpose(purpose).SetSecret(newSecret()).SetCreatedAt(k.now()).Exec(ctx)
	})
	if err != nil && !isTaken(err) { // another server was first
		return nil, err
	}
	return find()
}

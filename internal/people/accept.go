package people

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/invitation"
	"adam/ent/person"
	"adam/internal/fault"
	"adam/internal/term"
)

// Acceptance is what a person adds when she follows a link.
type Acceptance struct {
	Email    string // only where the link needs it: the first person's
	Name     string // her own name; empty leaves it
	Password string // may be empty where she registers a passkey or a login instead
}

// Accept uses a link up and gives its person; of two at once exactly one wins. INVITATION and NOMINATION set the
// password of an account that had no secret, and end its other links. RESET replaces the password, or takes it away where none is given, takes
// the code generator away, and ends all sessions and other links. SIGN_IN changes nothing else. Whoever accepts has
// shown one factor. For everybody who has the secret. Links that do not work give NOT_FOUND; mistakes give INVALID with
// the fields email or password and leave the link as it is.
func (k *Keeper) Accept(ctx context.Context, secret string, in Acceptance) (p *ent.Person, err error) {
	ctx = inside(ctx)
	l, err := k.peek(ctx, k.client(ctx), secret)
	if err != nil {
		return nil, err
	}
	if l.Kind == term.LinkSignIn {
		in = Acceptance{}
	}
	if in.Email, err = emailOf(l, in.Email); err != nil {
		return nil, err
	}
	hash, err := passwordOf(ctx, l, in)
	if err != nil {
		return nil, err
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Invitation.Update().Where(invitation.SecretHash(TokenHash(secret)), invitation.UsedAt(""), invitation.ExpiresAtGT(k.now())).SetUsedAt(k.now()).Save(ctx)
		if err != nil {
			return err
		}
		if n != 1 {
			return errLink()
		}
		p, err = k.accept(ctx, tx, l, in, hash)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// emailOf is the address that the account is to have.
func emailOf(l *Link, given string) (string, error) {
	if !l.NeedsEmail {
		return l.Email, nil
	}
	return parseEmail(given)
}

// passwordOf hashes the password that was given, before the transaction: hashing takes time.
func passwordOf(ctx context.Context, l *Link, in Acceptance) (string, error) {
	if in.Password == "" {
		return "", nil
	}
	if err := CheckPassword(in.Password, in.Email); err != nil {
		return "", err
	}
	return hashPassword(ctx, in.Password)
}

// mayTakePassword refuses a password for an account that has a secret: only RESET replaces one. It asks within the
// transaction, after the link was used up, so that a used link never answers otherwise than as used.
func mayTakePassword(ctx context.Context, tx *ent.Tx, l *Link, p *ent.Person, hash string) error {
	if hash == "" || l.Kind == term.LinkReset {
		return nil
	}
	has, err := hasSecret(ctx, tx.Client(), p)
	if err != nil || !has {
		return err
	}
	return fault.New(fault.Invalid, "This account has a password, a passkey or a login already. Leave the password empty, and sign in as always.").At("password")
}

func (k *Keeper) accept(ctx context.Context, tx *ent.Tx, l *Link, in Acceptance, hash string) (*ent.Person, error) {
	p, err := firstOf(tx.Person.Query().Where(person.ID(l.Person), person.Disabled(false), person.ErasedAt("")).Only(ctx))
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, errLink()
	}
	e := Event{Kind: term.LogAccount, Person: p.ID, Subject: p.ID, Summary: "The link of kind " + string(l.Kind) + " was accepted."}
	if l.Kind == term.LinkSignIn {
		e.Kind, e.Summary = term.LogSignedIn, "A link for signing in was used."
		return p, note(ctx, e)
	}
	if err := mayTakePassword(ctx, tx, l, p, hash); err != nil {
		return nil, err
	}
	u := p.Update().SetNillableName(orNone(strings.TrimSpace(in.Name)))
	if l.NeedsEmail {
		if e.Detail = in.Email; p.Email != "" {
			return nil, errLink()
		}
		u.SetEmail(in.Email)
	}
	if err := k.retire(ctx, tx, l, u, p.ID); err != nil {
		return nil, err
	}
	if hash != "" {
		u.SetPasswordHash(hash)
	}
	p, err = u.Save(ctx)
	if isTaken(err) {
		return nil, fault.New(fault.Invalid, "There is an account with this address already. Give another one.").At("email").Because(err)
	}
	if err != nil {
		return nil, err
	}
	return p, note(ctx, e)
}

// retire ends the other links of a person who has accepted one and, where it was RESET, takes what it replaces.
func (k *Keeper) retire(ctx context.Context, tx *ent.Tx, l *Link, u *ent.PersonUpdateOne, id term.ID) error {
	if l.Kind != term.LinkReset {
		return k.endLinks(ctx, tx, id)
	}
	u.SetPasswordHash("").SetTotpSecret("").SetTotpConfirmed(false).SetTotpStep(0).SetFailures(0).SetLockedUntil("")
	return k.endAll(ctx, tx, id, "")
}

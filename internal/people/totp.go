package people

import (
	"context"
	"crypto/subtle"

	"adam/ent"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const totpStep = 30 // seconds

func errCode() error {
	return fault.New(fault.Unauthenticated, "The code is wrong or was used already. Wait for the next one and type it.").At("code")
}

// HasSecondFactor says whether a person can show more than a password: a code generator that was confirmed, or a
// passkey, which counts as both factors. The caller must have the person already.
func (k *Keeper) HasSecondFactor(ctx context.Context, p *ent.Person) (bool, error) {
	if p.TotpConfirmed {
		return true, nil
	}
	ctx = inside(ctx)
	return k.client(ctx).Person.Query().Where(person.ID(p.ID), person.HasPasskeys()).Exist(ctx)
}

// EnrolTOTP gives the secret of a new code generator, and the address that shows it as a picture. It counts from
// ConfirmTOTP on. issuer names the program in the generator. strong says that the session has shown two factors: without
// it, who has a second factor gets FORBIDDEN. Where a confirmed generator is there it gives CONFLICT: remove that first.
// For the person herself and the program.
func (k *Keeper) EnrolTOTP(ctx context.Context, personID term.ID, issuer string, strong bool) (secret, uri string, err error) {
	if err := needSelf(ctx, personID); err != nil {
		return "", "", err
	}
	if err := k.needStrong(ctx, personID, strong); err != nil {
		return "", "", err
	}
	by := access.From(ctx).Person
	p, err := k.open(ctx, personID)
	if err != nil {
		return "", "", err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: p.Email, Period: totpStep})
	if err != nil {
		return "", "", err
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Person.Update().Where(person.ID(p.ID), person.TotpConfirmed(false)).SetTotpSecret(key.Secret()).SetTotpStep(0).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "There is a code generator already. Remove it first with one of its codes, or ask an administrator for a link to start anew.")
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: p.ID, Summary: "A code generator was begun."})
	})
	if err != nil {
		return "", "", err
	}
	return key.Secret(), key.URL(), nil
}

// ConfirmTOTP makes the code generator count, once its first code is right. A wrong code gives UNAUTHENTICATED and
// counts as a wrong try. For the person herself and the program. Never call it within a transaction.
func (k *Keeper) ConfirmTOTP(ctx context.Context, personID term.ID, code string) error {
	if err := needSelf(ctx, personID); err != nil {
		return err
	}
	return k.checkCode(ctx, personID, code, false, func(u *ent.PersonUpdate) Event {
		u.SetTotpConfirmed(true)
		return Event{Kind: term.LogAccount, Summary: "A code generator was confirmed."}
	})
}

// CheckTOTP judges a code as the second factor of a sign-in: of this step of 30 seconds, the one before or the one after,
// each once. A wrong or used code, and a person without a generator, give UNAUTHENTICATED and count as a wrong try on
// the counter that the password counts on; TOO_MANY while the account rests. The caller has seen the first factor.
// Never call it within a transaction, which would undo the count.
func (k *Keeper) CheckTOTP(ctx context.Context, personID term.ID, code string) error {
	return k.checkCode(ctx, personID, code, true, func(*ent.PersonUpdate) Event {
		return Event{Kind: term.LogSignedIn, Summary: "The right code was given."}
	})
}

// RemoveTOTP takes the code generator away, against one of its codes. It judges the code as CheckTOTP does. For the
// person herself and the program.
func (k *Keeper) RemoveTOTP(ctx context.Context, personID term.ID, code string) error {
	if err := needSelf(ctx, personID); err != nil {
		return err
	}
	return k.checkCode(ctx, personID, code, true, func(u *ent.PersonUpdate) Event {
		u.SetTotpConfirmed(false).SetTotpSecret("")
		return Event{Kind: term.LogAccount, Summary: "The code generator was removed."}
	})
}

// checkCode counts a try, judges the code and, where it is right, uses its step up and does what the caller adds.
func (k *Keeper) checkCode(ctx context.Context, id term.ID, code string, confirmed bool, then func(*ent.PersonUpdate) Event) error {
	ctx = inside(ctx)
	if _, err := k.begin(ctx, id); err != nil {
		return err
	}
	p, err := k.client(ctx).Person.Get(ctx, id)
	if err != nil {
		return err
	}
	step := int64(0)
	if p.TotpConfirmed == confirmed && !p.Disabled {
		step = k.stepOf(p.TotpSecret, code)
	}
	wrong := false
	err = k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
		u := tx.Person.Update().Where(person.ID(id), person.TotpSecret(p.TotpSecret), person.TotpConfirmed(confirmed), person.TotpStepLT(step)).
			SetTotpStep(step).SetFailures(0).SetLockedUntil("")
		e := then(u)
		n, err := u.Save(ctx)
		if err != nil {
			return err
		}
		if wrong = n == 0; wrong {
			e = Event{Kind: term.LogSignInFailed, Summary: "A wrong code was given."}
		} else {
			e.Person = id
		}
		e.Subject = id
		return note(ctx, e)
	})
	if err == nil && wrong {
		return errCode()
	}
	return err
}

// stepOf finds the time step that a code belongs to; 0 where it is wrong.
func (k *Keeper) stepOf(secret, code string) (found int64) {
	now := k.Now().Unix() / totpStep
	for step := now - 1; step <= now+1; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && secret != "" && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	return found
}

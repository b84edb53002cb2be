package people

import (
	"context"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// pace is the grid on which refusals are given. What is done for an account and for an address without one differs by
// a few milliseconds of the database; both are answered at the next line of the grid. Tests shorten it.
var pace = 250 * time.Millisecond

// errSignIn is the one answer to a wrong address, a wrong password, and an account that may not be used.
func errSignIn() error {
	return fault.New(fault.Unauthenticated, "The e-mail address or the password is wrong. Try again, or ask for a link to set a new password.")
}

// SignIn finds the person of an address and a password. A password is one factor: where HasSecondFactor, the caller
// asks for the other before anything strong. For everybody. An unknown address, a wrong password and an account that is
// disabled or without a password give the same UNAUTHENTICATED after the same time. After five wrong tries the account
// rests for 1, 2, 4, 8, then 15 minutes after each further one, for the right password too: TOO_MANY, with the instant
// in Details["retryAt"]; addresses without an account answer likewise. Never call it within a transaction, which would
// undo the count.
func (k *Keeper) SignIn(ctx context.Context, email, password string) (*ent.Person, error) {
	began := time.Now() // how long the work took, not what time it is
	p, err := k.signIn(inside(ctx), Fold(email), password)
	if err != nil && fault.As(err) != nil {
		wait(ctx, pace-time.Since(began)%pace)
	}
	return p, err
}

// wait lets time pass, or less where the caller has gone.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (k *Keeper) signIn(ctx context.Context, folded, password string) (*ent.Person, error) {
	p, err := k.byEmail(ctx, folded)
	if err != nil {
		return nil, err
	}
	if until := k.lockOf(p, folded); until != "" {
		return nil, errLocked(until) // before the queue: a locked account costs no hash
	}
	right, t, err := k.judge(ctx, p, folded, password)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, errSignIn()
	}
	if !right || p.Disabled {
		err := k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return note(ctx, Event{Kind: term.LogSignInFailed, Subject: p.ID, Summary: "A wrong password was given, or the account may not be used."})
		})
		if err != nil {
			return nil, err
		}
		return nil, errSignIn()
	}
	return p, k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
		settle := k.forgive(ctx, tx, t)
		if settle == nil && !p.TotpConfirmed {
			settle = k.clear(ctx, tx, p.ID)
		}
		if settle != nil {
			return settle
		}
		return note(ctx, Event{Kind: term.LogSignedIn, Person: p.ID, Subject: p.ID, Summary: "The right password was given."})
	})
}

// lockOf tells until when an account, or an address without one, rests; empty where it does not.
func (k *Keeper) lockOf(p *ent.Person, folded string) term.Instant {
	if p == nil {
		return k.strangers.locked(folded, k.now())
	}
	if p.LockedUntil > k.now() {
		return p.LockedUntil
	}
	return ""
}

// judge waits for its turn, counts the try and hashes the password, for everybody alike.
func (k *Keeper) judge(ctx context.Context, p *ent.Person, folded, password string) (right bool, t ticket, err error) {
	done, err := turn(ctx)
	if err != nil {
		return false, t, err
	}
	defer done()
	if p == nil {
		if err := k.strangers.begin(folded, k.Now()); err != nil {
			return false, t, err
		}
		return matches("", password), t, nil
	}
	if t, err = k.begin(ctx, p.ID); err != nil {
		return false, t, err
	}
	return matches(p.PasswordHash, password), t, nil
}

// SetPassword sets a password, ends all other sessions and all unused links: a stolen cookie dies with the old password.
// Who has a password must give it as old; a wrong one counts as a wrong try, gives UNAUTHENTICATED, and TOO_MANY where
// the account rests. keepTokenHash is the TokenHash of the session to keep; empty keeps none. A password that is not
// good enough gives INVALID with the field password. For the person herself and the program. Never call it within a
// transaction.
func (k *Keeper) SetPassword(ctx context.Context, personID term.ID, old, password, keepTokenHash string) error {
	if err := needSelf(ctx, personID); err != nil {
		return err
	}
	by := access.From(ctx).Person
	p, err := k.open(ctx, personID)
	if err != nil {
		return err
	}
	if err := CheckPassword(password, p.Email); err != nil {
		return err
	}
	t, err := k.checkOld(inside(ctx), p, old)
	if err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if t.id != 0 {
			if err := k.forgive(ctx, tx, t); err != nil {
				return err
			}
		}
		if err := tx.Person.UpdateOneID(p.ID).SetPasswordHash(hash).Exec(ctx); err != nil {
			return err
		}
		if err := k.endAll(ctx, tx, p.ID, keepTokenHash); err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: by, Subject: p.ID, Summary: "The password was changed."})
	})
}

// checkOld judges the old password, where there is one.
func (k *Keeper) checkOld(ctx context.Context, p *ent.Person, old string) (ticket, error) {
	if p.PasswordHash == "" {
		return ticket{}, nil
	}
	if until := k.lockOf(p, p.Email); until != "" {
		return ticket{}, errLocked(until)
	}
	right, t, err := k.judge(ctx, p, p.Email, old)
	if err != nil {
		return t, err
	}
	if right {
		return t, nil
	}
	err = k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return note(ctx, Event{Kind: term.LogSignInFailed, Person: p.ID, Subject: p.ID, Summary: "A wrong old password was given."})
	})
	if err != nil {
		return t, err
	}
	return t, fault.New(fault.Unauthenticated, "The old password is wrong. Type it again.").At("old")
}

package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/token"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

const (
	tokenPrefix  = "adam_" // lets scanners of published code find a token that leaked
	tokenDays    = 90      // where the person said nothing
	mostDays     = 366
	longestLabel = 100 // characters
)

// errToken is the one answer for tokens that do not work.
func errToken() error {
	return fault.New(fault.Unauthenticated, "The token is not valid: it may be mistyped, have ended or have been revoked. Make a new one in your account.")
}

// CreateToken makes a token with which a program acts for a person, for 1 to 366 days (0 means 90). scopes default to
// READ and WRITE; a token makes no token that may do more than itself. The token is shown now and never again. A session
// with one factor makes none for the secretariat or an administrator (FORBIDDEN), since tokens count as strong; roles of
// that sort which are given later do not count for it. Mistakes give INVALID with the fields name, scopes or days. For
// the person herself and the program.
func (k *Keeper) CreateToken(ctx context.Context, personID term.ID, name string, scopes []access.Scope, days int) (secret string, t *ent.Token, err error) {
	v := access.From(ctx)
	if err := needSelf(ctx, personID); err != nil {
		return "", nil, err
	}
	if len(scopes) == 0 {
		scopes = []access.Scope{access.ScopeRead, access.ScopeWrite}
	}
	if days == 0 {
		days = tokenDays
	}
	name = strings.TrimSpace(name)
	if err := checkToken(v, name, scopes, days); err != nil {
		return "", nil, err
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := k.open(ctx, personID); err != nil {
			return err
		}
		if err := k.needAllRoles(ctx, v, personID); err != nil {
			return err
		}
		secret = tokenPrefix + newSecret()
		t, err = tx.Token.Create().SetPersonID(personID).SetName(name).SetSecretHash(TokenHash(secret)).SetScopes(scopes).
			SetCreatedAt(k.now()).SetExpiresAt(k.after(time.Duration(days) * 24 * time.Hour)).Save(ctx)
		if err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: v.Person, Subject: personID, Summary: "A token was made."})
	})
	if err != nil {
		return "", nil, err
	}
	return secret, t, nil
}

func checkToken(v access.Viewer, name string, scopes []access.Scope, days int) error {
	if name == "" || len([]rune(name)) > longestLabel {
		return fault.New(fault.Invalid, "Name the token after what uses it, in %d characters at most.", longestLabel).At("name")
	}
	if days < 1 || days > mostDays {
		return fault.New(fault.Invalid, "A token works for 1 to %d days. Give a number between.", mostDays).At("days")
	}
	for _, s := range scopes {
		if !slices.Contains(s.Values(), string(s)) {
			return fault.New(fault.Invalid, "%q is no scope. Choose among %s.", term.Clip(string(s)), strings.Join(s.Values(), ", ")).At("scopes")
		}
		if !v.May(s) {
			return fault.New(fault.Forbidden, "Your own token may not do %s, so it cannot make one that may. Sign in instead.", s).At("scopes")
		}
	}
	return nil
}

// needAllRoles refuses a viewer who acts without the roles that ask for a second factor, though she holds them.
func (k *Keeper) needAllRoles(ctx context.Context, v access.Viewer, id term.ID) error {
	if v.Program {
		return nil
	}
	held, err := k.grants(ctx, id)
	if err != nil {
		return err
	}
	for _, g := range held {
		if g.Role.NeedsSecondFactor() && !v.Has(g.Role) {
			return fault.New(fault.Forbidden, "Give your second factor first: sign in again with your code or passkey.")
		}
	}
	return nil
}

// Authenticate gives the viewer whom a token acts for, with the token's scopes. A token that is unknown, cut short, in
// another case, ended or revoked, or of an account that may not be used, gives the same UNAUTHENTICATED. For everybody.
func (k *Keeper) Authenticate(ctx context.Context, bearer string) (access.Viewer, error) {
	inner, now := inside(ctx), k.now()
	t, err := firstOf(k.client(ctx).Token.Query().Where(token.SecretHash(TokenHash(bearer)), token.RevokedAt(""), token.ExpiresAtGT(now)).Only(inner))
	if err != nil {
		return access.Viewer{}, err
	}
	if t == nil {
		return access.Viewer{}, errToken()
	}
	v, err := k.viewer(ctx, t.PersonID, func(g *ent.Grant) bool { return g.GivenAt <= t.CreatedAt })
	if fault.KindOf(err) == fault.Unauthenticated {
		return access.Viewer{}, errToken()
	}
	if err != nil {
		return access.Viewer{}, err
	}
	v.Scopes = slices.Clone(t.Scopes)
	if minuteAgo := k.after(-time.Minute); t.UsedAt <= minuteAgo {
		// A note for its owner: whoever reads must not fail because the disk is full, so it may be lost.
		_ = k.client(ctx).Token.Update().Where(token.ID(t.ID), token.UsedAtLTE(minuteAgo)).SetUsedAt(now).Exec(inner)
	}
	return v, nil
}

// Tokens lists the tokens of a person, newest first, with those that have ended. For the person herself, administrators
// and the program.
func (k *Keeper) Tokens(ctx context.Context, personID term.ID) ([]*ent.Token, error) {
	if !isAdministrator(access.From(ctx)) {
		if err := needSelf(ctx, personID); err != nil {
			return nil, err
		}
	}
	ctx = inside(ctx)
	return k.client(ctx).Token.Query().Where(token.PersonID(personID)).Order(ent.Desc(token.FieldCreatedAt, token.FieldID)).All(ctx)
}

// RevokeToken ends a token at once. One that is unknown or has been revoked gives NOT_FOUND. For the person herself,
// administrators and the program.
func (k *Keeper) RevokeToken(ctx context.Context, personID, id term.ID) error {
	v := access.From(ctx)
	if !isAdministrator(v) {
		if err := needSelf(ctx, personID); err != nil {
			return err
		}
	}
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Token.Update().Where(token.ID(id), token.PersonID(personID), token.RevokedAt("")).SetRevokedAt(k.now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "There is no such token, or it has been revoked. Look at the list of tokens again.")
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: v.Person, Subject: personID, Summary: "A token was revoked."})
	})
}

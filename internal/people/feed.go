package people

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/feed"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// errFeed is the one answer for secret addresses that do not work.
func errFeed() error {
	return fault.New(fault.NotFound, "There is no calendar at this address: it may be mistyped or have been revoked. Make a new one in your account.")
}

// FeedCode stands for the code of a chapter in a template of [FeedURL].
const FeedCode = "{code}"

// FeedURL is a secret address as it is given to a calendar: of the chapter with a code, of "all", or a template with
// [FeedCode]. base is the address that people use.
func FeedURL(base, code, secret string) string {
	return strings.TrimSuffix(base, "/") + "/calendar/" + code + ".ics?key=" + secret
}

// CreateFeed makes the secret of an address under which a calendar reads what a person may see of deadlines, until it is
// revoked. It is shown now and never again. As with tokens, a session with one factor makes none for the secretariat or an
// administrator (FORBIDDEN), and roles of that sort which are given later do not count for it; a token that may not read
// makes no address that does. For the person herself and the program; an account that may not be used gives what it gives
// elsewhere.
func (k *Keeper) CreateFeed(ctx context.Context, personID term.ID) (secret string, f *ent.Feed, err error) {
	v := access.From(ctx)
	if err := needSelf(ctx, personID); err != nil {
		return "", nil, err
	}
	if !v.May(access.ScopeRead) {
		return "", nil, fault.New(fault.Forbidden, "Your own token may not read, so it cannot make an address that does. Sign in instead.")
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := k.open(ctx, personID); err != nil {
			return err
		}
		if err := k.needAllRoles(ctx, v, personID); err != nil {
			return err
		}
		secret = newSecret()
		if f, err = tx.Feed.Create().SetPerson(personID).SetSecretHash(TokenHash(secret)).SetCreatedAt(k.now()).Save(ctx); err != nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: v.Person, Subject: personID, Summary: "A calendar address was made."})
	})
	if err != nil {
		return "", nil, err
	}
	return secret, f, nil
}

// Feeds lists the secret addresses of a person, newest first, with those that were revoked. For the person herself,
// administrators and the program.
func (k *Keeper) Feeds(ctx context.Context, personID term.ID) ([]*ent.Feed, error) {
	if !isAdministrator(access.From(ctx)) {
		if err := needSelf(ctx, personID); err != nil {
			return nil, err
		}
	}
	return k.client(ctx).Feed.Query().Where(feed.Person(personID)).Order(ent.Desc(feed.FieldCreatedAt, feed.FieldID)).All(inside(ctx))
}

// RevokeFeed ends a secret address at once. One that is unknown or has been revoked gives NOT_FOUND. For the person
// herself, administrators and the program.
func (k *Keeper) RevokeFeed(ctx context.Context, personID, id term.ID) error {
	v := access.From(ctx)
	if !isAdministrator(v) {
		if err := needSelf(ctx, personID); err != nil {
			return err
		}
	}
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Feed.Update().Where(feed.ID(id), feed.Person(personID), feed.RevokedAt("")).SetRevokedAt(k.now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "There is no such calendar address, or it has been revoked. Look at the list again.")
		}
		return note(ctx, Event{Kind: term.LogAccount, Person: v.Person, Subject: personID, Summary: "A calendar address was revoked."})
	})
}

// FeedViewer gives the person of a secret address with the roles that she holds now, for reading only: ask it each time,
// so that a right that ends, ends at once. A secret that is unknown or revoked, and one of an account that may not be
// used or has no role left, give the same NOT_FOUND. For everybody.
func (k *Keeper) FeedViewer(ctx context.Context, secret string) (access.Viewer, error) {
	f, err := firstOf(k.client(ctx).Feed.Query().Where(feed.SecretHash(TokenHash(secret)), feed.RevokedAt("")).Only(inside(ctx)))
	if err != nil {
		return access.Viewer{}, err
	}
	if f == nil {
		return access.Viewer{}, errFeed()
	}
	v, err := k.viewer(ctx, f.Person, func(g *ent.Grant) bool { return g.GivenAt <= f.CreatedAt })
	if fault.KindOf(err) == fault.Unauthenticated || err == nil && v.Audience == access.Public {
		return access.Viewer{}, errFeed()
	}
	if err != nil {
		return access.Viewer{}, err
	}
	v.Scopes = []access.Scope{access.ScopeRead}
	return v, nil
}

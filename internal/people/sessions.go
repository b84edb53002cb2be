package people

import (
	"context"

	"adam/ent"
	"adam/ent/session"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// SessionsOf lists where a person is signed in, the latest first. For the person herself, administrators and the
// program.
func (k *Keeper) SessionsOf(ctx context.Context, personID term.ID) ([]*ent.Session, error) {
	if err := needOwnSessions(ctx, personID); err != nil {
		return nil, err
	}
	ctx = inside(ctx)
	return k.client(ctx).Session.Query().Where(session.PersonID(personID), session.ExpiresAtGT(k.now())).
		Order(ent.Desc(session.FieldSeenAt, session.FieldID)).All(ctx)
}

func needOwnSessions(ctx context.Context, person term.ID) error {
	if isAdministrator(access.From(ctx)) {
		return nil
	}
	return needSelf(ctx, person)
}

// EndSession ends one session of a person at once. One that is unknown or has ended gives NOT_FOUND. For the person
// herself, administrators and the program.
func (k *Keeper) EndSession(ctx context.Context, personID, sessionID term.ID) error {
	if err := needOwnSessions(ctx, personID); err != nil {
		return err
	}
	by := access.From(ctx).Person
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := emptied(tx.Session.Update().Where(session.ID(sessionID), session.PersonID(personID), session.ExpiresAtGT(k.now())), k.now()).Save(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "There is no such session, or it has ended. Look at the list of sessions again.")
		}
		return note(ctx, Event{Kind: term.LogSignedOut, Person: by, Subject: personID, Summary: "A session was ended."})
	})
}

// EndSessions ends all sessions of a person at once, but the one with exceptTokenHash, the TokenHash of a cookie; empty
// keeps none. For the person herself, administrators and the program.
func (k *Keeper) EndSessions(ctx context.Context, personID term.ID, exceptTokenHash string) error {
	if err := needOwnSessions(ctx, personID); err != nil {
		return err
	}
	by := access.From(ctx).Person
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := k.endSessions(ctx, tx, personID, exceptTokenHash)
		if err != nil || n == 0 {
			return err
		}
		return note(ctx, Event{Kind: term.LogSignedOut, Person: by, Subject: personID, Summary: "Sessions were ended."})
	})
}

func (k *Keeper) endSessions(ctx context.Context, tx *ent.Tx, id term.ID, exceptTokenHash string) (int, error) {
	return emptied(tx.Session.Update().Where(session.PersonID(id), session.TokenHashNEQ(exceptTokenHash), session.ExpiresAtGT(k.now())), k.now()).Save(ctx)
}

// SignOut ends the session of a cookie and logs whose it was. Where there is none it does nothing. For everybody who
// has the cookie.
func (k *Keeper) SignOut(ctx context.Context, token string) error {
	return k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := firstOf(tx.Session.Query().Where(session.TokenHash(TokenHash(token)), session.ExpiresAtGT(k.now())).Only(ctx))
		if err != nil || row == nil {
			return err
		}
		if isVisitors(row) { // emptied it would stay for an hour and not be counted
			_, err := tx.Session.Delete().Where(session.ID(row.ID)).Exec(ctx)
			return err
		}
		n, err := emptied(tx.Session.Update().Where(session.ID(row.ID), session.ExpiresAtGT(k.now())), k.now()).Save(ctx)
		if err != nil || n == 0 || row.PersonID == nil {
			return err
		}
		return note(ctx, Event{Kind: term.LogSignedOut, Person: *row.PersonID, Subject: *row.PersonID, Summary: "The person signed out."})
	})
}

// Package people keeps the accounts: who may come in, with which secrets, in which roles, and until when. Its tables
// are private: every access to them runs as the program, after the caller's own right was checked.
package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"
)

// Keeper keeps the accounts of the working store. Use it by pointer; one serves any number of goroutines.
type Keeper struct {
	Store *store.Store
	Now   func() time.Time
	// Log adds to the audit log in the same transaction. It is required: a change that cannot be logged is not made.
	Log func(ctx context.Context, tx *ent.Tx, e Event) error

	strangers strangers // the counters of addresses without an account
}

// New gives the keeper of a working store, who adds what he does to its log.
func New(st *store.Store, now func() time.Time) *Keeper {
	k := &Keeper{Store: st, Now: now}
	k.Log = func(ctx context.Context, tx *ent.Tx, e Event) error {
		return audit.Append(ctx, tx, now(), audit.Entry(e))
	}
	return k
}

// Event is one entry for the audit log.
type Event struct {
	Kind    term.LogKind
	Person  term.ID // who acted; 0 for the program and for visitors
	Subject term.ID // whose account it is about
	Summary string  // what happened, without personal data
	Detail  string  // personal data of the subject, such as an e-mail address; may be empty
}

// inside makes a context in which the private tables are open. Decide who may call before it.
func inside(ctx context.Context) context.Context {
	return access.With(ctx, access.Operator("accounts"))
}

// change runs a change as the program: in the caller's transaction where there is one, otherwise in its own.
func (k *Keeper) change(ctx context.Context, do func(context.Context, *ent.Tx) error) error {
	if tx := ent.TxFromContext(ctx); tx != nil {
		return k.logged(inside(ctx), tx, do)
	}
	return k.apart(ctx, do)
}

// apart runs a change in a transaction of its own, so that it stays where the caller then fails: a wrong try counts.
func (k *Keeper) apart(ctx context.Context, do func(context.Context, *ent.Tx) error) error {
	return k.Store.InTx(inside(ctx), func(ctx context.Context, tx *ent.Tx) error { return k.logged(ctx, tx, do) })
}

// Denied keeps in the log that the person in the context was refused something; what names it without personal data. Of
// visitors nothing is kept. For the doors.
func (k *Keeper) Denied(ctx context.Context, what string) error {
	who := access.From(ctx).Person
	if who == 0 {
		return nil
	}
	return k.apart(ctx, func(ctx context.Context, _ *ent.Tx) error {
		return note(ctx, Event{Kind: term.LogDenied, Person: who, Summary: "Refused: " + what})
	})
}

type notesKey struct{}

// logged runs a change and then logs what it noted: last, since whoever adds to the log holds up everybody else who
// does until the transaction ends, and must not want another row by then.
func (k *Keeper) logged(ctx context.Context, tx *ent.Tx, do func(context.Context, *ent.Tx) error) error {
	var notes []Event
	if err := do(context.WithValue(ctx, notesKey{}, &notes), tx); err != nil {
		return err
	}
	for _, e := range notes {
		if err := k.Log(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// note keeps an event for the end of the change that runs in this context.
func note(ctx context.Context, e Event) error {
	notes, ok := ctx.Value(notesKey{}).(*[]Event)
	if !ok {
		return errors.New("an event was noted outside of a change")
	}
	*notes = append(*notes, e)
	return nil
}

// client reads in the caller's transaction where there is one: SQLite would wait for it for ever otherwise.
func (k *Keeper) client(ctx context.Context) *ent.Client {
	if tx := ent.TxFromContext(ctx); tx != nil {
		return tx.Client()
	}
	return k.Store.Client
}

func (k *Keeper) now() term.Instant { return term.InstantOf(k.Now()) }

func (k *Keeper) after(d time.Duration) term.Instant { return term.InstantOf(k.Now().Add(d)) }

// newSecret makes 32 random bytes in base64url: no one can guess it, so a plain hash is enough to keep it.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails on the platforms Go supports
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// TokenHash is how the secret of a session, a link or an API token is kept: SHA-256 in hexadecimal.
func TokenHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// orNone turns an empty text into none, which the tables keep as null.
func orNone(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// firstOf gives nil instead of an error where there is no row.
func firstOf[T any](row *T, err error) (*T, error) {
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return row, nil
}

// isTaken tells that a unique value is there already, whichever engine says so.
func isTaken(err error) bool {
	var taken *ent.ConstraintError
	return errors.As(err, &taken)
}

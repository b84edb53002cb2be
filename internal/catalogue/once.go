package catalogue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/oncekey"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// onceFor is how long a key of a request is remembered.
const onceFor = 7 * 24 * time.Hour

type onceKey struct{}

// WithOnce keeps the Idempotency-Key of a request: whatever it asks Once to do is done once, however often it is sent.
func WithOnce(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, onceKey{}, key)
}

const longOnce = 200

// onceOf is the key of the request; "" where it has none.
func onceOf(ctx context.Context) (string, error) {
	key, given := ctx.Value(onceKey{}).(string)
	if !given {
		return "", nil
	}
	if key == "" || len(key) > longOnce || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", fault.New(fault.Invalid, "The header Idempotency-Key is not understood. Send 1 to %d letters, digits and signs without spaces, such as a UUID.", longOnce)
	}
	return key, nil
}

// Request is one mutation, as far as it must be told apart from others.
type Request struct {
	Name  string // of the mutation
	Place string // in its operation, since one operation may hold several
	Input any
}

// hash tells requests apart that say different things.
func (r Request) hash() (string, error) {
	b, err := json.Marshal([]any{r.Name, plain(r.Input)})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Once does a change in one transaction of the working store and gives what it made or changed. Where the request has an
// Idempotency-Key that the same person has sent before with the same request, it gives the result of then and does
// nothing; with another request the key is refused.
func Once(ctx context.Context, st *store.Store, r Request, do func(context.Context, *ent.Tx) (term.ID, error)) (term.ID, error) {
	key, err := onceOf(ctx)
	if err != nil {
		return 0, err
	}
	hash, err := r.hash()
	if err != nil {
		return 0, err
	}
	if key != "" {
		key += " " + r.Place
	}
	return InTx(ctx, st, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		if key == "" {
			return do(ctx, tx)
		}
		if err := follow(ctx, tx, key); err != nil {
			return 0, err
		}
		done, err := doneBefore(ctx, tx, key, hash)
		if err != nil || done != 0 {
			return done, err
		}
		id, err := do(ctx, tx)
		if err != nil {
			return 0, err
		}
		private := access.With(ctx, access.Operator("idempotency"))
		return id, tx.Client().OnceKey.Create().SetPerson(access.From(ctx).Person).SetKey(key).SetRequestHash(hash).
			SetResult(id).SetAt(term.Now()).Exec(private)
	})
}

// onceLock is the first number of the locks of keys, which have two and so are apart from those that have one.
const onceLock = 4028

// follow lets requests with one key come after each other, so that the second finds what the first has done instead of
// being refused because of it. SQLite has one writer at a time anyway.
func follow(ctx context.Context, tx *ent.Tx, key string) error {
	if tx.Client().Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(access.With(ctx, access.Operator("idempotency")), "SELECT pg_advisory_xact_lock($1, hashtext($2))",
		onceLock, access.From(ctx).Person.String()+" "+key)
	return err
}

// doneBefore is the result of the same request by the same person; 0 where there was none.
func doneBefore(ctx context.Context, tx *ent.Tx, key, hash string) (term.ID, error) {
	private := access.With(ctx, access.Operator("idempotency"))
	found, err := tx.Client().OnceKey.Query().Where(oncekey.Person(access.From(ctx).Person), oncekey.Key(key)).Only(private)
	switch {
	case ent.IsNotFound(err):
		return 0, nil
	case err != nil:
		return 0, err
	case found.RequestHash != hash:
		return 0, fault.New(fault.Invalid, "This Idempotency-Key was used for another request. Send a new key with a new request, and the same key only to repeat one.")
	}
	return found.Result, nil
}

// SweepOnce forgets the keys of requests that are older than a week, and says how many.
func SweepOnce(ctx context.Context, st *store.Store, now time.Time) (n int, err error) {
	ctx = access.With(ctx, access.Operator("idempotency"))
	err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err = tx.Client().OnceKey.Delete().Where(oncekey.AtLT(term.InstantOf(now.Add(-onceFor)))).Exec(ctx)
		return err
	})
	return n, err
}

// attempts is how often a change is tried that others were faster with.
const attempts = 4

// InTx does a change in one transaction of the working store: all of it is kept, or nothing. Where somebody else was
// faster it is tried again, and then sees what that one did: so a conflict tells both values, and a key that was just
// taken gives way to the next.
func InTx(ctx context.Context, st *store.Store, do func(context.Context, *ent.Tx) (term.ID, error)) (id term.ID, err error) {
	for range attempts {
		err = st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			id, err = do(ctx, tx)
			return err
		})
		if err == nil || !raced(err) {
			break
		}
	}
	if err != nil && raced(err) && fault.As(err) == nil {
		err = fault.New(fault.Conflict, "Somebody else wrote the same at the same moment. Try again.").Because(err)
	}
	if err != nil {
		return 0, err
	}
	return id, nil
}

// raced says whether an error comes of somebody else writing at the same moment.
func raced(err error) bool {
	if f := fault.As(err); f != nil {
		return f.Kind == fault.Conflict && f.Details == nil
	}
	var engine interface{ SQLState() string }
	if errors.As(err, &engine) && (engine.SQLState() == "40P01" || engine.SQLState() == "40001") {
		return true
	}
	return ent.IsConstraintError(err)
}

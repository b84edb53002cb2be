package people

import (
	"container/list"
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"adam/ent"
	"adam/ent/person"
	"adam/internal/fault"
	"adam/internal/term"
)

const (
	freeTries     = 5                // wrong tries before the first wait
	longestWait   = 15 * time.Minute // no account is locked for longer
	mostStrangers = 10_000           // counters kept of addresses without an account
)

// waitAfter is how long an account rests after its nth wrong try in a row: 1, 2, 4, 8 minutes, then 15 each time.
func waitAfter(failures int) time.Duration {
	if failures < freeTries {
		return 0
	}
	return min(time.Minute<<min(failures-freeTries, 4), longestWait)
}

// errLocked says when to try again. It is the same for accounts and for addresses without one.
func errLocked(until term.Instant) error {
	return &fault.Error{Kind: fault.TooMany,
		Sentence: "There were too many wrong tries. Try again after " + until.Time().Format("15:04:05") + " UTC on " + until.Time().Format("2 January 2006") + ".",
		Details:  map[string]any{"retryAt": string(until)}}
}

// ticket is a try that was counted before it was judged.
type ticket struct {
	id  term.ID
	set term.Instant // the lock that counting it has set; empty where it set none
}

// begin counts a try against an account before it is judged, so that of a hundred at once no more than allowed are
// judged at all. Where the account is locked it counts nothing and gives TOO_MANY.
func (k *Keeper) begin(ctx context.Context, id term.ID) (t ticket, err error) {
	t.id = id
	err = k.apart(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Person.Update().Where(person.ID(id), person.LockedUntilLTE(k.now())).AddFailures(1).Save(ctx)
		if err != nil {
			return err
		}
		p, err := tx.Person.Get(ctx, id)
		if ent.IsNotFound(err) {
			return errPerson()
		}
		if err != nil {
			return err
		}
		if n == 0 {
			return errLocked(p.LockedUntil)
		}
		if w := waitAfter(p.Failures); w > 0 {
			t.set = k.after(w)
			return tx.Person.UpdateOneID(id).SetLockedUntil(t.set).Exec(ctx)
		}
		return nil
	})
	return t, err
}

// forgive takes back what a right try was counted, and the lock that it set. Earlier wrong tries stay: somebody who has
// the password must not win new tries at the code with it.
func (k *Keeper) forgive(ctx context.Context, tx *ent.Tx, t ticket) error {
	err := tx.Person.Update().Where(person.ID(t.id), person.FailuresGT(0)).AddFailures(-1).Exec(ctx)
	if err != nil || t.set == "" {
		return err
	}
	return tx.Person.Update().Where(person.ID(t.id), person.LockedUntil(t.set)).SetLockedUntil("").Exec(ctx)
}

// clear forgets all wrong tries of a person who has shown all that she needs to.
func (k *Keeper) clear(ctx context.Context, tx *ent.Tx, id term.ID) error {
	return tx.Person.UpdateOneID(id).SetFailures(0).SetLockedUntil("").Exec(ctx)
}

// strangers counts the tries at addresses without an account, as an account counts its own, so that nobody learns which
// addresses have one. It keeps the newest of them, in memory, and no address: their hashes only.
type strangers struct {
	mu    sync.Mutex
	found map[[sha256.Size]byte]*list.Element
	order list.List // of *stranger, the latest first
}

type stranger struct {
	key      [sha256.Size]byte
	failures int
	until    term.Instant
}

// locked tells until when an address rests; empty where it does not.
func (s *strangers) locked(folded string, now term.Instant) term.Instant {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.found[sha256.Sum256([]byte(folded))]; e != nil {
		if at := e.Value.(*stranger); at.until > now {
			return at.until
		}
	}
	return ""
}

// begin counts a try at an address, or gives TOO_MANY, by the rule of accounts.
func (s *strangers) begin(folded string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.get(sha256.Sum256([]byte(folded)))
	if at.until > term.InstantOf(now) {
		return errLocked(at.until)
	}
	at.failures++
	if w := waitAfter(at.failures); w > 0 {
		at.until = term.InstantOf(now.Add(w))
	}
	return nil
}

func (s *strangers) get(key [sha256.Size]byte) *stranger {
	if e := s.found[key]; e != nil {
		s.order.MoveToFront(e)
		return e.Value.(*stranger)
	}
	if s.found == nil {
		s.found = map[[sha256.Size]byte]*list.Element{}
	}
	if s.order.Len() >= mostStrangers {
		oldest := s.order.Back()
		delete(s.found, s.order.Remove(oldest).(*stranger).key)
	}
	at := &stranger{key: key}
	s.found[key] = s.order.PushFront(at)
	return at
}

// Package audit keeps the log of who did what: a chain of entries, each holding the hash of the one before, so that a
// change to any of them shows. Personal data stands beside the chain and can be erased without breaking it (decision 014).
package audit

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/logdetail"
	"adam/ent/logentry"
	"adam/internal/access"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// chainLock is the advisory lock on PostgreSQL of whoever adds to the chain. 4023 is that of migrations, 4024 and 4025
// are those of editions.
const chainLock = 4026

// Entry is what is to be remembered. Summary holds no personal data and stays for ever; Detail may hold some, such as an
// address, and can be erased. The detail is about the subject where that is a person, and else about who acted: with
// that person it is erased.
type Entry struct {
	Kind            term.LogKind
	Person, Subject term.ID // who acted, 0 for the program; what or whom it is about, 0 where nothing has an id
	Summary, Detail string  // Detail is empty where there is none
}

// about says whose data the detail of an entry is; 0 where it is nobody's.
func about(person, subject term.ID) term.ID {
	if subject.Kind() == term.KindPerson {
		return subject
	}
	return person
}

// Append adds an entry in the caller's transaction, so that the entry and what it tells of are kept together or not at
// all. now is the caller's clock; the order of entries is that of their numbers, whatever the clock did.
//
// Transactions that append follow each other from here to their end. So call it last, after every row and lock that the
// transaction needs: two that append first and then want each other's rows would stop each other on PostgreSQL. It may
// be called several times in one transaction, which must be READ COMMITTED there, as Store.InTx makes it.
//
// An entry without a summary or of an unknown kind is an error of the program.
func Append(ctx context.Context, tx *ent.Tx, now time.Time, e Entry) error {
	e.Summary, e.Detail = clean(e.Summary), clean(e.Detail)
	if strings.TrimSpace(e.Summary) == "" {
		return errors.New("append to the log: an entry needs a summary")
	}
	ctx = operator(ctx)
	if err := lockChain(ctx, tx); err != nil {
		return fmt.Errorf("append to the log: %w", err)
	}
	seq, previous, err := Head(ctx, tx.Client())
	if err != nil {
		return err
	}
	l := link{
		Seq: strconv.FormatInt(seq+1, 10), At: string(term.InstantOf(now)), Kind: string(e.Kind),
		Person: number(e.Person), Subject: number(e.Subject), Summary: e.Summary, Previous: previous,
	}
	var salt string
	if e.Detail != "" {
		salt = newSalt()
		l.DetailHash = detailHash(salt, e.Detail)
	}
	saved, err := tx.LogEntry.Create().SetSeq(seq + 1).SetAt(term.Instant(l.At)).SetKind(e.Kind).SetPerson(e.Person).
		SetSubject(e.Subject).SetSummary(l.Summary).SetDetailHash(l.DetailHash).SetPrevious(previous).SetHash(l.sum()).Save(ctx)
	if err == nil && e.Detail != "" {
		err = tx.LogDetail.Create().SetEntryID(saved.ID).SetPerson(about(e.Person, e.Subject)).SetSalt(salt).SetText(e.Detail).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("append to the log: %w", err)
	}
	return nil
}

// AtCommit adds an entry when the caller's transaction commits, after everything else that it does; where that fails,
// nothing is committed. For those who cannot know what the transaction will still need: see Append.
func AtCommit(ctx context.Context, tx *ent.Tx, now time.Time, e Entry) {
	tx.OnCommit(func(next ent.Committer) ent.Committer {
		return ent.CommitFunc(func(committing context.Context, tx *ent.Tx) error {
			if err := Append(ctx, tx, now, e); err != nil {
				return err
			}
			return next.Commit(committing, tx)
		})
	})
}

// operator acts as the program: the log is hidden from everyone else, and nobody else may write it.
func operator(ctx context.Context) context.Context {
	return access.With(ctx, access.Operator("log"))
}

// lockChain makes transactions that append follow each other. SQLite has one writer at a time anyway.
func lockChain(ctx context.Context, tx *ent.Tx) error {
	if tx.Client().Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", chainLock)
	return err
}

// clean replaces what PostgreSQL refuses in a text. Details may come from whoever tries to sign in, and nobody shall keep
// an entry out of the log by sending such bytes.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func number(id term.ID) string { return strconv.FormatInt(int64(id), 10) }

// Head is the number and the hash of the newest entry; 0 and 64 zeros where there is none. Whoever keeps it elsewhere,
// on paper or in another system's log, can later tell whether the log still holds it: see Holds.
func Head(ctx context.Context, c *ent.Client) (seq int64, hash string, err error) {
	// Two columns only: what somebody did to the others of the newest entry must not stop the log.
	e, err := c.LogEntry.Query().Order(ent.Desc(logentry.FieldSeq)).Select(logentry.FieldSeq, logentry.FieldHash).First(operator(ctx))
	if ent.IsNotFound(err) {
		return 0, origin, nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("head of the log: %w", err)
	}
	return e.Seq, e.Hash, nil
}

// Holds says whether the log has ever had the head: whether an entry has that hash, in the small letters that Head gives.
// Every log has begun with 64 zeros. It means something only where Verify has found the log whole.
func Holds(ctx context.Context, c *ent.Client, head string) (bool, error) {
	if head == origin {
		return true, nil
	}
	found, err := c.LogEntry.Query().Where(logentry.Hash(head)).Exist(operator(ctx))
	if err != nil {
		return false, fmt.Errorf("look for a head of the log: %w", err)
	}
	return found, nil
}

// Erase removes the details that are about a person, in the caller's transaction, and tells how many. The entries stay,
// with numbers instead of names, and the chain holds. That it was done is for the caller to append.
func Erase(ctx context.Context, tx *ent.Tx, person term.ID) (int, error) {
	if person.Kind() != term.KindPerson {
		return 0, fmt.Errorf("erase details of the log: %s is no person", person)
	}
	n, err := tx.LogDetail.Delete().Where(logdetail.Person(person)).Exec(operator(ctx))
	if err != nil {
		return 0, fmt.Errorf("erase details of the log: %w", err)
	}
	return n, nil
}

// Package mail keeps the outbox: e-mails are written in the transaction of what causes them and sent after it, so that a
// mail server that is down for days loses nothing, holds nobody up, and gets nothing twice. Its table is private: it is
// read and written as the program, after the caller's own right was checked.
package mail

import (
	"context"
	stdsql "database/sql"
	"errors"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/mail"
	"adam/ent/person"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Message is an e-mail to one person. Her address is read when it is sent, so that it goes where she is reached by then.
type Message struct {
	Key     string  // what it is about, once: the same key is never written twice
	Person  term.ID // to whom
	Grant   term.ID // the role for which she gets it; 0 where none is needed
	Cycle   term.ID // the review that it is about; 0 where it is about none
	Subject string  // one line
	Body    string  // plain text; it may hold a link that opens an account
}

// inside makes a context in which the outbox is open. Decide who may call before it.
func inside(ctx context.Context) context.Context { return access.With(ctx, access.Operator("mail")) }

// Write puts a message into the outbox in the caller's transaction: it is sent where that commits, and soon after. A key
// that was written before changes nothing and is no error; of two servers that write it at once, one does. On PostgreSQL
// the other waits for the first to commit, so whoever writes several keys in one transaction writes them in one order.
// It fails for a message without a key, a person, a subject or a body, which is a mistake of the program. For the
// packages of the domain, after they have decided that the mail is due.
func Write(ctx context.Context, tx *ent.Tx, m Message, now time.Time) error {
	m.Subject, m.Body = strings.Join(strings.Fields(clean(m.Subject)), " "), clean(m.Body)
	if m.Key == "" || m.Subject == "" || m.Body == "" || m.Person.Kind() != term.KindPerson {
		return errors.New("write an e-mail: it needs a key, a person, a subject and a body")
	}
	at := term.InstantOf(now)
	err := tx.Mail.Create().SetKey(m.Key).SetPerson(m.Person).SetGrantID(m.Grant).SetCycleID(m.Cycle).SetSubject(m.Subject).
		SetBody(m.Body).SetCreatedAt(at).SetNextAt(at).OnConflict(sql.ConflictColumns(mail.FieldKey), sql.DoNothing()).Exec(inside(ctx))
	if errors.Is(err, stdsql.ErrNoRows) { // nothing was inserted: the key is there
		return nil
	}
	return err
}

// clean replaces what PostgreSQL refuses in a text: parts of a message come from people.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// Entry is an e-mail as operators see it, without its text.
type Entry struct {
	ID       term.ID
	At       term.Instant // when it was written
	Status   term.MailStatus
	To       string // the address that its person has now; "erased" or "unknown" where she has none
	Subject  string
	Attempts int
	Next     term.Instant // of a waiting one: not before
	Sent     term.Instant // "" where it was not
	Trouble  string       // why it was not sent; "" where nothing stood in the way
}

// Most is the largest number of entries that List gives.
const Most = 1000

// List gives the newest entries of the outbox first: limit of them, 1 to Most, and those of one status where it is not
// "". INVALID for another limit or status. For the program at work for an operator; others get FORBIDDEN.
func List(ctx context.Context, st *store.Store, status term.MailStatus, limit int) ([]Entry, error) {
	if err := needProgram(ctx); err != nil {
		return nil, err
	}
	if limit < 1 || limit > Most {
		return nil, fault.New(fault.Invalid, "The list has 1 to %d e-mails. Give a number between.", Most).At("limit")
	}
	q := st.Client.Mail.Query().Order(ent.Desc(mail.FieldCreatedAt, mail.FieldID)).Limit(limit)
	if status != "" {
		if mail.StatusValidator(status) != nil {
			return nil, fault.New(fault.Invalid, "%q is no status of an e-mail. Write one of %s.", term.Clip(string(status)), strings.Join(status.Values(), ", ")).At("status")
		}
		q.Where(mail.StatusEQ(status))
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	to, err := addresses(ctx, st, rows)
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(rows))
	for i, m := range rows {
		list[i] = Entry{m.ID, m.CreatedAt, m.Status, to(m.Person), m.Subject, m.Attempts, m.NextAt, m.SentAt, deref(m.Trouble)}
	}
	return list, nil
}

// addresses reads where the persons of some e-mails are reached now.
func addresses(ctx context.Context, st *store.Store, rows []*ent.Mail) (func(term.ID) string, error) {
	ids := make([]term.ID, len(rows))
	for i, m := range rows {
		ids[i] = m.Person
	}
	found, err := st.Client.Person.Query().Where(person.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[term.ID]string, len(found))
	for _, p := range found {
		if known[p.ID] = p.Email; p.ErasedAt != "" {
			known[p.ID] = "erased"
		}
	}
	return func(id term.ID) string {
		if to, ok := known[id]; ok {
			return to
		}
		return "unknown"
	}, nil
}

// Retry puts an e-mail that is UNSURE or was DROPPED back into the outbox, to be sent at once where its person still has
// the right to it. Of an UNSURE one it is for the operator to find out that it did not arrive. NOT_FOUND where there is no
// such e-mail, CONFLICT where it waits, is being sent or was sent, or where its text was erased with its person. For the
// program at work for an operator; others get FORBIDDEN.
func Retry(ctx context.Context, st *store.Store, id term.ID, now time.Time) error {
	if err := needProgram(ctx); err != nil {
		return err
	}
	n, err := st.Client.Mail.Update().Where(mail.ID(id), mail.StatusIn(term.MailUnsure, term.MailDropped), mail.BodyNEQ("")).
		SetStatus(term.MailWaiting).SetNextAt(term.InstantOf(now)).ClearTrouble().Save(ctx)
	if err != nil || n == 1 {
		return err
	}
	m, err := st.Client.Mail.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return fault.New(fault.NotFound, "There is no such e-mail. Look at the list: adam mail list.")
	case err != nil:
		return err
	case m.Body == "" && m.Status != term.MailSent:
		return fault.New(fault.Conflict, "The text of this e-mail was erased with its person, so it cannot be sent.")
	}
	return fault.New(fault.Conflict, "This e-mail is %s. Only one that is UNSURE or DROPPED is sent again.", m.Status)
}

// needProgram refuses everybody but the program: the outbox holds what is for single people only.
func needProgram(ctx context.Context) error {
	if access.From(ctx).Program {
		return nil
	}
	return fault.New(fault.Forbidden, "Only an operator sees the outbox.")
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

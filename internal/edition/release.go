package edition

import (
	"context"
	"fmt"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/edition"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// Begin announces the next edition in the caller's transaction, so that what it publishes and the announcement are
// kept together or not at all. After the commit, Resume makes the edition. now is the caller's clock; where it has been
// set back, an edition still never comes before the one it follows.
func Begin(ctx context.Context, tx *ent.Tx, summary string, now time.Time) (*ent.Edition, error) {
	ctx = asProgram(ctx)
	if err := lockNumbers(ctx, tx); err != nil {
		return nil, err
	}
	last, err := tx.Edition.Query().Order(ent.Desc(edition.FieldNumber)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, err
	}
	number, at := 1, term.InstantOf(now)
	if last != nil {
		number, at = last.Number+1, max(at, last.ReleasedAt)
	}
	e, err := tx.Edition.Create().SetNumber(number).SetDate(term.DateOf(at.Time())).SetReleasedAt(at).
		SetSummary(strings.TrimSpace(summary)).Save(ctx)
	if err != nil {
		return nil, err
	}
	audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogPublished, Person: access.From(ctx).Person, Subject: e.ID, Summary: fmt.Sprintf("Edition %d was released.", number)})
	return e, nil
}

// lockNumbers makes transactions that take numbers follow each other. SQLite has one writer at a time anyway.
func lockNumbers(ctx context.Context, tx *ent.Tx) error {
	if tx.Client().Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", numberLock)
	return err
}

// Release publishes the working store as it stands: it announces an edition, cuts its files and gives it when it can be
// read. Where the program ends in between, Resume goes on. For the secretariat and the operator only.
func Release(ctx context.Context, st *store.Store, folder, summary string, now time.Time) (*ent.Edition, error) {
	ctx = asProgram(ctx)
	var begun *ent.Edition
	err := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		begun, err = Begin(ctx, tx, summary, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, err := Resume(ctx, st, folder); err != nil {
		return nil, fmt.Errorf("edition %d is announced and not made yet: %w", begun.Number, err)
	}
	return st.Client.Edition.Get(ctx, begun.ID)
}

// Resume makes the editions that were announced and are not finished, removes what a program that was killed has left,
// and the files of withdrawn editions. It tells how many it finished. It is safe at any time and on several servers:
// call it at start and after every commit that began an edition.
func Resume(ctx context.Context, st *store.Store, folder string) (int, error) {
	ctx = asProgram(ctx)
	unlock, err := lock(ctx, st, folder)
	if err != nil {
		return 0, err
	}
	defer unlock()
	if err := sweep(folder); err != nil {
		return 0, err
	}
	withdrawn, err := st.Client.Edition.Query().Where(edition.StatusEQ(term.EditionWithdrawn)).All(ctx)
	if err != nil {
		return 0, err
	}
	for _, e := range withdrawn {
		if err := forget(folder, e.Number); err != nil {
			return 0, err
		}
	}
	building, err := st.Client.Edition.Query().Where(edition.StatusEQ(term.EditionBuilding)).Order(ent.Asc(edition.FieldNumber)).All(ctx)
	if err != nil {
		return 0, err
	}
	for i, e := range building {
		if err := finish(ctx, st, folder, e.Number); err != nil {
			return i, err
		}
	}
	return len(building), nil
}

// Announced says whether an edition waits to be made.
func Announced(ctx context.Context, st *store.Store) (bool, error) {
	return st.Client.Edition.Query().Where(edition.StatusEQ(term.EditionBuilding)).Exist(asProgram(ctx))
}

// finish cuts both files of an edition from one moment and publishes it. Files that stand there already are of a
// builder that was killed before it could say so, and were never read.
func finish(ctx context.Context, st *store.Store, folder string, number int) error {
	snap, err := freeze(ctx, st)
	if err != nil {
		return err
	}
	defer snap.release()
	for _, a := range audiences {
		if err := cutFrom(ctx, snap, folder, number, a); err != nil {
			return fmt.Errorf("cut edition %d for %s: %w", number, a, err)
		}
	}
	return st.Client.Edition.Update().Where(edition.Number(number), edition.StatusEQ(term.EditionBuilding)).
		SetStatus(term.EditionPublished).Exec(ctx)
}

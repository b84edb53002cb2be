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
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// Withdraw takes an edition out of reading for ever: its number and the reason stay, its files go. Where it was the
// current one, a new edition takes its place, cut from the working store as it stands now: correct that first. It gives
// the new edition, nil where none was needed. For the secretariat and the operator only.
func Withdraw(ctx context.Context, st *store.Store, folder string, number int, reason string, now time.Time) (*ent.Edition, error) {
	ctx = asProgram(ctx)
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return nil, fault.New(fault.Invalid, "Say why edition %d is withdrawn: the reason stays where the edition was.", number)
	}
	var next *ent.Edition
	err := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		next, err = withdraw(ctx, tx, number, reason, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, err := Resume(ctx, st, folder); err != nil {
		return nil, fmt.Errorf("edition %d is withdrawn; what follows is not finished: %w", number, err)
	}
	if next == nil {
		return nil, nil
	}
	return st.Client.Edition.Get(ctx, next.ID)
}

// withdraw marks an edition and begins its replacement where it was the current one.
func withdraw(ctx context.Context, tx *ent.Tx, number int, reason string, now time.Time) (*ent.Edition, error) {
	if err := lockNumbers(ctx, tx); err != nil {
		return nil, err
	}
	current, err := tx.Edition.Query().Where(edition.StatusEQ(term.EditionPublished)).Order(ent.Desc(edition.FieldNumber)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, err
	}
	e, err := tx.Edition.Query().Where(edition.Number(number)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, fault.New(fault.NotFound, "There is no edition %d to withdraw.", number)
	case err != nil:
		return nil, err
	case e.Status == term.EditionBuilding:
		return nil, fault.New(fault.Conflict, "Edition %d is being made. Withdraw it when it is published.", number)
	case e.Status == term.EditionWithdrawn:
		return nil, fault.New(fault.Conflict, "Edition %d was withdrawn already, on %s.", number, e.WithdrawnOn)
	}
	day := term.DateOf(now.UTC())
	if err := e.Update().SetStatus(term.EditionWithdrawn).SetWithdrawnReason(reason).SetWithdrawnOn(day).Exec(ctx); err != nil {
		return nil, err
	}
	audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogPublished, Person: access.From(ctx).Person, Subject: e.ID, Summary: fmt.Sprintf("Edition %d was withdrawn.", number)})
	if current == nil || current.Number != number {
		return nil, nil
	}
	return Begin(ctx, tx, fmt.Sprintf("Takes the place of edition %d, which was withdrawn.", number), now)
}

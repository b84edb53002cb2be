package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"adam/ent"
	"adam/ent/intake"
	"adam/ent/intakepart"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// What a person decides, for the log.
const (
	saidYes = "said yes to"
	saidNo  = "said no to"
)

// PlanOf is a mark of how a file was read. Another one says that what it would do may be another thing.
func PlanOf(f *ent.Intake) string {
	asked, err := json.Marshal(f.Asked)
	if err != nil {
		panic(err) // texts can be written
	}
	sum := sha256.Sum256(append(asked, f.Mapping...))
	return hex.EncodeToString(sum[:8])
}

// Seen is Accept of a plan that was looked at: CONFLICT where the file was read otherwise since.
func Seen(plan string) func(context.Context, *ent.Tx, term.ID, time.Time) error {
	return func(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
		f, err := Get(ctx, tx.Client(), id)
		if err != nil {
			return err
		}
		if plan != PlanOf(f) {
			return fault.New(fault.Conflict, "Somebody else has had the import of %s read otherwise since you looked at it. Look at it again.", term.Clip(f.File))
		}
		return Accept(ctx, tx, id, now)
	}
}

// Accept says yes to what a file would do, in the caller's transaction: it is written soon after. For the secretariat.
func Accept(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
	return decide(ctx, tx, id, now, saidYes, func(u *ent.IntakeUpdateOne) { u.SetStatus(term.IntakeWriting).SetHeldUntil("").SetWorker("") })
}

// Discard says no, in the caller's transaction, also to a file that waits and cannot be read or written: the file goes, what it would have done stays to be read. For the secretariat.
func Discard(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
	if err := decide(ctx, tx, id, now, saidNo, func(u *ent.IntakeUpdateOne) { u.SetStatus(term.IntakeDiscarded).SetWorker("").SetHeldUntil("") }); err != nil {
		return err
	}
	program, err := acting(ctx)
	if err != nil {
		return err
	}
	_, err = tx.IntakePart.Delete().Where(intakepart.IntakeID(id)).Exec(program)
	return err
}

// TakeBack has an import undone soon after, in the caller's transaction; see Undo. For the secretariat.
func TakeBack(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
	program, err := acting(ctx)
	if err != nil {
		return err
	}
	f, err := Get(ctx, tx.Client(), id)
	if err != nil {
		return err
	}
	if err := undoable(f, term.IntakeApplied); err != nil {
		return err
	}
	v := access.From(ctx)
	n, err := tx.Intake.Update().Where(intake.ID(id), intake.StatusEQ(term.IntakeApplied)).SetStatus(term.IntakeUndoing).SetUndoneBy(v.Name).SetUndonePerson(v.Person).SetFailure("").SetHeldUntil("").SetWorker("").Save(program)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "Somebody else has just had the import of %s undone. Look at it again.", term.Clip(f.File))
	}
	audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogChanged, Person: v.Person, Subject: id, Summary: fmt.Sprintf("%s asked for the import of %s to be undone.", v.Name, term.Clip(f.File))})
	return err
}

// undoable refuses to undo an import that does not stand so.
func undoable(f *ent.Intake, stands ...term.IntakeStatus) error {
	switch {
	case slices.Contains(stands, f.Status):
		return nil
	case f.Status == term.IntakeUndoing:
		return fault.New(fault.Conflict, "The import of %s is being undone already.", term.Clip(f.File))
	case f.Status == term.IntakeUndone:
		return fault.New(fault.Conflict, "The import %s was undone already, at %s.", f.ID, f.UndoneAt)
	}
	return fault.New(fault.Conflict, "The import of %s has written nothing that could be undone.", term.Clip(f.File))
}

// decide notes what a person has decided on a file that she has looked at.
func decide(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time, what string, how func(*ent.IntakeUpdateOne)) error {
	program, err := acting(ctx)
	if err != nil {
		return err
	}
	f, err := Get(ctx, tx.Client(), id)
	switch {
	case err != nil:
		return err
	case what == saidYes && f.Failure != "":
		return fault.New(fault.Conflict, "Nothing can be written yet: %s", f.Failure)
	case what == saidNo && (f.Status == term.IntakeReading || f.Status == term.IntakeWriting) && f.HeldUntil < term.InstantOf(now): // it waits, and cannot go on
	case f.Status != term.IntakeForeseen:
		return fault.New(fault.Conflict, "Nothing is to be decided on the import of %s now: %s Look at it again.", term.Clip(f.File), stands[f.Status])
	}
	u := tx.Intake.UpdateOneID(id).Where(intake.StatusEQ(f.Status))
	how(u)
	if err := u.Exec(program); err != nil {
		if ent.IsNotFound(err) {
			return fault.New(fault.Conflict, "Somebody else has just decided on the import of %s. Look at it again.", term.Clip(f.File))
		}
		return err
	}
	v := access.From(ctx)
	audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogChanged, Person: v.Person, Subject: id, Summary: fmt.Sprintf("%s %s the import of %s.", v.Name, what, term.Clip(f.File))})
	return nil
}

// stands says in a sentence how an import stands on which nothing can be decided.
var stands = map[term.IntakeStatus]string{
	term.IntakeReceiving: "the file is still being sent.", term.IntakeReading: "the file is still being read.", term.IntakeWriting: "it is being written.",
	term.IntakeApplied: "it is written.", term.IntakeFailed: "it failed.", term.IntakeDiscarded: "it was discarded.", term.IntakeUndoing: "it is being undone.", term.IntakeUndone: "it was undone.",
}

// Get gives an import; NOT_FOUND where there is none. For operators and the secretariat.
func Get(ctx context.Context, c *ent.Client, id term.ID) (*ent.Intake, error) {
	program, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	f, err := c.Intake.Get(program, id)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no import with the id %s.", id).At("id")
	}
	return f, err
}

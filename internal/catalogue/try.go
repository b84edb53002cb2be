package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Try does a change in the caller's transaction and takes it back, and gives what it would have changed in the record:
// so a proposal is checked by the rules that it will be written by. It fails as the change would.
func Try(ctx context.Context, tx *ent.Tx, do func(context.Context, *ent.Tx) (term.ID, error)) ([]term.Change, error) {
	return try(rule.Trial(ctx), tx, do)
}

// Suggest is Try for a record that somebody else will answer for.
func Suggest(ctx context.Context, tx *ent.Tx, do func(context.Context, *ent.Tx) (term.ID, error)) error {
	_, err := try(rule.Suggestion(ctx), tx, do)
	return err
}

func try(ctx context.Context, tx *ent.Tx, do func(context.Context, *ent.Tx) (term.ID, error)) ([]term.Change, error) {
	program := access.With(ctx, access.Operator("try"))
	if _, err := tx.ExecContext(program, "SAVEPOINT proposed"); err != nil {
		return nil, err
	}
	id, failed := do(ctx, tx)
	var changes []term.Change
	if failed == nil {
		changes, failed = lastChanges(ctx, tx, id)
	}
	if _, err := tx.ExecContext(program, "ROLLBACK TO SAVEPOINT proposed"); err != nil {
		return nil, err
	}
	_, err := tx.ExecContext(program, "RELEASE SAVEPOINT proposed")
	if failed != nil {
		err = failed
	}
	if f := fault.As(err); f != nil && f.Kind == fault.Conflict && f.Details == nil {
		f.Details = map[string]any{} // nothing to try again for by itself
	}
	return changes, err
}

// lastChanges are those of the newest entry in the history of a record, as far as whoever proposes may see them.
func lastChanges(ctx context.Context, tx *ent.Tx, id term.ID) ([]term.Change, error) {
	e, err := tx.HistoryEntry.Query().Where(historyentry.RecordID(id)).Order(ent.Desc(historyentry.FieldVersion)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return e.Changes, nil
}

// PlainInput takes the types of a door off an input.
func PlainInput(input map[string]any) map[string]any {
	out, _ := plain(input).(map[string]any)
	return out
}

// RecordKind is the kind of record that an identifier kind stands for; "" for what is no record.
func RecordKind(k term.Kind) term.RecordKind {
	if s, ok := subjects[k]; ok {
		return s.record
	}
	return ""
}

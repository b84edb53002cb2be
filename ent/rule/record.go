//go:build !codegen

// Package rule holds the hooks and privacy rules of the schema, one rule a file.
package rule

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/search"
	"adam/internal/term"

	entgo "entgo.io/ent"
)

// mutation is what the hooks need of every generated mutation.
type mutation interface {
	entgo.Mutation
	ID() (term.ID, bool)
	IDs(context.Context) ([]term.ID, error)
	Client() *ent.Client
	Tx() (*ent.Tx, error)
}

var errOutside = errors.New("a record is written outside a transaction: its anchor and history could be lost")

// RecordHooks keep what belongs to every catalogue record: who wrote it, its version, the folded name to sort by, its
// anchor and search document, and its history. All of it is written in the record's own transaction (rule 4).
func RecordHooks(kind term.Kind) []entgo.Hook {
	return []entgo.Hook{func(next entgo.Mutator) entgo.Mutator {
		return entgo.MutateFunc(func(ctx context.Context, em entgo.Mutation) (entgo.Value, error) {
			m, ok := em.(mutation)
			if !ok {
				return nil, fmt.Errorf("record hook: %T is no record", em)
			}
			if m.Op().Is(entgo.OpDelete | entgo.OpDeleteOne) {
				return nil, errors.New("a record is never deleted: withdraw it, so that nothing is lost")
			}
			if _, err := m.Tx(); err != nil {
				return nil, errOutside
			}
			return write(ctx, m, kind, next)
		})
	}}
}

func write(ctx context.Context, m mutation, kind term.Kind, next entgo.Mutator) (entgo.Value, error) {
	if err := stamp(ctx, m); err != nil {
		return nil, err
	}
	changes, err := changesOf(ctx, m)
	if err != nil {
		return nil, err
	}
	ids, err := affected(ctx, m)
	if err != nil {
		return nil, err
	}
	value, err := next.Mutate(ctx, m)
	if err != nil {
		return nil, err
	}
	if m.Op().Is(entgo.OpCreate) {
		id, _ := m.ID()
		ids = []term.ID{id}
		if err := anchor(ctx, m, kind, id); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		if err := remember(ctx, m, id, changes); err != nil {
			return nil, err
		}
	}
	return value, refresh(ctx, m.Client(), ids...)
}

// affected lists the records that an update is about to change; they can't be told afterwards.
func affected(ctx context.Context, m mutation) ([]term.ID, error) {
	if m.Op().Is(entgo.OpCreate) {
		return nil, nil
	}
	return m.IDs(ctx)
}

// stamp sets who writes, the version and the name to sort by.
func stamp(ctx context.Context, m mutation) error {
	who := access.From(ctx).Name
	fields := map[string]entgo.Value{"updated_by": who, "updated_at": term.Now()}
	if m.Op().Is(entgo.OpCreate) {
		fields["created_by"] = who
	} else if err := m.AddField("version", 1); err != nil {
		return err
	}
	for _, f := range []string{"title", "name"} {
		if v, ok := m.Field(f); ok {
			fields["sort_name"] = SortName(fmt.Sprint(v))
		}
	}
	for f, v := range fields {
		if err := m.SetField(f, v); err != nil {
			return err
		}
	}
	return nil
}

// SortName folds a title so that both engines sort it alike; it is short, since it stands in an index.
func SortName(title string) string {
	const most = 30
	words := search.Tokens(title)
	return strings.Join(words[:min(len(words), most)], " ")
}

// anchor writes the Record of a new record. Its texts follow in refresh, when what hangs on it is there too.
func anchor(ctx context.Context, m mutation, kind term.Kind, id term.ID) error {
	key, _ := m.Field("key")
	return m.Client().Record.Create().SetID(id).SetKind(recordKinds[kind]).SetKey(fmt.Sprint(key)).SetTitle("").Exec(ctx)
}

var recordKinds = map[term.Kind]term.RecordKind{
	term.KindState: term.RecordState, term.KindActor: term.RecordActor, term.KindLaw: term.RecordLaw,
	term.KindPolicy: term.RecordPolicy, term.KindMechanism: term.RecordMechanism, term.KindActivity: term.RecordActivity,
}

// bookkeeping are the fields that say that a record changed, not what changed in it.
var bookkeeping = map[string]bool{
	"id": true, "version": true, "sort_name": true, "created_at": true, "updated_at": true, "created_by": true,
	"updated_by": true, "withheld": true,
}

// changesOf tells field by field what an update of one record makes of it. A new record has no changes.
func changesOf(ctx context.Context, m mutation) ([]term.Change, error) {
	changes := []term.Change{}
	if !m.Op().Is(entgo.OpUpdateOne) {
		return changes, nil
	}
	for _, f := range append(m.Fields(), m.ClearedFields()...) {
		if bookkeeping[f] {
			continue
		}
		old, err := m.OldField(ctx, f)
		if err != nil {
			return nil, err
		}
		var to *string
		if v, ok := m.Field(f); ok {
			to = words(v)
		}
		changes = append(changes, term.Change{Field: f, From: words(old), To: to})
	}
	return changes, nil
}

// words is a value as a person reads it; nil where it is unknown.
func words(v any) *string {
	var s string
	switch v := v.(type) {
	case *string:
		return v
	case *term.ID:
		if v == nil {
			return nil
		}
		s = v.String()
	case *bool:
		if v == nil {
			return nil
		}
		s = fmt.Sprint(*v)
	default:
		s = fmt.Sprint(v)
	}
	if s == "" {
		return nil
	}
	return &s
}

// remember writes the history entry of one change.
func remember(ctx context.Context, m mutation, id term.ID, changes []term.Change) error {
	state, err := standing(ctx, m.Client(), id)
	if err != nil {
		return err
	}
	action := term.ActionUpdated
	if m.Op().Is(entgo.OpCreate) {
		action = term.ActionCreated
	} else if w, ok := m.Field("withdrawn"); ok && w == true {
		action = term.ActionWithdrawn
	} else if ok {
		action = term.ActionRestored
	}
	h := m.Client().HistoryEntry.Create().SetRecordID(id).SetVersion(state.Version).SetVisibility(state.Visibility).
		SetBy(access.From(ctx).Name).SetAction(action).SetChanges(changes)
	if reason := Reason(ctx); reason != "" {
		h.SetReason(reason)
	}
	return h.Exec(ctx)
}

type reasonKey struct{}

// WithReason says why the changes made with this context are made; history keeps it.
func WithReason(ctx context.Context, reason string) context.Context {
	return context.WithValue(ctx, reasonKey{}, reason)
}

// Reason is why the changes made with this context are made; "" where nobody said.
func Reason(ctx context.Context) string {
	s, _ := ctx.Value(reasonKey{}).(string)
	return s
}

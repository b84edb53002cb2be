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
	"entgo.io/ent/dialect/sql"
)

// mutation is what the hooks need of every generated mutation.
type mutation interface {
	entgo.Mutation
	ID() (term.ID, bool)
	IDs(context.Context) ([]term.ID, error)
	Client() *ent.Client
	Tx() (*ent.Tx, error)
	WhereP(...func(*sql.Selector))
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
			if m.Op().Is(entgo.OpUpdate) {
				return nil, errors.New("records are changed one by one, so that history keeps what each of them was before")
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
	before, err := standing(ctx, m)
	if err != nil {
		return nil, err
	}
	value, err := next.Mutate(ctx, m)
	if err != nil {
		return nil, overtaken(m, err)
	}
	id, _ := m.ID()
	ctx = inside(ctx) // what follows is kept whatever the viewer sees of it
	if err := logged(ctx, m, id); err != nil {
		return nil, err
	}
	if m.Op().Is(entgo.OpCreate) {
		if ctx, err = begin(ctx, m, kind, id); err != nil {
			return nil, err
		}
	}
	changed, err := remember(ctx, m, id, before)
	if err != nil {
		return nil, err
	}
	documents, err := readIn(ctx, m.Client(), id, changed)
	if err != nil {
		return nil, err
	}
	return value, refresh(ctx, m.Client(), documents...)
}

// begin writes the anchor of a new record, and the document that shows it where there is one.
func begin(ctx context.Context, m mutation, kind term.Kind, id term.ID) (context.Context, error) {
	if err := anchor(ctx, m, kind, id); err != nil {
		return nil, err
	}
	write, ok := ctx.Value(firstSourceKey{}).(func(context.Context, term.ID) (term.ID, error))
	if !ok {
		return ctx, nil
	}
	source, err := write(ctx, id)
	if err != nil || source == 0 { // 0: no document shows it, and none has to
		return ctx, err
	}
	return WithSource(ctx, source), nil
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
	term.KindNeed: term.RecordNeed,
}

//go:build !codegen

package rule

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/coordinationmechanism"
	"adam/ent/law"
	"adam/ent/policydocument"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// snapshot is a record as it stood at one moment, as far as history compares it.
type snapshot struct {
	version    int
	visibility term.Visibility
	fields     []term.Change // the field and what it is, in From
}

// standing takes the snapshot of a record that is about to be updated, and lets the update happen only to what the
// snapshot shows. A new record has none. Whoever read an older version than stands now is told so.
func standing(ctx context.Context, m mutation) (*snapshot, error) {
	if !m.Op().Is(entgo.OpUpdateOne) {
		return nil, nil
	}
	id, _ := m.ID()
	now, err := take(ctx, m, id)
	if err != nil {
		return nil, err
	}
	read, err := m.OldField(ctx, "version")
	if err != nil {
		return nil, err
	}
	if read != now.version {
		return nil, errOvertaken()
	}
	m.WhereP(func(s *sql.Selector) { s.Where(sql.EQ(s.C("version"), now.version)) })
	return now, nil
}

func errOvertaken() error {
	return fault.New(fault.Conflict, "Somebody has changed this record since it was read. Read it again and make the change anew.")
}

// overtaken tells an update that met another version than it had read: somebody was faster.
func overtaken(m mutation, err error) error {
	if m.Op().Is(entgo.OpUpdateOne) && ent.IsNotFound(err) {
		return errOvertaken()
	}
	return err
}

var getters = map[term.Kind]func(context.Context, *ent.Client, term.ID) (any, error){
	term.KindState: func(ctx context.Context, c *ent.Client, id term.ID) (any, error) { return c.State.Get(ctx, id) },
	term.KindActor: func(ctx context.Context, c *ent.Client, id term.ID) (any, error) { return c.Actor.Get(ctx, id) },
	term.KindLaw:   func(ctx context.Context, c *ent.Client, id term.ID) (any, error) { return c.Law.Get(ctx, id) },
	term.KindPolicy: func(ctx context.Context, c *ent.Client, id term.ID) (any, error) {
		return c.PolicyDocument.Get(ctx, id)
	},
	term.KindMechanism: func(ctx context.Context, c *ent.Client, id term.ID) (any, error) {
		return c.CoordinationMechanism.Get(ctx, id)
	},
	term.KindActivity: func(ctx context.Context, c *ent.Client, id term.ID) (any, error) { return c.Activity.Get(ctx, id) },
	term.KindNeed:     func(ctx context.Context, c *ent.Client, id term.ID) (any, error) { return c.Need.Get(ctx, id) },
}

// bookkeeping are the fields that say that a record changed, not what changed in it.
var bookkeeping = []string{"", "-", "id", "edges", "version", "sort_name", "created_at", "updated_at", "created_by", "updated_by", "withheld"}

// take reads a record of any type.
func take(ctx context.Context, m mutation, id term.ID) (*snapshot, error) {
	get, ok := getters[id.Kind()]
	if !ok {
		return nil, fmt.Errorf("%s is no record", id)
	}
	record, err := get(ctx, m.Client(), id)
	if err != nil {
		return nil, err
	}
	v := reflect.ValueOf(record).Elem()
	s := &snapshot{version: v.FieldByName("Version").Interface().(int), visibility: v.FieldByName("Visibility").Interface().(term.Visibility)}
	for i := range v.NumField() {
		column, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if !slices.Contains(bookkeeping, column) {
			s.fields = append(s.fields, term.Change{Field: FieldName(column), From: words(v.Field(i))})
		}
	}
	codes, err := chaptersOf(ctx, m, id)
	s.fields = append(s.fields, term.Change{Field: "chapters", From: words(reflect.ValueOf(codes))})
	return s, err
}

// FieldName is what the API calls the field of a column: replaced_by_id is replacedBy.
func FieldName(column string) string {
	parts := strings.Split(strings.TrimSuffix(column, "_id"), "_")
	for i, p := range parts[1:] {
		if p != "" {
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "")
}

var inChapters = map[term.Kind]func(term.ID) predicate.Chapter{
	term.KindActor:     func(id term.ID) predicate.Chapter { return chapter.HasActorsWith(actor.ID(id)) },
	term.KindLaw:       func(id term.ID) predicate.Chapter { return chapter.HasLawsWith(law.ID(id)) },
	term.KindPolicy:    func(id term.ID) predicate.Chapter { return chapter.HasPoliciesWith(policydocument.ID(id)) },
	term.KindMechanism: func(id term.ID) predicate.Chapter { return chapter.HasMechanismsWith(coordinationmechanism.ID(id)) },
	term.KindActivity:  func(id term.ID) predicate.Chapter { return chapter.HasActivitiesWith(activity.ID(id)) },
}

// chaptersOf reads the chapters of a record where the mutation touches them: they are an edge, but part of what a
// record says.
func chaptersOf(ctx context.Context, m mutation, id term.ID) ([]string, error) {
	touched := slices.Concat(m.AddedEdges(), m.RemovedEdges(), m.ClearedEdges())
	if in := inChapters[id.Kind()]; in != nil && slices.Contains(touched, actor.EdgeInChapters) {
		return m.Client().Chapter.Query().Where(in(id)).Order(chapter.ByCode()).Select(chapter.FieldCode).Strings(ctx)
	}
	return nil, nil
}

// words is a value as a person reads it; nil where it is unknown, or a list of nothing.
func words(v reflect.Value) *string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return words(v.Elem())
	case reflect.Slice:
		items := make([]string, v.Len())
		for i := range items {
			items[i] = fmt.Sprint(v.Index(i))
		}
		return words(reflect.ValueOf(strings.Join(items, "; ")))
	}
	s := fmt.Sprint(v)
	if s == "" {
		return nil
	}
	return &s
}

// changes tells field by field what became of a record. A new record has no changes.
func changes(before, after *snapshot) []term.Change {
	out := []term.Change{}
	if before == nil {
		return out
	}
	for i, was := range before.fields {
		is := after.fields[i]
		if (was.From == nil) != (is.From == nil) || was.From != nil && *was.From != *is.From {
			out = append(out, term.Change{Field: was.Field, From: was.From, To: is.From})
		}
	}
	return out
}

// remember writes the history entry of one change. Who could not see the record before the change does not see the
// entry: it tells what was then.
func remember(ctx context.Context, m mutation, id term.ID, before *snapshot) ([]term.Change, error) {
	after, err := take(WithWithdrawn(ctx), m, id)
	if err != nil {
		return nil, err
	}
	changed := append(changes(before, after), changesOf(ctx)...)
	action, visibility := term.ActionUpdated, after.visibility
	if before == nil {
		action = term.ActionCreated
	} else {
		visibility = stricter(before.visibility, after.visibility)
	}
	for _, c := range changed {
		switch {
		case c.Field != "withdrawn":
		case *c.To == "true":
			action = term.ActionWithdrawn
		default:
			action = term.ActionRestored
		}
	}
	h := m.Client().HistoryEntry.Create().SetRecordID(id).SetVersion(after.version).SetVisibility(visibility).
		SetBy(access.From(ctx).Name).SetAction(action).SetChanges(changed)
	if reason := Reason(ctx); reason != "" {
		h.SetReason(reason)
	}
	if source, ok := sourceOf(ctx); ok {
		h.SetSourceID(source)
	}
	return changed, h.Exec(ctx)
}

func stricter(a, b term.Visibility) term.Visibility {
	order := a.Values() // from everyone to few
	if slices.Index(order, string(a)) > slices.Index(order, string(b)) {
		return a
	}
	return b
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

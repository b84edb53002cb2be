// Package catalogue is how people write the catalogue: they make, change, withdraw, restore and rename records, dispute
// what others own, and share what is restricted. Pages, GraphQL, reviews and imports call the same functions, each with
// the client of one transaction, and say with access.With who acts.
//
// What can be written is a table per type of record (fields_*.go): the name in the API, the column or the rows behind it,
// what it takes, and whether it is a fact, which needs a document that shows it, or housekeeping, which needs none.
package catalogue

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// mutation is what writing needs of every generated mutation of a record or a part.
type mutation interface {
	entgo.Mutation
	SetID(term.ID)
	WhereP(...func(*sql.Selector))
}

// execer ends a create or an update.
type execer interface{ Exec(context.Context) error }

// chaptered is a mutation of a record that belongs to chapters.
type chaptered interface {
	AddInChapterIDs(...term.ID)
	RemoveInChapterIDs(...term.ID)
}

// subject is one type of record, as far as writing differs by type.
type subject struct {
	kind   term.Kind
	record term.RecordKind
	word   string // what a sentence calls it
	by     string // the input that names the record: "key", of a State "code"
	column string // its column
	title  string // the field that the key of a new record is made of
	fields []field
	create func(*ent.Client) (mutation, execer)
	update func(*ent.Client, term.ID) (mutation, execer)
	find   func(context.Context, *ent.Client, func(*sql.Selector)) (any, error)

	chapters func(context.Context, *ent.Client, term.ID) ([]*ent.Chapter, error) // nil where it belongs to none
	regional func(get func(column string) any) bool                              // whether it stands in the region's chapter
	check    func(*plan)                                                         // what fields alone cannot tell
}

var subjects = map[term.Kind]*subject{
	term.KindActivity: activities(), term.KindActor: actors(), term.KindLaw: laws(), term.KindPolicy: policies(),
	term.KindMechanism: mechanisms(), term.KindState: states(), term.KindNeed: needs(),
}

func subjectOf(kind term.Kind) (*subject, error) {
	s, ok := subjects[kind]
	if !ok {
		return nil, fault.New(fault.Invalid, "Only records can be written this way, and a %s is none.", kind.Name())
	}
	return s, nil
}

func (s *subject) field(name string) *field {
	for i := range s.fields {
		if s.fields[i].name == name {
			return &s.fields[i]
		}
	}
	return nil
}

// factual says that a record of this type states facts, which a document must show.
func (s *subject) factual() bool {
	return slices.ContainsFunc(s.fields, func(f field) bool { return f.fact })
}

// titleColumn is the column of the title.
func (s *subject) titleColumn() string { return s.field(s.title).column }

// row is a row of any table as ent gives it.
type row struct{ v reflect.Value }

func rowOf(entity any) row { return row{reflect.Indirect(reflect.ValueOf(entity))} }

// get gives the value of a column, without its pointer; nil where it is unknown.
func (r row) get(column string) any {
	for i := range r.v.NumField() {
		name, _, _ := strings.Cut(r.v.Type().Field(i).Tag.Get("json"), ",")
		if name != column {
			continue
		}
		f := r.v.Field(i)
		if f.Kind() == reflect.Pointer {
			if f.IsNil() {
				return nil
			}
			f = f.Elem()
		}
		return f.Interface()
	}
	return nil
}

func (r row) id() term.ID {
	if !r.v.IsValid() {
		return 0
	}
	return r.v.FieldByName("ID").Interface().(term.ID)
}

func (r row) version() int { return r.v.FieldByName("Version").Interface().(int) }

func (r row) visibility() term.Visibility {
	v, _ := r.get("visibility").(term.Visibility)
	return v
}

// known says whether there is a row at all: a new record has none yet.
func (r row) known() bool { return r.v.IsValid() }

// named finds a record by its key, its old key, or the code of a State; what the viewer may not see is not found.
func (s *subject) named(ctx context.Context, c *ent.Client, name string) (row, error) {
	found, err := s.find(ctx, c, sql.FieldEQ(s.column, name))
	if ent.IsNotFound(err) && s.by == "key" {
		var now string
		if now, err = KeyNow(ctx, c, s.kind, name); err == nil && now != "" {
			found, err = s.find(ctx, c, sql.FieldEQ(s.column, now))
		} else if err == nil {
			return row{}, s.unknown(ctx, name)
		}
	}
	if ent.IsNotFound(err) {
		return row{}, s.unknown(ctx, name)
	}
	return rowOf(found), err
}

func (s *subject) unknown(ctx context.Context, name string) error {
	return fault.New(fault.NotFound, "There is no %s %q in the catalogue that you may see. Look it up in the list or by search.", s.word, term.Clip(name)).
		At(below(ctx) + "." + s.by)
}

// byID reads a record again.
func (s *subject) byID(ctx context.Context, c *ent.Client, id term.ID) (row, error) {
	found, err := s.find(ctx, c, sql.FieldEQ("id", id))
	if ent.IsNotFound(err) {
		return row{}, fault.New(fault.NotFound, "There is nothing with the id %s in the catalogue that you may see.", id).At(below(ctx) + ".record")
	}
	return rowOf(found), err
}

type belowKey struct{}

// Below says where in the request an input stands, where it is not `input` itself: "input.activity". Errors name their
// fields from there.
func Below(ctx context.Context, path string) context.Context {
	return context.WithValue(ctx, belowKey{}, path)
}

func below(ctx context.Context) string {
	if path, ok := ctx.Value(belowKey{}).(string); ok {
		return path
	}
	return "input"
}

// operator lets the program look at what no viewer sees, such as keys that are taken; it never writes with it.
func operator(ctx context.Context) context.Context {
	return rule.WithWithdrawn(access.With(ctx, access.Operator("catalogue")))
}

package search

import (
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/state"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqljson"
)

// StateFilter says which States. Fields of every filter: several values of one field, any of them; several fields, all.
type StateFilter struct {
	All    *bool
	Codes  []string
	Groups []term.Group
	Text   *string
}

// ActorFilter says which actors.
type ActorFilter struct {
	Kinds    []term.ActorKind
	States   []string
	Chapters []string
	Roles    []term.ParticipationRole
	Verified *bool
	Text     *string
}

// LawFilter says which laws.
type LawFilter struct {
	States   []string
	Chapters []string
	Themes   []term.Theme
	Topics   []term.Topic
	Status   []term.LawStatus
	Verified *bool
	Text     *string
}

// PolicyFilter says which policies.
type PolicyFilter struct {
	States   []string
	Chapters []string
	Themes   []term.Theme
	Topics   []term.Topic
	Status   []term.PolicyStatus
	Verified *bool
	Text     *string
}

// CoordinationMechanismFilter says which coordination mechanisms.
type CoordinationMechanismFilter struct {
	Levels   []term.MechanismLevel
	Forms    []term.MechanismForm
	States   []string
	Chapters []string
	Status   []term.MechanismStatus
	Themes   []term.Theme
	Topics   []term.Topic
	Verified *bool
	Text     *string
}

// ActivityFilter says which activities (interface.md).
type ActivityFilter struct {
	States          []string
	Chapters        []string
	StateGroups     []term.Group
	DonorStates     []string
	Themes          []term.Theme
	Topics          []term.Topic
	AssistanceTypes []term.AssistanceType
	Audiences       []term.Audience
	Donors          []string
	Implementers    []string
	Status          []term.ActivityStatus
	ActiveOn        *term.Date
	ActiveFrom      *term.Date
	ActiveTo        *term.Date
	ValueFrom       *term.Date
	ValueTo         *term.Date
	Licences        []string
	Verified        *bool
	Text            *string
}

// where is a condition on the rows of one table, whatever its type in ent.
type where = func(*sql.Selector)

// builder collects the conditions of a filter and the first thing that is wrong with it. What a filter names must
// exist: an unknown code would otherwise look like an empty answer.
type builder struct {
	ctx    context.Context
	c      *ent.Client
	wheres []where
	err    error
}

func (b *builder) add(w where) { b.wheres = append(b.wheres, w) }

func (b *builder) fail(field, format string, args ...any) {
	if b.err == nil {
		b.err = fault.New(fault.Invalid, format, args...).At("filter." + field)
	}
}

// at names the input that an error is about.
func at(field string, err error) error {
	if f := fault.As(err); f != nil {
		return f.At(field)
	}
	return err
}

// given reports whether a list narrows anything: an empty list means the same as none.
func given[T any](values []T) bool { return len(values) > 0 }

// in adds: the column has one of the values.
func in[T any](b *builder, column string, values []T) {
	if given(values) {
		list := make([]any, len(values))
		for i, v := range values {
			list[i] = v
		}
		b.add(func(s *sql.Selector) { s.Where(sql.In(s.C(column), list...)) })
	}
}

// holds adds: the JSON list in the column holds one of the values.
func holds[T ~string](b *builder, column string, values []T) {
	if given(values) {
		b.add(func(s *sql.Selector) {
			any := make([]*sql.Predicate, len(values))
			for i, v := range values {
				any[i] = sqljson.ValueContains(s.C(column), string(v))
			}
			s.Where(sql.Or(any...))
		})
	}
}

// themes adds: the record is about one of the themes.
func (b *builder) themes(themes []term.Theme) {
	if !given(themes) {
		return
	}
	b.add(func(s *sql.Selector) { s.Where(about(s.C, themes)) })
}

// about says that a record, known by its columns, is about one of the themes.
func about(column func(string) string, themes []term.Theme) *sql.Predicate {
	var any []*sql.Predicate
	for _, t := range themes {
		name := map[term.Theme]string{term.Smuggling: "smuggling", term.Trafficking: "trafficking"}[t]
		any = append(any, sql.NEQ(column(name), string(term.NotTargeted)))
	}
	return sql.Or(any...)
}

// text adds: the record's search document has all the words.
func (b *builder) text(text *string) {
	if text == nil || b.err != nil {
		return
	}
	q, err := Parse(*text)
	if err == nil {
		q, err = correct(b.ctx, b.c, q)
	}
	if err != nil {
		b.err = at("filter.text", err)
		return
	}
	b.add(func(s *sql.Selector) { s.Where(sql.In(s.C("id"), matching(s.Dialect(), q))) })
}

// matching selects the ids of the records whose document answers a query.
func matching(d string, q Query) *sql.Selector { return matchingIn(d, "search", q.TSQuery(), q.FTS5()) }

// matchingHead selects those that answer it with their key, title and names alone.
func matchingHead(d string, q Query) *sql.Selector {
	return matchingIn(d, "search_head", q.TSQuery(), "{key_tokens title_tokens names_tokens} : ("+q.FTS5()+")")
}

func matchingIn(d, vector, tsquery, fts5 string) *sql.Selector {
	if d == dialect.Postgres {
		t := sql.Table("records")
		return sql.Dialect(d).Select(t.C("id")).From(t).Where(sql.P(func(b *sql.Builder) {
			b.Ident(t.C(vector)).WriteString(" @@ ").Arg(tsquery).WriteString("::tsquery")
		}))
	}
	t := sql.Table("records_fts")
	return sql.Dialect(d).Select(t.C("rowid")).From(t).Where(sql.P(func(b *sql.Builder) {
		b.Ident("records_fts").WriteString(" MATCH ").Arg(fts5)
	}))
}

// stateIDs finds States by their codes and refuses an unknown one.
func (b *builder) stateIDs(field string, codes []string) []any {
	if !given(codes) || b.err != nil {
		return nil
	}
	rows, err := b.c.State.Query().Where(state.CodeIn(codes...)).Select(state.FieldID, state.FieldCode).All(b.ctx)
	return ids(b, field, codes, rows, err, func(s *ent.State) (string, term.ID) { return s.Code, s.ID },
		"%q is no State of this catalogue. Use ISO 3166-1 alpha-3 codes in capitals, such as THA.")
}

func (b *builder) chapterIDs(codes []string) []any {
	if !given(codes) || b.err != nil {
		return nil
	}
	rows, err := b.c.Chapter.Query().Where(chapter.CodeIn(codes...)).Select(chapter.FieldID, chapter.FieldCode).All(b.ctx)
	return ids(b, "chapters", codes, rows, err, func(c *ent.Chapter) (string, term.ID) { return c.Code, c.ID },
		"%q is no chapter of this catalogue. Use a State's alpha-3 code, such as THA, or REGIONAL.")
}

func (b *builder) actorIDs(field string, keys []string) []any {
	if !given(keys) || b.err != nil {
		return nil
	}
	rows, err := b.c.Actor.Query().Where(actor.KeyIn(keys...)).Select(actor.FieldID, actor.FieldKey).All(b.ctx)
	return ids(b, field, keys, rows, err, func(a *ent.Actor) (string, term.ID) { return a.Key, a.ID },
		"%q is no actor of this catalogue. Use the key of an actor, such as iom; `actors` lists them.")
}

func ids[T any](b *builder, field string, names []string, rows []T, err error, of func(T) (string, term.ID), unknown string) []any {
	if err != nil {
		b.err = fmt.Errorf("resolve %s: %w", field, err)
		return nil
	}
	found := map[string]term.ID{}
	for _, r := range rows {
		name, id := of(r)
		found[name] = id
	}
	var out []any
	for _, n := range slices.Compact(slices.Sorted(slices.Values(names))) {
		id, ok := found[n]
		if !ok {
			b.fail(field, unknown, term.Clip(n))
			return nil
		}
		out = append(out, id)
	}
	return out
}

// through adds: the record's id is among a column of another table, where that has certain values.
func (b *builder) through(table, column string, conditions map[string][]any) {
	if b.err != nil {
		return
	}
	b.add(func(s *sql.Selector) {
		t := sql.Table(table)
		sub := sql.Dialect(s.Dialect()).Select(t.C(column)).From(t)
		for _, c := range slices.Sorted(keysOf(conditions)) {
			sub.Where(sql.In(t.C(c), conditions[c]...))
		}
		s.Where(sql.In(s.C("id"), sub))
	})
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// inChapters adds: the record belongs to one of the chapters.
func (b *builder) inChapters(join, column string, codes []string) {
	if list := b.chapterIDs(codes); list != nil {
		b.through(join, column, map[string][]any{"chapter_id": list})
	}
}

func predicates[P ~func(*sql.Selector)](b *builder) ([]P, error) {
	out := make([]P, len(b.wheres))
	for i, w := range b.wheres {
		out[i] = P(w)
	}
	return out, b.err
}

package seed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	entgo "entgo.io/ent"
)

// Report tells what a load did, in records.
type Report struct {
	Created   int // new in the database
	Updated   int // shipped differently than last time, and nobody had edited them
	Unchanged int // loaded before, shipped alike
	Kept      int // edited or withdrawn here since they were loaded: left as they are
}

// LoadedBy is how history names the loader.
const LoadedBy = "Shipped data set"

// Load brings the shipped data into the working store with the client of one transaction. It may run any number of
// times: a record that somebody has edited is never touched, one that shipped alike is left alone. The data must have
// passed Validate. For the operator's commands only.
func Load(ctx context.Context, tx *ent.Tx, f *Files) (Report, error) {
	ctx = access.With(ctx, access.Operator(LoadedBy))
	ctx = rule.Later(rule.WithWithdrawn(rule.WithReason(ctx, "Loaded with the program: "+Verification)))
	l := &loader{c: tx.Client(), f: f}
	steps := []func(context.Context) error{
		l.remember, l.states, l.chapters, l.actors, l.laws, l.policies, l.mechanisms, l.activities, l.relations, l.rates, l.inclusion,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return Report{}, err
		}
	}
	return l.report, rule.Flush(ctx, l.c)
}

// loader holds what a load needs to know of the database.
type loader struct {
	c      *ent.Client
	f      *Files
	report Report

	entries  map[term.ID]*ent.SeedEntry // how records were loaded before
	versions map[term.ID]int            // of every record in the database
	fresh    map[term.ID]bool           // written by this load, so that their relations are too
}

// remember reads how records were loaded before and which versions they have now.
func (l *loader) remember(ctx context.Context) error {
	l.entries, l.versions, l.fresh = map[term.ID]*ent.SeedEntry{}, map[term.ID]int{}, map[term.ID]bool{}
	entries, err := l.c.SeedEntry.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		l.entries[e.ID] = e
	}
	return l.readVersions(ctx)
}

// item is one shipped record on its way into the database.
type item struct {
	id     term.ID
	source any // what its digest is taken of

	create interface {
		Exec(context.Context) error
	}
	given   entgo.Mutation                           // the fields of create
	update  func() (entgo.Mutation, execer)          // an empty update of the record
	columns []string                                 // all columns: what is not given is made unknown
	parts   func(context.Context, *ent.Client) error // writes what hangs on the record
	clear   func(context.Context, *ent.Client) error // removes it
}

type execer interface{ Exec(context.Context) error }

// put creates the record, or updates it where nobody has edited it.
func (l *loader) put(ctx context.Context, it item) error {
	digest, err := digestOf(it.source)
	if err != nil {
		return err
	}
	entry, loaded := l.entries[it.id]
	version, exists := l.versions[it.id]
	switch {
	case !exists:
		l.report.Created++
		err = it.create.Exec(ctx)
		version = 1
	case !loaded || entry.Version != version:
		l.report.Kept++
		return nil
	case entry.Digest == digest:
		l.report.Unchanged++
		return nil
	default:
		l.report.Updated++
		version++
		err = l.replace(ctx, it)
	}
	if ent.IsConstraintError(err) {
		key, _ := it.given.Field("key")
		return fault.New(fault.Conflict, "The shipped record %q (%s) cannot be loaded: a record that was entered here has its key. Give that one another key and load again; nothing was changed.", key, it.id).Because(err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", it.id, err)
	}
	l.fresh[it.id] = true
	if err := it.parts(ctx, l.c); err != nil {
		return fmt.Errorf("parts of %s: %w", it.id, err)
	}
	return l.c.SeedEntry.Create().SetID(it.id).SetDigest(digest).SetVersion(version).
		OnConflictColumns("id").UpdateNewValues().Exec(ctx)
}

// replace makes an unedited record what is shipped now: fields that are no longer given become unknown.
func (l *loader) replace(ctx context.Context, it item) error {
	if err := it.clear(ctx, l.c); err != nil {
		return err
	}
	m, update := it.update()
	given := map[string]bool{}
	for _, name := range it.given.Fields() {
		given[name] = true
		v, _ := it.given.Field(name)
		if err := m.SetField(name, v); err != nil {
			return err
		}
	}
	for _, name := range it.columns {
		if !given[name] {
			_ = m.ClearField(name) // refuses, rightly, what can't be unknown
		}
	}
	return update.Exec(ctx)
}

func digestOf(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// inOrder sorts records so that each comes after those that it points at. Validate has shown that there is no circle.
func inOrder[T any](all []T, key func(T) string, before func(T) []*string) []T {
	byKey := make(map[string]T, len(all))
	for _, r := range all {
		byKey[key(r)] = r
	}
	var out []T
	done := map[string]bool{}
	var visit func(T)
	visit = func(r T) {
		if done[key(r)] {
			return
		}
		done[key(r)] = true
		for _, k := range before(r) {
			if k != nil {
				visit(byKey[*k])
			}
		}
		out = append(out, r)
	}
	for _, r := range all {
		visit(r)
	}
	return out
}

// Check reads and validates a data set; the error lists every problem with its file, record and field.
func Check(f *Files, err error) (*Files, error) {
	if err != nil {
		return nil, fault.New(fault.Invalid, "The data set cannot be loaded:\n%s", err).Because(err)
	}
	if problems := Validate(f); len(problems) > 0 {
		all := Problems(problems)
		return nil, fault.New(fault.Invalid, "The data set cannot be loaded:\n%s", all).Because(all)
	}
	return f, nil
}

// code writes a word of the files as the catalogue's code.
func code[T ~string](word string) T { return T(strings.ToUpper(word)) }

func codes[T ~string](words []string) []T {
	out := make([]T, len(words))
	for i, w := range words {
		out[i] = code[T](w)
	}
	return out
}

func significance(themes []term.Theme, t term.Theme) term.Significance {
	for _, have := range themes {
		if have == t {
			return term.Principal
		}
	}
	return term.NotTargeted
}

// known writes a partial date where there is one.
func known(s *string) term.PartialDate {
	if s == nil {
		return ""
	}
	return term.PartialDate(*s)
}

func year(y *int) term.PartialDate {
	if y == nil {
		return ""
	}
	return term.PartialDate(fmt.Sprintf("%04d", *y))
}

func id(kind term.Kind, parts ...string) term.ID { return term.HashID(kind, parts...) }

func stateID(code string) term.ID { return id(term.KindState, code) }

func chapterIDs(codes []string) []term.ID {
	out := make([]term.ID, len(codes))
	for i, c := range codes {
		out[i] = id(term.KindChapter, c)
	}
	return out
}

package rule_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// recordType is what the tests do with a type of record; each is as short as ent allows.
type recordType struct {
	name     string
	kind     term.Kind
	title    string // the column of its title
	create   func(ctx context.Context, c *ent.Client, w *world, key, title string) (term.ID, error)
	rename   func(ctx context.Context, c *ent.Client, id term.ID, title string) error
	withdraw func(ctx context.Context, c *ent.Client, id term.ID, yes bool) error
	remove   func(ctx context.Context, c *ent.Client, id term.ID) error
	empty    func(ctx context.Context, c *ent.Client) error // deletes all
	annotate func(ctx context.Context, c *ent.Client) error // sets the note of all
	ids      func(ctx context.Context, c *ent.Client) ([]term.ID, error)
	count    func(ctx context.Context, c *ent.Client) (int, error)
	inEdge   func(ctx context.Context, c *ent.Client, w *world) (int, error) // from what points at it
	eager    func(ctx context.Context, c *ent.Client, w *world) (int, error) // the same, loaded with what points at it
}

// world is what records need to stand in.
type world struct {
	s       *store.Store
	state   term.ID // a State that is none of the records under test
	chapter term.ID
}

// newWorld makes a State and its chapter.
func newWorld(t *testing.T, s *store.Store) *world {
	t.Helper()
	w := &world{s: s, state: term.NewID(term.KindState), chapter: term.NewID(term.KindChapter)}
	w.do(t, func(ctx context.Context, c *ent.Client) error {
		err := c.State.Create().SetID(w.state).SetKey("state-lao").SetCode("LAO").SetAlpha2("LA").SetM49("418").
			SetName("Lao People's Democratic Republic").SetVisibility(term.Public).Exec(ctx)
		if err != nil {
			return err
		}
		return c.Chapter.Create().SetID(w.chapter).SetCode("LAO").SetTitle("Laos").SetTimeZone("Asia/Vientiane").SetStateID(w.state).Exec(ctx)
	})
	return w
}

// acting is a context in which the secretariat acts, and says why.
func acting(ctx context.Context, why string) context.Context {
	return rule.WithReason(access.With(ctx, access.Operator("Secretariat")), why)
}

// try makes a change in one transaction.
func (w *world) try(t *testing.T, change func(context.Context, *ent.Client) error) error {
	t.Helper()
	return w.tryAs(acting(testdb.Context(t), ""), change)
}

func (w *world) tryAs(ctx context.Context, change func(context.Context, *ent.Client) error) error {
	return w.s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error { return change(ctx, tx.Client()) })
}

// do makes a change that must succeed.
func (w *world) do(t *testing.T, change func(context.Context, *ent.Client) error) {
	t.Helper()
	if err := w.try(t, change); err != nil {
		t.Fatal(err)
	}
}

// add makes a record.
func (w *world) add(t *testing.T, r recordType, key, title string) (id term.ID) {
	t.Helper()
	w.do(t, func(ctx context.Context, c *ent.Client) (err error) {
		id, err = r.create(ctx, c, w, key, title)
		return err
	})
	return id
}

// history gives the entries of a record in the order of their versions.
func (w *world) history(t *testing.T, id term.ID) []*ent.HistoryEntry {
	t.Helper()
	all, err := w.s.Client.HistoryEntry.Query().Where(historyentry.RecordID(id)).Order(historyentry.ByVersion()).All(testdb.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// last is the newest entry of a record.
func (w *world) last(t *testing.T, id term.ID) *ent.HistoryEntry {
	t.Helper()
	all := w.history(t, id)
	if len(all) == 0 {
		t.Fatalf("%s has no history", id)
	}
	return all[len(all)-1]
}

// told writes changes in one line: field: old → new; a hyphen is unknown.
func told(changes []term.Change) string {
	text := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	var out []string
	for _, c := range changes {
		out = append(out, c.Field+": "+text(c.From)+" → "+text(c.To))
	}
	return strings.Join(out, ", ")
}

// document is the search document of a record.
func (w *world) document(t *testing.T, id term.ID) *ent.Record {
	t.Helper()
	r, err := w.s.Client.Record.Get(testdb.Context(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// finds says whether a column of tokens holds a word.
func finds(column, word string) bool { return slices.Contains(strings.Fields(column), word) }

// eachType runs a test with each type of record on each engine.
func eachType(t *testing.T, test func(*testing.T, *world, recordType)) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		for _, r := range recordTypes {
			t.Run(r.name, func(t *testing.T) { test(t, w, r) })
		}
	})
}

// each runs a test on each engine.
func each(t *testing.T, test func(*testing.T, *world)) {
	testdb.Each(t, func(t *testing.T, s *store.Store) { test(t, newWorld(t, s)) })
}

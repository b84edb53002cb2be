package catalogue_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// input is what somebody sends.
type input = map[string]any

// world is a catalogue with two States, their chapters and a few organisations.
type world struct {
	t                  *testing.T
	st                 *store.Store
	tha, lao           term.ID // States
	thailand           term.ID // chapter
	iom, unodc, dfat   term.ID
	reporter, keeper   access.Viewer // of the IOM, and the secretariat
	donor, focal, both access.Viewer
}

// each runs a test in a world of its own on each engine.
func each(t *testing.T, test func(*testing.T, *world)) {
	testdb.Each(t, func(t *testing.T, st *store.Store) { test(t, newWorld(t, st)) })
}

func newWorld(t *testing.T, st *store.Store) *world {
	t.Helper()
	w := &world{t: t, st: st}
	ctx := testdb.Context(t)
	err := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		c := tx.Client()
		for _, s := range []struct {
			id                            *term.ID
			key, code, alpha2, m49, named string
		}{{&w.tha, "state-thailand", "THA", "TH", "764", "Thailand"}, {&w.lao, "state-lao", "LAO", "LA", "418", "Lao People's Democratic Republic"}} {
			*s.id = term.NewID(term.KindState)
			if err := c.State.Create().SetID(*s.id).SetKey(s.key).SetCode(s.code).SetAlpha2(s.alpha2).SetM49(s.m49).SetName(s.named).SetVisibility(term.Public).Exec(ctx); err != nil {
				return err
			}
			chapter := term.NewID(term.KindChapter)
			if s.code == "THA" {
				w.thailand = chapter
			}
			if err := c.Chapter.Create().SetID(chapter).SetCode(s.code).SetTitle(s.named).SetTimeZone("Asia/Bangkok").SetStateID(*s.id).Exec(ctx); err != nil {
				return err
			}
		}
		return c.Chapter.Create().SetCode("REGIONAL").SetTitle("Region").SetTimeZone("Asia/Bangkok").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.iom = w.add(term.KindActor, input{"name": "International Organization for Migration", "kind": "INTERNATIONAL_ORGANIZATION", "acronym": "IOM", "visibility": "PUBLIC"})
	w.unodc = w.add(term.KindActor, input{"name": "UNODC", "kind": "INTERNATIONAL_ORGANIZATION", "visibility": "PUBLIC"})
	w.dfat = w.add(term.KindActor, input{"name": "DFAT", "kind": "DONOR", "visibility": "PUBLIC"})
	person := func() term.ID { return term.NewID(term.KindPerson) }
	w.reporter = access.SignedIn(person(), "IOM", []access.Grant{{Role: access.Reporter, Actor: w.iom}})
	w.donor = access.SignedIn(person(), "DFAT", []access.Grant{{Role: access.Reporter, Actor: w.dfat}})
	w.both = access.SignedIn(person(), "UN", []access.Grant{{Role: access.Reporter, Actor: w.iom}, {Role: access.Reporter, Actor: w.unodc}})
	w.focal = access.SignedIn(person(), "Ministry of Interior", []access.Grant{{Role: access.FocalPoint, Chapter: w.thailand, State: w.tha}})
	w.keeper = access.SignedIn(person(), "Regional Support Office", []access.Grant{{Role: access.Secretariat}})
	return w
}

// document is a source that shows everything.
var document = input{"title": "Annual report", "url": "https://www.example.org/report", "accessedOn": "2026-11-01"}

// with adds to an input what every one needs.
func with(in input, more ...any) input {
	out := maps.Clone(in)
	if _, given := out["sources"]; !given {
		out["sources"] = []any{document}
	}
	for i := 0; i+1 < len(more); i += 2 {
		out[more[i].(string)] = more[i+1]
	}
	return out
}

// as runs a change as somebody.
func (w *world) as(v access.Viewer, do func(context.Context, *ent.Tx) (term.ID, error)) (term.ID, error) {
	return catalogue.InTx(access.With(w.t.Context(), v), w.st, do)
}

func (w *world) create(v access.Viewer, kind term.Kind, in input) (term.ID, error) {
	return w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return catalogue.Create(ctx, tx, kind, in) })
}

func (w *world) update(v access.Viewer, kind term.Kind, in input) (term.ID, error) {
	return w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return catalogue.Update(ctx, tx, kind, in) })
}

// add makes a record that nobody may refuse.
func (w *world) add(kind term.Kind, in input) term.ID {
	w.t.Helper()
	id, err := w.create(access.Operator("Test"), kind, with(in))
	if err != nil {
		w.t.Fatalf("%v %v", err, fieldsOf(err))
	}
	return id
}

// change changes a record that must be changed.
func (w *world) change(v access.Viewer, kind term.Kind, in input) {
	w.t.Helper()
	if _, err := w.update(v, kind, with(in)); err != nil {
		w.t.Fatalf("%v %v", err, fieldsOf(err))
	}
}

func (w *world) activity(id term.ID) *ent.Activity {
	w.t.Helper()
	a, err := w.st.Client.Activity.Get(testdb.Context(w.t), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// history gives the entries of a record in the order of their versions.
func (w *world) history(id term.ID) []*ent.HistoryEntry {
	w.t.Helper()
	all, err := w.st.Client.HistoryEntry.Query().Where(historyentry.RecordID(id)).WithSource().Order(historyentry.ByVersion()).All(testdb.Context(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *world) last(id term.ID) *ent.HistoryEntry {
	w.t.Helper()
	all := w.history(id)
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

// refused wants an error of a kind that names fields of the input.
func refused(t *testing.T, err error, kind fault.Kind, fields ...string) *fault.Error {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != kind {
		t.Fatalf("the answer is %v; expected %s", err, kind)
	}
	for _, field := range fields {
		if !strings.Contains(" "+strings.Join(f.Fields, " ")+" ", " "+field+" ") {
			t.Errorf("the fields are %v; expected %s among them: %s", f.Fields, field, f.Sentence)
		}
	}
	return f
}

func fieldsOf(err error) []string {
	if f := fault.As(err); f != nil {
		return f.Fields
	}
	return nil
}

// client is the client of a transaction.
type client = *ent.Client

// system is a context in which the program acts.
func (w *world) system() context.Context { return testdb.Context(w.t) }

// write writes as the program, in one transaction.
func (w *world) write(do func(client) error) {
	w.t.Helper()
	if err := w.st.InTx(w.system(), func(_ context.Context, tx *ent.Tx) error { return do(tx.Client()) }); err != nil {
		w.t.Fatal(err)
	}
}

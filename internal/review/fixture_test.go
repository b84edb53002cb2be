package review_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

type input = map[string]any

// world is a small catalogue with people who review it, and a clock that the test moves.
type world struct {
	t       testing.TB
	st      *store.Store
	desk    *review.Desk
	id      map[string]term.ID       // of chapters by code, of States as "state THA", and of records by the names in recordsOf
	who     map[string]access.Viewer // by the names in cast
	persons map[string]*ent.Person
	mu      sync.Mutex
	now     time.Time
}

// zones are the chapters of the world with their time zones.
var zones = map[string]string{"THA": "Asia/Bangkok", "VNM": "Asia/Bangkok", "AFG": "Asia/Kabul", "IDN": "Asia/Jakarta", "REGIONAL": "Asia/Bangkok"}

// each runs a test in a world of its own on each engine.
func each(t *testing.T, test func(*testing.T, *world)) {
	testdb.Each(t, func(t *testing.T, st *store.Store) { test(t, newWorld(t, st)) })
}

func newWorld(t testing.TB, st *store.Store) *world {
	t.Helper()
	w := emptyWorld(t, st, zones)
	w.cast()
	w.records()
	return w
}

// emptyWorld has chapters and nobody in them.
func emptyWorld(t testing.TB, st *store.Store, zones map[string]string) *world {
	t.Helper()
	w := &world{t: t, st: st, id: map[string]term.ID{}, who: map[string]access.Viewer{}, persons: map[string]*ent.Person{}, now: time.Now().UTC()}
	w.desk = &review.Desk{People: people.New(st, w.clock), BaseURL: "https://adam.example", Now: w.clock}
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		for i, code := range slices.Sorted(maps.Keys(zones)) {
			create := tx.Chapter.Create().SetCode(code).SetTitle("Chapter " + code).SetTimeZone(zones[code])
			if code != "REGIONAL" {
				m49 := string([]byte{'1', '0' + byte(i/10), '0' + byte(i%10)})
				s := tx.State.Create().SetKey("state-" + strings.ToLower(code)).SetCode(code).SetAlpha2(string([]byte{'A' + byte(i), 'Z'})).SetM49(m49).
					SetName("State " + code).SetVisibility(term.Public).SaveX(ctx)
				w.id["state "+code] = s.ID
				create.SetStateID(s.ID)
			}
			w.id[code] = create.SaveX(ctx).ID
		}
		return nil
	})
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) at(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

func (w *world) pass(d time.Duration) { w.at(w.clock().Add(d)) }

// write writes as the program.
func (w *world) write(do func(context.Context, *ent.Tx) error) {
	w.t.Helper()
	ok(w.t, w.st.InTx(testdb.Context(w.t), do))
}

// cast are the people: focal points of THA and VNM, a deputy, two reporters, two of the secretariat, and others.
func (w *world) cast() {
	w.t.Helper()
	for _, key := range []string{"iom", "unodc"} {
		w.id[key] = w.add(term.KindActor, input{"name": strings.ToUpper(key), "kind": "INTERNATIONAL_ORGANIZATION", "visibility": "PUBLIC"})
	}
	for name, in := range map[string]people.Invitation{
		"tha": {Role: access.FocalPoint, Chapter: "THA"}, "vnm": {Role: access.FocalPoint, Chapter: "VNM"},
		"iom": {Role: access.Reporter, Actor: "iom"}, "unodc": {Role: access.Reporter, Actor: "unodc"},
		"first": {Role: access.Secretariat}, "second": {Role: access.Secretariat},
		"member": {Role: access.Member}, "coordinator": {Role: access.Coordinator}, "administrator": {Role: access.Administrator},
	} {
		w.invite(name, in)
	}
	held, err := w.desk.People.Grants(testdb.Context(w.t), w.persons["tha"].ID)
	ok(w.t, err)
	_, _, err = w.desk.People.Delegate(access.With(w.t.Context(), w.who["tha"]), held[0].ID,
		people.Colleague{Email: "deputy@example.org", Institution: "Ministry deputy"}, w.clock().AddDate(1, 0, -1))
	ok(w.t, err)
	w.meet("deputy")
}

func (w *world) invite(name string, in people.Invitation) {
	w.t.Helper()
	in.Email, in.Institution = name+"@example.org", "Ministry "+name
	_, _, err := w.desk.People.Invite(testdb.Context(w.t), in)
	ok(w.t, err)
	w.meet(name)
}

// meet reads who somebody is now.
func (w *world) meet(name string) {
	w.t.Helper()
	p, err := w.desk.People.Find(testdb.Context(w.t), name+"@example.org")
	ok(w.t, err)
	w.persons[name] = p
	w.who[name], err = w.desk.People.Viewer(w.t.Context(), p.ID, true)
	ok(w.t, err)
}

// records are some of each type in each visibility: of Thailand, of Viet Nam, of both, and of organisations.
func (w *world) records() {
	w.t.Helper()
	law := func(state, title, visibility string) input {
		return input{"title": title, "state": state, "status": "IN_FORCE", "visibility": visibility}
	}
	activity := func(title, visibility, status, who string) input {
		return input{"title": title, "states": []any{"THA"}, "implementers": []any{who}, "status": status, "visibility": visibility}
	}
	for name, in := range map[string]input{
		"law": law("THA", "Act on trafficking", "PUBLIC"), "draft": law("THA", "Draft decree", "MEMBERS"), "secret": law("THA", "Secret decree", "RESTRICTED"),
		"viet law": law("VNM", "Penal code", "PUBLIC"), "viet draft": law("VNM", "Decree of Viet Nam", "RESTRICTED"),
	} {
		w.id[name] = w.add(term.KindLaw, in)
	}
	w.id["policy"] = w.add(term.KindPolicy, input{"title": "National plan", "state": "THA", "status": "CURRENT", "visibility": "PUBLIC"})
	w.id["police"] = w.add(term.KindActor, input{"name": "Police of Thailand", "kind": "STATE_AUTHORITY", "state": "THA", "visibility": "PUBLIC"})
	w.id["treaty"] = w.add(term.KindMechanism, input{"name": "Agreement of two", "level": "BILATERAL", "form": "AGREEMENT", "status": "ACTIVE",
		"chapters": []any{"THA", "VNM"}, "visibility": "PUBLIC"})
	for name, in := range map[string]input{
		"training": activity("Training", "PUBLIC", "IMPLEMENTATION", "iom"), "internal": activity("For members", "MEMBERS", "IMPLEMENTATION", "unodc"),
		"hidden": activity("Hidden raid training", "RESTRICTED", "IMPLEMENTATION", "iom"), "ended": activity("Ended course", "PUBLIC", "CLOSED", "iom"),
	} {
		w.id[name] = w.add(term.KindActivity, in)
	}
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

// add makes a record as the program.
func (w *world) add(kind term.Kind, in input) term.ID {
	w.t.Helper()
	id, err := catalogue.InTx(testdb.Context(w.t), w.st, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Create(ctx, tx, kind, with(in))
	})
	ok(w.t, err)
	return id
}

// edit changes a record outside any review.
func (w *world) edit(v access.Viewer, name string, in input) {
	w.t.Helper()
	id := w.id[name]
	_, err := catalogue.InTx(access.With(w.t.Context(), v), w.st, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Update(ctx, tx, id.Kind(), with(in, "key", w.key(name), "version", w.version(name)))
	})
	ok(w.t, err)
}

func (w *world) key(name string) string {
	w.t.Helper()
	r, err := w.st.Client.Record.Get(testdb.Context(w.t), w.id[name])
	ok(w.t, err)
	return r.Key
}

// version is that of a record.
func (w *world) version(name string) int {
	w.t.Helper()
	all, err := review.Versions(testdb.Context(w.t), w.st.Client, []term.ID{w.id[name]})
	ok(w.t, err)
	return all[w.id[name]]
}

func (w *world) history(name string) []*ent.HistoryEntry {
	w.t.Helper()
	all, err := w.st.Client.HistoryEntry.Query().Where(historyentry.RecordID(w.id[name])).WithSource().Order(historyentry.ByVersion()).All(testdb.Context(w.t))
	ok(w.t, err)
	return all
}

package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/historyentry"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/term"
)

// fixed is a row of the fixture with whoever may see it.
type fixed struct {
	label  string
	id     term.ID
	seen   who
	past   who    // who may see the changes of a record: a share opens a record as it stands, not its past
	canary string // a text of the row that is in no other
}

// value is something of a row that others miss, though they see the row.
type value struct {
	missed who    // who misses it
	sql    string // what takes it out
}

// world is the shipped data with rows of every kind that somebody may not see.
type world struct {
	c      *ent.Client
	ids    map[string]term.ID
	rows   []*fixed
	values []value
	past   map[term.ID]map[int]who // who may see one change of a record, by its version
	gone   map[term.ID]bool        // withdrawn: whoever pointed at it bears no mark
	codes  map[term.ID]string      // of States
}

func newWorld() *world {
	return &world{ids: map[string]term.ID{}, past: map[term.ID]map[int]who{}, gone: map[term.ID]bool{}, codes: map[term.ID]string{}}
}

// fill writes the fixture beside the shipped data.
func (w *world) fill(ctx context.Context, tx *ent.Tx) error {
	w.c = tx.Client()
	ctx = access.With(ctx, access.Operator("fixture"))
	for _, step := range []func(context.Context){
		w.shipped, w.states, w.actors, w.texts, w.mechanisms, w.activities, w.parts, w.pointing, w.money, w.pairs, w.asked, w.chapters,
		w.editions, w.said, w.changes, w.people, w.entries,
	} {
		step(ctx)
	}
	return nil
}

// id is the identifier of what a label names. It fails loudly: a misspelt label would check nothing.
func (w *world) id(label string) term.ID {
	id, ok := w.ids[label]
	if !ok {
		panic("the fixture has no " + label)
	}
	return id
}

// row takes down who may see a row, and gives it an identifier that is the same everywhere.
func (w *world) row(kind term.Kind, label string, seen who) term.ID {
	if _, twice := w.ids[label]; twice {
		panic(label + " is in the fixture twice")
	}
	id := term.HashID(kind, "sight", label)
	name := id.String()
	w.ids[label] = id
	w.rows = append(w.rows, &fixed{label: label, id: id, seen: seen, past: seen, canary: "quokka-" + label + "-" + name[len(name)-6:]})
	return id
}

func (w *world) fixed(label string) *fixed {
	i := slices.IndexFunc(w.rows, func(f *fixed) bool { return f.label == label })
	if i < 0 {
		panic("the fixture has no row " + label)
	}
	return w.rows[i]
}

// canary is the text that stands in a row and nowhere else.
func (w *world) canary(label string) string { return w.fixed(label).canary }

// on is who sees all of some rows: what hangs on them is seen by no others.
func (w *world) on(labels ...string) who {
	seen := everyone
	for _, l := range labels {
		seen &= w.fixed(l).seen
	}
	return seen
}

// miss says who misses a value.
func (w *world) miss(missed who, sql string, args ...any) {
	w.values = append(w.values, value{missed, fmt.Sprintf(sql, args...)})
}

// shipped finds what the fixture stands beside.
func (w *world) shipped(ctx context.Context) {
	for _, code := range []string{"THA", "LAO", "KHM", "LKA", "MDV", "IDN", "IND"} {
		w.ids["state "+code] = w.c.State.Query().Where(state.Code(code)).OnlyIDX(ctx)
	}
	for _, code := range []string{"THA", "LAO", "REGIONAL", "LKA", "MDV", "KHM", "IDN", "IND"} {
		w.ids["chapter "+code] = w.c.Chapter.Query().Where(chapter.Code(code)).OnlyIDX(ctx)
	}
	for _, key := range []string{"iom", "unodc", "ilo"} {
		w.ids["actor "+key] = w.c.Actor.Query().Where(actor.Key(key)).OnlyIDX(ctx)
	}
}

// variant is a record that is seen by some: its visibility, and whom it is shared with.
type variant struct {
	name       string
	visibility term.Visibility
	actor      string // shared with an organisation
	role       access.Role
	reached    who // by the share
}

var variants = []variant{
	{"public", term.Public, "", "", nobody},
	{"members", term.Members, "", "", nobody},
	{"restricted", term.Restricted, "", "", nobody},
	{"shared-unodc", term.Restricted, "actor unodc", "", unodc},
	{"shared-coordinators", term.Restricted, "", access.Coordinator, coordinators},
	{"shared-focal-points", term.Restricted, "", access.FocalPoint, focalPoints},
	{"shared-reporters", term.Restricted, "", access.Reporter, reporters},
}

// variants makes a record in each variant. Those that are shared are made for the first owner only.
func (w *world) variants(ctx context.Context, kind term.Kind, what, owner string, owners who, make func(label string, v term.Visibility, id term.ID)) {
	for _, v := range variants {
		label := strings.Join([]string{what, v.name, owner}, "-")
		id := w.row(kind, label, open(v.visibility, owners))
		make(label, v.visibility, id)
		if v.reached != nobody {
			w.share(ctx, label, owners, v)
		}
	}
}

// share opens a record to others by a tick.
func (w *world) share(ctx context.Context, label string, owners who, v variant) {
	f := w.fixed(label)
	f.seen |= v.reached
	id := w.row(term.KindShare, "share-of-"+label, desk|owners)
	q := w.c.Share.Create().SetID(id).SetBy("Owner").SetAt("2026-01-01T00:00:00Z")
	if f.id.Kind() == term.KindFunding {
		q.SetFundingID(f.id)
	} else {
		q.SetRecordID(f.id)
	}
	if v.actor != "" {
		q.SetActorID(w.id(v.actor))
	} else {
		q.SetRole(v.role)
	}
	q.ExecX(ctx)
}

// entries takes down who may see the changes of all records of the fixture.
func (w *world) entries(ctx context.Context) {
	records := map[term.ID]*fixed{}
	for _, f := range w.rows {
		if slices.Contains([]term.Kind{term.KindState, term.KindActor, term.KindLaw, term.KindPolicy, term.KindMechanism, term.KindActivity, term.KindNeed}, f.id.Kind()) {
			records[f.id] = f
		}
	}
	for _, e := range w.c.HistoryEntry.Query().Order(historyentry.ByID()).AllX(ctx) {
		if f := records[e.RecordID]; f != nil {
			seen, ok := w.past[e.RecordID][e.Version]
			if !ok {
				seen = f.past
			}
			w.rows = append(w.rows, &fixed{label: fmt.Sprintf("change %d of %s", e.Version, f.label), id: e.ID, seen: seen & f.seen})
		}
	}
}

package sight

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

// Row is a row of the fixture with whoever may see it.
type Row struct {
	Label  string
	ID     term.ID
	Seen   Who
	Past   Who     // who may see the changes of a record: a share opens a record as it stands, not its past
	Canary string  // a text of the row that is in no other
	Of     term.ID // the record whose change it is; 0 of other rows
}

// value is something of a row that others miss, though they see the row.
type value struct {
	missed Who    // who misses it
	sql    string // what takes it out
}

// World is the shipped data with rows of every kind that somebody may not see.
type World struct {
	Rows   []*Row
	Codes  map[term.ID]string // of States
	c      *ent.Client
	ids    map[string]term.ID
	values []value
	past   map[term.ID]map[int]Who // who may see one change of a record, by its version
	gone   map[term.ID]bool        // withdrawn: whoever pointed at it bears no mark
}

func newWorld() *World {
	return &World{ids: map[string]term.ID{}, past: map[term.ID]map[int]Who{}, gone: map[term.ID]bool{}, Codes: map[term.ID]string{}}
}

// fill writes the fixture beside the shipped data.
func (w *World) fill(ctx context.Context, tx *ent.Tx) error {
	w.c = tx.Client()
	ctx = access.With(ctx, access.Operator("fixture"))
	for _, step := range []func(context.Context){
		w.shipped, w.states, w.actors, w.texts, w.mechanisms, w.activities, w.parts, w.pointing, w.money, w.pairs, w.asked, w.offers, w.chapters,
		w.editions, w.said, w.changes, w.people, w.reviews, w.verified, w.entries,
	} {
		step(ctx)
	}
	return nil
}

// ID is the identifier of what a label names. It fails loudly: a misspelt label would check nothing.
func (w *World) ID(label string) term.ID {
	id, ok := w.ids[label]
	if !ok {
		panic("the fixture has no " + label)
	}
	return id
}

// row takes down who may see a row, and gives it an identifier that is the same everywhere.
func (w *World) row(kind term.Kind, label string, seen Who) term.ID {
	if _, twice := w.ids[label]; twice {
		panic(label + " is in the fixture twice")
	}
	id := term.HashID(kind, "sight", label)
	name := id.String()
	w.ids[label] = id
	w.Rows = append(w.Rows, &Row{Label: label, ID: id, Seen: seen, Past: seen, Canary: "quokka-" + label + "-" + name[len(name)-6:]})
	return id
}

// Row finds a row of the fixture by its label.
func (w *World) Row(label string) *Row {
	i := slices.IndexFunc(w.Rows, func(f *Row) bool { return f.Label == label })
	if i < 0 {
		panic("the fixture has no row " + label)
	}
	return w.Rows[i]
}

// canary is the text that stands in a row and nowhere else.
func (w *World) canary(label string) string { return w.Row(label).Canary }

// on is who sees all of some rows: what hangs on them is seen by no others.
func (w *World) on(labels ...string) Who {
	seen := Everyone
	for _, l := range labels {
		seen &= w.Row(l).Seen
	}
	return seen
}

// miss says who misses a value.
func (w *World) miss(missed Who, sql string, args ...any) {
	w.values = append(w.values, value{missed, fmt.Sprintf(sql, args...)})
}

// shipped finds what the fixture stands beside.
func (w *World) shipped(ctx context.Context) {
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
	reached    Who // by the share
}

var variants = []variant{
	{"public", term.Public, "", "", Nobody},
	{"members", term.Members, "", "", Nobody},
	{"restricted", term.Restricted, "", "", Nobody},
	{"shared-unodc", term.Restricted, "actor unodc", "", UNODC},
	{"shared-coordinators", term.Restricted, "", access.Coordinator, coordinators},
	{"shared-focal-points", term.Restricted, "", access.FocalPoint, focalPoints},
	{"shared-reporters", term.Restricted, "", access.Reporter, reporters},
}

// variants makes a record in each variant. Those that are shared are made for the first owner only.
func (w *World) variants(ctx context.Context, kind term.Kind, what, owner string, owners Who, make func(label string, v term.Visibility, id term.ID)) {
	for _, v := range variants {
		label := strings.Join([]string{what, v.name, owner}, "-")
		id := w.row(kind, label, open(v.visibility, owners))
		make(label, v.visibility, id)
		if v.reached != Nobody {
			w.share(ctx, label, owners, v)
		}
	}
}

// share opens a record to others by a tick.
func (w *World) share(ctx context.Context, label string, owners Who, v variant) {
	f := w.Row(label)
	f.Seen |= v.reached
	id := w.row(term.KindShare, "share-of-"+label, Desk|owners)
	q := w.c.Share.Create().SetID(id).SetBy("Owner").SetAt("2026-01-01T00:00:00Z")
	if f.ID.Kind() == term.KindFunding {
		q.SetFundingID(f.ID)
	} else {
		q.SetRecordID(f.ID)
	}
	if v.actor != "" {
		q.SetActorID(w.ID(v.actor))
	} else {
		q.SetRole(v.role)
	}
	q.ExecX(ctx)
}

// entries takes down who may see the changes of all records of the fixture.
func (w *World) entries(ctx context.Context) {
	records := map[term.ID]*Row{}
	for _, f := range w.Rows {
		if slices.Contains([]term.Kind{term.KindState, term.KindActor, term.KindLaw, term.KindPolicy, term.KindMechanism, term.KindActivity, term.KindNeed}, f.ID.Kind()) {
			records[f.ID] = f
		}
	}
	for _, e := range w.c.HistoryEntry.Query().Order(historyentry.ByID()).AllX(ctx) {
		if f := records[e.RecordID]; f != nil {
			seen, ok := w.past[e.RecordID][e.Version]
			if !ok {
				seen = f.Past
			}
			w.Rows = append(w.Rows, &Row{Label: fmt.Sprintf("change %d of %s", e.Version, f.Label), ID: e.ID, Seen: seen & f.Seen, Of: f.ID})
		}
	}
}

package corpus

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/rule"
	"adam/ent/state"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// maker makes the records of one corpus.
type maker struct {
	plan   Plan
	places []place
	region term.ID // the chapter of the region; 0 where there is none
	actors int     // a fifth of them donors
	rows   *store.Rows
	made   Made
}

// perActor is how many activities there are for an actor.
const perActor = 20

// place is a State where activities may take place, with the chapter about it; 0 where it has none.
type place struct{ state, chapter term.ID }

// newMaker reads the States of the catalogue: those with a chapter come first, since most happens there.
func newMaker(ctx context.Context, tx *ent.Tx, p Plan) (*maker, error) {
	const fewest = 20
	m := &maker{plan: p, actors: max(fewest, p.Activities/perActor), rows: newTables(tx.Client())}
	all, err := tx.State.Query().WithChapter().Order(state.ByCode()).All(ctx)
	if err != nil {
		return nil, err
	}
	var others []place
	for _, s := range all {
		if c := s.Edges.Chapter; c != nil {
			m.places = append(m.places, place{s.ID, c.ID})
		} else {
			others = append(others, place{s.ID, 0})
		}
	}
	if m.places = append(m.places, others...); len(m.places) == 0 {
		return nil, fault.New(fault.Conflict, "The database has no States, and activities take place somewhere. Load the shipped data first with adam seed.")
	}
	region, err := tx.Chapter.Query().Where(chapter.StateIDIsNil()).Order(chapter.ByCode()).First(ctx)
	if ent.IsNotFound(err) {
		return m, nil
	}
	if err == nil {
		m.region = region.ID
	}
	return m, err
}

// step is after how many activities rows are written.
const step = 1000

// all makes the actors, then the activities with all that hangs on them.
func (m *maker) all(ctx context.Context, tell func(int)) error {
	for n := range m.actors {
		if m.actor(n); n%step == step-1 {
			if err := m.rows.Write(ctx); err != nil {
				return err
			}
		}
	}
	for n := range m.plan.Activities {
		m.activity(n)
		if n%step < step-1 && n < m.plan.Activities-1 {
			continue
		}
		if err := m.rows.Write(ctx); err != nil {
			return err
		}
		tell(n + 1)
	}
	return nil
}

// everyFifth actor is a donor.
const everyFifth = 5

// donor draws the number of one, implementer of one of the others.
func (m *maker) donor(d draw) int { return everyFifth * d.rank(m.actors/everyFifth) }

func (m *maker) implementer(d draw) int {
	const between = everyFifth - 1
	k := d.rank(m.actors / everyFifth * between)
	return k/between*everyFifth + 1 + k%between
}

// actor makes one that pays, or one that carries out.
func (m *maker) actor(n int) {
	d := newDraw(m.plan.Seed, ofActor, uint64(n)) //nolint:gosec // counts up from 0
	kind, role := term.DonorAgency, term.RoleDonor
	if n%everyFifth != 0 {
		role = term.RoleImplementer
		kind = one(d, []int{35, 30, 15, 8, 7, 5}, term.NGO, term.StateAuthority, term.InternationalOrganization, term.RegionalOrganization, term.Academic, term.PrivateSector)
	}
	r := record{id: actorID(n), key: keyOf("actor", n), title: d.name(n), visibility: one(d, []int{97, 3}, term.Public, term.Members)}
	acronym := "SY" + strings.ToUpper(strconv.FormatInt(int64(n), 36))
	r.names = []string{acronym}
	var state, parent any
	if kind == term.StateAuthority || d.chance(40) {
		state = m.places[d.rank(len(m.places))].state
	}
	if n > everyFifth && d.chance(12) {
		parent = actorID(n - everyFifth*(1+d.IntN(n/everyFifth))) // of its own sort
	}
	m.record(d, r, term.KindActor, r.title, acronym, kind, list([]term.StatedRole{role}), state, parent)
	m.made.Actors++
}

// record is what all types of records have.
type record struct {
	id         term.ID
	key, title string
	visibility term.Visibility
	themes     [2]term.Significance // smuggling, trafficking
	topics     []term.Topic
	verified   verified
	names      []string
	body       []string
}

// verified is who has verified a record, and when; status "" where nobody has.
type verified struct {
	status    term.VerificationStatus
	chapter   term.ID
	on, until term.Date
}

const verifier = "Synthetic authority"

// record writes a record with its anchor, its source and its history, as the hooks of ent/rule do. more are the columns of
// its own type.
func (m *maker) record(d draw, r record, kind term.Kind, more ...any) {
	status, who := term.Unverified, any(nil)
	if r.verified.status != "" {
		status, who = r.verified.status, verifier
	}
	changed := fmt.Sprintf("2025-%02d-%02dT%02d:%02d:00Z", 1+d.IntN(12), 1+d.IntN(28), d.IntN(24), d.IntN(60))
	m.rows.Add(kind.Table(), append([]any{r.id, r.key, string(r.visibility), string(themeOr(r.themes[0])), string(themeOr(r.themes[1])), list(r.topics),
		string(status), who, string(r.verified.on), string(r.verified.until), "synthetic: made for load tests", string(term.ConfidenceLow),
		rule.SortName(r.title), "[]", changed, changed, by, by}, more...)...)
	m.rows.Add("records", rule.Anchor(r.id, r.key, r.title, r.names, r.body...)...)
	m.rows.Add(term.KindSource.Table(), term.HashID(term.KindSource, r.key), r.id, string(term.DeskResearch),
		fmt.Sprintf("Synthetic corpus for load tests, seed %d: nothing in it is true", m.plan.Seed), "adam generate", string(madeOn))
	m.rows.Add(term.KindHistory.Table(), term.HashID(term.KindHistory, r.key), r.id, 1, string(r.visibility), madeAt, by, string(term.ActionCreated),
		fmt.Sprintf("Made up for load tests from the seed %d", m.plan.Seed), "[]")
	if r.verified.status != "" {
		m.rows.Add(term.KindVerification.Table(), term.HashID(term.KindVerification, r.key), r.id, r.verified.chapter, term.HashID(term.KindReviewCycle, Prefix, r.verified.chapter.String()),
			1, string(r.verified.status), verifier, string(r.verified.on), string(r.verified.until))
	}
}

func themeOr(s term.Significance) term.Significance {
	if s == "" {
		return term.NotTargeted
	}
	return s
}

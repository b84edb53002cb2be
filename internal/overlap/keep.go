package overlap

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/overlap"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/store"
	"adam/internal/term"
)

// Kept is what a scan did: activities that were compared, pairs that are new in the queue, that it has another score of,
// that nothing speaks for any longer, and settled ones whose evidence has changed.
type Kept struct {
	Compared, Found, Scored, Gone, Changed int
}

// Keep looks for overlaps in the working store and keeps what it finds for coordinators: among all activities, or for those
// that have changed since a pair was last found; among all too once a day, and where decisions have taught other weights. Pairs that somebody has decided on stay as they are; where what is compared
// has changed since, that is marked. Pairs that nobody has looked at go where nothing speaks for them any longer. Nothing
// is decided. It sees what every member sees (decision 030).
func (w *Watch) Keep(ctx context.Context, st *store.Store, all bool) (Kept, error) {
	ctx = access.With(ctx, access.Operator("Overlaps"))
	w.keeping.Lock()
	defer w.keeping.Unlock()
	if err := w.learn(ctx, st); err != nil {
		return Kept{}, fmt.Errorf("learn from decisions: %w", err)
	}
	weights, other, err := w.otherWeights(ctx)
	if err != nil {
		return Kept{}, err
	}
	all = all || other || w.now().Sub(w.whole) >= daily
	k := &keeper{ctx: ctx, st: st, began: term.InstantOf(w.now()), all: all}
	if !all {
		if k.changed, err = w.changedSince(ctx); err != nil || len(k.changed) == 0 {
			return Kept{}, err
		}
		k.all = len(k.changed) > few // to compare all with all is faster then
	}
	if k.x, err = w.judging(ctx, weights); err != nil {
		return Kept{}, err
	}
	for _, step := range []func() error{k.merged, k.find, k.keep, k.settled, k.done} {
		if err := step(); err != nil {
			return k.did, fmt.Errorf("keep overlaps: %w", err)
		}
	}
	if w.kept, w.scored = k.began, weights; all {
		w.whole = w.now()
	}
	return k.did, nil
}

// keeper is one scan.
type keeper struct {
	ctx     context.Context
	st      *store.Store
	x       *Index
	began   term.Instant
	all     bool
	changed []term.ID // activities to look at, where not all
	place   map[string]string
	pairs   map[string]Pair // by pairKey: as what they more likely are
	did     Kept
}

// changedSince lists the activities that came or changed since this program last looked, or, where it has not, since a pair
// was last found; it looks back as the watch does.
func (w *Watch) changedSince(ctx context.Context) ([]term.ID, error) {
	since := w.kept
	if since == "" {
		last, err := w.c.Overlap.Query().Order(ent.Desc(overlap.FieldFoundAt)).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return nil, err
		}
		if last != nil {
			since = last.FoundAt
		}
	}
	if since != "" {
		since = term.InstantOf(since.Time().Add(-margin))
	}
	return w.c.Activity.Query().Where(activity.UpdatedAtGTE(since)).Order(activity.ByID()).IDs(rule.WithWithdrawn(ctx))
}

// pairKey names a pair, the smaller id first.
func pairKey(a, b string) string { return min(a, b) + " " + max(a, b) }

// merged learns which records were made one with others: what was decided on them holds for the record that stays.
func (k *keeper) merged() error {
	all, err := k.st.Client.Overlap.Query().Where(overlap.DecisionEQ(term.DecidedSame)).All(k.ctx)
	k.place = map[string]string{}
	for _, o := range all {
		if o.Merge != nil && o.Merge.Other != 0 {
			k.place[o.Merge.Other.String()] = o.Merge.Kept.String()
		}
	}
	return err
}

// now is the record that stays for one, over any number of merges.
func (k *keeper) now(id string) string {
	for range len(k.place) + 1 {
		next, merged := k.place[id]
		if !merged {
			return id
		}
		id = next
	}
	return id
}

// find compares, and keeps of each pair the likelier of the two meanings.
func (k *keeper) find() error {
	k.pairs = map[string]Pair{}
	note := func(p Pair) error {
		key := pairKey(p.A, p.B)
		if had, known := k.pairs[key]; !known || p.Score > had.Score {
			k.pairs[key] = p
		}
		return nil
	}
	if k.all {
		k.did.Compared = k.x.Len()
		return k.x.Scan(k.ctx, Likely, note)
	}
	k.did.Compared = len(k.changed)
	for _, id := range k.changed {
		a, known := k.x.activity(k.ctx, k.st.Client, id)
		if known != nil {
			return known
		}
		if a == nil {
			continue
		}
		for _, m := range k.x.Find(*a, math.MaxInt32) {
			_ = note(Pair{A: min(a.ID, m.ID), B: max(a.ID, m.ID), Kind: m.Kind, Score: m.Score})
		}
	}
	return k.ctx.Err()
}

// activity reads one activity as every member sees it; nil where she does not.
func (x *Index) activity(ctx context.Context, c *ent.Client, id term.ID) (*Activity, error) {
	if !x.holds(id.String()) {
		return nil, nil
	}
	a, err := Reading(c.Activity.Query().Where(activity.ID(id))).Only(access.With(ctx, asMember))
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := Of(a)
	return &out, nil
}

// asMember sees what every member sees.
var asMember = access.Viewer{Name: "Overlaps", Audience: access.Members}

// keep writes what was found, some at a time.
func (k *keeper) keep() error {
	open, err := k.standing()
	if err != nil {
		return err
	}
	decided, err := k.decided()
	if err != nil {
		return err
	}
	var create []Pair
	for key, p := range k.pairs {
		if stands := open[key]; stands == nil && !decided[pairKey(k.now(p.A), k.now(p.B))] {
			create = append(create, p)
		}
	}
	slices.SortFunc(create, func(a, b Pair) int { return slices.Compare([]string{a.A, a.B}, []string{b.A, b.B}) })
	for part := range slices.Chunk(create, step/10) {
		if err := k.make(part); err != nil {
			return err
		}
	}
	return k.refresh(open)
}

// make writes new pairs: all at once, or, where another server has just written some of them, one by one.
func (k *keeper) make(pairs []Pair) error {
	err := k.st.InTx(k.ctx, func(ctx context.Context, tx *ent.Tx) error { return k.create(ctx, tx, pairs) })
	switch {
	case err == nil:
		k.did.Found += len(pairs)
	case ent.IsConstraintError(err) && len(pairs) == 1:
		return nil
	case ent.IsConstraintError(err):
		for i := range pairs {
			if err := k.make(pairs[i : i+1]); err != nil {
				return err
			}
		}
		return nil
	}
	return err
}

// standing are the open pairs that were kept before, of the activities that are looked at.
func (k *keeper) standing() (map[string]*ent.Overlap, error) {
	q := k.st.Client.Overlap.Query().Where(overlap.DecisionEQ(term.OverlapOpen), overlap.PairKeyNotNil())
	if !k.all {
		q.Where(overlap.HasActivitiesWith(activity.IDIn(k.changed...)))
	}
	all, err := q.All(rule.WithWithdrawn(k.ctx))
	out := make(map[string]*ent.Overlap, len(all))
	for _, o := range all {
		out[*o.PairKey] = o
	}
	return out, err
}

// decided names the pairs that somebody has decided on, by the records that stay.
func (k *keeper) decided() (map[string]bool, error) {
	all, err := k.st.Client.Overlap.Query().Where(overlap.DecisionNEQ(term.OverlapOpen)).WithActivities().All(rule.WithWithdrawn(k.ctx))
	out := map[string]bool{}
	for _, o := range all {
		if of := o.Edges.Activities; len(of) == 2 {
			out[pairKey(k.now(of[0].ID.String()), k.now(of[1].ID.String()))] = true
			out[pairKey(of[0].ID.String(), of[1].ID.String())] = true
		}
	}
	return out, err
}

func (k *keeper) create(ctx context.Context, tx *ent.Tx, pairs []Pair) error {
	rows := make([]*ent.OverlapCreate, len(pairs))
	for i, p := range pairs {
		a, err := term.ParseID(p.A)
		if err != nil {
			return err
		}
		b, err := term.ParseID(p.B)
		if err != nil {
			return err
		}
		rows[i] = tx.Overlap.Create().SetPairKey(pairKey(p.A, p.B)).SetKind(p.Kind).SetScore(scoreText(p.Score)).SetRank(k.rank(p)).
			AddActivityIDs(a, b)
		if seen, lesson, known := k.x.sawPlaces(p.A, p.B); known {
			rows[i].SetSeen(&seen).SetLesson(&lesson)
		}
	}
	return tx.Overlap.CreateBulk(rows...).Exec(ctx)
}

// done writes when the new pairs were found, last of all: what a scan that was killed has found says nothing of when all
// had been looked at.
func (k *keeper) done() error {
	_, err := k.st.Client.ExecContext(k.ctx, `UPDATE "overlaps" SET found_at = $1 WHERE found_at = ''`, string(k.began))
	return err
}

// scoreText is a score as it is kept.
func scoreText(p float64) term.Decimal { return term.Decimal(strconv.FormatFloat(p, 'f', 2, 64)) }

// rank is likelihood by money: a thousand for certainty, for every digit of what both cost in dollars and one more.
func (k *keeper) rank(p Pair) int {
	dollars := k.x.worth(p.A) + k.x.worth(p.B)
	return int(math.Round(1000 * p.Score * (1 + math.Log10(1+dollars))))
}

// worth is the money of an activity in dollars; 0 where none is known.
func (x *Index) worth(id string) float64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	at, is := x.places[id]
	if !is || !x.records[at].dollars {
		return 0
	}
	return float64(x.records[at].total) / 1e4
}

package overlap

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"adam/ent"
	"adam/ent/activity"
	actors "adam/ent/actor"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
)

// Watch keeps an index of the activities of the working store, as every member sees them: what is restricted is in no
// score of anybody else, nor in how rare a word is. The index is made when it is first asked for, and follows the changes
// (decision 030).
type Watch struct {
	c    *ent.Client
	now  func() time.Time
	turn chan struct{} // one at a time brings the index up to date
	watched

	keeping sync.Mutex   // one at a time keeps what is found
	kept    term.Instant // when that was last done
	scored  string       // the version of the weights that it was done with
	whole   time.Time    // when all were last compared with all, or the watch began
}

// watched is an index with what is known of how new it is.
type watched struct {
	index  *Index
	made   time.Time
	late   int             // how many activities came or changed since
	upTo   term.Instant    // the last change that is in it
	at     map[term.ID]int // the activities that changed shortly before, with their versions
	actors actorsMark
	taught Lessons // what decisions had taught when it was made
}

// actorsMark tells whether some actor has changed, whose names an index was made with.
type actorsMark struct {
	last  term.Instant
	count int
}

const (
	oldest = 6 * time.Hour    // an index is made anew after that: some things change without a mark on the activity
	margin = 10 * time.Minute // a change may be kept later than it says: its transaction took so long, or its server's clock is slow
	daily  = 24 * time.Hour   // all are compared with all as often: an import that took longer than the margin is met then
	few    = 5_000            // activities: an index of them is made as fast as it is mended
	step   = 2_000            // activities are read at once
)

// NewWatch watches the activities of a working store.
func NewWatch(c *ent.Client, now func() time.Time) *Watch {
	return &Watch{c: c, now: now, turn: make(chan struct{}, 1), whole: now()}
}

// Index gives the index as the store is now. Making it takes a while, once, and goes on where whoever asks gives up.
func (w *Watch) Index(ctx context.Context) (*Index, error) {
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	type result struct {
		index *Index
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-w.turn }()
		err := w.refreshed(access.With(context.WithoutCancel(ctx), access.Viewer{Name: "Overlaps", Audience: access.Members}))
		done <- result{w.index, err}
	}()
	select {
	case r := <-done:
		return r.index, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// refreshed turns a panic into an error: it runs in nobody's request.
func (w *Watch) refreshed(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("make the index of overlaps: %v\n%s", p, debug.Stack())
		}
	}()
	next, err := w.refresh(ctx)
	if err != nil {
		return fmt.Errorf("the index of overlaps: %w", err)
	}
	w.watched = next // only now: what has failed is tried again
	return nil
}

// refresh takes what has changed since into the index, or makes it anew: also where an activity is gone or hidden, so
// that no word of it counts any more.
func (w *Watch) refresh(ctx context.Context) (watched, error) {
	next := w.watched
	changed, err := next.look(ctx, w.c)
	if err != nil {
		return next, err
	}
	if next.taught, err = LessonsOf(ctx, w.c); err != nil {
		return next, err
	}
	renamed := w.actors != next.actors
	if w.index == nil || renamed || w.taught.Model.Version != next.taught.Model.Version || w.now().Sub(w.made) > oldest {
		return w.anew(ctx, next)
	}
	if len(changed) == 0 {
		return next, nil
	}
	if next.late += len(changed); w.index.Len() < few || next.late > w.index.Len()/10 {
		return w.anew(ctx, next)
	}
	seen, err := w.read(ctx, changed)
	if err != nil {
		return next, err
	}
	for _, id := range changed {
		if w.index.holds(id.String()) && !slices.ContainsFunc(seen, func(a Activity) bool { return a.ID == id.String() }) {
			return w.anew(ctx, next)
		}
	}
	for _, a := range seen {
		w.index.Add(a)
	}
	return next, nil
}

// anew makes the index of all activities.
func (w *Watch) anew(ctx context.Context, next watched) (watched, error) {
	ids, err := w.c.Activity.Query().Order(activity.ByID()).IDs(ctx)
	if err != nil {
		return next, err
	}
	all, err := w.read(ctx, ids)
	if err != nil {
		return next, err
	}
	names, err := Organisations(ctx, w.c)
	if err != nil {
		return next, err
	}
	rates, err := ratesOf(ctx, w.c)
	if err != nil {
		return next, err
	}
	next.index, next.made, next.late = New(all, Options{Organisations: names, Rates: rates, Model: next.taught.Model, Taught: next.taught.Words}), w.now(), 0
	return next, nil
}

// read reads activities with all that is compared of them.
func (w *Watch) read(ctx context.Context, ids []term.ID) (out []Activity, err error) {
	for part := range slices.Chunk(ids, step) {
		all, err := Reading(w.c.Activity.Query().Where(activity.IDIn(part...))).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			out = append(out, Of(a))
		}
	}
	return out, nil
}

// look lists the activities that have changed since the last time, whoever sees them, and remembers what it has seen.
func (n *watched) look(ctx context.Context, c *ent.Client) (changed []term.ID, err error) {
	all := rule.WithWithdrawn(access.With(ctx, access.Operator("Overlaps")))
	if n.actors, err = markOf(all, c); err != nil {
		return nil, err
	}
	since := term.Instant("")
	if n.upTo != "" {
		since = term.InstantOf(n.upTo.Time().Add(-margin))
	}
	var rows []struct {
		ID        term.ID      `sql:"id"`
		Version   int          `sql:"version"`
		UpdatedAt term.Instant `sql:"updated_at"`
	}
	err = c.Activity.Query().Where(activity.UpdatedAtGTE(since)).Order(ent.Asc(activity.FieldUpdatedAt, activity.FieldID)).
		Select(activity.FieldID, activity.FieldVersion, activity.FieldUpdatedAt).Scan(all, &rows)
	at := map[term.ID]int{}
	for _, r := range rows {
		if version, known := n.at[r.ID]; !known || version != r.Version {
			changed = append(changed, r.ID)
		}
		n.upTo = max(n.upTo, r.UpdatedAt)
	}
	recent := term.Instant("")
	if n.upTo != "" {
		recent = term.InstantOf(n.upTo.Time().Add(-margin))
	}
	for _, r := range rows {
		if r.UpdatedAt >= recent {
			at[r.ID] = r.Version
		}
	}
	n.at = at
	return changed, err
}

func markOf(ctx context.Context, c *ent.Client) (m actorsMark, err error) {
	if m.count, err = c.Actor.Query().Count(ctx); err != nil || m.count == 0 {
		return m, err
	}
	last, err := c.Actor.Query().Order(ent.Desc(actors.FieldUpdatedAt)).First(ctx)
	if err == nil {
		m.last = last.UpdatedAt
	}
	return m, err
}

// errNotYet says that nobody waits any longer for an index.
var errNotYet = errors.New("the index of overlaps is not ready")

// Soon gives the index where it can be had within a moment, for advice that must not keep a change waiting; else it says
// why not, and gives one that knows no activity.
func (w *Watch) Soon(ctx context.Context, moment time.Duration) (*Index, error) {
	short, stop := context.WithTimeout(ctx, moment)
	defer stop()
	x, err := w.Index(short)
	if err != nil {
		return alone(), errors.Join(errNotYet, err)
	}
	return x, nil
}

// holds says whether an activity is in the index.
func (x *Index) holds(id string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, is := x.places[id]
	return is
}

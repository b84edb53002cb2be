package overlap

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/access"
	"adam/internal/term"

	"golang.org/x/sync/errgroup"
)

// Watch keeps an index of the activities of the working store, as every member sees them: what is restricted is in no
// score of anybody else, nor in how rare a word is. The index is made when it is first asked for, and follows the changes
// (decision 030); whoever asks waits for the first one, or for a small one, only.
type Watch struct {
	c    *ent.Client
	now  func() time.Time
	few  int           // activities: an index of them is made as fast as it is mended
	turn chan struct{} // one at a time brings the index up to date
	watched
	renewal *renewal  // of the index, beside; in turn
	failed  time.Time // when the last one failed began

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
	hidden bool            // some have gone since that all together had taught something
	upTo   term.Instant    // the last change that is in it
	at     map[term.ID]int // the activities that changed shortly before, with their versions
	actors actorsMark
	taught Lessons // what decisions had taught when it was made
}

const (
	oldest = 6 * time.Hour    // an index is made anew after that: some things change without a mark on the activity
	margin = 10 * time.Minute // a change may be kept later than it says: its transaction took so long, or its server's clock is slow
	daily  = 24 * time.Hour   // all are compared with all as often: an import that took longer than the margin is met then
	few    = 5_000            // activities
	pause  = 5 * time.Minute  // before an index is made anew that could not be made
	step   = 2_000            // activities are read at once
)

// NewWatch watches the activities of a working store.
func NewWatch(c *ent.Client, now func() time.Time) *Watch {
	return &Watch{c: c, now: now, few: few, turn: make(chan struct{}, 1), whole: now()}
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
		if done <- (result{w.index, err}); err != nil && ctx.Err() != nil { // nobody hears of it any more
			slog.ErrorContext(ctx, "overlaps: the index could not be made; it is tried again when it is asked for", "error", err)
		}
	}()
	select {
	case r := <-done:
		return r.index, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w *Watch) refreshed(ctx context.Context) error {
	return guarded(func() error {
		next, err := w.refresh(ctx)
		if err != nil {
			return fmt.Errorf("the index of overlaps: %w", err)
		}
		w.watched = next // only now: what has failed is tried again
		return nil
	})
}

// guarded turns a panic into an error: what it does runs in nobody's request.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("make the index of overlaps: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}

// refresh takes what has changed since into the index. A small one is made anew at once; a large one is mended, and made anew
// beside where mending is not enough.
func (w *Watch) refresh(ctx context.Context) (watched, error) {
	next := w.watched
	changed, actors, err := next.look(ctx, w.c)
	if err != nil {
		return next, err
	}
	taught, err := LessonsOf(ctx, w.c)
	if err != nil {
		return next, err
	}
	stale := w.index == nil || actors != w.actors || taught.Model.Version != w.taught.Model.Version || w.now().Sub(w.made) > oldest
	fresh := watched{upTo: next.upTo, at: next.at, actors: actors, taught: taught, made: w.now()}
	if w.index == nil || w.index.Len() < w.few {
		if stale || len(changed) > 0 {
			err = w.anew(ctx, &fresh)
			return fresh, err
		}
		return next, nil
	}
	if len(changed) > max(step, w.index.Len()/10) { // the new index meets them sooner
		next.at, next.upTo = w.at, w.upTo
		w.renew(ctx, fresh)
		return next, w.forget(ctx, &next, changed)
	}
	if err := w.mend(ctx, &next, changed); err != nil {
		return next, err
	}
	if stale || next.hidden || next.late > w.index.Len()/10 {
		w.renew(ctx, fresh)
	}
	return next, nil
}

// forget takes out of the index what members see no longer of what has changed.
func (w *Watch) forget(ctx context.Context, n *watched, changed []term.ID) error {
	for part := range slices.Chunk(changed, step) {
		seen, err := w.c.Activity.Query().Where(activity.IDIn(part...)).IDs(ctx)
		if err != nil {
			return err
		}
		n.drop(part, func(id term.ID) bool { return slices.Contains(seen, id) })
	}
	return nil
}

// drop takes what is not seen out of the index.
func (n *watched) drop(changed []term.ID, seen func(term.ID) bool) {
	for _, id := range changed {
		if n.index.holds(id.String()) && !seen(id) {
			n.index.Forget(id.String())
			n.hidden = true
		}
	}
}

// mend takes changed activities into the index, and those out that members see no longer.
func (w *Watch) mend(ctx context.Context, n *watched, changed []term.ID) error {
	seen, err := w.read(ctx, changed)
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(seen))
	for _, a := range seen {
		there[a.ID] = true
		n.index.Add(a)
	}
	n.drop(changed, func(id term.ID) bool { return there[id.String()] })
	n.late += len(changed)
	return nil
}

// anew makes the index of all activities.
func (w *Watch) anew(ctx context.Context, n *watched) error {
	ids, err := w.c.Activity.Query().Order(activity.ByID()).IDs(ctx)
	if err != nil {
		return err
	}
	names, err := Organisations(ctx, w.c)
	if err != nil {
		return err
	}
	rates, err := ratesOf(ctx, w.c)
	if err != nil {
		return err
	}
	n.index = Collect(func(yield func(Activity) bool) {
		for part := range slices.Chunk(ids, step*workers()) { // a million of them are not held at once
			var all []Activity
			if all, err = w.read(ctx, part); err != nil {
				return
			}
			for _, a := range all {
				if !yield(a) {
					return
				}
			}
		}
	}, Options{Organisations: names, Rates: rates, Model: n.taught.Model, Taught: n.taught.Words})
	return err
}

// read reads activities with all that is compared of them, several parts at once.
func (w *Watch) read(ctx context.Context, ids []term.ID) ([]Activity, error) {
	out, at := make([][]Activity, (len(ids)+step-1)/step), 0
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(workers())
	for part := range slices.Chunk(ids, step) {
		to := &out[at]
		at++
		all.Go(func() error {
			return guarded(func() error {
				rows, err := Barely(w.c.Activity.Query().Where(activity.IDIn(part...))).All(ctx)
				for _, a := range rows {
					*to = append(*to, Of(a))
				}
				return err
			})
		})
	}
	err := all.Wait()
	return slices.Concat(out...), err
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

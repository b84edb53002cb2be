package overlap

import (
	"context"
	"fmt"
	"log/slog"
)

// renew makes the index anew while the one that is there goes on answering: names of actors and what they take part in, weights
// and how rare words are may be a little old in it. What is told of a pair is read anew. What changes meanwhile is met by the
// next look. After a failure it waits a little.
func (w *Watch) renew(ctx context.Context, fresh watched) {
	if w.renewal != nil || fresh.made.Sub(w.failed) < pause {
		return
	}
	r := &renewal{done: make(chan struct{})}
	w.renewal = r
	go func() {
		defer close(r.done)
		r.err = guarded(func() error { return w.anew(ctx, &fresh) })
		w.turn <- struct{}{}
		defer func() { <-w.turn }()
		w.renewal = nil
		if r.err != nil {
			w.failed = fresh.made
			slog.ErrorContext(ctx, "overlaps: the index could not be made anew; the old one goes on", "error", r.err)
			return
		}
		w.watched = fresh
	}()
}

// renewal is the making of a new index beside the old one.
type renewal struct {
	done chan struct{}
	err  error
}

// judging gives an index that is not being made anew, and judges with a version of the weights: for what is kept. It fails where
// others keep coming meanwhile.
func (w *Watch) judging(ctx context.Context, weights string) (*Index, error) {
	for range 3 {
		x, err := w.Index(ctx)
		if err != nil {
			return nil, err
		}
		w.turn <- struct{}{}
		r := w.renewal
		<-w.turn
		switch {
		case r == nil && x.model.Version == weights:
			return x, nil
		case r == nil:
			continue // it has just ended
		}
		select {
		case <-r.done:
			if r.err != nil {
				return nil, r.err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return nil, fmt.Errorf("the index of overlaps is being made anew again and again, or has no weights of version %s", weights)
}

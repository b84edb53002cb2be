package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"adam/graph"
	"adam/internal/audit"
	"adam/internal/catalogue"
	"adam/internal/edition"
	"adam/internal/exchange/intake"
	"adam/internal/mail"
	"adam/internal/overlap"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/server"
)

// sweep is how often what has expired is removed.
const sweep = time.Hour

// patience is how long the end of the program waits for the mail that is under way: cut off, it would be UNSURE.
const patience = 10 * time.Second

// background keeps the working store until the server ends; wait gives it a moment to finish after that. A server that
// only reads, without a store, has nothing to keep.
func (c *serveCmd) background(ctx context.Context, desk *review.Desk, shelf *edition.Shelf, logger *slog.Logger) (wait func(), err error) {
	if desk.People == nil {
		return func() {}, nil
	}
	sender, err := c.sender(desk.People.Store, logger)
	if err != nil {
		return nil, err
	}
	done := make(chan struct{})
	go func() { defer close(done); c.keep(ctx, desk, shelf, sender, logger) }()
	return func() {
		select {
		case <-done:
		case <-time.After(patience):
			logger.Warn("the program ends before the mail server answered; see adam mail list --status unsure in ten minutes")
		}
	}, nil
}

// keep does what the working store needs while the server runs: it makes the editions that were announced, looks at the
// calendar of reviews, sends what is in the outbox, where sender is not nil, prints the head of the log every day, and
// removes sessions and idempotency keys that have expired. It blocks until the context ends and the mail that is under
// way is sent.
func (c *serveCmd) keep(ctx context.Context, desk *review.Desk, shelf *edition.Shelf, sender *mail.Sender, logger *slog.Logger) {
	st := desk.People.Store
	go build(ctx, st, c.Editions, shelf, logger)
	go watch(ctx, desk, logger)
	if sender != nil {
		var sending sync.WaitGroup
		sending.Go(func() { sender.Run(ctx) })
		defer sending.Wait()
	}
	go audit.Daily(ctx, st.Client, time.Now, func(seq int64, hash string) {
		logger.Info("the head of the log; kept elsewhere, it shows later whether the log is whole: adam audit verify --head", "entries", seq, "head", hash)
	})
	sessions := &people.Sessions{Store: st, Now: time.Now}
	tick := time.NewTicker(sweep)
	defer tick.Stop()
	for {
		_, err := sessions.Sweep(ctx)
		_, err2 := catalogue.SweepOnce(ctx, st, time.Now())
		if err := errors.Join(err, err2); err != nil && ctx.Err() == nil {
			logger.Warn("what has expired could not be removed; it is tried again in an hour", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// building is how often a server looks for editions that were announced, calendar how often it asks what is due, and
// comparing how often it looks for overlaps among what has changed.
const (
	building  = time.Second
	calendar  = time.Minute
	comparing = time.Minute
)

// build makes the editions that a publication has announced, and puts them on the shelf at once.
func build(ctx context.Context, st *store.Store, folder string, shelf *edition.Shelf, logger *slog.Logger) {
	every(ctx, building, func() error {
		announced, err := edition.Announced(ctx, st)
		if err != nil || !announced {
			return err
		}
		made, err := edition.Resume(ctx, st, folder)
		if err != nil || made == 0 {
			return err
		}
		logger.Info("editions were published", "editions", made)
		return shelf.Refresh(ctx)
	}, func(err error) {
		logger.Warn("an edition that was announced could not be made; it is tried again", "error", err)
	})
}

// watch opens reviews and writes reminders when their day has come.
func watch(ctx context.Context, desk *review.Desk, logger *slog.Logger) {
	every(ctx, calendar, func() error {
		t, err := desk.Tick(ctx, desk.People.Store)
		if err == nil && t != (review.Ticked{}) {
			logger.Info("the calendar of reviews", "opened", t.Opened, "letters", t.Mails, "readings_released", t.Released)
		}
		return err
	}, func(err error) {
		logger.Warn("the calendar of reviews could not be kept; it is tried again in a minute", "error", err)
	})
}

// overlaps gives the resolvers the watch by which overlaps are looked for too; a server that only reads has none.
func overlaps(ctx context.Context, st *store.Store, logger *slog.Logger) func(*graph.Resolver) {
	if st == nil {
		return func(*graph.Resolver) {}
	}
	w := overlap.NewWatch(st.Client, time.Now)
	go findOverlaps(ctx, w, st, logger)
	return func(r *graph.Resolver) { r.Overlaps = w }
}

// findOverlaps looks for overlaps among what has changed, for coordinators. The index is the one that answers plans.
func findOverlaps(ctx context.Context, w *overlap.Watch, st *store.Store, logger *slog.Logger) {
	every(ctx, comparing, func() error {
		k, err := w.Keep(ctx, st, false)
		if err == nil && k.Found+k.Gone+k.Changed > 0 {
			logger.Info("overlaps were looked for", "activities", k.Compared, "found", k.Found, "gone", k.Gone, "settled_and_changed", k.Changed)
		}
		return err
	}, func(err error) {
		logger.Warn("overlaps could not be looked for; it is tried again in a minute", "error", err)
	})
}

// imports works at the files that are sent, and lets the resolvers and the doors of a server know of it; nothing on a server that only
// reads.
func imports(ctx context.Context, st *store.Store, doors *server.Doors, logger *slog.Logger) func(*graph.Resolver) {
	if st == nil {
		return func(*graph.Resolver) {}
	}
	desk := intake.NewDesk(st, time.Now, logger)
	doors.Imports = desk
	go desk.Run(ctx)
	return func(r *graph.Resolver) { r.Imports = desk }
}

// every does something at once and then at each interval, until the context ends.
func every(ctx context.Context, interval time.Duration, do func() error, failed func(error)) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := do(); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

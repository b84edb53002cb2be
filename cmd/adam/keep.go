package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"adam/internal/audit"
	"adam/internal/catalogue"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/store"
)

// sweep is how often what has expired is removed.
const sweep = time.Hour

// patience is how long the end of the program waits for the mail that is under way: cut off, it would be UNSURE.
const patience = 10 * time.Second

// background keeps the working store until the server ends; wait gives it a moment to finish after that. A server that
// only reads, without a store, has nothing to keep.
func (c *serveCmd) background(ctx context.Context, st *store.Store, logger *slog.Logger) (wait func(), err error) {
	if st == nil {
		return func() {}, nil
	}
	sender, err := c.sender(st, logger)
	if err != nil {
		return nil, err
	}
	done := make(chan struct{})
	go func() { defer close(done); keep(ctx, st, sender, logger) }()
	return func() {
		select {
		case <-done:
		case <-time.After(patience):
			logger.Warn("the program ends before the mail server answered; see adam mail list --status unsure in ten minutes")
		}
	}, nil
}

// keep does what the working store needs while the server runs: it sends what is in the outbox, where sender is not nil,
// prints the head of the log every day, and removes sessions and idempotency keys that have expired. It blocks until the
// context ends and the mail that is under way is sent.
func keep(ctx context.Context, st *store.Store, sender *mail.Sender, logger *slog.Logger) {
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

package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"adam/internal/audit"
	"adam/internal/catalogue"
	"adam/internal/people"
	"adam/internal/store"
)

// sweep is how often what has expired is removed.
const sweep = time.Hour

// keep does what the working store needs while the server runs: it prints the head of the log every day, and removes
// sessions and idempotency keys that have expired. It blocks until the context ends.
func keep(ctx context.Context, st *store.Store, logger *slog.Logger) {
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

package audit

import (
	"context"
	"log/slog"
	"time"

	"adam/ent"
	"adam/internal/term"
)

const (
	// nap is the longest that Daily sleeps: a machine that was suspended, or whose clock was set, is late by no more.
	nap = time.Hour
	// again is how soon Daily asks a database anew that did not answer.
	again = time.Minute
)

// Daily prints the head of the log at once and then at 00:00 UTC of each day, until the context ends. What it prints is
// to be kept where nobody can write who can write to the database, such as in the log of another machine: with it,
// adam audit verify --head shows that the end of the log was taken away, which the chain alone cannot. now is the clock.
// Where the database does not answer, it says so in the program's log and tries again every minute. Called by serve.
func Daily(ctx context.Context, c *ent.Client, now func() time.Time, print func(seq int64, hash string)) {
	var printed term.Date // the day that has its head
	for {
		wait := nap
		if today := term.DateOf(now().UTC()); today != printed {
			seq, hash, err := Head(ctx, c)
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				wait = again
				slog.WarnContext(ctx, "the head of the log could not be read; it is tried again", slog.Any("error", err))
			default:
				printed = today
				print(seq, hash)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(wait, untilMidnight(now()))):
		}
	}
}

// untilMidnight is how long it is until the next 00:00 UTC; never nothing.
func untilMidnight(now time.Time) time.Duration {
	y, m, d := now.UTC().Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC).Sub(now)
}

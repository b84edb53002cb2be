package audit_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/audit"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func TestUntilMidnightIsCountedInUTC(t *testing.T) {
	bangkok := time.FixedZone("Asia/Bangkok", 7*3600)
	for _, test := range []struct {
		now  time.Time
		want time.Duration
	}{
		{time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), 24 * time.Hour},
		{time.Date(2026, 11, 24, 0, 0, 0, 1, time.UTC), 24*time.Hour - 1},
		{time.Date(2026, 11, 24, 23, 59, 59, 0, time.UTC), time.Second},
		{time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC), 2 * time.Hour},
		{time.Date(2028, 2, 28, 12, 0, 0, 0, time.UTC), 12 * time.Hour},
		{time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), 12 * time.Hour},
		{time.Date(2026, 11, 25, 6, 0, 0, 0, bangkok), time.Hour},
	} {
		if got := audit.UntilMidnight(test.now); got != test.want {
			t.Errorf("from %s it is %s until midnight; expected %s", test.now, got, test.want)
		}
	}
}

// started is a clock that shows a time at first and then goes on.
func started(at time.Time) func() time.Time {
	begun := time.Now()
	return func() time.Time { return at.Add(time.Since(begun)) }
}

func TestTheHeadIsPrintedAtStartAndAtMidnight(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		printed, ended := make(chan string, 10), make(chan bool)
		go func() {
			audit.Daily(ctx, s.Client, started(time.Date(2026, 12, 31, 23, 59, 59, 0, time.UTC)), func(seq int64, hash string) { printed <- fmt.Sprint(seq, " ", hash) })
			close(ended)
		}()
		if got := <-printed; got != "0 "+audit.Origin {
			t.Errorf("at start %q is printed", got)
		}
		err := s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return audit.Append(ctx, tx, time.Now(), audit.Entry{Kind: term.LogChanged, Summary: "x"})
		})
		if err != nil {
			t.Fatal(err)
		}
		_, hash, _ := audit.Head(ctx, s.Client)
		select {
		case got := <-printed:
			if got != "1 "+hash {
				t.Errorf("at midnight %q is printed; expected 1 %s", got, hash)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nothing is printed at midnight")
		}
		select {
		case got := <-printed:
			t.Errorf("twice on one day: %q", got)
		case <-time.After(300 * time.Millisecond):
		}
		stop()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Error("it goes on after its context has ended")
		}
	})
}

func TestADatabaseThatDoesNotAnswerDoesNotEndTheDailyHead(t *testing.T) {
	s := testdb.Store(t, dialect.SQLite)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	var printed atomic.Int32
	audit.Daily(ctx, s.Client, time.Now, func(int64, string) { printed.Add(1) })
	if ctx.Err() == nil || printed.Load() != 0 {
		t.Errorf("it ended before its context, or printed %d heads that nobody read", printed.Load())
	}
}

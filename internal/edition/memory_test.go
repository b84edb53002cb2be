package edition

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"adam/internal/access"

	"entgo.io/ent/dialect"
)

func TestWhatWasComputedFromAnEditionIsKeptWithIt(t *testing.T) {
	in := func(m *memory) context.Context { return into(t.Context(), nil, served{1, access.Public, m}) }
	var times atomic.Int32
	count := func(context.Context) (int32, error) { return times.Add(1), nil }
	t.Run("once for all who ask at the same time", func(t *testing.T) {
		m := &memory{}
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if n, err := Keep(in(m), "count", count); n != 1 || err != nil {
					t.Error(n, err)
				}
			})
		}
		all.Wait()
	})
	t.Run("another edition has its own", func(t *testing.T) {
		if n, _ := Keep(in(&memory{}), "count", count); n != 2 {
			t.Error(n)
		}
	})
	t.Run("the working store keeps nothing", func(t *testing.T) {
		ctx := Into(t.Context(), nil, access.Working, 0)
		if n, _ := Keep(ctx, "count", count); n != 3 || Keeps(ctx) || !Keeps(in(&memory{})) {
			t.Error(n)
		}
		if n, _ := Keep(ctx, "count", count); n != 4 {
			t.Error(n)
		}
	})
	t.Run("what failed is tried again", func(t *testing.T) {
		ctx, broken := in(&memory{}), errors.New("broken")
		if _, err := Keep(ctx, "count", func(context.Context) (int, error) { return 0, broken }); !errors.Is(err, broken) {
			t.Error(err)
		}
		if n, err := Keep(ctx, "count", func(context.Context) (int, error) { return 7, nil }); n != 7 || err != nil {
			t.Error(n, err)
		}
	})
	t.Run("a panic is an error of whoever asked", func(t *testing.T) {
		ctx := in(&memory{})
		if n, err := Keep(ctx, "count", func(context.Context) (int, error) { panic("broken") }); n != 0 || err == nil {
			t.Error(n, err)
		}
		if n, err := Keep(ctx, "count", func(context.Context) (int, error) { return 7, nil }); n != 7 || err != nil {
			t.Error(n, err)
		}
	})
	t.Run("it is finished for the next one where the first has given up", func(t *testing.T) {
		m, on := &memory{}, make(chan struct{})
		ctx, stop := context.WithCancel(in(m))
		stop()
		slow := func(ctx context.Context) (int, error) { <-on; return 9, ctx.Err() }
		if _, err := Keep(ctx, "slow", slow); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		close(on)
		if n, err := Keep(in(m), "slow", func(context.Context) (int, error) { return 0, errors.New("again") }); n != 9 || err != nil {
			t.Error(n, err)
		}
	})
}

func TestEveryOpenEditionHasAMemory(t *testing.T) {
	st := shipped(t, dialect.SQLite)
	folder := t.TempDir()
	_, err := Release(asProgram(t.Context()), st, folder, "First", time.Now())
	must(t, err)
	shelf := NewShelf(folder, st)
	t.Cleanup(shelf.Close)
	must(t, shelf.Refresh(asProgram(t.Context())))
	kept := func(a access.Audience, value int) int {
		o, err := shelf.Current(t.Context(), a)
		must(t, err)
		defer o.Release()
		n, err := Keep(With(t.Context(), o), "value", func(context.Context) (int, error) { return value, nil })
		must(t, err)
		return n
	}
	if a, b, c := kept(access.Public, 1), kept(access.Members, 2), kept(access.Public, 3); a != 1 || b != 2 || c != 1 {
		t.Error(a, b, c)
	}
}

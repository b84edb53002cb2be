package edition

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func TestAtMostEightEditionsAreOpenAndTheLeastUsedIsClosed(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	shelf := shelfOf(t, library(t, st, 10), st)
	current, err := shelf.Current(testdb.Context(t), access.Public)
	must(t, err)
	current.Release()
	var first *Open
	for n := 1; n <= 9; n++ {
		o, err := shelf.Number(testdb.Context(t), access.Public, n)
		must(t, err)
		o.Release()
		if n == 1 {
			first = o
		}
		if len(shelf.books) > mostOpen {
			t.Fatalf("%d editions are open", len(shelf.books))
		}
	}
	if err := first.DB.PingContext(testdb.Context(t)); err == nil {
		t.Error("the edition that was used least recently is still open")
	}
	if err := current.DB.PingContext(testdb.Context(t)); err != nil {
		t.Errorf("the current edition was closed for an older one: %v", err)
	}
}

func TestAReaderWaitsForAPlaceAndIsToldWhenThereIsNone(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	shelf := shelfOf(t, library(t, st, 9), st)
	var held []*Open
	for n := 1; n <= mostOpen; n++ {
		o, err := shelf.Number(testdb.Context(t), access.Public, n)
		must(t, err)
		held = append(held, o)
	}
	ctx, cancel := context.WithTimeout(testdb.Context(t), 50*time.Millisecond)
	defer cancel()
	if _, err := shelf.Number(ctx, access.Public, 9); fault.KindOf(err) != fault.TooMany {
		t.Errorf("without a place: %v", err)
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		held[3].Release()
	}()
	o, err := shelf.Number(testdb.Context(t), access.Public, 9)
	must(t, err)
	o.Release()
	for _, h := range held {
		h.Release()
	}
}

func TestManyReadersShareTheShelfWhileItIsRefreshedAndWithdrawnFrom(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 6)
	shelf := shelfOf(t, folder, st)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 16 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				n := 1 + rand.IntN(6)
				o, err := shelf.Number(testdb.Context(t), audiences[rand.IntN(2)], n)
				if err != nil {
					if n != 2 || fault.KindOf(err) != fault.NotFound {
						t.Errorf("edition %d: %v", n, err)
					}
					continue
				}
				if got, err := o.Client.State.Query().Count(testdb.Context(t)); err != nil || got != n {
					t.Errorf("edition %d has %d States, %v", n, got, err)
				}
				o.Release()
			}
		})
	}
	_, err := Withdraw(testdb.Context(t), st, folder, 2, "Wrong.", noon)
	must(t, err)
	for range 20 {
		must(t, shelf.Refresh(testdb.Context(t)))
	}
	close(stop)
	readers.Wait()
	shelf.Close()
	if len(shelf.books) != 0 {
		t.Errorf("%d editions stay open", len(shelf.books))
	}
	if _, err := shelf.Current(testdb.Context(t), access.Public); fault.KindOf(err) != fault.Internal {
		t.Errorf("a closed shelf gives %v", err)
	}
}

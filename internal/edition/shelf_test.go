package edition

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// library is a store with some editions, a day apart: each with one more State.
func library(t *testing.T, st *store.Store, editions int) string {
	t.Helper()
	folder := t.TempDir()
	for i := range editions {
		write(t, st, func(ctx context.Context, c *ent.Client) {
			state(ctx, c, string(rune('A'+i))+"AA", "Land "+string(rune('A'+i)), term.Public)
		})
		_, err := Release(testdb.Context(t), st, folder, "", noon.AddDate(0, 0, i))
		must(t, err)
	}
	return folder
}

func shelfOf(t *testing.T, folder string, st *store.Store) *Shelf {
	t.Helper()
	s := NewShelf(folder, st)
	t.Cleanup(s.Close)
	must(t, s.Refresh(testdb.Context(t)))
	return s
}

// states counts the States of an open edition with its client.
func statesIn(t *testing.T, o *Open, err error) int {
	t.Helper()
	must(t, err)
	defer o.Release()
	return o.Client.State.Query().CountX(testdb.Context(t))
}

func TestTheShelfServesEditionsByNumberAndByDay(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 3) // of 24, 25 and 26 November
	for name, shelf := range map[string]*Shelf{"with the store": shelfOf(t, folder, st), "with the files alone": shelfOf(t, folder, nil)} {
		ctx := testdb.Context(t)
		for _, a := range audiences {
			o, err := shelf.Current(ctx, a)
			if got := statesIn(t, o, err); got != 3 || o.Number != 3 || o.Date != "2026-11-26" || o.Audience != a {
				t.Errorf("%s: the current edition is %d of %s with %d States", name, o.Number, o.Date, got)
			}
		}
		o, err := shelf.Number(ctx, access.Public, 1)
		if got := statesIn(t, o, err); got != 1 || o.Number != 1 {
			t.Errorf("%s: edition 1 has %d States", name, got)
		}
		for day, want := range map[term.Date]int{"2026-11-24": 1, "2026-11-25": 2, "2026-11-26": 3, "2030-01-01": 3} {
			o, err := shelf.On(ctx, access.Public, day)
			if got := statesIn(t, o, err); got != want {
				t.Errorf("%s: on %s there were %d States, want %d", name, day, got, want)
			}
		}
		for _, c := range []struct {
			open func() (*Open, error)
			kind fault.Kind
			says string
		}{
			{func() (*Open, error) { return shelf.Number(ctx, access.Public, 9) }, fault.NotFound, "There is no edition 9. Editions that can be read: 1 to 3."},
			{func() (*Open, error) { return shelf.On(ctx, access.Public, "2026-11-23") }, fault.NotFound, "no edition yet on 2026-11-23: edition 1 of 2026-11-24 is the first"},
			{func() (*Open, error) { return shelf.On(ctx, access.Public, "yesterday") }, fault.Invalid, "not a day"},
			{func() (*Open, error) { return shelf.Current(ctx, access.Working) }, fault.Invalid, "for the public and for members"},
			{func() (*Open, error) { return shelf.Number(ctx, access.Working, 1) }, fault.Invalid, "for the public and for members"},
		} {
			if _, err := c.open(); fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: got %v, want %s … %s", name, err, c.kind, c.says)
			}
		}
		path, err := shelf.PublicFile(2)
		if err != nil || path != filepath.Join(folder, "0002-public.sqlite") {
			t.Errorf("%s: the file to download is %s, %v", name, path, err)
		}
		if _, err := shelf.PublicFile(9); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: a file of no edition gives %v", name, err)
		}
		if n := len(shelf.Editions()); n != 3 {
			t.Errorf("%s: %d editions are listed", name, n)
		}
	}
}

func TestAnEditionCannotBeWritten(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	o, err := shelfOf(t, library(t, st, 1), st).Current(testdb.Context(t), access.Public)
	must(t, err)
	defer o.Release()
	if _, err := o.DB.ExecContext(testdb.Context(t), "DELETE FROM states"); err == nil {
		t.Error("a row of an edition could be deleted")
	}
}

func TestNothingIsReadBeforeItIsPublished(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := t.TempDir()
	shelf := shelfOf(t, folder, st)
	if _, err := shelf.Current(testdb.Context(t), access.Public); fault.KindOf(err) != fault.NotFound || !strings.Contains(err.Error(), "no edition yet") {
		t.Errorf("an empty shelf gives %v", err)
	}
	announced(t, st, "")
	must(t, Cut(testdb.Context(t), st, folder, 1, access.Public))
	must(t, shelf.Refresh(testdb.Context(t)))
	for name, open := range map[string]func() error{
		"current": func() error { _, err := shelf.Current(testdb.Context(t), access.Public); return err },
		"number":  func() error { _, err := shelf.Number(testdb.Context(t), access.Public, 1); return err },
		"file":    func() error { _, err := shelf.PublicFile(1); return err },
	} {
		if err := open(); fault.KindOf(err) != fault.NotFound || !strings.Contains(err.Error(), "Edition 1 is being made") {
			t.Errorf("%s: an announced edition gives %v", name, err)
		}
	}
	if _, err := Resume(testdb.Context(t), st, folder); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(testdb.Context(t))
	var watched sync.WaitGroup
	watched.Go(func() { shelf.Watch(ctx, 5*time.Millisecond) })
	for range 400 {
		if o, err := shelf.Current(testdb.Context(t), access.Public); err == nil {
			o.Release()
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	cancel()
	watched.Wait()
	if _, err := shelf.Current(testdb.Context(t), access.Public); err != nil {
		t.Errorf("the watched shelf does not see the release: %v", err)
	}
}

func TestAWithdrawnEditionAnswersWithItsReason(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 3)
	shelf := shelfOf(t, folder, st)
	reading, err := shelf.Number(testdb.Context(t), access.Public, 2)
	must(t, err)
	_, err = Withdraw(testdb.Context(t), st, folder, 2, "A name was shown.", noon.AddDate(0, 0, 9))
	must(t, err)
	if got := reading.Client.State.Query().CountX(testdb.Context(t)); got != 2 {
		t.Errorf("what is being read has %d States", got)
	}
	// Another server withdrew it: the shelf finds that out by itself where the file is missing.
	other := NewShelf(folder, st)
	t.Cleanup(other.Close)
	other.list = shelf.Editions()
	must(t, shelf.Refresh(testdb.Context(t)))
	says := "Edition 2 was withdrawn on 2026-12-03: A name was shown. Editions that can be read: 1, 3."
	for name, open := range map[string]func() error{
		"number":      func() error { _, err := shelf.Number(testdb.Context(t), access.Public, 2); return err },
		"stale":       func() error { _, err := other.Number(testdb.Context(t), access.Public, 2); return err },
		"on its day":  func() error { _, err := shelf.On(testdb.Context(t), access.Public, "2026-11-25"); return err },
		"file":        func() error { _, err := shelf.PublicFile(2); return err },
		"for members": func() error { _, err := shelf.Number(testdb.Context(t), access.Members, 2); return err },
	} {
		if err := open(); fault.KindOf(err) != fault.NotFound || err.Error() != says {
			t.Errorf("%s gives %v", name, err)
		}
	}
	reading.Release()
	reading.Release() // does nothing more
	if err := reading.DB.PingContext(testdb.Context(t)); err == nil {
		t.Error("a withdrawn edition stays open without a reader")
	}
}

// On a day after its withdrawal an edition was not what the catalogue said.
func TestADayAfterAWithdrawalIsAnsweredByWhatWasCurrentThen(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 2) // of 24 and 25 November
	next, err := Withdraw(testdb.Context(t), st, folder, 2, "Wrong.", noon.AddDate(0, 0, 1))
	must(t, err)
	o, err := shelfOf(t, folder, st).On(testdb.Context(t), access.Public, "2026-11-25")
	must(t, err)
	defer o.Release()
	if o.Number != next.Number {
		t.Errorf("at the end of the day edition %d was current, not %d", next.Number, o.Number)
	}
}

// As long as the edition that takes the place of a withdrawn one is being made, the one before serves.
func TestTheEditionBeforeServesUntilTheReplacementIsMade(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 2) // of 24 and 25 November
	must(t, st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		_, err := withdraw(ctx, tx, 2, "Wrong.", noon.AddDate(0, 0, 2))
		return err
	}))
	shelf := shelfOf(t, folder, st)
	for name, open := range map[string]func() (*Open, error){
		"current": func() (*Open, error) { return shelf.Current(testdb.Context(t), access.Public) },
		"today":   func() (*Open, error) { return shelf.On(testdb.Context(t), access.Public, "2026-11-26") },
	} {
		o, err := open()
		if got := statesIn(t, o, err); got != 1 {
			t.Errorf("%s: %d States", name, got)
		}
	}
}

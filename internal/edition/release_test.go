package edition

import (
	"context"
	"errors"
	"os"
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

func namesIn(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

const firstFiles = ".lock 0001-members.sqlite 0001-public.sqlite"

func TestAReleaseMakesBothFilesAndPublishesThem(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		newFixture(t, st)
		folder := filepath.Join(t.TempDir(), "editions")
		e, err := Release(testdb.Context(t), st, folder, " The first. ", noon)
		must(t, err)
		if e.Number != 1 || e.Status != term.EditionPublished || e.Date != "2026-11-24" || e.ReleasedAt != "2026-11-24T12:00:00Z" || e.Summary != "The first." {
			t.Errorf("released %+v", e)
		}
		if got := namesIn(t, folder); got != firstFiles {
			t.Errorf("the folder holds %s", got)
		}
		for _, a := range audiences {
			path := filepath.Join(folder, fileName(1, a))
			info, err := os.Stat(path)
			must(t, err)
			if info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %o", path, info.Mode().Perm())
			}
			if got := value(row(t, readFile(t, path), e.ID), "status"); got != "PUBLISHED" {
				t.Errorf("in its own file the edition is %s", got)
			}
		}
		second, err := Release(testdb.Context(t), st, folder, "The second.", noon.Add(-48*time.Hour)) // the clock was set back
		must(t, err)
		if second.Number != 2 || second.Date != "2026-11-24" {
			t.Errorf("the second edition is %+v", second)
		}
	})
}

func TestAKilledReleaseIsFinishedAtTheNextStart(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		newFixture(t, st)
		folder := t.TempDir()
		for name, left := range map[string]func(){
			"after the commit": func() {},
			"while the first file was written": func() {
				must(t, os.WriteFile(filepath.Join(folder, "0001-public.sqlite.tmp"), []byte("half"), 0o600))
				must(t, os.WriteFile(filepath.Join(folder, "0001-public.sqlite.tmp-journal"), []byte("half"), 0o600))
			},
			"while another edition was written": func() {
				must(t, os.WriteFile(filepath.Join(folder, "0009-members.sqlite.tmp-wal"), []byte("half"), 0o600))
			},
			"between the files": func() {
				must(t, os.WriteFile(filepath.Join(folder, "0001-public.sqlite"), []byte("of an earlier moment"), 0o600))
			},
		} {
			if _, err := st.DB.Exec("DELETE FROM editions"); err != nil {
				t.Fatal(err)
			}
			announced(t, st, "First")
			left()
			n, err := Resume(testdb.Context(t), st, folder)
			must(t, err)
			if got := namesIn(t, folder); n != 1 || got != firstFiles {
				t.Errorf("%s: %d editions finished, the folder holds %s", name, n, got)
			}
			e := st.Client.Edition.Query().OnlyX(testdb.Context(t))
			if e.Status != term.EditionPublished {
				t.Errorf("%s: the edition is %s", name, e.Status)
			}
			if h, err := readHeader(filepath.Join(folder, "0001-public.sqlite")); err != nil || !h.complete || h.audience != applicationID[access.Public] {
				t.Errorf("%s: the file is %+v, %v", name, h, err)
			}
			if n, err := Resume(testdb.Context(t), st, folder); n != 0 || err != nil {
				t.Errorf("%s: a second start finished %d editions, %v", name, n, err)
			}
		}
	})
}

func TestAReleaseThatFailsIsAnnouncedAndCanBeFinished(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	newFixture(t, st)
	folder := filepath.Join(t.TempDir(), "editions")
	must(t, os.WriteFile(folder, nil, 0o600)) // a file where the folder should be
	_, err := Release(testdb.Context(t), st, folder, "First", noon)
	if e := fault.As(err); e == nil || !strings.Contains(e.Sentence, "folder of the editions") {
		t.Fatalf("a release without a folder gives %v", err)
	}
	must(t, os.Remove(folder))
	if n, err := Resume(testdb.Context(t), st, folder); n != 1 || err != nil {
		t.Errorf("finished %d, %v", n, err)
	}
}

func TestServersReleaseOneAfterTheOther(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		newFixture(t, st)
		folder := t.TempDir()
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				if _, err := Release(testdb.Context(t), st, folder, "One of four", noon); err != nil {
					t.Errorf("%v (because: %v)", err, cause(err))
				}
			})
		}
		wait.Wait()
		published := st.Client.Edition.Query().AllX(testdb.Context(t))
		files, err := editionFiles(folder)
		must(t, err)
		if len(published) != 4 || len(files) != 8 {
			t.Errorf("%d editions, %d files", len(published), len(files))
		}
		for _, e := range published {
			if e.Status != term.EditionPublished {
				t.Errorf("edition %d is %s", e.Number, e.Status)
			}
		}
	})
}

func TestABuilderWaitsForAnotherOneUntilItsContextEnds(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		folder := t.TempDir()
		if st.Dialect == dialect.Postgres { // as from another machine, with a folder of its own
			other, err := lock(testdb.Context(t), st, t.TempDir())
			must(t, err)
			defer other()
		} else {
			other, err := lock(testdb.Context(t), st, folder)
			must(t, err)
			defer other()
		}
		ctx, cancel := context.WithTimeout(testdb.Context(t), 100*time.Millisecond)
		defer cancel()
		if _, err := Resume(ctx, st, folder); err == nil || ctx.Err() == nil {
			t.Errorf("a second builder did not wait: %v", err)
		}
	})
}

func TestTheListInAnEditionEndsWithItself(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	newFixture(t, st)
	folder := t.TempDir()
	for range 2 {
		_, err := Release(testdb.Context(t), st, folder, "", noon)
		must(t, err)
	}
	announced(t, st, "not made yet")
	must(t, Cut(testdb.Context(t), st, folder, 2, access.Public))
	list, err := readList(testdb.Context(t), readFile(t, filepath.Join(folder, "0002-public.sqlite")).DB)
	must(t, err)
	if len(list) != 2 || list[1].Number != 2 {
		t.Errorf("edition 2 lists %+v", list)
	}
	for _, number := range []int{0, 4} {
		if err := Cut(testdb.Context(t), st, folder, number, access.Public); fault.KindOf(err) != fault.NotFound {
			t.Errorf("cutting edition %d gives %v", number, err)
		}
	}
	if err := Cut(testdb.Context(t), st, folder, 2, access.Working); fault.KindOf(err) != fault.Invalid {
		t.Errorf("cutting for the working store gives %v", err)
	}
}

func TestAWithdrawnEditionKeepsItsReasonAndLosesItsFiles(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		newFixture(t, st)
		folder := t.TempDir()
		for range 2 {
			_, err := Release(testdb.Context(t), st, folder, "", noon)
			must(t, err)
		}
		next, err := Withdraw(testdb.Context(t), st, folder, 1, "A name was shown.", noon)
		if err != nil || next != nil {
			t.Errorf("withdrawing an older edition gives %v, %v", next, err)
		}
		next, err = Withdraw(testdb.Context(t), st, folder, 2, "Another name was shown.", noon.Add(24*time.Hour))
		must(t, err)
		if next == nil || next.Number != 3 || next.Status != term.EditionPublished || next.Date != "2026-11-25" {
			t.Fatalf("in the place of the current one comes %+v", next)
		}
		if got := namesIn(t, folder); got != ".lock 0003-members.sqlite 0003-public.sqlite" {
			t.Errorf("the folder holds %s", got)
		}
		list, err := readList(testdb.Context(t), readFile(t, filepath.Join(folder, "0003-public.sqlite")).DB)
		must(t, err)
		if len(list) != 3 || list[1].Status != term.EditionWithdrawn || list[1].Reason != "Another name was shown." || list[1].WithdrawnOn != "2026-11-25" {
			t.Errorf("the new edition says of the others: %+v", list)
		}
	})
}

func TestWhatCannotBeWithdrawnSaysWhy(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	newFixture(t, st)
	folder := t.TempDir()
	_, err := Release(testdb.Context(t), st, folder, "", noon)
	must(t, err)
	_, err = Withdraw(testdb.Context(t), st, folder, 1, "Wrong", noon)
	must(t, err)
	building := announced(t, st, "")
	for _, c := range []struct {
		number int
		reason string
		kind   fault.Kind
		says   string
	}{
		{2, "  ", fault.Invalid, "Say why"},
		{9, "Wrong", fault.NotFound, "no edition 9"},
		{1, "Wrong", fault.Conflict, "withdrawn already, on 2026-11-24"},
		{building, "Wrong", fault.Conflict, "is being made"},
	} {
		_, err := Withdraw(testdb.Context(t), st, folder, c.number, c.reason, noon)
		if fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("withdrawing %d for %q gives %v", c.number, c.reason, err)
		}
	}
}

// A transaction that begins an edition and fails leaves no number behind.
func TestAnAnnouncementIsKeptWithWhatItAnnouncesOrNotAtAll(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		failed := errors.New("the rest failed")
		err := st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
			if _, err := Begin(ctx, tx, "", noon); err != nil {
				return err
			}
			return failed
		})
		if !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if n := announced(t, st, ""); n != 1 {
			t.Errorf("the next number is %d", n)
		}
	})
}

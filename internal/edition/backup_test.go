package edition

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"adam/ent"
	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// backedUp is a store with an edition and its backup.
func backedUp(t *testing.T, st *store.Store) (folder, backup string) {
	t.Helper()
	newFixture(t, st)
	folder, backup = t.TempDir(), filepath.Join(t.TempDir(), "adam.backup")
	_, err := Release(testdb.Context(t), st, folder, "First", noon)
	must(t, err)
	must(t, Backup(testdb.Context(t), st, folder, backup))
	return folder, backup
}

func TestABackupIsRestoredOnEitherEngine(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		folder, backup := backedUp(t, st)
		info, err := os.Stat(backup)
		must(t, err)
		if left := namesIn(t, filepath.Dir(backup)); info.Mode().Perm() != 0o600 || left != "adam.backup" {
			t.Errorf("mode %o, beside it %s", info.Mode().Perm(), left)
		}
		again := filepath.Join(t.TempDir(), "again")
		must(t, Backup(testdb.Context(t), st, folder, again))
		if !bytes.Equal(bytesOf(t, again), bytesOf(t, backup)) {
			t.Error("a second backup of the same differs")
		}
		want := canonical(t, st)
		for _, d := range []string{dialect.SQLite, dialect.Postgres} {
			address, editions := testdb.Address(t, d), filepath.Join(t.TempDir(), "editions")
			must(t, Restore(testdb.Context(t), backup, address, editions))
			restored := openStore(t, address)
			if got := canonical(t, restored); got != want {
				t.Errorf("on %s:\n%s", d, firstDifference(want, got))
			}
			for _, a := range audiences {
				if !bytes.Equal(bytesOf(t, filepath.Join(editions, fileName(1, a))), bytesOf(t, filepath.Join(folder, fileName(1, a)))) {
					t.Errorf("on %s: the edition for %s differs", d, a)
				}
			}
			if got := namesIn(t, editions); got != "0001-members.sqlite 0001-public.sqlite" {
				t.Errorf("on %s the folder holds %s", d, got)
			}
			if e, err := Release(testdb.Context(t), restored, editions, "", noon); err != nil || e.Number != 2 {
				t.Errorf("on %s work does not go on: %v, %v", d, e, err)
			}
		}
	})
}

func TestABackupIsMadeWhileOthersWriteAndRelease(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		folder, backup := backedUp(t, st)
		stop := make(chan struct{})
		var writers sync.WaitGroup
		writers.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				write(t, st, func(ctx context.Context, c *ent.Client) {
					state(ctx, c, fmt.Sprintf("%03d", i), "Newland", term.Public)
				})
				if i%5 == 0 {
					if _, err := Release(testdb.Context(t), st, folder, "", noon); err != nil {
						t.Error(err)
					}
				}
			}
		})
		for range 3 {
			must(t, Backup(testdb.Context(t), st, folder, backup))
			address, editions := testdb.Address(t, dialect.SQLite), t.TempDir()
			must(t, Restore(testdb.Context(t), backup, address, editions))
			restored := openStore(t, address)
			files, err := editionFiles(editions)
			must(t, err)
			for _, e := range restored.Client.Edition.Query().AllX(testdb.Context(t)) {
				if e.Status == term.EditionPublished && !strings.Contains(strings.Join(files, " "), fileName(e.Number, "public")) {
					t.Errorf("the backup has edition %d without its file", e.Number)
				}
			}
		}
		close(stop)
		writers.Wait()
	})
}

// archived writes an archive of the parts given, as Backup does.
func archived(t *testing.T, parts map[string][]byte, order ...string) string {
	t.Helper()
	var b bytes.Buffer
	a := archive{tar: tar.NewWriter(&b)}
	for _, name := range order {
		path := filepath.Join(t.TempDir(), "part")
		must(t, os.WriteFile(path, parts[name], 0o600))
		f, err := os.Open(path)
		must(t, err)
		must(t, a.add(testdb.Context(t), name, f))
		must(t, f.Close())
	}
	must(t, a.close())
	path := filepath.Join(t.TempDir(), "archive")
	must(t, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

func TestWhatIsNoWholeBackupChangesNothing(t *testing.T) {
	_, backup := backedUp(t, testdb.Store(t, dialect.SQLite))
	whole := bytesOf(t, backup)
	flipped := bytes.Replace(whole, []byte("Open Agency"), []byte("Oben Agency"), 1)
	newer := filepath.Join(t.TempDir(), "newer.sqlite")
	firstVersion(t, newer, 0)
	st := openStore(t, newer)
	_, err := st.DB.Exec("INSERT INTO adam_schema VALUES (9999, 'future'); PRAGMA journal_mode = DELETE")
	must(t, err)
	must(t, st.Close())
	for name, file := range map[string][]byte{
		"empty":              {},
		"no archive":         []byte(strings.Repeat("no archive ", 1000)),
		"cut off":            whole[:len(whole)-20_000],
		"half":               whole[:len(whole)/2],
		"one letter changed": flipped,
		"without a store":    bytesOf(t, archived(t, nil)),
		"no database inside": bytesOf(t, archived(t, map[string][]byte{backupStore: []byte("no database")}, backupStore)),
		"out of the folder":  bytesOf(t, archived(t, map[string][]byte{"../outside": {1}}, "../outside")),
		"by a way around":    bytesOf(t, archived(t, map[string][]byte{"editions/../0001-public.sqlite": {1}}, "editions/../0001-public.sqlite")),
		"of a newer version": bytesOf(t, archived(t, map[string][]byte{backupStore: bytesOf(t, newer)}, backupStore)),
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "backup")
		must(t, os.WriteFile(path, file, 0o600))
		err := Restore(testdb.Context(t), path, filepath.Join(dir, "adam.db"), filepath.Join(dir, "editions"))
		e := fault.As(err)
		if e == nil || e.Kind != fault.Invalid && e.Kind != fault.Conflict || strings.Contains(e.Sentence, dir) {
			t.Errorf("%s: got %v (because: %v)", name, err, cause(err))
		}
		if got := namesIn(t, dir); got != "backup editions" || namesIn(t, filepath.Join(dir, "editions")) != "" {
			t.Errorf("%s: it left %s, %s", name, got, namesIn(t, filepath.Join(dir, "editions")))
		}
	}
	if err := Restore(testdb.Context(t), "/nowhere/backup", filepath.Join(t.TempDir(), "adam.db"), t.TempDir()); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a backup that is not there gives %v", err)
	}
}

func TestARestoreMixesWithNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		_, backup := backedUp(t, testdb.Store(t, dialect.SQLite))
		address := testdb.Address(t, st.Dialect)
		there := openStore(t, address)
		if _, err := migrate.Up(testdb.Context(t), there.DB, there.Dialect); err != nil {
			t.Fatal(err)
		}
		write(t, there, func(ctx context.Context, c *ent.Client) { state(ctx, c, "OLD", "Oldland", term.Public) })
		before := canonical(t, there)
		folder := t.TempDir()
		if err := Restore(testdb.Context(t), backup, address, folder); fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("onto rows: %v", err)
		}
		if canonical(t, there) != before || namesIn(t, folder) != "" {
			t.Errorf("the refused restore changed something: %s", namesIn(t, folder))
		}
		must(t, os.WriteFile(filepath.Join(folder, "0001-public.sqlite"), []byte("another edition"), 0o600))
		empty := testdb.Address(t, st.Dialect)
		if err := Restore(testdb.Context(t), backup, empty, folder); fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "0001-public.sqlite") {
			t.Errorf("onto editions: %v", err)
		}
		if got := namesIn(t, folder); got != "0001-public.sqlite" {
			t.Errorf("the refused restore left %s", got)
		}
		must(t, os.Remove(filepath.Join(folder, "0001-public.sqlite")))
		must(t, os.Mkdir(filepath.Join(folder, "0001-members.sqlite"), 0o700)) // not even a file
		if err := Restore(testdb.Context(t), backup, empty, folder); fault.KindOf(err) != fault.Conflict {
			t.Errorf("onto a folder of that name: %v", err)
		}
		must(t, os.Remove(filepath.Join(folder, "0001-members.sqlite")))
		must(t, Restore(testdb.Context(t), backup, empty, folder))
	})
}

// A restore that was killed after the editions had their place and before the store counted can be run again.
func TestAKilledRestoreCanBeRunAgain(t *testing.T) {
	from, backup := backedUp(t, testdb.Store(t, dialect.SQLite))
	folder, address := t.TempDir(), testdb.Address(t, dialect.Postgres)
	must(t, copyFile(filepath.Join(from, "0001-public.sqlite"), filepath.Join(folder, "0001-public.sqlite")))
	must(t, os.MkdirAll(filepath.Join(folder, restoreFolder, "left"), 0o700))
	killed := openStore(t, address)
	if _, err := migrate.Up(testdb.Context(t), killed.DB, killed.Dialect); err != nil {
		t.Fatal(err)
	}
	must(t, Restore(testdb.Context(t), backup, address, folder))
	if got := namesIn(t, folder); got != "0001-members.sqlite 0001-public.sqlite" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestABackupOfAnOlderVersionIsMigrated(t *testing.T) {
	old := filepath.Join(t.TempDir(), "old.sqlite")
	firstVersion(t, old, 0)
	backup := archived(t, map[string][]byte{backupStore: bytesOf(t, old)}, backupStore)
	address := testdb.Address(t, dialect.SQLite)
	must(t, Restore(testdb.Context(t), backup, address, t.TempDir()))
	if got := openStore(t, address).Client.State.Query().OnlyX(testdb.Context(t)); got.Name != "Oldland" {
		t.Errorf("restored %s", got.Name)
	}
}

func TestABackupThatCannotBeWrittenSaysSo(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	err := Backup(testdb.Context(t), st, t.TempDir(), filepath.Join(t.TempDir(), "nowhere", "backup"))
	if e := fault.As(err); e == nil || !strings.HasPrefix(e.Sentence, "The backup backup could not be written") {
		t.Errorf("got %v", err)
	}
}

package edition

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func TestDamagedFilesAreNamedAndNothingElseSuffers(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 2)
	path := filepath.Join(folder, "0001-public.sqlite")
	whole := bytesOf(t, path)
	members := bytesOf(t, filepath.Join(folder, "0001-members.sqlite"))
	newer := append([]byte{}, whole...)
	newer[60], newer[63] = 0x7f, 0xff
	garbled := append([]byte{}, whole...)
	for i := 100; i < 4096; i++ {
		garbled[i] = 0xff
	}
	inside := append([]byte{}, whole...)
	for i := len(whole) / 2; i < len(whole)/2+20_000; i++ {
		inside[i] = 0xa5
	}
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"damaged inside":           {inside, "is damaged"},
		"missing":                  {nil, "The file of edition 1 for the public is missing. The operator can put it back"},
		"empty":                    {[]byte{}, "is damaged. The operator can put it back"},
		"no database":              {[]byte(strings.Repeat("no database ", 1000)), "is damaged"},
		"cut off":                  {whole[:len(whole)/2], "is damaged"},
		"garbled":                  {garbled, "is damaged"},
		"of a newer program":       {newer, "made by a newer version of the program"},
		"members' under this name": {members, "is not what its name says and is not shown"},
		"of another edition":       {bytesOf(t, filepath.Join(folder, "0002-public.sqlite")), "is damaged"},
	} {
		shelf := shelfOf(t, folder, st)
		must(t, os.Remove(path))
		if c.file != nil {
			must(t, os.WriteFile(path, c.file, 0o600))
		}
		_, err := shelf.Number(testdb.Context(t), access.Public, 1)
		if fault.KindOf(err) != fault.NotFound || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
		if _, err := shelf.PublicFile(1); !slices.Contains([]string{"garbled", "damaged inside", "a blank page", "of another edition"}, name) && fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: the file to download gives %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), folder) {
			t.Errorf("%s: the sentence tells a path: %v", name, err)
		}
		o, err := shelf.Current(testdb.Context(t), access.Public)
		if got := statesIn(t, o, err); got != 2 {
			t.Errorf("%s: the other edition has %d States", name, got)
		}
		must(t, os.WriteFile(path, whole, 0o600))
		o, err = shelf.Number(testdb.Context(t), access.Public, 1)
		if got := statesIn(t, o, err); got != 1 {
			t.Errorf("%s: put back, the edition has %d States", name, got)
		}
	}
}

func TestAnOpenEditionOutlivesItsFile(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 1)
	shelf := shelfOf(t, folder, st)
	o, err := shelf.Current(testdb.Context(t), access.Public)
	must(t, err)
	must(t, os.Remove(o.Path))
	if got := o.Client.State.Query().CountX(testdb.Context(t)); got != 1 {
		t.Errorf("%d States", got)
	}
	o.Release()
	again, err := shelf.Current(testdb.Context(t), access.Public)
	if got := statesIn(t, again, err); got != 1 {
		t.Errorf("opened again: %d States", got)
	}
	if _, err := shelf.Current(testdb.Context(t), access.Members); err != nil {
		t.Errorf("the members' edition suffers: %v", err)
	}
}

// A mirrored folder may lag behind the table: what is there is served until the rest has come.
func TestAMirrorServesTheNewestThatHasArrived(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 2)
	mirror := t.TempDir()
	must(t, copyFile(filepath.Join(folder, "0001-public.sqlite"), filepath.Join(mirror, "0001-public.sqlite")))
	for name, shelf := range map[string]*Shelf{"with the store": shelfOf(t, mirror, st), "with the files alone": shelfOf(t, mirror, nil)} {
		o, err := shelf.Current(testdb.Context(t), access.Public)
		if got := statesIn(t, o, err); got != 1 {
			t.Errorf("%s: %d States", name, got)
		}
	}
	// Half of the next one has arrived.
	must(t, os.WriteFile(filepath.Join(mirror, "0002-public.sqlite"), bytesOf(t, filepath.Join(folder, "0002-public.sqlite"))[:5000], 0o600))
	o, err := shelfOf(t, mirror, nil).Current(testdb.Context(t), access.Public)
	if got := statesIn(t, o, err); got != 1 {
		t.Errorf("with half of the next: %d States", got)
	}
}

package edition

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"adam/ent/migrate"
	"adam/internal/fault"
	"adam/internal/store"

	"entgo.io/ent/dialect"
)

// restoreFolder is where a backup is unpacked, inside the folder of the editions: on the same disk, so that what was
// unpacked gets its place by renaming.
const restoreFolder = "restore" + tmpSuffix

// Restore brings a backup into an empty database at an address and an empty folder of editions. It is all or nothing,
// and it refuses to mix with what is there. Where it was killed, it can be run again. For the operator only.
func Restore(ctx context.Context, path, address, folder string) (err error) {
	to, created, err := openTarget(ctx, address)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, to.Close())
		if err != nil && created {
			_ = removeDatabase(address)
		}
	}()
	if err := mustBeEmpty(ctx, to); err != nil {
		return err
	}
	work := filepath.Join(folder, restoreFolder)
	defer os.RemoveAll(work)
	if err := unpack(ctx, path, work); err != nil {
		return err
	}
	names, err := newEditions(folder, work)
	if err != nil {
		return err
	}
	from, err := openBackup(ctx, filepath.Join(work, backupStore))
	if err != nil {
		return err
	}
	defer from.Close()
	snap, err := freeze(ctx, from)
	if err != nil {
		return err
	}
	defer snap.release()
	err = fill(ctx, snap, to, func() error { return place(folder, work, names) })
	if err != nil {
		unplace(folder, names)
	}
	return err
}

// openTarget opens the database to restore into and tells whether its file was made by that.
func openTarget(ctx context.Context, address string) (*store.Store, bool, error) {
	_, statErr := os.Stat(address)
	to, err := store.Open(ctx, address)
	if err != nil {
		return nil, false, err
	}
	return to, to.Dialect == dialect.SQLite && errors.Is(statErr, fs.ErrNotExist), nil
}

func notABackup(err error) *fault.Error {
	return fault.New(fault.Invalid, "The file is not a whole backup: it is damaged, cut off or something else. Take another one; nothing was changed.").Because(err)
}

// unpack checks a backup and writes its parts into a folder.
func unpack(ctx context.Context, path, work string) error {
	f, err := os.Open(path)
	if err != nil {
		return fault.New(fault.Invalid, "The backup %s cannot be opened. Give the path of a file that adam backup made.", filepath.Base(path)).Because(err)
	}
	defer f.Close()
	if err := errors.Join(os.RemoveAll(work), os.MkdirAll(filepath.Join(work, backupEditions), 0o700)); err != nil {
		return folderFault(err)
	}
	archive := tar.NewReader(reader{ctx, f})
	var sums bytes.Buffer
	for {
		h, err := archive.Next()
		if err != nil {
			return notABackup(err) // also io.EOF: the sums come last
		}
		if h.Name == backupSums && sums.Len() > 0 {
			return checkSums(archive, sums.String())
		}
		_, _, ok := parseName(strings.TrimPrefix(h.Name, backupEditions))
		isEdition := ok && strings.HasPrefix(h.Name, backupEditions)
		if h.Typeflag != tar.TypeReg || sums.Len() == 0 && h.Name != backupStore || sums.Len() > 0 && !isEdition {
			return notABackup(fmt.Errorf("entry %q", h.Name)) // the store comes first, then the editions
		}
		sum, err := unpackFile(archive, filepath.Join(work, h.Name))
		if err != nil {
			return notABackup(err)
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, h.Name)
	}
}

func checkSums(r io.Reader, want string) error {
	got, err := io.ReadAll(io.LimitReader(r, int64(len(want))+1))
	if err == nil && string(got) != want {
		err = errors.New("a sum differs")
	}
	if err != nil {
		return notABackup(err)
	}
	return nil
}

func unpackFile(r io.Reader, path string) (sum string, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, h), r)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Sync(), f.Close())
}

// newEditions lists the unpacked editions that the folder has not yet. Any other edition there is refused: an earlier
// try may have placed the very same files, nothing else.
func newEditions(folder, work string) ([]string, error) {
	there, err := editionFiles(folder)
	if err != nil {
		return nil, folderFault(err)
	}
	unpacked, err := editionFiles(filepath.Join(work, backupEditions))
	if err != nil {
		return nil, err
	}
	var fresh []string
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(there, unpacked)))) {
		if _, err := os.Lstat(filepath.Join(folder, name)); errors.Is(err, fs.ErrNotExist) {
			fresh = append(fresh, name)
		} else if !sameFile(filepath.Join(folder, name), filepath.Join(work, backupEditions, name)) {
			return nil, fault.New(fault.Conflict, "The folder of the editions is not empty: it holds %s, which is not in the backup or differs. Name an empty folder with --editions; nothing was changed.", name)
		}
	}
	return fresh, nil
}

func sameFile(a, b string) bool {
	x, errX := sumOf(a)
	y, errY := sumOf(b)
	return errX == nil && errY == nil && x == y
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// place moves unpacked editions to where they are read.
func place(folder, work string, names []string) error {
	for _, name := range names {
		if err := os.Rename(filepath.Join(work, backupEditions, name), filepath.Join(folder, name)); err != nil {
			return folderFault(err)
		}
	}
	return keepFolder(folder)
}

func unplace(folder string, names []string) {
	for _, name := range names {
		_ = os.Remove(filepath.Join(folder, name))
	}
}

// openBackup opens the unpacked store and brings it to this program's version; one of a newer version is refused. It has
// no client: a copy needs none.
func openBackup(ctx context.Context, path string) (*store.Store, error) {
	db, err := sql.Open("sqlite", store.SQLiteDSN(path, false))
	if err != nil {
		return nil, notABackup(err)
	}
	if _, err := migrate.Up(ctx, db, dialect.SQLite); err != nil {
		_ = db.Close()
		if fault.As(err) != nil {
			return nil, err
		}
		return nil, notABackup(err)
	}
	return &store.Store{DB: db, Dialect: dialect.SQLite}, nil
}

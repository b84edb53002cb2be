package edition

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"adam/internal/fault"
	"adam/internal/store"
)

// The names in a backup. The sums come last: a backup that was cut off has none.
const (
	backupStore    = "adam.sqlite"
	backupEditions = "editions/"
	backupSums     = "SHA256SUMS"
)

// Backup writes a backup to a file: a tar archive of the whole working store, as a SQLite file, and of the editions. It
// may be made while servers run; what it holds is of one moment. It contains what is restricted: keep it as safe as the
// database. A file of that name is replaced when the new one is whole.
func Backup(ctx context.Context, st *store.Store, folder, path string) error {
	work := path + ".store" + tmpSuffix
	tmp := path + tmpSuffix
	defer func() { _, _ = removeDatabase(work), removeDatabase(tmp) }()
	snap, editions, err := freezeAll(ctx, st, folder)
	if err != nil {
		return err
	}
	defer snap.release()
	defer closeAll(editions)
	err = writeCopy(ctx, work, 0, snap, everything)
	if err == nil {
		err = writeArchive(ctx, tmp, work, editions)
	}
	if err == nil {
		err = publishFile(tmp, path)
	}
	if err == nil || ctx.Err() != nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return fault.New(fault.Internal, "The backup %s could not be written. Check that the disk has room and that its folder may be written, then try again.", filepath.Base(path)).Because(err)
}

// freezeAll takes the store and the files of its editions at one moment, at which nobody builds. Open files can be read
// to the end, whatever happens to their names.
func freezeAll(ctx context.Context, st *store.Store, folder string) (*snapshot, []*os.File, error) {
	unlock, err := lock(ctx, st, folder)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()
	snap, err := freeze(ctx, st)
	if err != nil {
		return nil, nil, err
	}
	names, err := editionFiles(folder)
	var files []*os.File
	for _, name := range names {
		var f *os.File
		if f, err = os.Open(filepath.Join(folder, name)); err != nil {
			break
		}
		files = append(files, f)
	}
	if err != nil {
		snap.release()
		closeAll(files)
		return nil, nil, folderFault(err)
	}
	return snap, files, nil
}

func closeAll(files []*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

// writeArchive writes the archive; equal contents give equal bytes.
func writeArchive(ctx context.Context, path, storeFile string, editions []*os.File) (err error) {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	work, err := os.Open(storeFile)
	if err != nil {
		return err
	}
	defer work.Close()
	a := archive{tar: tar.NewWriter(out)}
	if err := a.add(ctx, backupStore, work); err != nil {
		return err
	}
	for _, f := range editions {
		if err := a.add(ctx, backupEditions+filepath.Base(f.Name()), f); err != nil {
			return err
		}
	}
	return a.close()
}

// archive is a backup that is being written.
type archive struct {
	tar  *tar.Writer
	sums strings.Builder
}

func (a *archive) add(ctx context.Context, name string, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := a.tar.WriteHeader(entry(name, info.Size())); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(a.tar, sum), reader{ctx, f}); err != nil {
		return err
	}
	fmt.Fprintf(&a.sums, "%s  %s\n", hex.EncodeToString(sum.Sum(nil)), name)
	return nil
}

// close writes the sums and the end of the archive.
func (a *archive) close() error {
	sums := a.sums.String()
	if err := a.tar.WriteHeader(entry(backupSums, int64(len(sums)))); err != nil {
		return err
	}
	if _, err := io.WriteString(a.tar, sums); err != nil {
		return err
	}
	return a.tar.Close()
}

func entry(name string, size int64) *tar.Header {
	return &tar.Header{Name: name, Size: size, Mode: 0o600, Typeflag: tar.TypeReg, Format: tar.FormatPAX}
}

// reader stops reading when its context ends.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

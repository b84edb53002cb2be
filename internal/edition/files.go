package edition

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"adam/internal/access"
)

const (
	tmpSuffix   = ".tmp"  // of files that are being written: a reader never opens them
	cacheFolder = "cache" // of old editions that were migrated to be read
)

var editionName = regexp.MustCompile(`^([0-9]{4,9})-(public|members)\.sqlite$`)

// fileName is the name of an edition's file: 0007-public.sqlite.
func fileName(number int, a access.Audience) string {
	return fmt.Sprintf("%04d-%s.sqlite", number, a)
}

// parseName reads the name of an edition's file.
func parseName(name string) (number int, a access.Audience, ok bool) {
	m := editionName.FindStringSubmatch(name)
	if m == nil {
		return 0, "", false
	}
	number, err := strconv.Atoi(m[1])
	a = access.Audience(m[2])
	return number, a, err == nil && number > 0 && name == fileName(number, a)
}

// editionFiles lists the names of the editions' files in a folder by number; none where the folder does not exist.
func editionFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if _, _, ok := parseName(e.Name()); ok && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	slices.SortStableFunc(names, func(x, y string) int {
		n, _, _ := parseName(x)
		m, _, _ := parseName(y)
		return n - m
	})
	return names, nil
}

// sweep removes what a builder that died has left. Only the holder of the builder's lock may call it.
func sweep(folder string) error {
	return removeAll(folder, func(name string) bool {
		name, _, isTmp := strings.Cut(name, tmpSuffix)
		_, _, ok := parseName(name)
		return ok && isTmp
	})
}

// forget removes the files of a withdrawn edition. Whoever has one open can read it to the end.
func forget(folder string, number int) error {
	for _, a := range audiences {
		name := fileName(number, a)
		file := func(n string) bool { return n == name }
		copies := func(n string) bool { return strings.HasPrefix(n, name) }
		if err := errors.Join(removeAll(folder, file), removeAll(filepath.Join(folder, cacheFolder), copies)); err != nil {
			return err
		}
	}
	return nil
}

// removeDatabase removes a SQLite file and what SQLite may have put beside it.
func removeDatabase(path string) error {
	base := filepath.Base(path)
	return removeAll(filepath.Dir(path), func(name string) bool {
		return slices.Contains([]string{base, base + "-journal", base + "-wal", base + "-shm"}, name)
	})
}

// removeAll removes the files of a folder whose names match.
func removeAll(folder string, match func(name string) bool) error {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if !match(e.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// keep makes what was written to a file, and its name in the folder, survive a loss of power.
func keep(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// publishFile gives a written file its name, durably and all at once.
func publishFile(tmp, path string) error {
	if err := keep(tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return keepFolder(filepath.Dir(path))
}

func keepFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// audiences are those that editions are cut for.
var audiences = []access.Audience{access.Public, access.Members}

// The application ids in the header of our SQLite files say for whom a file is: one under a wrong name is not served.
var applicationID = map[access.Audience]uint32{access.Public: 0x41444d50, access.Members: 0x41444d4d} // "ADMP", "ADMM"

// header is what the first bytes of a SQLite file say.
type header struct {
	version  int // user_version: the number of its last migration
	audience uint32
	complete bool // the file is as long as its header says
}

var errNotSQLite = errors.New("no SQLite file")

// readHeader reads the header of a SQLite file without opening it as a database.
func readHeader(path string) (header, error) {
	f, err := os.Open(path)
	if err != nil {
		return header{}, err
	}
	defer f.Close()
	b := make([]byte, 100)
	if _, err := io.ReadFull(f, b); err != nil || string(b[:16]) != "SQLite format 3\x00" {
		return header{}, errNotSQLite
	}
	info, err := f.Stat()
	if err != nil {
		return header{}, err
	}
	page := int64(binary.BigEndian.Uint16(b[16:]))
	if page == 1 { // as the format writes 65,536
		page = 1 << 16
	}
	pages := int64(binary.BigEndian.Uint32(b[28:]))
	return header{
		version:  int(int32(binary.BigEndian.Uint32(b[60:]))),
		audience: binary.BigEndian.Uint32(b[68:]),
		complete: pages > 0 && info.Size() == page*pages,
	}, nil
}

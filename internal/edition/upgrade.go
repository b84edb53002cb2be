package edition

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/fault"

	"entgo.io/ent/dialect"
)

// readable gives the path under which an edition can be read by this program: its own file, or, where that is of an
// older version and lacks columns, a copy that was migrated. The file itself stays as it was published, byte for byte.
func readable(ctx context.Context, folder string, number int, a access.Audience) (string, error) {
	path := filepath.Join(folder, fileName(number, a))
	version, err := inspect(path, number, a)
	if err != nil || version == migrate.Latest() {
		return path, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", missing(number, a)
	}
	cache := filepath.Join(folder, cacheFolder)
	// Size and time tell a file that was put back from another one apart.
	upgraded := filepath.Join(cache, fmt.Sprintf("%s-v%d-%x-%x", fileName(number, a), migrate.Latest(), info.Size(), info.ModTime().UnixNano()))
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", noCache(number, err)
	}
	locked, err := lockFolder(ctx, cache)
	if err != nil {
		return "", noCache(number, err)
	}
	defer locked.Close()
	if h, err := readHeader(upgraded); err == nil && h.complete && h.version == migrate.Latest() {
		return upgraded, nil
	}
	outdated := func(name string) bool { return strings.HasPrefix(name, fileName(number, a)) }
	if err := removeAll(cache, outdated); err != nil {
		return "", noCache(number, err)
	}
	return upgraded, upgrade(ctx, path, upgraded, number, a)
}

// upgrade writes a migrated copy of an edition.
func upgrade(ctx context.Context, path, to string, number int, a access.Audience) error {
	err := buildFile(ctx, to, func(tmp string) error { return copyFile(path, tmp) }, func(ctx context.Context, db *sql.DB) error {
		if _, err := migrate.Up(ctx, db, dialect.SQLite); err != nil {
			return err
		}
		// A search index that the migration made knows only what is written from now on.
		_, err := db.ExecContext(ctx, "INSERT INTO records_fts (records_fts) VALUES ('rebuild')")
		return err
	})
	if err != nil {
		return fault.New(fault.NotFound, "Edition %d for %s was made by an older version of the program and could not be migrated. The operator finds the reason in the log.", number, readers[a]).Because(err)
	}
	return nil
}

func noCache(number int, err error) *fault.Error {
	return fault.New(fault.NotFound, "Edition %d was made by an older version of the program and has to be migrated before it is read, but the folder of the editions cannot be written. The operator can give the program write access to it.", number).Because(err)
}

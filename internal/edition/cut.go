package edition

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/store"
)

// Cut writes the file of one edition for one audience into a folder: NNNN-public.sqlite or NNNN-members.sqlite. The
// edition must have its row. The file holds what the audience may see now, and never held anything else. Only the
// working store's owner may call it; Release cuts both files from one moment.
func Cut(ctx context.Context, st *store.Store, folder string, number int, a access.Audience) error {
	unlock, err := lock(ctx, st, folder)
	if err != nil {
		return err
	}
	defer unlock()
	snap, err := freeze(ctx, st)
	if err != nil {
		return err
	}
	defer snap.release()
	return cutFrom(ctx, snap, folder, number, a)
}

func cutFrom(ctx context.Context, from *snapshot, folder string, number int, a access.Audience) error {
	if !slices.Contains(audiences, a) {
		return fault.New(fault.Invalid, "Editions are cut for the public and for members, not for %q.", string(a))
	}
	var rows int
	query := fmt.Sprintf("SELECT count(*) FROM editions WHERE number = %d", number)
	if err := from.tx.QueryRowContext(ctx, query).Scan(&rows); err != nil {
		return err
	}
	if rows == 0 {
		return fault.New(fault.NotFound, "There is no edition %d to cut.", number)
	}
	s, err := choose(ctx, from, a, number)
	if err != nil {
		return err
	}
	return writeCopy(ctx, filepath.Join(folder, fileName(number, a)), applicationID[a], from, s.plan)
}

func folderFault(err error) error {
	sentence := "The folder of the editions cannot be used. Give one that the program may write with --editions."
	if errors.Is(err, os.ErrPermission) {
		sentence = "The folder of the editions cannot be written. Give the program write access to it, or another one with --editions."
	}
	return fault.New(fault.Invalid, "%s", sentence).Because(err)
}

package edition

import (
	"errors"
	"io/fs"

	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/fault"
)

// errMissing marks the fault of a file that is not there: it may have come meanwhile, or be withdrawn.
var errMissing = errors.New("the file of an edition is missing")

// inspect looks at the file of an edition before it is opened as a database and gives the number of its last migration.
func inspect(path string, number int, a access.Audience) (version int, err error) {
	h, err := readHeader(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, missing(number, a)
	case errors.Is(err, fs.ErrPermission):
		return 0, fault.New(fault.NotFound, "Edition %d for %s cannot be read: the program has no right to its file. The operator can grant it.", number, readers[a]).Because(err)
	case err != nil:
		return 0, damaged(number, a).Because(err)
	case !h.complete:
		return 0, damaged(number, a).Because(errors.New("the file is not as long as its header says"))
	case h.audience != applicationID[a]:
		return 0, fault.New(fault.NotFound, "The file of edition %d for %s is not what its name says and is not shown. The operator can put the right file in its place, from a backup or another server.", number, readers[a])
	case h.version > migrate.Latest():
		return 0, fault.New(fault.NotFound, "Edition %d was made by a newer version of the program, which this one cannot read. The operator can update the program.", number)
	}
	return h.version, nil
}

// readers is what sentences call the audiences.
var readers = map[access.Audience]string{access.Public: "the public", access.Members: "members"}

func missing(number int, a access.Audience) *fault.Error {
	return fault.New(fault.NotFound, "The file of edition %d for %s is missing. The operator can put it back from a backup or another server, or withdraw the edition so that a new one takes its place.", number, readers[a]).Because(errMissing)
}

func damaged(number int, a access.Audience) *fault.Error {
	return fault.New(fault.NotFound, "The file of edition %d for %s is damaged. The operator can put it back from a backup or another server, or withdraw the edition so that a new one takes its place.", number, readers[a])
}

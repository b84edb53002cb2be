package intake

import (
	"io"

	"adam/internal/exchange/table"
	"adam/internal/term"
)

// Source is a file of one format, from which an import takes activities. It is read once.
type Source interface {
	// read gives the import each activity of the file. What was found is told of a file too that cannot be read to its end.
	read(in *taking) (*found, error)
}

// found is what a file says of itself, and what its reader has to say of it.
type found struct {
	bytes    int64
	digest   string // SHA-256 of what was read
	format   string
	licence  string
	problems []term.IntakeProblem
	notHeld  map[string]int
	mappings []table.Mapping // of a spreadsheet: what its columns mean
}

// counter counts the bytes that are read of a file.
type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// countedAt counts what is read of a file.
type countedAt struct {
	io.ReaderAt
	count *counter
}

func (c countedAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.count.n = max(c.count.n, off+int64(n))
	return n, err
}

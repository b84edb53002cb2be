package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"

	"adam/ent"
	"adam/ent/intakepart"
	"adam/internal/term"
)

// held reads a file that was sent, part by part.
type held struct {
	ctx    context.Context
	c      *ent.Client
	id     term.ID
	number int
	part   io.Reader
}

// Read implements io.Reader.
func (k *held) Read(p []byte) (int, error) {
	for {
		if k.part != nil {
			n, err := k.part.Read(p)
			if n > 0 || (err != nil && err != io.EOF) {
				return n, err
			}
		}
		k.number++
		next, err := k.c.IntakePart.Query().Where(intakepart.IntakeID(k.id), intakepart.Number(k.number)).Only(k.ctx)
		if ent.IsNotFound(err) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		if k.part, err = gzip.NewReader(bytes.NewReader(next.Data)); err != nil {
			return 0, err
		}
	}
}

// opened opens a file that was sent. A spreadsheet is read in any order, so that it is put into a file of the machine for as
// long as it is read.
func opened(ctx context.Context, c *ent.Client, f *ent.Intake) (src Source, done func(), err error) {
	parts := &held{ctx: ctx, c: c, id: f.ID}
	if f.Kind == term.FormatIATI {
		return IATI(parts), func() {}, nil
	}
	m, err := mappingOf(f.Mapping)
	if err != nil {
		return nil, nil, err
	}
	file, err := os.CreateTemp("", "adam-import-*")
	if err != nil {
		return nil, nil, err
	}
	done = func() { _ = file.Close(); _ = os.Remove(file.Name()) } // of no use to anybody any more
	size, err := io.Copy(file, parts)
	if err != nil {
		done()
		return nil, nil, err
	}
	return Table(file, size, f.Asked, m), done, nil
}

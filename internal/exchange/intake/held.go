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
	broke  error // what the database has said, which is no fault of the file
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
			k.broke = err
			return 0, err
		}
		if k.part, err = gzip.NewReader(bytes.NewReader(next.Data)); err != nil {
			return 0, err
		}
	}
}

// sentFile is a file that was sent, open.
type sentFile struct {
	Source
	parts *held
	file  *os.File // of a spreadsheet
}

// opened opens a file that was sent. A spreadsheet is read in any order, so that it is put into a file of the machine, which has
// no name and is gone with the process.
func opened(ctx context.Context, c *ent.Client, f *ent.Intake) (*sentFile, error) {
	s := &sentFile{parts: &held{ctx: ctx, c: c, id: f.ID}}
	if f.Kind == term.FormatIATI {
		s.Source = IATI(s.parts)
		return s, nil
	}
	m, err := mappingOf(f.Mapping)
	if err != nil {
		return nil, err
	}
	if s.file, err = os.CreateTemp("", "adam-import-*"); err != nil {
		return nil, err
	}
	_ = os.Remove(s.file.Name()) // it stays readable; where a system does not allow that, it goes when it is closed
	size, err := io.Copy(s.file, s.parts)
	if err != nil {
		s.close()
		return nil, err
	}
	s.Source = Table(s.file, size, f.Asked, m)
	return s, nil
}

func (s *sentFile) close() {
	if s.file != nil {
		_ = s.file.Close() // it was only read
		_ = os.Remove(s.file.Name())
	}
}

// blame tells an error of the database, which passes, from one of the file, which stays.
func (s *sentFile) blame(err error) error {
	if err != nil && s.parts.broke != nil {
		return s.parts.broke
	}
	return err
}

package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"adam/internal/fault"
)

// mostCells is how many cells of a sheet are read, empty ones included: each takes room where the parser keeps it.
const mostCells = 200_000

// measure reads a sheet once, tag by tag, and refuses it where it is larger than a review needs. The parser fills the room
// between the cells of a row, also of cells that hold nothing but a style, so a small file could ask for a great deal of memory.
func measure(f *zip.File) error {
	in, err := f.Open()
	if err != nil {
		return notXLSX().Because(err)
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // names of tags are ASCII everywhere
	var s size
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return notXLSX().Because(err)
		}
		if tag, ok := token.(xml.StartElement); ok {
			if err := s.add(tag); err != nil {
				return err
			}
		}
	}
}

// size is what was counted of a sheet so far.
type size struct{ row, column, rows, cells, merged int }

// add counts a tag. What has no number of its own follows the one before.
func (s *size) add(tag xml.StartElement) error {
	switch tag.Name.Local {
	case "row":
		s.rows++
		s.row, s.column = max(s.row+1, number(tag, "r")), 0
	case "c":
		s.cells++
		s.column = max(s.column+1, letters(tag))
	case "mergeCell":
		s.merged++
	}
	switch {
	case s.merged > mostMerged:
		return fault.New(fault.Limit, "More than %d cells of a sheet are merged. Split them (Unmerge Cells), and send the file again.", mostMerged).At("file")
	case s.row > lowestRow, s.rows > lowestRow, s.column > mostColumns, s.cells > mostCells:
		return fault.New(fault.Limit, "A sheet of this file is larger than a review: at most %d rows and %d columns are read. Take out what is not the review's.", mostRows, mostColumns).At("file")
	}
	return nil
}

func attribute(tag xml.StartElement, name string) string {
	for _, a := range tag.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func number(tag xml.StartElement, name string) int {
	n, _ := strconv.Atoi(attribute(tag, name)) // none: it follows the one before
	return n
}

// letters is the column that a cell says it stands in, from 1; 0 where it says none.
func letters(tag xml.StartElement) int {
	n := 0
	for _, c := range attribute(tag, "r") {
		switch {
		case 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		case c < 'A' || c > 'Z':
			return n
		}
		if n = n*26 + int(c-'A') + 1; n > mostColumns {
			return n
		}
	}
	return n
}

package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
)

// mostCells is how many cells of a sheet are read, empty ones included: each takes room where the parser keeps it.
const mostCells = 200_000

// errCharset refuses what is written otherwise than in UTF-8, as every spreadsheet program writes: it would be read one way
// here, and another way by the parser.
var errCharset = errors.New("not UTF-8")

// measure reads a part of a file once, tag by tag, refuses a sheet that is larger than a review needs, and says whether it
// has formulas. What is no XML is no sheet. The parser fills the room
// between the cells of a row, also of cells that hold nothing but a style, so a small file could ask for a great deal of memory.
func measure(f *zip.File) (formulas bool, err error) {
	in, err := f.Open()
	if err != nil {
		return false, notXLSX().Because(err)
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	d.Strict = false
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	var s size
	for {
		token, err := d.RawToken()
		if errors.Is(err, errCharset) {
			return false, notXLSX().Because(err)
		}
		if err != nil { // the end, also of what the parser would read
			return s.formulas > 0, nil
		}
		switch tag := token.(type) {
		case xml.StartElement:
			if err := s.add(tag); err != nil {
				return false, err
			}
		case xml.EndElement:
			s.inRow = s.inRow && tag.Name.Local != "row"
		}
	}
}

// size is what was counted of a sheet so far.
type size struct {
	row, column, rows, cells, merged, formulas int
	inRow                                      bool
}

// add counts a tag. What has no number of its own follows the one before.
func (s *size) add(tag xml.StartElement) error {
	switch name := tag.Name.Local; {
	case name == "row":
		s.rows, s.inRow = s.rows+1, true
		s.row, s.column = max(s.row+1, number(tag, "r")), 0
	case name == "c" && s.inRow: // other parts have a tag of that name
		s.cells++
		s.column = max(s.column+1, cell.ColumnOf(attribute(tag, "r"))+1)
	case name == "mergeCell":
		s.merged++
	case name == "f" && s.inRow:
		s.formulas++
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

package table

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
	"adam/internal/term"
)

// mostMerged is how many ranges of a sheet may be merged: they are in memory while it is read.
// One of more than mostParts cells is a banner: only its first cell says something.
const (
	mostMerged = 20_000
	mostParts  = 10_000
)

// span is a range of merged cells.
type span struct {
	name             string
	row, col, to, by int // from 0: where it begins, its last row and column
	value            Cell
	has              bool // the value is known
}

// spans finds the merged cells of a sheet, which stand at its end: they must be known before its rows are read. The sheet is
// looked through once, however often it is read.
func (w *workbook) spans(s *sheet) ([]*span, error) {
	if s.looked {
		return s.fresh(), nil
	}
	err := tokens(s.part, w.o.MostCell, func(t xml.Token) error {
		tag, ok := t.(xml.StartElement)
		if !ok || tag.Name.Local != "mergeCell" {
			return nil
		}
		if len(s.merged) == mostMerged {
			return fault.New(fault.Limit, "In the sheet “%s” more than %d ranges of cells are merged. Split them (Unmerge Cells), and send the file again.", term.Clip(s.name), mostMerged)
		}
		first, last, _ := strings.Cut(attr(tag, "ref"), ":")
		row, col, ok := cell.At(first)
		to, by, also := cell.At(last)
		if ok && also && row <= to && col <= by && (to-row+1)*(by-col+1) <= mostParts {
			s.merged = append(s.merged, span{name: attr(tag, "ref"), row: row, col: col, to: to, by: by})
		}
		return nil
	})
	slices.SortStableFunc(s.merged, func(a, b span) int { return a.row - b.row })
	s.looked = err == nil
	return s.fresh(), err
}

// fresh are the merged cells of a sheet before anything was read of them.
func (s *sheet) fresh() []*span {
	out := make([]*span, len(s.merged))
	for i, m := range s.merged {
		out[i] = &m
	}
	return out
}

// sheetReader reads the rows of a sheet.
type sheetReader struct {
	*workbook
	sheet  *sheet
	told   *Report
	each   func(Row) error
	spans  []*span // that begin further down
	open   []*span // that the row may be in
	row    Row
	cell   Cell
	sort   string // the type of the cell, as the file says it
	style  int
	value  []byte
	stored bool // there is a value
	inRow  bool
	inCell bool
	inside string // v, t or f
	spoken int    // within how words are spoken
	hidden int
	lowest int   // the last row that was given, from 1
	width  int   // bytes of the row so far
	total  int64 // bytes of all rows so far: a text that many cells refer to is little in the file, and much to go through
}

// read gives the rows of a sheet to each.
func (w *workbook) read(name string, told *Report, each func(Row) error) error {
	i := slices.IndexFunc(w.sheets, func(s *sheet) bool { return s.name == name })
	if err := w.load(); err != nil {
		return err
	}
	in := &sheetReader{workbook: w, sheet: w.sheets[i], told: told, each: each}
	var err error
	if in.spans, err = w.spans(in.sheet); err != nil {
		return err
	}
	if err = tokens(in.sheet.part, w.o.MostCell, in.token); err == nil {
		err = in.below(1 << 30)
	}
	if err == nil && in.hidden > 0 {
		told.note(HiddenRow, Note, name, strconv.Itoa(in.hidden)+" rows are hidden, by a filter or by hand. They were read like the others: take out what is not meant to be read.")
	}
	return err
}

func (in *sheetReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return in.start(t)
	case xml.CharData:
		if in.inCell && in.spoken == 0 && (in.inside == "v" || in.inside == "t") {
			if in.value = append(in.value, t...); len(in.value) > in.o.MostCell {
				return fault.New(fault.Limit, "A cell in row %d of the sheet “%s” holds more than %d KB. Shorten it, and send the file again.", in.row.Number, term.Clip(in.sheet.name), in.o.MostCell>>10)
			}
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "row":
			if in.inRow {
				in.inRow = false
				return in.finish()
			}
		case "c":
			if in.inCell {
				in.inCell = false
				return in.add()
			}
		case "rPh":
			in.spoken--
		}
		in.inside = ""
	}
	return nil
}

func (in *sheetReader) start(tag xml.StartElement) error {
	switch name := tag.Name.Local; {
	case name == "row":
		n := number(tag, "r")
		if n < 1 {
			n = in.lowest + 1
		}
		if n <= in.lowest {
			return fault.New(fault.Invalid, "The rows of the sheet “%s” are out of order in the file, so that they cannot be read with certainty. Open it in a spreadsheet program, save it, and send it again.", term.Clip(in.sheet.name))
		}
		if err := in.below(n); err != nil {
			return err
		}
		in.row, in.inRow = Row{Number: n, Hidden: yes(tag, "hidden")}, true
	case name == "c" && in.inRow:
		col := cell.ColumnOf(attr(tag, "r"))
		if col < 0 {
			if col = 0; in.cell.Row == in.row.Number {
				col = in.cell.Col + 1 // it follows the one before
			}
		}
		in.cell, in.sort, in.style = Cell{Row: in.row.Number, Col: col}, attr(tag, "t"), number(tag, "s")
		in.value, in.stored, in.inCell = in.value[:0], false, true
	case in.inCell:
		in.inside = name
		in.stored = in.stored || name == "v" || name == "is"
		in.cell.Formula = in.cell.Formula || name == "f"
		if name == "rPh" {
			in.spoken++
		}
	}
	return nil
}

// add takes a cell up into its row. One that holds nothing takes no room.
func (in *sheetReader) add() error {
	if err := in.understand(); err != nil || in.cell.Text == "" {
		return err
	}
	if in.cell.Col >= in.o.MostColumns {
		return fault.New(fault.Limit, "The sheet “%s” has more than %d columns. Take out what is not to be read, and send the file again.", term.Clip(in.sheet.name), in.o.MostColumns)
	}
	return in.put(in.cell)
}

func (in *sheetReader) put(c Cell) error {
	in.width += len(c.Text)
	in.total += int64(len(c.Text))
	switch {
	case in.width > in.o.MostRow:
		return fault.New(fault.Limit, "Row %d of the sheet “%s” holds more than %d KB. Shorten it, and send the file again.", c.Row, term.Clip(in.sheet.name), in.o.MostRow>>10)
	case in.total > in.o.MostUnpacked:
		return fault.New(fault.Limit, "The sheet “%s” holds more than %d MB of text. Send it in several files.", term.Clip(in.sheet.name), in.o.MostUnpacked>>20)
	}
	for len(in.row.Cells) <= c.Col {
		in.row.Cells = append(in.row.Cells, Cell{Row: in.row.Number, Col: len(in.row.Cells)})
	}
	in.row.Cells[c.Col] = c
	return nil
}

// finish gives a row, with what stands in merged cells that it is a part of.
func (in *sheetReader) finish() error {
	in.lowest = in.row.Number
	err := in.merge()
	if in.width = 0; err != nil {
		return err
	}
	if len(in.row.Cells) == 0 {
		return nil
	}
	if in.row.Hidden {
		in.hidden++
	}
	return in.each(in.row)
}

// below gives the rows before row n that are in the file only as parts of merged cells.
func (in *sheetReader) below(n int) error {
	for next := in.lowest + 1; next < n && (len(in.open) > 0 || len(in.spans) > 0); next++ {
		if len(in.open) == 0 && in.spans[0].row+1 > next {
			next = in.spans[0].row + 1 // nothing is merged before
			if next >= n {
				return nil
			}
		}
		in.row = Row{Number: next}
		if err := in.finish(); err != nil {
			return err
		}
	}
	return nil
}

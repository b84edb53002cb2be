package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"time"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
)

// Format is a kind of file that lists are written as.
type Format string

// The formats.
const (
	XLSX Format = "XLSX"
	CSV  Format = "CSV"
)

// About says what a list is: in XLSX on a sheet of its own, behind the list. CSV has no place for it that a program would not
// trip over. All of it is in the language of whoever reads the file.
type About struct {
	List  string // the name of the sheet with the list
	Sheet string // the name of the sheet with this
	Title string
	Facts []Fact    // what, when, which edition, how it was counted, the disclaimer, the licence, the address
	Made  time.Time // the same list of the same edition is to have the same time: then its bytes are the same
}

// Fact is one thing that is to be known of a list, under its name.
type Fact struct{ Name, Text string }

// Heading is a column of a list.
type Heading struct {
	Name   string
	Number bool    // its cells are numbers, where they are not empty
	Width  float64 // in XLSX, in letters; 0 is as programs do
}

// Write writes a list as a file. rows are texts, as many as there are headings; numbers are written with a point and without
// separators. An error of rows ends the writing and comes back as it is: half a file is to be thrown away. So does one of w.
func Write(w io.Writer, f Format, about About, headings []Heading, rows iter.Seq2[[]string, error]) error {
	switch f {
	case CSV:
		return writeCSV(w, headings, rows)
	case XLSX:
		return writeXLSX(w, about, headings, rows)
	}
	return fault.New(fault.Invalid, "Lists can be had as XLSX and CSV.")
}

// writeCSV writes RFC 4180 in UTF-8, with the mark without which Excel shows Thai and Vietnamese as rubbish.
func writeCSV(w io.Writer, headings []Heading, rows iter.Seq2[[]string, error]) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out, line := csv.NewWriter(w), make([]string, len(headings))
	for i, h := range headings {
		line[i] = cell.Safe(h.Name)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for row, err := range rows {
		if err == nil {
			err = fits(row, headings)
		}
		if err != nil {
			return err
		}
		for i, text := range row {
			line[i] = cell.Safe(text)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// fits sees to it that a row has a cell for each heading, since otherwise what stands in it moves under another one.
func fits(row []string, headings []Heading) error {
	if len(row) != len(headings) {
		return fmt.Errorf("write a list: a row has %d cells, and there are %d headings", len(row), len(headings))
	}
	return nil
}

// Package table reads spreadsheets as people keep them (XLSX, and CSV with any separator), finds out which column means what,
// and makes drafts of activities of the rows; and it writes lists as spreadsheets. It knows no database and no rights: names
// of States and organisations stay texts, to be matched by whoever asks. It reads row by row, in bounded memory, whatever
// is sent: nothing is run, nothing elsewhere is opened, and nothing is left out without being told by sheet, row and column.
package table

import (
	"cmp"
	"io"
	"iter"
	"slices"

	"adam/internal/fault"
	"adam/internal/term"
)

// Options bound what is read of a file. The zero value is right for files of strangers.
type Options struct {
	Name         string // of the file, for problems
	Encoding     string // of CSV, as the web names it, such as windows-874; found out where it is ""
	MostBytes    int64  // of the file; 64 MB
	MostUnpacked int64  // bytes of all that an XLSX file holds; 512 MB
	MostStrings  int    // bytes of the texts of an XLSX file that are used more than once, which stay in memory; 48 MB
	MostRows     int    // with something in them, of one sheet; 200,000
	MostColumns  int    // 500
	MostCell     int    // bytes of one cell; 200 KB
	MostRow      int    // bytes of one row; 2 MB
	MostProblems int    // of each sort, that are told in full; 50
}

func (o Options) filled() *Options {
	o.MostBytes = cmp.Or(o.MostBytes, 64<<20)
	o.MostUnpacked = cmp.Or(o.MostUnpacked, 512<<20)
	o.MostStrings = cmp.Or(o.MostStrings, 48<<20)
	o.MostRows = cmp.Or(o.MostRows, 200_000)
	o.MostColumns = cmp.Or(o.MostColumns, 500)
	o.MostCell = cmp.Or(o.MostCell, 200<<10)
	o.MostRow = cmp.Or(o.MostRow, 2<<20)
	o.MostProblems = cmp.Or(o.MostProblems, 50)
	return &o
}

// Kind is what a cell holds.
type Kind int

// The kinds. A Day is written as far as its format shows it: 2009, 2009-05 or 2009-05-17; a Percent as 12.5%.
const (
	Text Kind = iota
	Number
	Percent
	Day
)

// Cell is a cell with where it stands.
type Cell struct {
	Text    string // without white space around it; numbers with a point and no separators
	Kind    Kind
	Row     int    // as programs count them, from 1
	Col     int    // from 0
	Merged  string // the range that it is a part of, such as C4:C6
	Origin  int    // of a merged cell: the row of the one that holds the value
	Formula bool   // the value is what a program has worked out
}

// Row is a row that holds something.
type Row struct {
	Number int // as programs count them, from 1
	Cells  []Cell
	Hidden bool
}

// at is the cell of a column; an empty one where the row is shorter.
func (r Row) at(col int) Cell {
	if col >= 0 && col < len(r.Cells) {
		return r.Cells[col]
	}
	return Cell{Row: r.Number, Col: col}
}

// Sheet is a sheet of a book. A CSV file has one, with no name.
type Sheet struct {
	Name   string
	Hidden bool
}

// Book is a file that was measured and opened.
type Book struct {
	Sheets []Sheet
	Report *Report
	o      *Options
	text   *textFile
	xlsx   *workbook
}

// Open opens a file of size bytes: an Excel workbook by its content, everything else as text. What is no table is INVALID, what
// is too large LIMIT, each with a sentence that says what to do. What is hidden, and macros, are noted in the report.
func Open(file io.ReaderAt, size int64, opts Options) (*Book, error) {
	b := &Book{o: opts.filled(), Report: &Report{File: opts.Name, Counts: map[Sort]int{}}}
	b.Report.most = b.o.MostProblems
	err := b.open(file, size)
	if err != nil {
		return nil, b.broken(err)
	}
	return b, nil
}

// broken puts the name of the file before the sentence of a fault, so that it is known which one of several it is.
func (b *Book) broken(err error) error {
	f := fault.As(err)
	if f == nil {
		f = fault.New(fault.Invalid, "The file could not be read to its end. Send it again.").Because(err)
	}
	if b.o.Name == "" {
		return f.At("file")
	}
	return fault.New(f.Kind, "%s: %s", term.Clip(b.o.Name), f.Sentence).At("file").Because(f)
}

// Visible names the sheets that are read where nobody chooses.
func (b *Book) Visible() (out []string) {
	for _, s := range b.Sheets {
		if !s.Hidden {
			out = append(out, s.Name)
		}
	}
	return out
}

// Mark is what stands in the first column of a sheet that a program has hidden there, such as what the file is; nil where there
// is no such sheet.
func (b *Book) Mark(sheet string) (lines []string, err error) {
	if !slices.Contains(b.Sheets, Sheet{Name: sheet, Hidden: true}) {
		return nil, nil
	}
	for r, err := range b.rows(sheet, &Report{Counts: map[Sort]int{}}) {
		if err != nil {
			return nil, err
		}
		lines = append(lines, r.at(0).Text)
		if len(lines) == mostHeader {
			break
		}
	}
	return lines, nil
}

// Rows gives the rows of a sheet that hold something, one by one. Each may be kept. What ends the reading is the last error, a
// fault for people: what was read until then is to be thrown away. Cells that cannot be used are in the report.
func (b *Book) Rows(sheet string) iter.Seq2[Row, error] { return b.rows(sheet, b.Report) }

// rows reads a sheet and tells a report; the first look at a sheet is told to nobody.
func (b *Book) rows(sheet string, told *Report) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if !slices.ContainsFunc(b.Sheets, func(s Sheet) bool { return s.Name == sheet }) {
			yield(Row{}, b.broken(fault.New(fault.Invalid, "There is no sheet “%s” in the file.", term.Clip(sheet))))
			return
		}
		n := 0
		each := func(r Row) error {
			if len(r.Cells) == 0 {
				return nil
			}
			if n++; n > b.o.MostRows {
				return fault.New(fault.Limit, "The sheet has more than %d rows. Send it in several files.", b.o.MostRows)
			}
			if !yield(r, nil) {
				return errStop
			}
			return nil
		}
		var err error
		if b.xlsx != nil {
			err = b.xlsx.read(sheet, told, each)
		} else {
			err = b.text.read(told, each)
		}
		if err != nil && err != errStop {
			yield(Row{}, b.broken(err))
		}
	}
}

type stop struct{}

func (stop) Error() string { return "no more rows are wanted" }

var errStop error = stop{}

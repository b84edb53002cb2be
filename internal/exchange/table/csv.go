package table

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"

	"golang.org/x/text/encoding"
)

// textFile is a table in text: CSV, with whatever stands between its cells. It is not read by encoding/csv, which skips
// empty rows, so that people could not find a row by its number, and which gathers the rest of the file where one
// quotation mark is missing.
type textFile struct {
	file      io.ReaderAt
	size      int64
	o         *Options
	encoding  encoding.Encoding
	separator rune
	skip      bool // the first line is not a row: it names the separator, for Excel
}

func openText(file io.ReaderAt, size int64, o *Options, told *Report) (*textFile, error) {
	e, err := decoded(file, size, o, told)
	if err != nil {
		return nil, err
	}
	f := &textFile{file: file, size: size, o: o, encoding: e}
	sample, err := io.ReadAll(io.LimitReader(f.reader(), 256<<10))
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(string(sample), "\ufeff")
	if strings.ContainsFunc(text, func(r rune) bool { return r < '\t' }) {
		return nil, notTable() // no text has such signs
	}
	line, _, _ := strings.Cut(text, "\n")
	if line = strings.TrimRight(line, "\r"); len(line) >= 5 && strings.EqualFold(line[:4], "sep=") {
		f.separator, f.skip = []rune(line[4:])[0], true
		return f, nil
	}
	f.separator = separatorOf(text)
	return f, nil
}

// reader gives the file in UTF-8.
func (f *textFile) reader() io.Reader {
	return f.encoding.NewDecoder().Reader(io.NewSectionReader(f.file, 0, f.size))
}

// separatorOf is the sign that cuts most rows into the same number of cells, more than one. A comma where none does.
func separatorOf(sample string) rune {
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t', '|'} {
		counts, rows := map[int]int{}, 0
		p := &csvParser{in: bufio.NewReader(strings.NewReader(sample)), sep: sep, mostCell: len(sample), mostRow: len(sample)}
		for rows < 50 {
			cells, err := p.row()
			if err != nil {
				break
			}
			if filled(cells) {
				rows++
				counts[len(cells)]++
			}
		}
		for n, times := range counts {
			if score := times*1000/max(rows, 1) + min(n, 100); n > 1 && score > most {
				best, most = sep, score
			}
		}
	}
	return best
}

func filled(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return true
		}
	}
	return false
}

// read gives the rows of the file to each.
func (f *textFile) read(told *Report, each func(Row) error) error {
	p := &csvParser{in: bufio.NewReaderSize(f.reader(), 64<<10), sep: f.separator, mostCell: f.o.MostCell, mostRow: f.o.MostRow}
	for n := 1; ; n++ {
		cells, err := p.row()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if long := (*tooLong)(nil); errors.As(err, &long) {
			return fault.New(fault.Limit, "A cell or the row that begins in row %d (line %d) goes on for more than %d KB. Is a quotation mark missing there? Put it right, and send the file again.", n, long.line, long.bytes>>10).Because(err)
		}
		if err != nil {
			return fault.New(fault.Invalid, "The file could not be read further than row %d. Send it again.", n).Because(err)
		}
		if n == 1 && f.skip {
			continue
		}
		for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > f.o.MostColumns {
			return fault.New(fault.Limit, "Row %d has more than %d columns. Take out what is not to be read, and send the file again.", n, f.o.MostColumns)
		}
		row := Row{Number: n, Cells: make([]Cell, len(cells))}
		for i, text := range cells {
			row.Cells[i] = Cell{Text: cleaned(cell.Plain(text)), Row: n, Col: i}
			if strings.ContainsRune(text, '\ufffd') {
				told.at(row.Cells[i], "", BadEncoding, Warning, "Letters of this cell could not be read. Save the file as CSV in UTF-8, or name the encoding in which it is written.")
			}
		}
		if !filled(cells) {
			row.Cells = nil
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

// tooLong is a row that goes on and on.
type tooLong struct{ line, bytes int }

func (*tooLong) Error() string { return "a cell or a row is too long" }

// csvParser reads rows of RFC 4180, and what people send instead: with other separators, quotation marks within words, and ends of
// lines of every system.
type csvParser struct {
	in                *bufio.Reader
	sep               rune
	mostCell, mostRow int
	line              int // ends of lines so far
	used              int // bytes of the row so far
}

// row reads a row; io.EOF where there is none.
func (p *csvParser) row() (cells []string, err error) {
	var b strings.Builder
	begins, quoted, from := true, false, p.line+1
	for p.used = 0; ; {
		c, err := p.next()
		switch {
		case errors.Is(err, io.EOF) && p.used > 0:
			return append(cells, b.String()), nil
		case err != nil:
			return nil, err
		case b.Len() > p.mostCell:
			return nil, &tooLong{from, p.mostCell}
		case p.used > p.mostRow:
			return nil, &tooLong{from, p.mostRow}
		case c == '"' && quoted:
			quoted = p.quote(&b)
		case quoted:
			b.WriteRune(c)
		case c == '"' && begins:
			quoted, begins = true, false
		case c == p.sep:
			cells, begins = append(cells, b.String()), true
			b.Reset()
		case c == '\n':
			return append(cells, b.String()), nil
		default:
			b.WriteRune(c)
			begins = false
		}
	}
}

// next is the next letter. Every end of a line is one sign, and the mark at the beginning of a file is none.
func (p *csvParser) next() (rune, error) {
	c, size, err := p.in.ReadRune()
	if err == nil && c == '\ufeff' && p.line == 0 && p.used == 0 {
		c, size, err = p.in.ReadRune()
	}
	if err != nil {
		return 0, err
	}
	p.used += size
	if c == '\r' {
		c = '\n'
		if ahead, err := p.in.Peek(1); err == nil && ahead[0] == '\n' {
			_, _ = p.in.Discard(1) // it is there
		}
	}
	if c == '\n' {
		p.line++
	}
	return c, nil
}

// quote is what comes after a quotation mark within quotes: another one is a mark of the text, and so is one that no end of
// the cell follows. It says whether the quotes go on.
func (p *csvParser) quote(b *strings.Builder) bool {
	next, _, err := p.in.ReadRune()
	if err != nil {
		return false
	}
	if next == '"' {
		b.WriteByte('"')
		return true
	}
	_ = p.in.UnreadRune()     // it was read just now
	ahead, _ := p.in.Peek(32) // less at the end of the file
	rest := strings.TrimLeft(string(ahead), " ")
	if rest == "" || strings.HasPrefix(rest, string(p.sep)) || rest[0] == '\n' || rest[0] == '\r' {
		return false
	}
	b.WriteByte('"')
	return true
}

package table

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"adam/internal/exchange/archive"
	"adam/internal/fault"
)

// signatures are how files begin that people send instead of a table, and what to do with them.
var signatures = []struct {
	begins   string
	sentence string
}{
	{"\xd0\xcf\x11\xe0", "This is an old Excel file (.xls), or one with a password. Save it as an Excel workbook (.xlsx) without a password, and send that."},
	{"%PDF", "This is a PDF, which has no rows and columns to read. Send the spreadsheet that it was made from."},
	{"{\\rtf", "This is a text document. Copy its table into a spreadsheet, save it as .xlsx, and send that."},
	{"\x1f\x8b", "The file is compressed (gzip). Unpack it, and send what is in it."},
	{"7z\xbc\xaf", "The file is compressed (7z). Unpack it, and send what is in it."},
	{"Rar!", "The file is compressed (RAR). Unpack it, and send what is in it."},
	{"\x89PNG", "This is a picture. Send the spreadsheet itself."},
	{"\xff\xd8\xff", "This is a picture. Send the spreadsheet itself."},
	{"<?xml", "This is an XML file, not a spreadsheet. An IATI file is sent as one of IATI."},
	{"<!DOCTYPE", "This is a web page, not a spreadsheet. Download the file that it leads to, and send that."},
	{"<html", "This is a web page, not a spreadsheet. Open it in a spreadsheet program, save it as .xlsx, and send that."},
}

func (b *Book) open(file io.ReaderAt, size int64) error {
	switch {
	case size <= 0:
		return fault.New(fault.Invalid, "The file is empty. Choose the spreadsheet that is to be read.")
	case size > b.o.MostBytes:
		return fault.New(fault.Limit, "The file is larger than %d MB. Send it in several files, or without pictures.", b.o.MostBytes>>20)
	}
	head := make([]byte, min(size, 4096))
	if _, err := file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if bytes.HasPrefix(head, []byte("PK")) {
		return b.openArchive(file, size)
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	for _, s := range signatures {
		if bytes.HasPrefix(start, []byte(s.begins)) || s.begins[0] == '<' && bytes.HasPrefix(bytes.ToLower(start), []byte(strings.ToLower(s.begins))) {
			return fault.New(fault.Invalid, "%s", s.sentence)
		}
	}
	b.Report.Format, b.Sheets = "CSV", []Sheet{{}}
	var err error
	b.text, err = openText(file, size, b.o, b.Report)
	return err
}

// openArchive opens an Excel workbook.
func (b *Book) openArchive(file io.ReaderAt, size int64) error {
	r, err := archive.Open(file, size, archive.Limits{Unpacked: b.o.MostUnpacked, Entries: 2000, Ratio: 100, Large: 1 << 20})
	switch {
	case errors.Is(err, archive.ErrRich):
		return fault.New(fault.Limit, "The file unpacks to far more than a table needs, so that it was not read. Save the sheet as CSV, and send that.").Because(err)
	case err != nil:
		return notTable().Because(err)
	}
	book, err := newWorkbook(r, b.o)
	if err != nil {
		return err
	}
	b.xlsx, b.Report.Format = book, "XLSX"
	macro, link, remarks := false, false, false
	for _, f := range r.File {
		macro = macro || archive.Macro(f.Name)
		link = link || archive.Link(f.Name)
		remarks = remarks || archive.Comments(f.Name)
	}
	if macro {
		b.Report.note(Macro, Note, "", "The file holds macros. They were not run: only the values of the cells are read.")
	}
	if link {
		b.Report.note(Link, Note, "", "The file has links to other files. None was opened: the values that the cells hold are read.")
	}
	if remarks {
		b.Report.note(Remarks, Note, "", "There are comments on cells. They were not read: write what they say into a column of its own.")
	}
	for _, s := range book.sheets {
		b.Sheets = append(b.Sheets, Sheet{Name: s.name, Hidden: s.hidden})
		if s.hidden {
			b.Report.note(HiddenSheet, Note, s.name, "The sheet is hidden and was not read. Show it in the spreadsheet program where it is meant to be read.")
		}
	}
	if len(b.Visible()) == 0 {
		return fault.New(fault.Invalid, "There is no sheet in the file that is not hidden. Show the one that is to be read, save the file, and send it again.")
	}
	return nil
}

func notTable() *fault.Error {
	return fault.New(fault.Invalid, "This is not a spreadsheet that can be read. Save it as an Excel workbook (.xlsx) without a password, or as CSV, and send that.")
}

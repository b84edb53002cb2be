package xlsx

import (
	"bytes"
	"slices"
	"strings"

	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

// File is a spreadsheet that was sent, measured and opened. It is to be closed.
type File struct {
	Code, Cycle string // of the review that it says it is of; Read proves it
	mark        string
	f           *excelize.File
	epoch1904   bool // its days are counted from 1904
	formulas    bool // there are some
}

// Open opens a spreadsheet. Before anything is parsed its size, its parts and what they unpack to are measured. What is no
// spreadsheet of ours is INVALID, what is too large LIMIT, each with a sentence that says what to do.
func Open(file []byte) (out *File, err error) {
	formulas, err := guard(file)
	if err != nil {
		return nil, err
	}
	defer func() {
		if recover() != nil { // the parser met what it did not expect
			out, err = nil, notXLSX()
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, notXLSX().Because(err)
	}
	out = &File{f: f, formulas: formulas}
	if err := out.identify(); err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}

// Close lets a spreadsheet go.
func (f *File) Close() { _ = f.f.Close() } // it holds nothing but memory: see UnzipXMLSizeLimit

// identify reads which review the file says it is of.
func (f *File) identify() error {
	props, err := f.f.GetWorkbookProps()
	if err != nil {
		return notXLSX().Because(err)
	}
	f.epoch1904 = props.Date1904 != nil && *props.Date1904
	names := f.f.GetSheetList()
	for _, name := range []string{sheetMark, sheetRecords} {
		if !slices.Contains(names, name) {
			return fault.New(fault.Invalid, "This is not a spreadsheet of a review, or its sheet “%s” was taken out or renamed. Download it again, and copy your answers into it.", name).At("file")
		}
	}
	g, err := f.grid(sheetMark)
	if err != nil {
		return err
	}
	if g.raw(0, 0) != "ADAM review 1" {
		return fault.New(fault.Invalid, "This spreadsheet is not one that ADAM makes now. Download it again, and copy your answers into it.").At("file")
	}
	f.Code, f.Cycle, f.mark = g.raw(1, 0), g.raw(2, 0), g.raw(3, 0)
	return nil
}

// agency is the name that an agency has written on the first sheet.
func (f *File) agency() string {
	g, err := f.grid(sheetAbout)
	if err != nil {
		return "" // it may be taken out
	}
	for i := range g.rows {
		if g.raw(i, 0) == askAgency {
			return strings.Join(strings.Fields(g.raw(i+1, 0)), " ")
		}
	}
	return ""
}

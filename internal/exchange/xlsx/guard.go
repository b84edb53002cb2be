package xlsx

import (
	"bytes"
	"errors"

	"adam/internal/exchange/archive"
	"adam/internal/fault"
)

// What a file may be. A chapter of 2,000 records needs about a tenth of it. Everything is measured before a parser sees
// the file.
const (
	MostBytes    = 5 << 20
	mostUnpacked = 16 << 20
)

var limits = archive.Limits{Unpacked: mostUnpacked, Entries: 200, Ratio: 100, Large: 256 << 10}

// guard measures a file, refuses what no spreadsheet of ours needs, and says whether there are formulas in it.
func guard(file []byte) (formulas bool, err error) {
	switch {
	case len(file) == 0:
		return false, fault.New(fault.Invalid, "No file was sent. Choose the spreadsheet that you have filled in.").At("file")
	case len(file) > MostBytes:
		return false, fault.New(fault.Limit, "The file is larger than %d MB. Take pictures and sheets of your own out of it.", MostBytes>>20).At("file")
	}
	r, err := archive.Open(bytes.NewReader(file), int64(len(file)), limits)
	if errors.Is(err, archive.ErrRich) {
		return false, tooRich().Because(err)
	}
	if err != nil {
		return false, notXLSX().Because(err)
	}
	book := false
	for _, f := range r.File {
		if err := forbidden(f.Name); err != nil {
			return false, err
		}
		book = book || archive.Name(f.Name) == "xl/workbook.xml"
		has, err := measure(f) // whatever it is called: the book says which parts are its sheets
		if err != nil {
			return false, err
		}
		formulas = formulas || has
	}
	if !book {
		return false, notXLSX()
	}
	return formulas, nil
}

// forbidden refuses parts that do something, or that lead elsewhere.
func forbidden(name string) error {
	switch {
	case archive.Macro(name):
		return fault.New(fault.Invalid, "The file holds a macro. Save it as an Excel workbook without macros (.xlsx), and send that.").At("file")
	case archive.Link(name):
		return fault.New(fault.Invalid, "The file has links to other files. Break them (in Excel: Data, Edit Links, Break Link), save it, and send it again.").At("file")
	case archive.Embedded(name):
		return fault.New(fault.Invalid, "The file holds other files. Take them out, save it, and send it again.").At("file")
	}
	return nil
}

func notXLSX() *fault.Error {
	return fault.New(fault.Invalid, "This is not a spreadsheet that can be read. Save the one from ADAM as an Excel workbook (.xlsx) without a password, and send that.").At("file")
}

func tooRich() *fault.Error {
	return fault.New(fault.Limit, "The file unpacks to far more than a review needs. Download the spreadsheet again, and copy your answers into it.").At("file")
}

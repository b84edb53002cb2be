package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"adam/internal/fault"
)

// What a file may be. A chapter of 2,000 records needs about a tenth of it. Everything is measured before a parser sees
// the file.
const (
	MostBytes    = 5 << 20
	mostUnpacked = 16 << 20
	mostEntries  = 200
	mostRatio    = 100       // unpacked to packed, of entries that are large
	largeEntry   = 256 << 10 // small ones may be as dense as they like
)

// guard measures a file, refuses what no spreadsheet of ours needs, and says whether there are formulas in it.
func guard(file []byte) (formulas bool, err error) {
	switch {
	case len(file) == 0:
		return false, fault.New(fault.Invalid, "No file was sent. Choose the spreadsheet that you have filled in.").At("file")
	case len(file) > MostBytes:
		return false, fault.New(fault.Limit, "The file is larger than %d MB. Take pictures and sheets of your own out of it.", MostBytes>>20).At("file")
	}
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return false, notXLSX().Because(err)
	}
	if len(r.File) > mostEntries {
		return false, tooRich()
	}
	total, book := int64(0), false
	for _, f := range r.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if err := forbidden(name); err != nil {
			return false, err
		}
		book = book || name == "xl/workbook.xml"
		n, err := unpacked(f, mostUnpacked-total)
		if err != nil {
			return false, err
		}
		if total += n; n > largeEntry && n > mostRatio*int64(f.CompressedSize64) {
			return false, tooRich()
		}
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

// unpacked is how large an entry really is, whatever its header says.
func unpacked(f *zip.File, most int64) (int64, error) {
	in, err := f.Open()
	if err != nil {
		return 0, notXLSX().Because(err)
	}
	defer in.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(in, most+1))
	if n > most {
		return n, tooRich()
	}
	if err != nil {
		return n, notXLSX().Because(err)
	}
	return n, nil
}

// forbidden refuses parts that do something, or that lead elsewhere.
func forbidden(name string) error {
	switch {
	case strings.Contains(name, "vbaproject") || strings.HasPrefix(name, "xl/macrosheets/") || strings.HasPrefix(name, "xl/activex/"):
		return fault.New(fault.Invalid, "The file holds a macro. Save it as an Excel workbook without macros (.xlsx), and send that.").At("file")
	case strings.HasPrefix(name, "xl/externallinks/"):
		return fault.New(fault.Invalid, "The file has links to other files. Break them (in Excel: Data, Edit Links, Break Link), save it, and send it again.").At("file")
	case strings.HasPrefix(name, "xl/embeddings/"):
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

package table

import (
	"archive/zip"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
)

// workbook is an Excel workbook (ECMA-376, Office Open XML), of which only values are read. What is in common to all its sheets
// is in memory: the formats, and the texts that are used more than once.
type workbook struct {
	o       *Options
	sheets  []*sheet
	formats []cell.Shows // by the number of a cell's style
	from04  bool         // days are counted from 1904
	strings *zip.File
	shared  *texts // nil until they are wanted
}

type sheet struct {
	name   string
	hidden bool
	part   *zip.File
	looked bool // merged is known
	merged []span
}

func newWorkbook(r *zip.Reader, o *Options) (*workbook, error) {
	_, root, err := relations(r, "")
	if err != nil {
		return nil, err
	}
	name := root["officeDocument"]
	main := part(r, name)
	if main == nil {
		name = "xl/workbook.xml"
		main = part(r, name)
	}
	switch {
	case main == nil && part(r, "mimetype") != nil:
		return nil, fault.New(fault.Invalid, "This is an OpenDocument file (.ods). Save it as an Excel workbook (.xlsx), and send that.")
	case part(r, "xl/workbook.bin") != nil:
		return nil, fault.New(fault.Invalid, "This is a binary Excel workbook (.xlsb). Save it as an Excel workbook (.xlsx), and send that.")
	case main == nil:
		return nil, notTable()
	}
	w := &workbook{o: o}
	byID, byType, err := relations(r, name)
	if err != nil {
		return nil, err
	}
	if err := w.main(r, main, byID); err != nil {
		return nil, err
	}
	w.strings = part(r, byType["sharedStrings"])
	if f := part(r, byType["styles"]); f != nil {
		err = w.styles(f)
	}
	return w, err
}

// main reads which sheets there are.
func (w *workbook) main(r *zip.Reader, f *zip.File, byID map[string]string) error {
	isBook := false
	err := tokens(f, mostTag, func(t xml.Token) error {
		tag, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch tag.Name.Local {
		case "workbook":
			isBook = true
		case "workbookPr":
			w.from04 = yes(tag, "date1904")
		case "sheet":
			if p := part(r, byID[attr(tag, "id")]); p != nil {
				state := attr(tag, "state")
				w.sheets = append(w.sheets, &sheet{name: attr(tag, "name"), hidden: state == "hidden" || state == "veryHidden", part: p})
			}
		}
		return nil
	})
	if err == nil && (!isBook || len(w.sheets) == 0) {
		return notTable()
	}
	return err
}

// styles reads what the numbers of cells are shown as.
func (w *workbook) styles(f *zip.File) error {
	codes, inCells := map[int]string{}, false
	return tokens(f, mostTag, func(t xml.Token) error {
		switch tag := t.(type) {
		case xml.StartElement:
			switch name := tag.Name.Local; {
			case name == "numFmt":
				codes[number(tag, "numFmtId")] = attr(tag, "formatCode")
			case name == "cellXfs":
				inCells = true
			case name == "xf" && inCells && len(w.formats) < 1<<16:
				id := number(tag, "numFmtId")
				w.formats = append(w.formats, cell.ShownBy(id, codes[id]))
			}
		case xml.EndElement:
			inCells = inCells && tag.Name.Local != "cellXfs"
		}
		return nil
	})
}

// shows is what a number in a cell of a style is shown as.
func (w *workbook) shows(style int) cell.Shows {
	if style < 0 || style >= len(w.formats) {
		return cell.ShowsNumber
	}
	return w.formats[style]
}

// texts are many texts in one piece of memory: a million of them cost little more than their letters.
type texts struct {
	all  []byte
	ends []int32
}

func (s *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := int32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return string(s.all[from:s.ends[i]]), true
}

// load reads the texts that cells refer to.
func (w *workbook) load() error {
	if w.shared != nil {
		return nil
	}
	s := &texts{}
	w.shared = s
	if w.strings == nil {
		return nil
	}
	inText, phonetic := false, 0
	return tokens(w.strings, w.o.MostCell, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" { // how a word is spoken, not what it says
				phonetic++
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "si":
				s.ends = append(s.ends, int32(len(s.all)))
			case "rPh":
				phonetic--
			}
		case xml.CharData:
			if inText && phonetic <= 0 {
				s.all = append(s.all, t...)
			}
		}
		if len(s.all)+4*len(s.ends) > w.o.MostStrings {
			return fault.New(fault.Limit, "The file holds more than %d MB of different texts. Save the sheet as CSV, and send that.", w.o.MostStrings>>20)
		}
		return nil
	})
}

var hexed = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unhexed gives back what a workbook writes as _x000D_ because XML cannot hold it.
func unhexed(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return hexed.ReplaceAllStringFunc(s, func(code string) string {
		n, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil {
			return code
		}
		return string(rune(n))
	})
}

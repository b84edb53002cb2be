package table

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

const (
	mostListed = 1_048_575 // rows that a sheet of XLSX holds under the headings
	mostSheet  = 31        // letters of the name of a sheet
)

// writeXLSX writes a workbook row by row. A text is a text, whatever it looks like; one that is longer than a cell holds
// (32,767 letters) ends with three points there, and is whole in CSV.
func writeXLSX(w io.Writer, about About, headings []Heading, rows iter.Seq2[[]string, error]) (err error) {
	f := excelize.NewFile()
	defer func() { err = cmp.Or(err, f.Close()) }()
	l := &listWriter{f: f, list: sheetName(about.List, "List"), about: sheetName(about.Sheet, "About")}
	if l.about == l.list {
		l.about += " 2"
	}
	if err := l.prepare(about); err != nil {
		return fmt.Errorf("write a spreadsheet: %w", err)
	}
	if err := l.rows(headings, rows); err != nil {
		return err
	}
	if err := l.sheet(about); err != nil {
		return fmt.Errorf("write a spreadsheet: %w", err)
	}
	_, err = f.WriteTo(w)
	return err
}

// sheetName is a name that programs take for a sheet.
func sheetName(name, otherwise string) string {
	words := strings.FieldsFunc(cell.Readable(name), func(r rune) bool { return strings.ContainsRune(" []:*?/\\\n\t", r) })
	name = strings.Trim(strings.Join(words, " "), "' ")
	if letters := []rune(name); len(letters) > mostSheet-2 {
		name = string(letters[:mostSheet-2])
	}
	return cmp.Or(name, otherwise)
}

type listWriter struct {
	f                              *excelize.File
	list, about                    string
	head, words, whole, part, bold int // styles
}

func (l *listWriter) prepare(about About) error {
	if err := l.f.SetSheetName("Sheet1", l.list); err != nil {
		return err
	}
	if _, err := l.f.NewSheet(l.about); err != nil {
		return err
	}
	if err := l.properties(about); err != nil {
		return err
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&l.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1D3F5E"}}, Alignment: top}},
		{&l.words, excelize.Style{Alignment: top, NumFmt: 49}}, // no program makes a date of 2009-05
		{&l.whole, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, NumFmt: 3}},
		{&l.part, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, NumFmt: 4}},
		{&l.bold, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: top}},
	} {
		var err error
		if *s.id, err = l.f.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// properties says what the file is where programs look for it, with the prefixes that all of them know: what excelize writes
// without them, some cannot read.
func (l *listWriter) properties(about About) error {
	var title bytes.Buffer
	if err := xml.EscapeText(&title, []byte(cell.Readable(about.Title))); err != nil {
		return err
	}
	at := about.Made.UTC().Format("2006-01-02T15:04:05Z")
	l.f.Pkg.Store("docProps/core.xml", fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title><dc:creator>ADAM</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`, title.String(), at, at))
	return nil
}

// rows writes the sheet with the list. What goes wrong with the rows themselves comes back as it is.
func (l *listWriter) rows(headings []Heading, rows iter.Seq2[[]string, error]) error {
	sheet, err := l.f.NewStreamWriter(l.list)
	if err != nil {
		return fmt.Errorf("write a spreadsheet: %w", err)
	}
	line := make([]any, len(headings))
	for i, h := range headings {
		line[i] = excelize.Cell{StyleID: l.head, Value: short(h.Name)}
		if h.Width > 0 {
			err = cmp.Or(err, sheet.SetColWidth(i+1, i+1, h.Width))
		}
	}
	err = cmp.Or(err, sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}), sheet.SetRow("A1", line))
	if err != nil {
		return fmt.Errorf("write a spreadsheet: %w", err)
	}
	n := 0
	for row, err := range rows {
		if err == nil {
			err = fits(row, headings)
		}
		if err != nil {
			return err
		}
		if n++; n > mostListed {
			return fault.New(fault.Limit, "The list has more rows than a sheet holds (%d). Have it as CSV, or choose less.", mostListed)
		}
		for i, text := range row {
			line[i] = l.cell(headings[i], text)
		}
		if err := sheet.SetRow(cell.Name(n, 0), line); err != nil {
			return fmt.Errorf("write a spreadsheet: %w", err)
		}
	}
	if err := sheet.Flush(); err != nil {
		return fmt.Errorf("write a spreadsheet: %w", err)
	}
	return nil
}

// cell is a cell of the list. A number with more digits than programs keep stays a text, so that none is lost.
func (l *listWriter) cell(h Heading, text string) any {
	if text == "" {
		return nil
	}
	if h.Number && plainNumber.MatchString(strings.TrimPrefix(text, "-")) && len(strings.Trim(strings.ReplaceAll(text, ".", ""), "-")) <= mostDigits {
		v, err := strconv.ParseFloat(text, 64)
		if err == nil && strings.Contains(text, ".") {
			return excelize.Cell{StyleID: l.part, Value: v}
		}
		if err == nil {
			return excelize.Cell{StyleID: l.whole, Value: v}
		}
	}
	return excelize.Cell{StyleID: l.words, Value: short(text)}
}

// short is a text as a cell holds it.
func short(text string) string {
	text = cell.Readable(text)
	if clipped := cell.Clipped(text); clipped != text {
		letters := []rune(clipped)
		return string(letters[:len(letters)-1]) + "…"
	}
	return text
}

// sheet writes what is to be known of the list. It is no stream: two of them come in an order by chance, and the same list is to have
// the same bytes.
func (l *listWriter) sheet(about About) error {
	put := func(row, col int, text string, style int) error {
		at := cell.Name(row, col)
		return cmp.Or(l.f.SetCellStr(l.about, at, short(text)), l.f.SetCellStyle(l.about, at, at, style))
	}
	err := cmp.Or(l.f.SetColWidth(l.about, "A", "A", 24), l.f.SetColWidth(l.about, "B", "B", 100), put(0, 0, about.Title, l.bold))
	for i, fact := range about.Facts {
		err = cmp.Or(err, put(i+2, 0, fact.Name, l.words), put(i+2, 1, fact.Text, l.words))
	}
	return err
}

package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

// Write writes a review as a spreadsheet. seal is the secret with which its rows are signed. The same review gives the
// same bytes.
func Write(out io.Writer, r *Review, seal []byte) error {
	w := &writer{f: excelize.NewFile(), r: r, seal: seal}
	defer w.f.Close()
	for _, step := range []func() error{w.sheets, w.styles, w.lists, w.about, w.records, w.additions, w.mark} {
		if err := step(); err != nil {
			return fmt.Errorf("write a spreadsheet: %w", err)
		}
	}
	_, err := w.f.WriteTo(out)
	return err
}

type writer struct {
	f    *excelize.File
	r    *Review
	seal []byte

	head, locked, open, shut, title, strong, wrap int               // styles
	ranges                                        map[string]string // of lists, by what stands in them
}

func (w *writer) sheets() error {
	if err := w.f.SetSheetName("Sheet1", sheetAbout); err != nil {
		return err
	}
	for _, name := range []string{sheetRecords, sheetNew, sheetLists, sheetMark} {
		if _, err := w.f.NewSheet(name); err != nil {
			return err
		}
	}
	at := w.r.Made.UTC().Format("2006-01-02T15:04:05Z")
	return cmp.Or(w.f.SetDocProps(&excelize.DocProperties{Title: w.name(), Creator: "ADAM", Created: at, Modified: at, Language: "en"}),
		w.f.SetSheetVisible(sheetLists, false), w.f.SetSheetVisible(sheetMark, false, true))
}

func (w *writer) name() string { return fmt.Sprintf("ADAM: review of %s, %d", w.r.Title, w.r.Year) }

// styles are how cells look, and whether they are locked. What is filled in is text: no program makes dates or numbers of it.
func (w *writer) styles() (err error) {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	line := []excelize.Border{{Type: "bottom", Style: 1, Color: "C8C8C8"}, {Type: "right", Style: 1, Color: "C8C8C8"}}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&w.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: fill("1D3F5E"), Alignment: top, Border: line}},
		{&w.locked, excelize.Style{Fill: fill("EEF1F4"), Alignment: top, Border: line, NumFmt: 49}},
		{&w.open, excelize.Style{Alignment: top, Border: line, NumFmt: 49, Protection: &excelize.Protection{Locked: false}}},
		{&w.shut, excelize.Style{Fill: fill("D5DAE0"), Alignment: top, Border: line, NumFmt: 49}},
		{&w.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: top}},
		{&w.strong, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top}},
		{&w.wrap, excelize.Style{Alignment: top}},
	} {
		if *s.id, err = w.f.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// about is the first sheet: what this is, by when to answer, and how.
func (w *writer) about() error {
	edition := "There is no edition before it: everything is new."
	if w.r.Edition > 0 {
		edition = fmt.Sprintf("Changes are shown against edition %d.", w.r.Edition)
	}
	due := "No day is set by which to answer."
	if w.r.Due != "" {
		due = fmt.Sprintf("Answer by the end of %s (time zone %s).", w.r.Due, w.r.Zone)
	}
	lines := append([]string{
		w.name(), "The records of the catalogue of who does what against migrant smuggling and trafficking in persons, for you to check.",
		fmt.Sprintf("Chapter %s · review %s of %d · %d records. %s", w.r.Code, w.r.Cycle, w.r.Year, len(w.r.Items), edition),
		"Made on " + w.r.Made.UTC().Format("2 January 2006, 15:04") + " (UTC). Answers given since are not in it.", due, "",
	}, instructions...)
	lines = append(lines, "", "Send it back: "+w.r.Address, "", w.r.Disclaimer, "", askAgency)
	for i, text := range lines {
		style := w.wrap
		if text == due || text == instructions[0] || text == askAgency {
			style = w.strong
		}
		if err := w.text(sheetAbout, 1, i+1, text, style); err != nil {
			return err
		}
	}
	agency := len(lines) + 1
	return cmp.Or(w.f.SetCellStyle(sheetAbout, "A1", "A1", w.title), w.text(sheetAbout, 1, agency, "", w.open), w.f.SetColWidth(sheetAbout, "A", "A", 110), w.protect(sheetAbout))
}

// mark says which review the file is of, where nobody looks.
func (w *writer) mark() error {
	mark := []string{"ADAM review 1", w.r.Code, w.r.Cycle, sign(w.seal, "file", w.r.Code, w.r.Cycle)}
	for i, text := range mark {
		if err := w.text(sheetMark, 1, i+1, text, 0); err != nil {
			return err
		}
	}
	w.f.SetActiveSheet(0)
	return w.protect(sheetMark)
}

// lists puts every list of words that cells are chosen from into a sheet of its own: in a cell's own rule no more than 255
// characters fit.
func (w *writer) lists() error {
	w.ranges = map[string]string{}
	all := [][]string{worded(openTo(true)), worded(openTo(false)), {yes, no}, {yes}, w.kindWords()}
	for _, k := range kindOrder {
		for _, f := range w.r.Fields[k] {
			if f.Sort == One {
				all = append(all, f.Words)
			}
		}
	}
	n := 0
	for _, words := range all {
		key := strings.Join(words, "\n")
		if w.ranges[key] != "" || len(words) == 0 {
			continue
		}
		n++
		for i, word := range words {
			if err := w.text(sheetLists, n, i+1, word, 0); err != nil {
				return err
			}
		}
		col, err := excelize.ColumnNumberToName(n)
		if err != nil {
			return err
		}
		w.ranges[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", sheetLists, col, col, len(words))
	}
	return w.protect(sheetLists)
}

func (w *writer) kindWords() (out []string) {
	for _, k := range kindOrder {
		if word := w.r.Kinds[k]; word != "" {
			out = append(out, word)
		}
	}
	return out
}

// choose lets cells be filled from a list.
func (w *writer) choose(sheet string, words []string, cells []string) error {
	if len(cells) == 0 || len(words) == 0 {
		return nil
	}
	dv := excelize.NewDataValidation(true)
	dv.Sqref = strings.Join(cells, " ")
	dv.SetSqrefDropList(w.ranges[strings.Join(words, "\n")])
	dv.SetError(excelize.DataValidationErrorStyleStop, "Choose from the list", "Choose one of the words of the list, or leave the cell empty.")
	return w.f.AddDataValidation(sheet, dv)
}

// text writes a cell as text, whatever it looks like: what begins with = is no formula.
func (w *writer) text(sheet string, col, row int, text string, style int) error {
	at := cell.Name(row-1, col-1)
	if text != "" {
		if err := w.f.SetCellStr(sheet, at, cell.Clipped(cell.Readable(text))); err != nil {
			return err
		}
	}
	if style == 0 {
		return nil
	}
	return w.f.SetCellStyle(sheet, at, at, style)
}

// protect locks a sheet but for its open cells, without a password: it keeps hands from slipping, the signatures keep facts.
func (w *writer) protect(sheet string) error {
	return w.f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{AutoFilter: true, Sort: true, DeleteRows: true, FormatColumns: true, FormatRows: true,
		SelectLockedCells: true, SelectUnlockedCells: true})
}

// table writes the headings of a sheet, keeps them in view, and hides what is not for people.
func (w *writer) table(sheet string, columns []column) error {
	for i, c := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.text(sheet, i+1, 1, c.heading, w.head); err != nil {
			return err
		}
		if c.width > 0 {
			err = w.f.SetColWidth(sheet, name, name, c.width)
		}
		if c.hidden {
			err = cmp.Or(err, w.f.SetColVisible(sheet, name, false))
		}
		if err != nil {
			return err
		}
	}
	frozen := min(len(columns), 1+slices.IndexFunc(columns, func(c column) bool { return c.id == "title" }))
	topLeft, err := excelize.CoordinatesToCellName(frozen+1, 2)
	if err != nil {
		return err
	}
	landscape, wide := "landscape", 0
	return cmp.Or(w.f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: frozen, YSplit: 1, TopLeftCell: topLeft, ActivePane: "bottomRight"}),
		w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, FitToHeight: &wide}))
}

// kindsOf are the types of the own records: those that can be corrected.
func (r *Review) kindsOf() (out []term.RecordKind) {
	for _, it := range r.Items {
		if it.Own && !slices.Contains(out, it.Kind) {
			out = append(out, it.Kind)
		}
	}
	return out
}

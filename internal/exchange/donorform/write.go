package donorform

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

// column is a column of the sheet of activities. Its heading is one that table.Guess knows for sure.
type column struct {
	id, heading string
	width       float64
	hint        string // shown when the cell is chosen
	choices     func(*Form) []string
	several     bool // more than one of the choices may stand in a cell
}

func codes(values []string) func(*Form) []string {
	return func(*Form) (out []string) {
		for _, v := range values {
			out = append(out, word(v))
		}
		return out
	}
}

// currencies are offered first; any other code of ISO 4217 may be typed.
func currencies(*Form) []string {
	return []string{"USD", "EUR", "AUD", "GBP", "JPY", "CAD", "CHF", "NZD", "SEK", "NOK", "DKK", "KRW", "CNY", "THB", "IDR", "MYR", "VND", "PKR", "BDT"}
}

var columns = []column{
	{id: "key", heading: "ADAM key", width: 22, hint: "Do not change it. Leave it empty for a new activity."},
	{id: "title", heading: "Title", width: 44},
	{id: "acronym", heading: "Acronym", width: 12},
	{id: "summary", heading: "Summary", width: 60, hint: "What is done, for whom, and why."},
	{id: "status", heading: "Status", width: 16, choices: codes([]string{string(term.Pipeline), string(term.Implementation), string(term.Finalisation), string(term.Closed), string(term.StatusSuspended), string(term.Cancelled)})},
	{id: "start", heading: "Start date", width: 12, hint: "Year, month or day, such as 2026, 2026-05 or 2026-05-17."},
	{id: "end", heading: "End date", width: 12, hint: "Year, month or day, such as 2026, 2026-05 or 2026-05-17."},
	{id: "states", heading: "Country", width: 28, choices: func(f *Form) []string { return f.States }, several: true},
	{id: "theme", heading: "Theme", width: 24, choices: codes(term.Theme("").Values()), several: true},
	{id: "assistance", heading: "Type of assistance", width: 32, choices: codes(term.AssistanceType("").Values()), several: true},
	{id: "audience", heading: "Target group", width: 28, choices: codes(term.Audience("").Values()), several: true},
	{id: "donor", heading: "Donor", width: 28, hint: "Who pays. Several: put ; between them."},
	{id: "implementer", heading: "Implementing agency", width: 28, hint: "Who does the work. Several: put ; between them."},
	{id: "partner", heading: "Partners", width: 28, hint: "Who else takes part. Several: put ; between them."},
	{id: "budget", heading: "Budget", width: 16, hint: "The planned sum. Digits only, such as 1250000."},
	{id: "committed", heading: "Amount committed", width: 16, hint: "What was promised by contract. Digits only."},
	{id: "disbursed", heading: "Amount disbursed", width: 16, hint: "What was paid. Digits only."},
	{id: "currency", heading: "Currency", width: 10, choices: currencies, several: true, hint: "Three capitals, such as USD."},
	{id: "valueDate", heading: "Value date", width: 12, hint: "The day or year of the sums."},
	{id: "website", heading: "Website", width: 30},
	{id: "identifier", heading: "Project number", width: 24, hint: "The number that you use yourselves."},
	{id: "note", heading: "Remarks", width: 40},
}

const mostNew = 200 // rows below the last activity in which words can be chosen

// Write writes the form as a workbook.
func Write(out io.Writer, form *Form) error {
	w := &writer{f: excelize.NewFile(), form: form}
	defer w.f.Close()
	for _, step := range []func() error{w.sheets, w.about, w.activities, w.choices, w.mark} {
		if err := step(); err != nil {
			return fmt.Errorf("write a questionnaire: %w", err)
		}
	}
	_, err := w.f.WriteTo(out)
	return err
}

type writer struct {
	f                       *excelize.File
	form                    *Form
	head, text, given, bold int // styles
}

func (w *writer) sheets() error {
	err := w.f.SetSheetName("Sheet1", readMe)
	for _, name := range []string{Activities, lists, Mark} {
		_, fresh := w.f.NewSheet(name)
		err = cmp.Or(err, fresh)
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&w.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: fill("1D3F5E"), Alignment: top}},
		{&w.text, excelize.Style{Alignment: top, NumFmt: 49}}, // no program makes a date of 2009-05
		{&w.given, excelize.Style{Fill: fill("EEF1F4"), Alignment: top, NumFmt: 49}},
		{&w.bold, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: top}},
	} {
		style, bad := w.f.NewStyle(&s.style)
		*s.id, err = style, cmp.Or(err, bad)
	}
	return cmp.Or(err, w.f.SetSheetVisible(lists, false), w.f.SetSheetVisible(Mark, false, true))
}

// about is the first sheet: what this is and how to fill it in, for readers whose first language is another one.
func (w *writer) about() error {
	edition := "No edition of the catalogue is published yet."
	if w.form.Edition > 0 {
		edition = fmt.Sprintf("The last edition of the catalogue is edition %d.", w.form.Edition)
	}
	for i, line := range []string{
		"Your activities: " + w.form.Name,
		"This form asks what your organisation does against migrant smuggling and trafficking in persons.",
		fmt.Sprintf("Made on %s (UTC). %s %d activities are filled in.", w.form.Made.UTC().Format("2 January 2006, 15:04"), edition, len(w.form.Rows)), "",
		"How to fill it in",
		"1. Open the sheet “" + Activities + "”. Each row is one activity.",
		"2. Check the rows. Where something is wrong, write what is right into the cell.",
		"3. Write new activities below. Leave “ADAM key” empty there.",
		"4. Do not change “ADAM key” in the other rows: it says which activity the row is about.",
		"5. Some cells have a list. Choose a word from it. Where several words are right, type them with ; between them.",
		"6. Leave a cell empty where you do not know. An empty cell changes nothing.",
		"7. Write dates as 2026, 2026-05 or 2026-05-17. Write sums with digits only, such as 1250000, and the currency in its column.",
		"8. Where sums are empty, the catalogue may have several. Write sums only where you want to give all of them.",
		"9. Save the file as .xlsx and send it back. You do not have to be online.", "",
		"What becomes of it",
		"What you write is compared with the catalogue. What somebody has checked or corrected there is not overwritten: the secretariat sees the difference and asks you.",
		"Do not write names, telephone numbers or e-mail addresses of persons.",
	} {
		style := w.text
		if i == 0 || line == "How to fill it in" || line == "What becomes of it" {
			style = w.bold
		}
		if err := w.put(readMe, i, 0, line, style); err != nil {
			return err
		}
	}
	return w.f.SetColWidth(readMe, "A", "A", 110)
}

// activities writes the rows that are filled in, under the headings.
func (w *writer) activities() error {
	for i, c := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		err = cmp.Or(err, w.put(Activities, 0, i, c.heading, w.head), w.f.SetColWidth(Activities, name, name, c.width))
		style := w.text
		if c.id == "key" {
			style = w.given
		}
		for n, r := range w.form.Rows {
			err = cmp.Or(err, w.put(Activities, n+1, i, r[c.id], style))
		}
		end := len(w.form.Rows) + 1
		if err = cmp.Or(err, w.f.SetCellStyle(Activities, cell.Name(end, i), cell.Name(end+mostNew-1, i), w.text)); err != nil {
			return err
		}
	}
	return w.f.SetPanes(Activities, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"})
}

// choices lets cells be filled from lists, which stand in a hidden sheet: in a cell's own rule no more than 255 characters fit.
func (w *writer) choices() error {
	n := 0
	for i, c := range columns {
		dv := excelize.NewDataValidation(true)
		dv.Sqref = cell.Name(1, i) + ":" + cell.Name(len(w.form.Rows)+mostNew, i)
		if c.choices != nil {
			words := c.choices(w.form)
			for row, word := range words {
				if err := w.put(lists, row, n, word, 0); err != nil {
					return err
				}
			}
			col, err := excelize.ColumnNumberToName(n + 1)
			if err != nil {
				return err
			}
			n++
			dv.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", lists, col, col, max(1, len(words))))
			style, sentence := excelize.DataValidationErrorStyleStop, "Choose one of the words of the list, or leave the cell empty."
			if c.several {
				style, sentence = excelize.DataValidationErrorStyleInformation, "This is not a word of the list. Several words of it are right too, with ; between them."
			}
			dv.SetError(style, "Choose from the list", sentence)
		}
		if c.hint != "" {
			dv.SetInput(c.heading, c.hint)
		}
		if c.hint == "" && c.choices == nil {
			continue
		}
		if err := w.f.AddDataValidation(Activities, dv); err != nil {
			return err
		}
	}
	return nil
}

// mark says what the file is, where nobody looks.
func (w *writer) mark() error {
	for i, text := range []string{Version, w.form.Key, w.form.Made.UTC().Format("2006-01-02T15:04:05Z"), fmt.Sprint(w.form.Edition)} {
		if err := w.put(Mark, i, 0, text, w.text); err != nil {
			return err
		}
	}
	at := w.form.Made.UTC().Format("2006-01-02T15:04:05Z")
	return w.f.SetDocProps(&excelize.DocProperties{Title: "ADAM: activities of " + w.form.Name, Creator: "ADAM", Created: at, Modified: at, Language: "en"})
}

// put writes a cell as text, whatever it looks like.
func (w *writer) put(sheet string, row, col int, text string, style int) error {
	at := cell.Name(row, col)
	if text = strings.TrimSpace(text); text != "" {
		if err := w.f.SetCellStr(sheet, at, cell.Clipped(cell.Readable(text))); err != nil {
			return err
		}
	}
	return w.f.SetCellStyle(sheet, at, at, style)
}

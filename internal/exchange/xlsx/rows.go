package xlsx

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

// columns are those of the records.
func (w *writer) columns() []column {
	out := slices.Clone(before)
	for _, f := range labels(w.r.Fields, w.r.kindsOf()) {
		out = append(out, column{id: "fix." + f.Name, heading: correction(f.Label), width: 24, open: true})
	}
	return slices.Concat(out, documents, hidden)
}

// records is the sheet with a row for each item.
func (w *writer) records() error {
	columns := w.columns()
	if err := w.table(sheetRecords, columns); err != nil {
		return err
	}
	lists := choices{}
	for i, it := range w.r.Items {
		cells := w.cells(i, it)
		for j, c := range columns {
			style := w.locked
			if c.open {
				style = w.open
				if !w.asks(it, c.id) {
					style = w.shut
				}
			}
			if err := w.text(sheetRecords, j+1, i+2, cells[c.id], style); err != nil {
				return err
			}
			if style == w.open {
				lists.add(w.wordsFor(it, c.id), j+1, i+2)
			}
		}
	}
	for key, cells := range lists.sorted() {
		if err := w.choose(sheetRecords, strings.Split(key, "\n"), cells); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(columns), len(w.r.Items)+1)
	return cmp.Or(err, w.f.AutoFilter(sheetRecords, "A1:"+last, nil), w.protect(sheetRecords))
}

// cells are what a row says, by column.
func (w *writer) cells(i int, it Item) map[string]string {
	own := theirs
	if it.Own {
		own = yours
	}
	return map[string]string{
		"n": strconv.Itoa(i + 1), "type": cmp.Or(w.r.Kinds[it.Kind], string(it.Kind)), "key": it.Key, "title": it.Title, "lead": it.Lead, "own": own,
		"changed": it.Changed, "facts": factLines(it.Facts), "documents": documentLines(it.Documents), "sofar": it.Answer,
		"item": it.ID, "version": strconv.Itoa(it.Version), "record": strconv.Itoa(it.RecordVersion), "kind": string(it.Kind),
		"mine": strconv.FormatBool(it.Own), "signature": signature(w.seal, w.r.Code, w.r.Cycle, it),
	}
}

// asks says whether a cell is for this row: corrections are of one's own records, and where something takes place is asked
// of activities of others.
func (w *writer) asks(it Item, id string) bool {
	if field, ok := strings.CutPrefix(id, "fix."); ok {
		_, has := fieldIn(w.r.Fields, it.Kind, field)
		return it.Own && has
	}
	switch id {
	case "activeHere", "authority":
		return !it.Own && it.Kind == term.RecordActivity
	case "source.title", "source.publisher", "source.url", "source.accessedOn":
		return it.Own
	}
	return true
}

// wordsFor are what a cell can be chosen from.
func (w *writer) wordsFor(it Item, id string) []string {
	if field, ok := strings.CutPrefix(id, "fix."); ok {
		if f, _ := fieldIn(w.r.Fields, it.Kind, field); f.Sort == One {
			return f.Words
		}
		return nil
	}
	switch id {
	case "decision":
		return worded(openTo(it.Own))
	case "activeHere":
		return []string{yes, no}
	case "hold":
		return []string{yes}
	}
	return nil
}

// choices are the cells that can be chosen from a list, by its words, as runs of one column.
type choices map[string][]run

type run struct{ col, from, to int }

func (c choices) add(words []string, col, row int) {
	if len(words) == 0 {
		return
	}
	key := strings.Join(words, "\n")
	if i := slices.IndexFunc(c[key], func(r run) bool { return r.col == col && r.to == row-1 }); i >= 0 {
		c[key][i].to = row
		return
	}
	c[key] = append(c[key], run{col, row, row})
}

// sorted gives the lists in one order, with their cells as a spreadsheet names them.
func (c choices) sorted() func(func(string, []string) bool) {
	return func(yield func(string, []string) bool) {
		keys := make([]string, 0, len(c))
		for k := range c {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			var cells []string
			for _, r := range c[k] {
				name, err := excelize.ColumnNumberToName(r.col)
				if err != nil {
					continue // columns are counted from 1: there is no such column
				}
				cells = append(cells, fmt.Sprintf("%s%d:%s%d", name, r.from, name, r.to))
			}
			if !yield(k, cells) {
				return
			}
		}
	}
}

func factLines(all []Fact) string {
	var out []string
	for _, f := range all {
		if f.Text != "" {
			out = append(out, f.Name+": "+f.Text)
		}
	}
	return strings.Join(out, "\n")
}

func documentLines(all []Document) string {
	var out []string
	for _, d := range all {
		out = append(out, strings.TrimSpace(d.Title+" "+d.URL))
	}
	return strings.Join(out, "\n")
}

// mostNew is how many empty rows there are for new records.
const mostNew = 50

// additions is the sheet for records that are missing.
func (w *writer) additions() error {
	columns := []column{newType}
	for _, f := range labels(w.r.Fields, kindOrder) {
		columns = append(columns, column{id: f.Name, heading: f.Label, width: 24, open: true})
	}
	columns = append(columns, documents...)
	if err := w.table(sheetNew, columns); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(columns), mostNew+1)
	if err != nil {
		return err
	}
	return cmp.Or(w.f.SetCellStyle(sheetNew, "A2", last, w.open), w.choose(sheetNew, w.kindWords(), []string{fmt.Sprintf("A2:A%d", mostNew+1)}), w.protect(sheetNew))
}

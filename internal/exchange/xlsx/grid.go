package xlsx

import (
	"slices"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"

	"github.com/xuri/excelize/v2"
)

// So much of a sheet is read.
const (
	mostRows    = 2100  // with something in them
	lowestRow   = 20000 // where the last may stand
	mostColumns = 300
	mostMerged  = 500
)

// grid is one sheet: what its cells hold, as it is stored.
type grid struct {
	*File
	sheet  string
	rows   [][]string
	merged []excelize.MergeCell
}

// grid reads a sheet row by row, and stops where it is larger than a review needs.
func (f *File) grid(sheet string) (*grid, error) {
	in, err := f.f.Rows(sheet)
	if err != nil {
		return nil, notXLSX().Because(err)
	}
	defer in.Close()
	g, filled := &grid{File: f, sheet: sheet}, 0
	for in.Next() {
		cells, err := in.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, notXLSX().Because(err)
		}
		if slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			filled++
		} else {
			cells = nil
		}
		if filled > mostRows || len(g.rows) >= lowestRow || len(cells) > mostColumns {
			return nil, fault.New(fault.Limit, "The sheet “%s” is larger than a review: at most %d rows and %d columns are read. Take out what is not the review's.", sheet, mostRows, mostColumns).At("file")
		}
		g.rows = append(g.rows, cells)
	}
	for len(g.rows) > 0 && g.rows[len(g.rows)-1] == nil {
		g.rows = g.rows[:len(g.rows)-1]
	}
	if g.merged, err = f.f.GetMergeCells(sheet, true); err != nil {
		return nil, notXLSX().Because(err)
	}
	if len(g.merged) > mostMerged {
		return nil, fault.New(fault.Limit, "In the sheet “%s” more than %d cells are merged. Split them (Unmerge Cells), and send the file again.", sheet, mostMerged).At("file")
	}
	return g, nil
}

// raw is what a cell holds, without white space around it; "" where there is none. Rows and columns are counted from 0.
func (g *grid) raw(row, col int) string {
	if row < 0 || row >= len(g.rows) || col < 0 || col >= len(g.rows[row]) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(g.rows[row][col], "\r\n", "\n"))
}

// at is how people call a cell.
func (g *grid) at(row, col int) string {
	if strings.ContainsRune(g.sheet, ' ') {
		return "'" + g.sheet + "'!" + cell.Name(row, col)
	}
	return g.sheet + "!" + cell.Name(row, col)
}

// formula says whether a cell is one.
func (g *grid) formula(row, col int) bool {
	if !g.formulas || col < 0 {
		return false
	}
	s, err := g.f.GetCellFormula(g.sheet, cell.Name(row, col))
	return err == nil && s != ""
}

// number is the number that a cell holds as such, and whether it is shown as a day.
func (g *grid) number(row, col int) (v float64, isDay, ok bool) {
	v, err := strconv.ParseFloat(g.raw(row, col), 64)
	if err != nil {
		return 0, false, false
	}
	kind, err := g.f.GetCellType(g.sheet, cell.Name(row, col))
	if err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		return 0, false, false
	}
	id, err := g.f.GetCellStyle(g.sheet, cell.Name(row, col))
	if err != nil {
		return v, false, true
	}
	style, err := g.f.GetStyle(id)
	return v, err == nil && showsDay(style), true
}

// showsDay says whether a style shows numbers as days or times.
func showsDay(s *excelize.Style) bool {
	code := ""
	if s.CustomNumFmt != nil {
		code = *s.CustomNumFmt
	}
	shows := cell.ShownBy(s.NumFmt, code)
	return shows == cell.ShowsDay || shows == cell.ShowsMonth || shows == cell.ShowsYear || shows == cell.ShowsTime
}

// mergedAt is the range that a cell is merged into; "" where it stands alone.
func (g *grid) mergedAt(row, col int) string {
	for _, m := range g.merged {
		fromRow, fromCol, ok := cell.At(m.GetStartAxis())
		toRow, toCol, also := cell.At(m.GetEndAxis())
		if ok && also && fromRow <= row && row <= toRow && fromCol <= col && col <= toCol {
			return m.GetStartAxis() + ":" + m.GetEndAxis()
		}
	}
	return ""
}

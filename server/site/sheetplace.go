package site

import (
	"fmt"
	"slices"
	"strings"

	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
)

// rowAt finds the row of a place such as input.sheets[0].answers[3].reason, with what of it is meant.
func (r *SheetReport) rowAt(place string) (row *xlsx.Row, rest, file string) {
	var i, j int
	switch {
	case scan(place, "input.sheets[%d].answers[%d]", &i, &j) && i < len(r.agencies) && j < len(r.agencies[i].Answers):
		row = &r.agencies[i].Answers[j].Row
	case scan(place, "input.sheets[%d].additions[%d]", &i, &j) && i < len(r.agencies) && j < len(r.agencies[i].New):
		row = &r.agencies[i].New[j].Row
	default:
		return nil, "", ""
	}
	_, rest, _ = strings.Cut(strings.TrimPrefix(place, "input.sheets["), "["+itoa(j)+"].")
	return row, rest, r.agencies[i].file
}

func scan(text, format string, into ...any) bool {
	n, _ := fmt.Sscanf(text, format, into...) // what follows the numbers is no error
	return n == len(into)
}

// cellOf is the cell of a place; "" where no file has it.
func (r *SheetReport) cellOf(place string) string {
	row, rest, file := r.rowAt(place)
	if row == nil {
		return ""
	}
	for at := rest; at != ""; at = at[:max(strings.LastIndexAny(at, ".["), 0)] {
		if cell := row.Cells[at]; cell != "" {
			return file + cell
		}
	}
	return file + row.Cell
}

// outcome is a row of the API's answer by the cells of the files.
func (r *SheetReport) outcome(l *SheetLine) *SheetOutcome {
	out := &SheetOutcome{Outcome: l.Outcome, Answer: l.Answer, Sentence: l.Sentence, Changes: l.Proposed, Cells: []string{}}
	places := l.Fields
	for _, a := range l.Agencies {
		if row, _, _ := r.rowAt(a.Place); row != nil && out.Record == "" {
			out.Record = row.Title
		}
		if len(l.Fields) == 0 {
			places = append(places, a.Place)
		}
	}
	for _, p := range places {
		if cell := r.cellOf(p); cell != "" && !slices.Contains(out.Cells, cell) {
			out.Cells = append(out.Cells, cell)
		}
	}
	return out
}

// placed tells an error of the whole by cells, where it names places.
func (s *Site) placed(err error, r *SheetReport) error {
	f := fault.As(err)
	if f == nil {
		return err
	}
	var cells []string
	for _, p := range f.Fields {
		if cell := r.cellOf(p); cell != "" && !slices.Contains(cells, cell) {
			cells = append(cells, cell)
		}
	}
	if len(cells) == 0 {
		return err
	}
	out := fault.New(f.Kind, "%s: %s", strings.Join(cells, ", "), f.Sentence).At(f.Fields...)
	out.Details = f.Details
	return out
}

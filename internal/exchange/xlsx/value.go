package xlsx

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"adam/internal/exchange/cell"
	"adam/internal/term"

	"github.com/xuri/excelize/v2"
)

// misread is a sentence about a cell that is not understood: what to write instead.
type misread string

func (m misread) Error() string { return string(m) }

func misreadf(format string, args ...any) error { return misread(fmt.Sprintf(format, args...)) }

// sound refuses cells whose value cannot be trusted: formulas, and cells that are merged with others.
func (g *grid) sound(row, col int) error {
	if g.formula(row, col) {
		return misread("This cell holds a formula, which is not read. Write the value itself.")
	}
	if over := g.mergedAt(row, col); over != "" {
		return misreadf("This cell is merged with others (%s). Split it (Unmerge Cells), and fill in each row.", over)
	}
	return nil
}

// text is what a cell says in words.
func (g *grid) text(row, col int) (string, error) {
	s := g.raw(row, col)
	if s == "" {
		return "", nil
	}
	if _, isDay, _ := g.number(row, col); isDay {
		return "", misread("The program has made a day of what you typed. Set the format of the cell to Text, and write it again.")
	}
	return s, nil
}

// value reads the value of a field as the API takes it; nil where the cell says that it is not known.
func (g *grid) value(row, col int, f Field) (any, error) {
	switch {
	case strings.EqualFold(g.raw(row, col), unknown) && f.Must:
		return nil, misreadf("“%s” cannot be unknown. Write what it is.", f.Label)
	case strings.EqualFold(g.raw(row, col), unknown) && f.Sort == Some:
		return []any{}, nil
	case strings.EqualFold(g.raw(row, col), unknown):
		return nil, nil
	}
	switch f.Sort {
	case Date:
		return g.day(row, col, false)
	case One:
		return choice(g.raw(row, col), f)
	case Some:
		out := []any{}
		for _, part := range strings.FieldsFunc(g.raw(row, col), func(r rune) bool { return r == ';' || r == '\n' || r == '；' }) {
			if strings.TrimSpace(part) == "" {
				continue
			}
			code, err := choice(part, f)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
		return out, nil
	case Line:
		s, err := g.text(row, col)
		return strings.Join(strings.Fields(s), " "), err
	}
	return g.text(row, col)
}

// choice is the code of a word of a list.
func choice(s string, f Field) (any, error) {
	for i, code := range f.Codes {
		if folded(s) == folded(code) || i < len(f.Words) && folded(s) == folded(f.Words[i]) {
			return code, nil
		}
	}
	several := ""
	if f.Sort == Some {
		several = ", with semicolons between several"
	}
	return nil, misreadf("“%s” is none of the words of “%s”. Write one of these%s: %s.", term.Clip(s), f.Label, several, strings.Join(f.Words, "; "))
}

// folded is a word as words are compared.
func folded(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == '-' || r == '’' || r == '\'' }), " ")
}

var written = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$`)

// day reads a date as far as it is known, or a whole day. Years of other calendars are asked about, never converted.
func (g *grid) day(row, col int, whole bool) (any, error) {
	s := cell.Digits(g.raw(row, col))
	if v, isDay, isNumber := g.number(row, col); isNumber && isDay {
		t, err := excelize.ExcelDateToTime(v, g.epoch1904)
		if err != nil {
			return nil, notDay(s, whole)
		}
		s = t.Format("2006-01-02")
	}
	m := written.FindStringSubmatch(s)
	if m == nil || whole && m[3] == "" {
		return nil, notDay(s, whole)
	}
	year, err := strconv.Atoi(m[1])
	if err != nil {
		return nil, notDay(s, whole)
	}
	if err := calendar(year); err != nil {
		return nil, err
	}
	out := m[1]
	for _, part := range m[2:] {
		if part != "" {
			out += "-" + fmt.Sprintf("%02s", part)
		}
	}
	d, err := term.ParsePartialDate(out)
	if err != nil {
		return nil, notDay(s, whole)
	}
	return string(d), nil
}

func notDay(s string, whole bool) error {
	if whole {
		return misreadf("“%s” is not understood as a day. Write it as 2009-05-17.", term.Clip(s))
	}
	return misreadf("“%s” is not understood as a date. Write a year, a month or a day: 2009, 2009-05 or 2009-05-17.", term.Clip(s))
}

// calendar asks about years that other calendars count so.
func calendar(year int) error {
	switch calendar, ours := cell.CalendarOf(year); calendar {
	case cell.Buddhist:
		return misreadf("Is %d a year of the Buddhist era? Then write %d. Nothing is converted by itself.", year, ours)
	case cell.SolarHijri:
		return misreadf("Is %d a year of the Solar Hijri calendar? It began in March %d: write the date in the Gregorian calendar. Nothing is converted by itself.", year, ours)
	}
	return nil
}

// flag reads yes or no; nil where the cell is empty.
func (g *grid) flag(row, col int) (*bool, error) {
	is := map[string]bool{"yes": true, "y": true, "true": true, "1": true, "x": true, "no": false, "n": false, "false": false, "0": false}
	s := folded(g.raw(row, col))
	if s == "" {
		return nil, nil
	}
	v, known := is[s]
	if !known {
		return nil, misreadf("“%s” is not understood. Write %s or %s, or leave the cell empty.", term.Clip(g.raw(row, col)), yes, no)
	}
	return &v, nil
}

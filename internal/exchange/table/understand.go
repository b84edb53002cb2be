package table

import (
	"math"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
	"adam/internal/term"
)

// understand makes of what the file holds of a cell what a person sees in it.
func (in *sheetReader) understand() error {
	raw := strings.TrimSpace(string(in.value))
	if in.cell.Formula {
		in.formula(raw)
	}
	switch in.sort {
	case "s":
		i, err := strconv.Atoi(raw)
		text, ok := in.shared.at(i)
		if raw != "" && (err != nil || !ok) {
			return fault.New(fault.Invalid, "The file is damaged: the cell %s of the sheet “%s” refers to a text that is not there. Open it in a spreadsheet program, save it, and send it again.",
				cell.Name(in.cell.Row-1, in.cell.Col), term.Clip(in.sheet.name))
		}
		in.cell.Text = cleaned(unhexed(text))
	case "inlineStr", "str":
		in.cell.Text = cleaned(unhexed(string(in.value)))
	case "b":
		in.cell.Text = map[string]string{"1": "TRUE", "0": "FALSE"}[raw]
	case "e":
		in.cell.Text = raw
		in.tell(BadCell, Error, "The cell holds an error of the spreadsheet program, not a value. Put it right, or write the value itself.")
		in.cell.Text = ""
	case "d":
		in.cell.Text, in.cell.Kind = raw, Day
		if len(raw) > 10 {
			in.cell.Text = raw[:10]
		}
	default:
		in.number(raw)
	}
	return nil
}

// formula tells that a cell is one.
func (in *sheetReader) formula(raw string) {
	if !in.stored || raw == "" && in.sort != "str" {
		in.tell(Formula, Error, "The cell holds a formula without a value that was worked out, and nothing is worked out here. Open the file in a spreadsheet program, save it, and send it again; or write the value itself.")
		return
	}
	in.cell.Text = raw
	if in.sort != "e" {
		in.tell(Formula, Note, "The cell holds a formula. The value was read that was worked out when the file was saved.")
	}
	in.cell.Text = ""
}

func (in *sheetReader) tell(sort Sort, severity Severity, sentence string) {
	in.told.at(in.cell, in.sheet.name, sort, severity, sentence)
}

// number reads a number, which may be shown as a day.
func (in *sheetReader) number(raw string) {
	if raw == "" {
		return
	}
	in.cell.Text, in.cell.Kind = raw, Number
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		in.cell.Kind = Text // whoever wants a number says what is wrong with it
		return
	}
	in.cell.Text = plain(raw, v)
	switch shows := in.shows(in.style); shows {
	case cell.ShowsPercent:
		if !strings.ContainsAny(in.cell.Text, "eE") {
			in.cell.Text, in.cell.Kind = shift(in.cell.Text, 2)+"%", Percent
		}
	case cell.ShowsDay, cell.ShowsMonth, cell.ShowsYear:
		in.day(v, shows)
	}
}

// day reads a number that is shown as a day, as far as it is shown.
func (in *sheetReader) day(v float64, shows cell.Shows) {
	d, ok := cell.Day(v, in.from04)
	switch {
	case !ok:
		in.tell(BadDate, Error, "The cell is shown as a day, but its number is none. Write the day as 2009-05-17.")
		in.cell.Kind = Text
		return
	case v == math.Trunc(v) && (1900 <= v && v <= 2100 || 2443 <= v && v <= 2643): // of 1905 and 1906: before everything that is catalogued
		in.tell(BadDate, Warning, "The cell is shown as the day "+d.Format("2 January 2006")+". It was taken for the year, since whoever types a year into such a cell gets that day.")
		in.cell.Kind = Number
		return
	}
	layout := map[cell.Shows]string{cell.ShowsDay: "2006-01-02", cell.ShowsMonth: "2006-01", cell.ShowsYear: "2006"}[shows]
	in.cell.Text, in.cell.Kind = d.Format(layout), Day
}

// mostDigits is how many digits of a number a spreadsheet keeps; what follows is what binary numbers add to it.
const mostDigits = 15

// plain writes a number with a point and without an exponent: as the file has it, where that is so.
func plain(raw string, v float64) string {
	if math.Abs(v) >= 1e21 {
		return raw
	}
	if !strings.ContainsAny(raw, "eE") && len(strings.ReplaceAll(strings.TrimLeft(raw, "-+0."), ".", "")) <= mostDigits {
		return strings.TrimPrefix(raw, "+")
	}
	digits := strconv.FormatFloat(v, 'g', mostDigits, 64)
	short, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// shift moves the point of a number so many places to the right, without losing a digit.
func shift(s string, places int) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for range places {
		next := "0"
		if fraction != "" {
			next, fraction = fraction[:1], fraction[1:]
		}
		whole += next
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if whole == "0" {
		sign = ""
	}
	return sign + whole
}

// cleaned is a text without white space around it and without signs that nobody sees.
func cleaned(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\ufeff", "")
	return strings.TrimSpace(cell.Readable(s))
}

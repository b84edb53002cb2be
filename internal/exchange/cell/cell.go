// Package cell holds what all spreadsheets have in common, whoever writes or reads them: how cells are called, which
// formats show days, the digits and calendars of the region, and which texts a program would run as a formula.
package cell

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Name is what people call a cell, such as B7. Rows and columns are counted from 0.
func Name(row, col int) string { return Column(col) + strconv.Itoa(max(row, 0)+1) }

// Column is what people call a column, such as AB. It is counted from 0.
func Column(col int) string {
	var out []byte
	for col = max(col, 0) + 1; col > 0; col = (col - 1) / 26 {
		out = append([]byte{byte('A' + (col-1)%26)}, out...)
	}
	return string(out)
}

// mostColumn is larger than any column of any program: there counting ends.
const mostColumn = 1 << 20

// ColumnOf is the column, counted from 0, that the name of a cell begins with; -1 where it begins with no letter.
func ColumnOf(name string) int {
	n := 0
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		case c < 'A' || c > 'Z':
			return n - 1
		}
		if n = n*26 + int(c-'A') + 1; n > mostColumn {
			return mostColumn
		}
	}
	return n - 1
}

// At is the row and the column, counted from 0, of a cell's name such as B7 or $B$7; false where it is no name of a cell.
func At(name string) (row, col int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	digits := strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(digits)
	if col = ColumnOf(name); col < 0 || col >= mostColumn || err != nil || n < 1 || digits[0] == '+' {
		return 0, 0, false
	}
	return n - 1, col, true
}

// Digits writes the digits of other scripts, such as ๒๐๐๙ or ۲۰۰۹, as 0 to 9.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII && unicode.Is(unicode.Nd, r) {
			for zero := r; ; zero-- { // the digits of a script stand one after the other, from its nought
				if !unicode.Is(unicode.Nd, zero-1) || r-zero == 9 {
					return '0' + (r - zero)
				}
			}
		}
		return r
	}, s)
}

// Readable takes out of a text what no XML holds. Ends of lines become one sign.
func Readable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\v' || r == '\f':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Calendar is how years are counted.
type Calendar int

// The calendars that years are written in here.
const (
	Gregorian  Calendar = iota
	Buddhist            // 543 years ahead, as in Thailand and Cambodia
	SolarHijri          // as in Afghanistan: a year begins in March, so that no year of it is one of ours
)

// CalendarOf is the calendar that a year of four digits is counted in, and the year of ours in which it begins.
func CalendarOf(year int) (Calendar, int) {
	switch {
	case year > 2400:
		return Buddhist, year - 543
	case 1300 <= year && year <= 1500:
		return SolarHijri, year + 621
	}
	return Gregorian, year
}

// Day is the day of a number that a spreadsheet shows as one: so many days after the last of 1899, or after the first of
// 1904. False for what is no day. The part of a day after the point is left out.
func Day(serial float64, from1904 bool) (time.Time, bool) {
	const most = 2_958_465 // the last day of the year 9999
	if !(serial >= 1 && serial <= most) && !(from1904 && serial >= 0 && serial <= most) {
		return time.Time{}, false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if serial < 60 { // programs count a 29th of February 1900, which never was
		first = first.AddDate(0, 0, 1)
	}
	return first.AddDate(0, 0, int(serial)), true
}

// mostSigns is how much a cell of XLSX holds.
const mostSigns = 32767

// Clipped is a text as far as a cell of XLSX holds it.
func Clipped(s string) string {
	n := 0
	for i, r := range s {
		if n++; r > 0xFFFF {
			n++ // cells count in UTF-16
		}
		if n > mostSigns {
			return s[:i]
		}
	}
	return s
}

package table

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// remark is what is to be said of a value: how sure it is, and in which words.
type remark struct {
	sort     Sort
	severity Severity
	sentence string
}

func remarkf(sort Sort, severity Severity, format string, args ...any) *remark {
	return &remark{sort, severity, fmt.Sprintf(format, args...)}
}

var (
	yearFirst = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$`)
	yearLast  = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$`)
	monthYear = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`)
	withTime  = regexp.MustCompile(`^(.*\d)[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?\s*(Z|[AaPp][Mm]|[+-]\d\d:?\d\d)?$`)
	era       = regexp.MustCompile(`(?i)^(?:พ\.?\s?ศ\.?|b\.?e\.?\s)\s*|\s*(?:\sb\.?e\.?|พ\.?\s?ศ\.?)$`)
	roughly   = regexp.MustCompile(`(?i)^(?:early|mid|late|end|end of|beginning of|circa|ca|c|approx|about|q[1-4]|fy|cy)[\s.-]*(\d{4})$`)
	serial    = regexp.MustCompile(`^[1-9]\d{4}$`)
)

// mostDate is how long a date may be, in bytes.
const mostDate = 200

const howToWrite = "Write a year, a month or a day: 2009, 2009-05 or 2009-05-17."

// dateOf reads a date of any kind as far as it is known. What can be read in two ways is asked about, never guessed; years of the
// Buddhist era are converted, and this is said.
func dateOf(s string, order DayOrder) (term.PartialDate, *remark) {
	if len(s) > mostDate {
		return "", remarkf(BadDate, Error, "This is not understood as a date. %s", howToWrite)
	}
	text := strings.TrimSpace(cell.Digits(s))
	var about *remark
	if m := withTime.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	buddhist := era.MatchString(text)
	text = strings.TrimSpace(era.ReplaceAllString(text, ""))
	year, month, day, about := parts(text, order)
	if about != nil && about.severity == Error {
		return "", about
	}
	calendar, ours := cell.CalendarOf(year)
	switch {
	case calendar == cell.Buddhist || buddhist && year > 543:
		about = remarkf(OtherCalendar, Note, "%d is a year of the Buddhist era. It was read as %d.", year, year-543)
		year -= 543
	case calendar == cell.SolarHijri:
		return "", remarkf(OtherCalendar, Error, "Is %d a year of the Solar Hijri calendar? It began in March %d: write the date in the Gregorian calendar, as a year of one is two of the other.", year, ours)
	}
	written := fmt.Sprintf("%04d", year)
	if month > 0 {
		written += fmt.Sprintf("-%02d", month)
	}
	if day > 0 {
		written += fmt.Sprintf("-%02d", day)
	}
	d, err := term.ParsePartialDate(written)
	if err != nil {
		return "", remarkf(BadDate, Error, "This is no day that there is. %s", howToWrite)
	}
	if about == nil && (year < 1900 || year > 2100) {
		about = remarkf(BadDate, Warning, "The year is unlikely. Expected is one between 1900 and 2100.")
	}
	return d, about
}

// parts are the year, month and day of a date; 0 for what it does not say.
func parts(s string, order DayOrder) (year, month, day int, about *remark) {
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return whole(m[1]), whole(m[2]), whole(m[3]), nil
	}
	if m := monthYear.FindStringSubmatch(s); m != nil {
		return whole(m[2]), whole(m[1]), 0, nil
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		return numbers(whole(m[1]), whole(m[2]), m[3], order)
	}
	if serial.MatchString(s) {
		return 0, 0, 0, remarkf(BadDate, Error, "This is the number by which a spreadsheet keeps a day, not the day. Set the format of the cells to a date, or write it as 2009-05-17.")
	}
	if m := roughly.FindStringSubmatch(s); m != nil {
		return whole(m[1]), 0, 0, remarkf(VagueDate, Warning, "Only the year was read.")
	}
	return worded(s)
}

func whole(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// numbers reads 17/05/2009, in which day and month may stand in either order.
func numbers(a, b int, y string, order DayOrder) (year, month, day int, about *remark) {
	year = whole(y)
	if len(y) == 2 {
		year, about = century(year)
	}
	switch {
	case a > 12 || a == b || order == DayFirst:
		return year, b, a, about
	case b > 12 || order == MonthFirst:
		return year, a, b, about
	}
	return 0, 0, 0, remarkf(BadDate, Error, "Is this the %d.%d. or the %d.%d.? Say in which order day and month stand, or write it as 2009-05-17.", a, b, b, a)
}

// century is the year of two digits.
func century(year int) (int, *remark) {
	full := 2000 + year
	if year > 60 {
		full = 1900 + year
	}
	return full, remarkf(VagueDate, Warning, "The year has two digits. It was read as %d.", full)
}

// worded reads a date with the name of a month, in any order: 17 May 2009, May 17, 2009, mai 2009.
func worded(s string) (year, month, day int, about *remark) {
	bad := remarkf(BadDate, Error, "This is not understood as a date. %s", howToWrite)
	text := " " + cell.Fold(s) + " "
	found := ""
	for name, n := range words["month"] {
		if !strings.Contains(text, " "+name+" ") {
			continue
		}
		if month > 0 && month != whole(n) {
			return 0, 0, 0, bad // two months
		}
		if month = whole(n); len(name) > len(found) {
			found = name
		}
	}
	if found == "" || strings.Count(text, " "+found+" ") > 1 {
		return 0, 0, 0, bad
	}
	for _, part := range strings.Fields(strings.Replace(text, " "+found+" ", " ", 1)) {
		n := whole(strings.TrimRight(part, "abcdefghijklmnopqrstuvwxyz"))
		switch {
		case len(part) == 4 && n >= 1000 && year == 0:
			year = n
		case n >= 1 && n <= 31 && day == 0 && len(part) <= 4:
			day = n
		case len(part) == 2 && n >= 0 && year == 0 && part[0] >= '0' && part[0] <= '9':
			year, about = century(n)
		case part == "of" || part == "the" || part == "de" || part == "le" || part == "thang" || part == "nam" || part == "ngay":
		default:
			return 0, 0, 0, bad
		}
	}
	if year == 0 && day > 0 { // May-09, of which the one number is the year
		year, about = century(day)
		day = 0
	}
	if year == 0 {
		return 0, 0, 0, bad
	}
	return year, month, day, about
}

var (
	range4  = regexp.MustCompile(`^(\d{4})\s*(?:-|–|—|/|to|until)\s*(\d{4})$`)
	range2  = regexp.MustCompile(`^(\d{4})\s*(?:-|–|—|/)\s*(\d{2})$`)
	between = regexp.MustCompile(`(?i)\s+(?:-|–|—|to|until|till|au|bis|sampai|den|ถึง|至)\s+|\s*(?:–|—)\s*`)
	endless = regexp.MustCompile(`(?i)^(?:since|from|depuis|sejak|tu)\s+`)
)

// periodOf reads a start and an end from one cell. One date alone is the start and the end: the activity lay in it.
func periodOf(s string, order DayOrder) (start, end term.PartialDate, about *remark) {
	if len(s) > 2*mostDate {
		s = "" // no period is as long
	}
	text := strings.TrimSpace(cell.Digits(s))
	if m := range4.FindStringSubmatch(text); m != nil {
		return both(m[1], m[2], order)
	}
	if m := range2.FindStringSubmatch(text); m != nil && whole(m[2]) > whole(m[1][2:]) {
		years := m[1][:2] + m[2]
		if whole(m[2]) <= 12 {
			return "", "", remarkf(BadDate, Error, "Is this a month of %s, or from %s to %s? Write it as %s – %s, or with a day.", m[1], m[1], years, m[1], years)
		}
		return both(m[1], years, order)
	}
	if open := endless.ReplaceAllString(text, ""); open != text {
		start, about = dateOf(open, order)
		return start, "", about
	}
	if halves := between.Split(text, -1); len(halves) == 2 && halves[0] != "" && halves[1] != "" {
		if status := words["status"][cell.Fold(halves[1])]; status != "" || cell.Fold(halves[1]) == "present" || cell.Fold(halves[1]) == "now" {
			start, about = dateOf(halves[0], order)
			return start, "", about
		}
		return both(halves[0], halves[1], order)
	}
	if start, about = dateOf(text, order); start == "" {
		return "", "", remarkf(BadDate, Error, "This is not understood as a period. Write it as 2009-05 – 2011-04, or put start and end into two columns.")
	}
	return start, start, about
}

func both(a, b string, order DayOrder) (start, end term.PartialDate, about *remark) {
	start, about = dateOf(a, order)
	if about != nil && about.severity == Error {
		return "", "", about
	}
	end, also := dateOf(b, order)
	if also != nil && (about == nil || also.severity == Error) {
		about = also
	}
	if end == "" {
		start = "" // a period is read as a whole, or kept as a text
	}
	return start, end, about
}

// endsBefore says whether an end lies before a start, as far as both are known.
func endsBefore(start, end term.PartialDate) bool {
	return start != "" && end != "" && end.Last() < start.First()
}

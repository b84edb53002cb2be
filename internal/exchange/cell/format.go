package cell

import "strings"

// Shows is what a number format makes of a number.
type Shows int

// What formats show. A format with a year alone, or with a month and a year, says how far a date is known.
const (
	ShowsNumber Shows = iota
	ShowsPercent
	ShowsYear
	ShowsMonth
	ShowsDay
	ShowsTime // of day, without one
	ShowsText
)

// ShownBy is what a number format shows: by its number, where a program has it built in (ECMA-376, 18.8.30), or by its code.
func ShownBy(id int, code string) Shows {
	if code != "" {
		return shown(code)
	}
	switch {
	case id == 9 || id == 10:
		return ShowsPercent
	case id == 17 || id == 74: // mmm-yy, and Thailand's
		return ShowsMonth
	case 14 <= id && id <= 16 || id == 22 || 27 <= id && id <= 36 || 50 <= id && id <= 58 || 71 <= id && id <= 73 || id == 77 || id == 81:
		return ShowsDay // what those of East Asia show depends on the country
	case 18 <= id && id <= 21 || 45 <= id && id <= 47 || 75 <= id && id <= 80:
		return ShowsTime
	case id == 67 || id == 68:
		return ShowsPercent
	case id == 49:
		return ShowsText
	}
	return ShowsNumber
}

// shown reads the first part of a code, which is for numbers above nought, beside words in quotes and in brackets.
func shown(code string) Shows {
	var year, month, day, hour, percent, digit bool
	quoted, bracket, skip := false, false, false
	for _, c := range strings.ToLower(code) {
		switch {
		case skip:
			skip = false
		case c == '\\' || c == '_' || c == '*':
			skip = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == ';':
			return kind(year, month, day, hour, percent, digit, code)
		case c == 'y' || c == 'b':
			year = true
		case c == 'e' && !digit: // the year in Japan's eras; with digits before it, an exponent
			year = true
		case c == 'm':
			month = true
		case c == 'd':
			day = true
		case c == 'h' || c == 's':
			hour = true
		case c == '%':
			percent = true
		case c == '0' || c == '#' || c == '?':
			digit = true
		}
	}
	return kind(year, month, day, hour, percent, digit, code)
}

func kind(year, month, day, hour, percent, digit bool, code string) Shows {
	switch {
	case strings.EqualFold(code, "general"):
		return ShowsNumber
	case digit && !hour && !year:
		if percent {
			return ShowsPercent
		}
		return ShowsNumber
	case day:
		return ShowsDay
	case year && month && !hour:
		return ShowsMonth
	case year && !hour:
		return ShowsYear
	case year:
		return ShowsDay
	case hour:
		return ShowsTime
	case month:
		return ShowsMonth
	case code == "@":
		return ShowsText
	}
	return ShowsNumber
}

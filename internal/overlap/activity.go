// Package overlap finds activities that may be the same one reported twice, and activities that give the same assistance
// to the same people at the same time. Its rules are pure and the same on every database: they compare what they are
// given, tell why in words, and decide nothing. Only store.go knows how activities are stored.
package overlap

import (
	"adam/internal/term"
)

// Activity is what is compared of an activity. What is empty is unknown, and counts neither for nor against.
type Activity struct {
	ID             string
	Title, Summary string
	Start, End     term.PartialDate
	States         []string // codes or names: "GH", "THA", "Viet Nam"
	Themes         []string // themes and topics, as they are called
	Audiences      []string // whom it reaches, where that is recorded apart from the text
	Donors         []string // names or aliases
	Implementers   []string
	Money          []Money
	Reporter       string   // who filed it, or the list that it stands in
	Identifiers    []string // of other systems, such as IATI's
}

// Money is one line of an activity's money.
type Money struct {
	Donor    string
	Currency term.Currency
	Year     int // 0 where unknown
	Amount   term.Amount
}

// Rate is how many units of a currency one US dollar bought in a year, and who says so: "" where that is unknown.
type Rate struct {
	PerDollar float64
	Source    string
}

// Rates tells the rate of a currency in a year. Where it knows none, money in two currencies is not compared.
type Rates func(currency term.Currency, year int) (rate Rate, known bool)

// span is a partial date as days since 1970: the first and the last day that it may mean.
type span struct{ first, last int32 }

const noDay = int32(-1 << 30)

func (s span) known() bool { return s.first != noDay }

// dayOf reads a partial date; what is no date is unknown. Years far from any activity are kept: they only compare as far.
func dayOf(d term.PartialDate) span {
	y, m, day := number(d, 0, 4), number(d, 5, 7), number(d, 8, 10)
	switch {
	case y < 1:
		return span{noDay, noDay}
	case m < 1 || m > 12:
		return span{days(y, 1, 1), days(y, 12, 31)}
	case day < 1 || day > 31:
		return span{days(y, m, 1), days(y, m+1, 1) - 1}
	}
	n := days(y, m, day)
	return span{n, n}
}

func number(d term.PartialDate, from, to int) int {
	if len(d) < to {
		return 0
	}
	n := 0
	for _, c := range []byte(d[from:to]) {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// days counts the days of the Gregorian calendar since 1970-01-01; month 13 is the next January.
func days(y, m, d int) int32 {
	if m > 12 {
		y, m = y+1, m-12
	}
	if m <= 2 {
		y, m = y-1, m+12
	}
	return int32(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 719469)
}

// year is the calendar year of a day, for keys.
func (s span) year() int32 { return int32(float64(s.first)/365.2425 + 1970.0001) }

// month counts the months, roughly, for keys.
func (s span) month() int32 { return int32(float64(s.first) / 30.436875) }

package review

import (
	"time"

	"adam/internal/term"
)

// Rule 5 of the model: deadlines are calendar arithmetic in the chapter's time zone, and a day ends at 24:00 there. So
// deadlines are days, not instants, and are compared as days.
const (
	nominationDays = 14 // a focal point is nominated within two weeks of opening
	reviewMonths   = 2  // and the review is finished within two months of opening
	reviewYears    = 1  // a verification holds for a year
)

// Today is the day that it is in a time zone.
func Today(now time.Time, zone string) (term.Date, error) {
	z, err := time.LoadLocation(zone)
	if err != nil {
		return "", err
	}
	return term.DateOf(now.In(z)), nil
}

// EndOf is the instant at which a day ends in a time zone: the first one of the next day there.
func EndOf(day term.Date, zone string) (time.Time, error) {
	z, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, err
	}
	t := noon(day)
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, z), nil
}

// NominationDue is the last day for nominating a focal point.
func NominationDue(opened term.Date) term.Date { return addDays(opened, nominationDays) }

// ReviewDue is the last day for finishing a review: 31 December + 2 months is the last of February.
func ReviewDue(opened term.Date) term.Date { return addMonths(opened, reviewMonths) }

// NextReview is the day on which a verification lapses and the next review is due: 29 February + 1 year is 28 February.
func NextReview(verified term.Date) term.Date { return addMonths(verified, 12*reviewYears) }

// noon stands in the middle of a day, where no change of the clock can move it into another.
func noon(day term.Date) time.Time {
	t, _ := time.Parse(time.DateOnly, string(day)) // a Date holds nothing else
	return t.Add(12 * time.Hour)
}

func addDays(day term.Date, n int) term.Date { return term.DateOf(noon(day).AddDate(0, 0, n)) }

// addMonths is the same day so many months later, or the last of that month where it is shorter.
func addMonths(day term.Date, n int) term.Date {
	t := noon(day)
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return term.DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// daysBetween is how many days lie from one day to another; negative where the other is earlier.
func daysBetween(from, to term.Date) int {
	return int(noon(to).Sub(noon(from)).Hours() / 24)
}

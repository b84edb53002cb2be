package review

import (
	"adam/internal/term"
)

// Reminders go out so many days before a deadline, and at most three after it, a week apart; a week after it the
// secretariat is told (model, The review cycle). Days after count as negative.
var (
	beforeNomination = []int{7, 3, 0, -7, -14, -21}
	beforeReview     = []int{14, 7, 1, 0, -7, -14, -21}
)

// escalation is how many days after a deadline the secretariat is told.
const escalation = 7

// reminder is a letter that is to go out about a deadline.
type reminder struct {
	due    term.Date
	before int // days before the deadline; negative after it
}

// reminderOn gives the reminder of a deadline that counts on a day: the last one whose day has come, so that after days
// without a server one letter goes out and not all that were missed. None counts whose day lay before since, when what
// is due was asked for.
func reminderOn(offsets []int, due, since, today term.Date) (reminder, bool) {
	var found reminder
	ok := false
	for _, n := range offsets {
		if day := addDays(due, -n); day >= since && day <= today {
			found, ok = reminder{due, n}, true
		}
	}
	return found, ok
}

// escalated says whether a deadline has passed by so much that the secretariat is told.
func escalated(due, today term.Date) bool { return daysBetween(due, today) >= escalation }

// quarterOf is the first day of the quarter of a day.
func quarterOf(day term.Date) term.Date {
	t := noon(day)
	return addMonths(term.DateOf(t.AddDate(0, 0, 1-t.Day())), -(int(t.Month())-1)%3)
}

package review

import (
	"testing"
	"time"

	"adam/internal/term"
)

// Rule 5: nomination is due 14 days after opening, the review two months after it, the next one a year after
// verification; months and leap days are clamped.
func TestDeadlinesAreCalendarArithmetic(t *testing.T) {
	for _, c := range []struct{ opened, nomination, review, next term.Date }{
		{"2026-01-01", "2026-01-15", "2026-03-01", "2027-01-01"},
		{"2026-12-31", "2027-01-14", "2027-02-28", "2027-12-31"},
		{"2027-12-31", "2028-01-14", "2028-02-29", "2028-12-31"},
		{"2026-12-29", "2027-01-12", "2027-02-28", "2027-12-29"},
		{"2028-02-29", "2028-03-14", "2028-04-29", "2029-02-28"},
		{"2026-07-31", "2026-08-14", "2026-09-30", "2027-07-31"},
		{"2026-11-24", "2026-12-08", "2027-01-24", "2027-11-24"},
	} {
		if n, r, x := NominationDue(c.opened), ReviewDue(c.opened), NextReview(c.opened); n != c.nomination || r != c.review || x != c.next {
			t.Errorf("opened on %s: nomination due on %s, review on %s, next on %s; want %s, %s, %s", c.opened, n, r, x, c.nomination, c.review, c.next)
		}
	}
}

// Rule 5: a day ends at 24:00 in the chapter's time zone, wherever the server stands and whatever its clock's zone is.
func TestADayEndsInTheTimeZoneOfTheChapter(t *testing.T) {
	for _, c := range []struct {
		zone string
		last time.Time // the last second of 2026-12-08 there
	}{
		{"Asia/Bangkok", time.Date(2026, 12, 8, 16, 59, 59, 0, time.UTC)},
		{"Asia/Kabul", time.Date(2026, 12, 8, 19, 29, 59, 0, time.UTC)},
		{"Asia/Kolkata", time.Date(2026, 12, 8, 18, 29, 59, 0, time.UTC)},
		{"Asia/Jakarta", time.Date(2026, 12, 8, 16, 59, 59, 0, time.UTC)},
		{"UTC", time.Date(2026, 12, 8, 23, 59, 59, 0, time.UTC)},
	} {
		for _, host := range []string{"UTC", "America/New_York", "Pacific/Kiritimati"} {
			z, err := time.LoadLocation(host)
			if err != nil {
				t.Fatal(err)
			}
			before, err := Today(c.last.In(z), c.zone)
			if err != nil || before != "2026-12-08" {
				t.Errorf("%s: a second before the end it is %s (%v)", c.zone, before, err)
			}
			after, err := Today(c.last.Add(time.Second).In(z), c.zone)
			if err != nil || after != "2026-12-09" {
				t.Errorf("%s: at the end it is %s (%v)", c.zone, after, err)
			}
		}
		end, err := EndOf("2026-12-08", c.zone)
		if err != nil || !end.Equal(c.last.Add(time.Second)) {
			t.Errorf("%s: the day ends at %s (%v)", c.zone, end.UTC(), err)
		}
	}
	if _, err := Today(time.Now(), "Nowhere/Land"); err == nil {
		t.Error("a zone that does not exist has a day")
	}
}

// A clock that is set back or forward moves no deadline: they are days that were written down.
func TestDaysAreCountedAcrossChangesOfTheClock(t *testing.T) {
	for _, c := range []struct {
		from, to term.Date
		days     int
	}{{"2026-03-28", "2026-03-30", 2}, {"2026-10-24", "2026-10-26", 2}, {"2026-12-08", "2026-12-01", -7}, {"2028-02-28", "2028-03-01", 2}} {
		if n := daysBetween(c.from, c.to); n != c.days {
			t.Errorf("from %s to %s are %d days", c.from, c.to, n)
		}
	}
}

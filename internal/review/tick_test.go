package review_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// fifteen are the chapters of the catalogue with their zones.
var fifteen = map[string]string{"AFG": "Asia/Kabul", "CHN": "Asia/Shanghai", "IDN": "Asia/Jakarta", "IND": "Asia/Kolkata", "KHM": "Asia/Phnom_Penh",
	"LAO": "Asia/Vientiane", "LKA": "Asia/Colombo", "MDV": "Indian/Maldives", "MMR": "Asia/Yangon", "MYS": "Asia/Kuala_Lumpur", "PAK": "Asia/Karachi",
	"REGIONAL": "Asia/Bangkok", "SGP": "Asia/Singapore", "THA": "Asia/Bangkok", "VNM": "Asia/Ho_Chi_Minh"}

// stage is a time in which a cycle waited for something.
type stage struct {
	cycle    *ent.ReviewCycle
	zone     string
	due      term.Date
	from, to time.Time // to is zero while it lasts
}

// years is a simulation of the calendar of all chapters.
type years struct {
	*world
	t      *testing.T
	stages map[term.ID]*stage // that last
	over   []*stage
	opened map[term.ID]*stage // the first of each cycle that opened by itself
	ticks  int
}

// Reminders of a nomination go out 7, 3 and 0 days before, of a review 14, 7, 1 and 0, and at most three after, a week
// apart; a week after the deadline the secretariat is told. In three years of fifteen chapters, of which some are on time,
// some late, one suspended, one declined, one extended, each letter is written once, on its day where the chapter is. One
// goes out on the day on which a review opens by itself, to whoever is asked, or to the secretariat where nobody is yet.
func TestThreeYearsOfReminders(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: three years take a minute")
	}
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		y := &years{world: emptyWorld(t, st, fifteen), t: t, stages: map[term.ID]*stage{}, opened: map[term.ID]*stage{}}
		start := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
		y.at(start)
		for _, who := range []string{"first", "second"} {
			y.invite(who, people.Invitation{Role: access.Secretariat})
		}
		for day := range 3 * 365 {
			y.day(start.Truncate(24*time.Hour).AddDate(0, 0, day), day)
		}
		y.judge()
	})
}

// day passes one day: hourly where something is due near it, else once.
func (y *years) day(midnight time.Time, day int) {
	hours := []int{12}
	if y.near(midnight) {
		hours = nil
		for h := range 24 {
			hours = append(hours, h)
		}
	}
	for _, h := range hours {
		y.at(midnight.Add(time.Duration(h) * time.Hour))
		_, err := y.desk.Tick(y.t.Context(), y.st)
		ok(y.t, err)
		y.ticks++
		y.look()
		if h == 12 {
			y.pass(30 * time.Minute)
			y.act(day)
			y.look()
		}
	}
}

// near says whether the day of a letter is on a day, or a day before or after it.
func (y *years) near(midnight time.Time) bool {
	for _, s := range y.stages {
		for _, n := range append(offsetsOf(s), 0) {
			if d := dayOf(s.due, -n).Sub(midnight).Hours() / 24; d >= -1 && d <= 1 {
				return true
			}
		}
	}
	return false
}

// offsetsOf are the days before a deadline on which the model wants a reminder.
func offsetsOf(s *stage) []int {
	if s.cycle.Status == term.AwaitingNomination {
		return []int{7, 3, 0, -7, -14, -21}
	}
	return []int{14, 7, 1, 0, -7, -14, -21}
}

func dayOf(day term.Date, more int) time.Time {
	d, _ := time.Parse(time.DateOnly, string(day))
	return d.AddDate(0, 0, more)
}

// look keeps since when each cycle waits for what.
func (y *years) look() {
	all, err := y.st.Client.ReviewCycle.Query().WithChapter().All(y.program())
	ok(y.t, err)
	for _, c := range all {
		due := term.Date("")
		switch c.Status {
		case term.AwaitingNomination:
			due = c.NominationDueOn
		case term.UnderReview, term.Returned:
			due = c.ReviewDueOn
		}
		last := y.stages[c.ID]
		if last != nil && last.due == due && last.cycle.Status == c.Status {
			continue
		}
		if last != nil {
			last.to = y.clock()
			y.over = append(y.over, last)
			delete(y.stages, c.ID)
		}
		if due != "" {
			y.stages[c.ID] = &stage{cycle: c, zone: c.Edges.Chapter.TimeZone, due: due, from: y.clock()}
			if y.opened[c.ID] == nil && y.again(c, all) {
				y.opened[c.ID] = y.stages[c.ID]
			}
		}
	}
}

// again says whether a cycle is not the first of its chapter, which people open.
func (y *years) again(c *ent.ReviewCycle, all []*ent.ReviewCycle) bool {
	return slices.ContainsFunc(all, func(o *ent.ReviewCycle) bool { return *o.ChapterID == *c.ChapterID && o.OpenedOn < c.OpenedOn })
}

// act does what people do on a day, about half past twelve: chapter i was opened first on day 7i.
func (y *years) act(day int) {
	codes := slices.Sorted(maps.Keys(fifteen))
	for i, code := range codes {
		if day == 7*i {
			_, err := do(y.world, "first", y.desk.Open, review.Opening{Chapter: code})
			ok(y.t, err)
		}
		c, err := review.Current(y.program(), y.st.Client, y.id[code])
		ok(y.t, err)
		if c != nil {
			today, err := review.Today(y.clock(), fifteen[code])
			ok(y.t, err)
			y.of(i, code, c, int(dayOf(today, 0).Sub(dayOf(c.OpenedOn, 0)).Hours()/24))
		}
	}
}

// of is what happens in one chapter on the nth day of its review.
func (y *years) of(i int, code string, c *ent.ReviewCycle, n int) {
	nominated, finished := 5, 40
	switch {
	case i >= 6 && i <= 8: // late
		nominated, finished = 30, 85
	case i == 9: // nominated, and never answers
		finished = -1
	case i == 10: // suspended for ever
		nominated, finished = -1, -1
		if n == 10 && c.Status == term.AwaitingNomination {
			ok(y.t, reasoned(y.world, "first", y.desk.Suspend, c.ID, "There is war."))
		}
	case i == 11: // declined by its State
		nominated, finished = -1, -1
		if n == 10 && c.Status == term.AwaitingNomination {
			ok(y.t, reasoned(y.world, "first", y.desk.Decline, c.ID, "It names nobody."))
		}
	case i == 12: // extended by less than the first reminder
		finished = 70
		if n == 56 {
			ok(y.t, y.extend("first", c.ID, term.DateOf(dayOf(c.ReviewDueOn, 12)), "It needs time."))
		}
	case i == 13: // the focal point declines, another one is nominated
		finished = 50
		if n == 20 && c.Status == term.UnderReview && c.Year == 2027 {
			ok(y.t, reasoned(y.world, "first", y.desk.Decline, c.ID, "She has moved."))
		}
		if n == 25 {
			nominated = 25
		}
	case i == 14: // nobody is ever nominated
		nominated, finished = -1, -1
	}
	if n == nominated && c.Status == term.AwaitingNomination {
		_, err := do(y.world, "first", y.desk.Nominate, review.Nomination{Chapter: code, Email: fmt.Sprintf("%s%d@example.org", code, n), Unit: "Unit"})
		ok(y.t, err)
	}
	if n == finished && c.Status == term.UnderReview {
		_, err := do(y.world, "first", y.desk.Complete, review.SignOff{Cycle: c.ID, Statement: "As in the letter.", Letter: "Note 1"})
		ok(y.t, err)
		y.look()
		y.publish(c.ID)
	}
}

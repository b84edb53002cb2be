package review_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/internal/term"
)

// expected are the letters that the model wants, each with how many people get it.
func (y *years) expected() map[string]int {
	out := map[string]int{}
	for id, s := range y.opened {
		out[fmt.Sprintf("opened:%s", id)] = map[bool]int{true: 2, false: 1}[s.cycle.Status == term.AwaitingNomination]
	}
	for _, s := range append(y.over, slices.Collect(maps.Values(y.stages))...) {
		z := zone(y.t, s.zone)
		began, people := s.from.In(z).Format(time.DateOnly), 1
		if s.cycle.Status == term.AwaitingNomination {
			people = 2
		}
		until := s.to
		if until.IsZero() {
			until = y.clock().Add(time.Second)
		}
		first := func(day time.Time) time.Time { // the first full hour of the day there
			return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, z).Add(59 * time.Minute).UTC().Truncate(time.Hour)
		}
		for _, n := range offsetsOf(s) {
			day := dayOf(s.due, -n)
			if day.Format(time.DateOnly) >= began && first(day).Before(until) {
				out[fmt.Sprintf("reminder:%s:%s:%s:%d", s.cycle.ID, s.cycle.Status, s.due, n)] = people
			}
		}
		if at := first(dayOf(s.due, 7)); at.Before(until) {
			out[fmt.Sprintf("overdue:%s:%s:%s", s.cycle.ID, s.cycle.Status, s.due)] = 2
		}
	}
	return out
}

// judge compares what was written with what the model wants.
func (y *years) judge() {
	y.t.Helper()
	want, got := y.expected(), map[string]int{}
	letters, err := y.st.Client.Mail.Query().All(y.program())
	ok(y.t, err)
	seen, wrongDay, written, expected, twice := map[string]bool{}, 0, 0, 0, 0
	for _, m := range letters {
		if strings.HasPrefix(m.Key, "nomination:") {
			continue
		}
		parts := strings.Split(m.Key, ":")
		about := strings.Join(parts[:len(parts)-1], ":")
		got[about]++
		written++
		again := m.Subject + "|" + string(m.CreatedAt) + "|" + m.Person.String() + "|" + m.CycleID.String()
		if seen[again] {
			twice++
		}
		seen[again] = true
		if parts[0] == "reminder" && y.written(m) != y.wanted(parts) {
			wrongDay++
			y.t.Errorf("%s was written on %s", m.Key, m.CreatedAt)
		}
		if s := y.opened[m.CycleID]; parts[0] == "opened" && s != nil && y.written(m) != string(s.cycle.OpenedOn) {
			wrongDay++
			y.t.Errorf("%s was written on %s", m.Key, m.CreatedAt)
		}
	}
	for k, n := range want {
		expected += n
		if got[k] != n {
			y.t.Errorf("%s went to %d; expected %d", k, got[k], n)
		}
	}
	for k, n := range got {
		if want[k] == 0 {
			y.t.Errorf("%s went to %d; expected none", k, n)
		}
	}
	y.count(expected, written, twice, wrongDay)
}

// count tells how much happened.
func (y *years) count(expected, written, twice, wrongDay int) {
	y.t.Helper()
	cycles, err := y.st.Client.ReviewCycle.Query().Count(y.program())
	ok(y.t, err)
	published, err := y.st.Client.ReviewCycle.Query().Where(reviewcycle.StatusEQ(term.ReviewPublished)).Count(y.program())
	ok(y.t, err)
	if cycles < 30 || written < 100 || twice > 0 {
		y.t.Errorf("%d cycles, %d letters, %d twice: too little happened, or too much", cycles, written, twice)
	}
	y.t.Logf("three years, 15 chapters, %d ticks, %d cycles (%d published): %d letters expected, %d written, %d twice, %d on a wrong day",
		y.ticks, cycles, published, expected, written, twice, wrongDay)
}

// written is the day on which a letter was written, where its chapter is.
func (y *years) written(m *ent.Mail) string {
	c, err := y.st.Client.ReviewCycle.Query().Where(reviewcycle.ID(m.CycleID)).WithChapter().Only(y.program())
	ok(y.t, err)
	return m.CreatedAt.Time().In(zone(y.t, c.Edges.Chapter.TimeZone)).Format(time.DateOnly)
}

// wanted is the day that the key of a reminder names.
func (y *years) wanted(parts []string) string {
	var n int
	_, err := fmt.Sscan(parts[4], &n)
	ok(y.t, err)
	return dayOf(term.Date(parts[3]), -n).Format(time.DateOnly)
}

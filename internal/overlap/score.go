// Package overlap tells how likely two activities are the same one, reported twice. Its rules are pure: they compare what
// they are given. They are advice for whoever enters an activity, and decide nothing.
package overlap

import (
	"slices"

	"adam/internal/term"
)

// Activity is what is compared of an activity. Title holds the folded words of its title.
type Activity struct {
	Title        []string
	States       []string
	Themes       []term.Theme
	Donors       []string
	Implementers []string
	Start, End   term.PartialDate
}

// Likely is the score from which two activities are worth a look.
const Likely = 0.5

// The weights of what is compared; together they are 1. The title says most, since the same project keeps its name in
// every report, while States and themes are shared by many.
const (
	weightTitle        = 0.45
	weightStates       = 0.15
	weightThemes       = 0.05
	weightDonors       = 0.15
	weightImplementers = 0.10
	weightDates        = 0.10
)

// Score is how alike two activities are, from 0 to 1. What is unknown of one of them counts neither for nor against: its
// weight is left out of the whole. But a title alone is never certain, so at least half of the weights count.
func Score(a, b Activity) float64 {
	sum, whole := 0.0, 0.0
	add := func(weight, alike float64, known bool) {
		if known {
			sum, whole = sum+weight*alike, whole+weight
		}
	}
	add(weightTitle, shared(a.Title, b.Title), len(a.Title) > 0 && len(b.Title) > 0)
	add(weightStates, shared(a.States, b.States), len(a.States) > 0 && len(b.States) > 0)
	add(weightThemes, shared(a.Themes, b.Themes), len(a.Themes) > 0 && len(b.Themes) > 0)
	add(weightDonors, shared(a.Donors, b.Donors), len(a.Donors) > 0 && len(b.Donors) > 0)
	add(weightImplementers, shared(a.Implementers, b.Implementers), len(a.Implementers) > 0 && len(b.Implementers) > 0)
	add(weightDates, dates(a, b), a.Start != "" && b.Start != "" || a.End != "" && b.End != "")
	return sum / max(whole, 0.5)
}

// shared is how much two sets have in common: twice the common ones over all of both (Dice).
func shared[T comparable](a, b []T) float64 {
	seen := map[T]bool{}
	for _, x := range a {
		seen[x] = true
	}
	n, common := len(seen), 0
	for i, x := range b {
		if slices.Contains(b[:i], x) {
			continue
		}
		n++
		if seen[x] {
			common++
		}
	}
	if n == 0 {
		return 0
	}
	return 2 * float64(common) / float64(n)
}

// dates is how well the known starts and ends agree: the same year fully, a year apart by half.
func dates(a, b Activity) float64 {
	sum, n := 0.0, 0.0
	for _, pair := range [][2]term.PartialDate{{a.Start, b.Start}, {a.End, b.End}} {
		if pair[0] == "" || pair[1] == "" {
			continue
		}
		n++
		switch pair[0].Year() - pair[1].Year() {
		case 0:
			sum++
		case 1, -1:
			sum += 0.5
		}
	}
	return sum / n
}

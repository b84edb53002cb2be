package corpus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"adam/internal/term"
)

// draw is the luck of one record: it depends on the seed and on the record's number only, so that any record can be made
// without those before it.
type draw struct{ *rand.Rand }

func newDraw(seed, what, n uint64) draw {
	return draw{rand.New(rand.NewPCG(seed, n<<3|what))} //nolint:gosec // made-up records need no secrets
}

// What draws are for, so that records of the same number do not resemble each other.
const (
	ofActor uint64 = iota
	ofActivity
	ofMoney
)

// rank draws from 0 to n-1 as Zipf found: the second half as often as the first, the third a third as often.
func (d draw) rank(n int) int {
	return min(n-1, int(math.Exp(d.Float64()*math.Log(float64(n+1))))-1)
}

// chance holds in so many of a hundred cases.
func (d draw) chance(percent int) bool { return d.IntN(100) < percent }

// one draws from what is listed with its weight.
func one[T any](d draw, weights []int, values ...T) T {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := d.IntN(total)
	for i, w := range weights {
		if at -= w; at < 0 {
			return values[i]
		}
	}
	return values[0]
}

// few draws from 1 to most different values, the first of the list most often.
func few[T comparable](d draw, most int, values []T) []T {
	out := []T{}
	for range 1 + d.rank(most) {
		if v := values[d.rank(len(values))]; !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// The span of the corpus. Its days are fixed, so that the same seed gives the same records on any day.
const (
	firstYear, lastYear = 2003, 2026
	madeAt              = "2026-06-30T00:00:00Z"
	madeOn              = term.Date("2026-06-30")
)

// year draws one, late ones more often.
func (d draw) year() int { return lastYear - d.rank(lastYear-firstYear+1) }

// day writes a day of a year as precisely as somebody knew it; "" where nobody did.
func (d draw) day(year int) term.PartialDate {
	day := time.Date(year, 1, 1+d.IntN(365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	return term.PartialDate(day[:one(d, []int{45, 25, 25, 5}, 4, 7, 10, 0)])
}

// shares divides a hundred per cent, or less where not all was reported, into whole parts.
func (d draw) shares(n int) []term.Decimal {
	left := one(d, []int{80, 20}, 100, 90)
	out := make([]term.Decimal, n)
	for i := range out {
		part := left
		if i < n-1 {
			part = 1 + d.IntN(left-(n-1-i))
		}
		left -= part
		out[i] = term.Decimal(strconv.Itoa(part))
	}
	return out
}

// amount draws a sum from ten thousand to some ten million units, in 1/10,000; some with hundredths.
func (d draw) amount() term.Amount {
	units := int64(math.Exp(math.Log(10_000) + d.Float64()*math.Log(3_000)))
	if d.chance(70) {
		return term.Amount(units / 1_000 * 1_000 * 10_000)
	}
	return term.Amount(units*10_000 + d.Int64N(100)*100)
}

// list writes codes as the database keeps them.
func list[T ~string](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return `["` + strings.Join(words, `","`) + `"]`
}

// codes are the values of a code list.
func codes[T ~string](values []string) []T {
	out := make([]T, len(values))
	for i, v := range values {
		out[i] = T(v)
	}
	return out
}

// keyOf is the key of a record.
func keyOf(kind string, n int) string { return fmt.Sprintf("%s%s-%07d", Prefix, kind, n) }

func actorID(n int) term.ID    { return term.HashID(term.KindActor, keyOf("actor", n)) }
func activityID(n int) term.ID { return term.HashID(term.KindActivity, keyOf("activity", n)) }
func lineID(activity, i int) term.ID {
	return term.HashID(term.KindFunding, keyOf("activity", activity), strconv.Itoa(i))
}

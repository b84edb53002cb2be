package funding

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"adam/internal/term"
)

// crowd makes facts of a whole large catalogue: three lines and up to eight States an activity, few actors with most of it.
func crowd(activities int) Facts {
	r := rand.New(rand.NewPCG(1, 2))
	f := Facts{Parents: map[term.ID]term.ID{}, Upstream: map[term.ID]term.ID{}}
	for y := 2000; y < 2026; y++ {
		for _, c := range []term.Currency{"AUD", "EUR"} {
			f.Rates = append(f.Rates, Rate{c, y, "1.3312", "A table"})
		}
	}
	types := term.AssistanceType("").Values()
	few := func(n, of int) (out []term.ID) {
		for range 1 + r.IntN(n) {
			out = append(out, term.ID(1+int(float64(of)*r.Float64()*r.Float64())))
		}
		return out
	}
	for id := term.ID(1_000); id < term.ID(1_000+activities); id++ {
		a := Activity{ID: id, Key: fmt.Sprint("activity-", id), Counted: true, Theme: term.GroupOf(r.IntN(2) == 0, r.IntN(2) == 0), Regional: r.IntN(4) == 0, Donors: few(2, 200), Implementers: few(2, 400)}
		for _, s := range few(8, 40) {
			a.States = append(a.States, Part{State: s})
		}
		for range 1 + r.IntN(4) {
			a.Assistance = append(a.Assistance, term.AssistanceType(types[r.IntN(len(types))]))
		}
		f.Activities = append(f.Activities, a)
		for n := range term.ID(3) {
			l := pay(id*10+n, r.Int64N(10_000_000), id).on(term.PartialDate(fmt.Sprint(2000 + r.IntN(26)))).in([]term.Currency{"USD", "AUD", "EUR"}[r.IntN(3)])
			l.Provider = a.Donors[0]
			f.Lines = append(f.Lines, l)
		}
	}
	return f
}

// BenchmarkCount adds up a catalogue of 100,000 activities with 300,000 lines. Run it with:
// go test ./internal/funding -run '^$' -bench Count -benchtime 3x
func BenchmarkCount(b *testing.B) {
	f := crowd(100_000)
	for _, by := range [][]Dimension{{}, {ByDonor}, {ByState, ByTheme, ByYear}} {
		b.Run(fmt.Sprint(len(by)), func(b *testing.B) {
			for b.Loop() {
				a := answered(b, f, Query{By: by, Currency: "AUD"})
				b.ReportMetric(float64(len(a.Rows)), "rows")
			}
		})
	}
}

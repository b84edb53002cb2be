package overlap

import (
	"context"
	"strconv"

	"adam/ent"
	"adam/internal/term"
)

// ratesOf reads the rates of the catalogue. For comparing sums the nearest number of a machine is enough; what is counted
// is counted exactly elsewhere.
func ratesOf(ctx context.Context, c *ent.Client) (Rates, error) {
	type of struct {
		currency term.Currency
		year     int
	}
	known := map[of]Rate{}
	rows, err := c.Rate.Query().All(ctx)
	for _, r := range rows {
		if v, err := strconv.ParseFloat(string(r.PerUsd), 64); err == nil && v > 0 {
			known[of{term.Currency(r.Currency), r.Year}] = Rate{v, r.Source}
		}
	}
	return func(currency term.Currency, year int) (Rate, bool) {
		r, ok := known[of{currency, year}]
		return r, ok
	}, err
}

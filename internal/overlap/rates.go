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
	known := map[of]float64{}
	rows, err := c.Rate.Query().All(ctx)
	for _, r := range rows {
		if v, err := strconv.ParseFloat(string(r.PerUsd), 64); err == nil && v > 0 {
			known[of{term.Currency(r.Currency), r.Year}] = v
		}
	}
	return func(currency term.Currency, year int) (float64, bool) {
		v, ok := known[of{currency, year}]
		return v, ok
	}, err
}

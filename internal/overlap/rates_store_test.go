package overlap_test

import (
	"slices"
	"testing"

	"adam/ent"
	"adam/internal/overlap"
	"adam/internal/term"
)

func TestRatesOfTheStoreAreToldWithTheirSource(t *testing.T) {
	for _, d := range []string{"sqlite3", "postgres"} {
		t.Run(d, func(t *testing.T) {
			w := watchOver(t, d)
			w.add("Quokka checkpoint training", term.Public)
			w.do(func(c *ent.Client) error {
				return c.Rate.Create().SetCurrency("EUR").SetYear(2014).SetPerUsd("0.7537").SetSource("Central Bank of Quokka, 2015").Exec(w.ctx)
			})
			x, err := w.watch.Index(w.ctx)
			if err != nil {
				t.Fatal(err)
			}
			sum := func(id string, c term.Currency) overlap.Activity {
				return overlap.Activity{ID: id, Title: "Quokka checkpoint", Money: []overlap.Money{{Currency: c, Year: 2014, Amount: 10_000_0000}}}
			}
			got := x.Explain(sum("a", "EUR"), sum("b", "USD"), term.OverlapSameActivity).Rates
			if want := "One US dollar is taken as 0.7537 EUR in 2014. Source of the rate: Central Bank of Quokka, 2015."; !slices.Equal(got, []string{want}) {
				t.Errorf("the rates are told as %q", got)
			}
		})
	}
}

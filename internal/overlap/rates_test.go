package overlap

import (
	"slices"
	"testing"

	"adam/internal/term"
)

func TestMoneyIsComparedOnlyWhereItCanBeConverted(t *testing.T) {
	euros := with(func(a *Activity) { a.Money = []Money{{"Australia", "EUR", 2014, 2_000_000_0000}} })
	level := func(r Rates) uint8 {
		x := New(nil, Options{Rates: r})
		a := base()
		ra, rb := x.ready(&a), x.ready(&euros)
		return money(&ra, &rb)
	}
	if got := level(nil); got != missing {
		t.Errorf("without rates, dollars and euros compare as %q", levels[fMoney][got])
	}
	if got := level(func(c term.Currency, year int) (Rate, bool) { return Rate{PerDollar: 0.8}, c == "EUR" && year == 2014 }); levels[fMoney][got] != "equal" {
		t.Errorf("converted, they compare as %q", levels[fMoney][got])
	}
	for source, want := range map[string]string{
		"":                               "One US dollar is taken as 0.8 EUR in 2014.",
		"Central Bank, yearly averages.": "One US dollar is taken as 0.8 EUR in 2014. Source of the rate: Central Bank, yearly averages.",
	} {
		x := New(nil, Options{Rates: func(term.Currency, int) (Rate, bool) { return Rate{0.8, source}, true }})
		if got := x.Explain(base(), euros, term.OverlapSameActivity).Rates; !slices.Equal(got, []string{want}) {
			t.Errorf("the rates are told as %q", got)
		}
	}
}

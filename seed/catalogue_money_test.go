package seed

import (
	"adam/internal/testdb"
	"encoding/json"
	"io/fs"
	"maps"
	"math/big"
	"slices"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/funding"
	"adam/ent/predicate"
	"adam/internal/term"
)

// The parts of TestTheLoadedCatalogue about money and dates: rules 1 and 2.

func lines(c *ent.Client, where ...predicate.Funding) *ent.FundingQuery {
	return c.Funding.Query().Where(where...)
}

func keepsUnknownMoney(t *testing.T, c *ent.Client) {
	hasCount(t, "lines without an amount", 107, lines(c, funding.AmountIsNil()))
	hasCount(t, "lines with an amount", 55, lines(c, funding.AmountNotNil()))
	hasCount(t, "lines of nothing or less", 0, lines(c, funding.AmountLTE(0)))
	hasCount(t, "lines with a currency and no amount", 9, lines(c, funding.AmountIsNil(), funding.CurrencyNotNil()))
	hasCount(t, "lines with a year and no amount", 12, lines(c, funding.AmountIsNil(), funding.ValueOnNEQ("")))
	hasCount(t, "lines with an amount and no year", 2, lines(c, funding.AmountNotNil(), funding.ValueOn("")))
	hasCount(t, "lines with an amount and no currency", 0, lines(c, funding.AmountNotNil(), funding.CurrencyIsNil()))
	hasCount(t, "lines whose kind was made up", 0, lines(c, funding.KindNotNil()))
	hasCount(t, "activities of which no donor is known", 33, c.Activity.Query().Where(activity.Not(activity.HasFundings())))
}

// holdsMoneyExactly adds the amounts of activities.json up by other means, from the digits of the file.
func holdsMoneyExactly(t *testing.T, c *ent.Client) {
	data, err := fs.ReadFile(Shipped(), "catalogue/activities.json")
	if err != nil {
		t.Fatal(err)
	}
	var file []struct {
		Donors []struct {
			Amount   *json.Number
			Currency *string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	want, n := map[string]*big.Rat{}, 0
	for _, a := range file {
		for _, d := range a.Donors {
			if d.Amount == nil {
				continue
			}
			x, ok := new(big.Rat).SetString(d.Amount.String())
			if !ok {
				t.Fatalf("%s is no number", *d.Amount)
			}
			n++
			sum(want, *d.Currency, x)
		}
	}
	got := map[string]*big.Rat{}
	for _, f := range all(t, lines(c, funding.AmountNotNil())) {
		sum(got, *f.Currency, big.NewRat(int64(*f.Amount), 10_000))
	}
	if n != 55 || len(want) != 9 || !slices.Equal(sortedKeys(got), sortedKeys(want)) {
		t.Errorf("%d amounts in %v; the database has %v", n, sortedKeys(want), sortedKeys(got))
	}
	for _, currency := range sortedKeys(want) {
		if got[currency] == nil || got[currency].Cmp(want[currency]) != 0 {
			t.Errorf("%s: the database adds up to %v, the file to %v", currency, got[currency], want[currency])
		}
		t.Logf("%s %s", currency, want[currency].FloatString(2))
	}
}

func sum(sums map[string]*big.Rat, currency string, x *big.Rat) {
	if sums[currency] == nil {
		sums[currency] = new(big.Rat)
	}
	sums[currency].Add(sums[currency], x)
}

// marksTheEstimate: an academic estimate stays out of every total, so it must be known as one.
func marksTheEstimate(t *testing.T, c *ent.Client) {
	f, err := lines(c, funding.ReportedByEQ(term.ReportedAsEstimate)).WithActivities().WithProvider().Only(testdb.Context(t))
	if err != nil || f.Edges.Activities[0].Key != "aus-idn-rca" || f.Edges.Provider.Key != "australia-home-affairs" || f.Amount.String() != "238000000" || *f.Currency != "AUD" {
		t.Errorf("the estimate is %+v, %v; expected the line of aus-idn-rca", f, err)
	}
	hasCount(t, "lines of which nobody says who reported them", 161, lines(c, funding.ReportedByEQ(term.ReporterUnknown)))
}

func keepsAYear(t *testing.T, c *ent.Client) {
	precision := func(dates func(*ent.Activity) term.PartialDate) map[int]int {
		n := map[int]int{}
		for _, a := range all(t, c.Activity.Query()) {
			n[len(dates(a))]++
		}
		return n
	}
	if got, want := precision(func(a *ent.Activity) term.PartialDate { return a.StartOn }), map[int]int{0: 2, 4: 85, 7: 49, 10: 39}; !maps.Equal(got, want) {
		t.Errorf("starts by their length are %v; expected %v", got, want)
	}
	if got, want := precision(func(a *ent.Activity) term.PartialDate { return a.EndOn }), map[int]int{0: 18, 4: 93, 7: 33, 10: 31}; !maps.Equal(got, want) {
		t.Errorf("ends by their length are %v; expected %v", got, want)
	}
	a, err := c.Activity.Query().Where(activity.Key("unodc-cau")).Only(testdb.Context(t))
	if err != nil || a.StartOn != "2009" || a.StartOn.First() != "2009-01-01" || a.StartOn.Last() != "2009-12-31" || a.ActualStartOn != "" || a.PlannedStartOn != "" {
		t.Errorf("unodc-cau starts on %q, %v; expected the year 2009, neither planned nor actual", a.StartOn, err)
	}
}

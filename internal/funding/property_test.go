package funding

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"adam/internal/fault"
	"adam/internal/term"
)

// world makes up facts with everything that rules look at, from a seed.
func world(seed uint64) Facts {
	r := rand.New(rand.NewPCG(seed, 7))
	f := Facts{Parents: map[term.ID]term.ID{}, Upstream: map[term.ID]term.ID{}}
	for _, c := range []term.Currency{"AUD", "EUR"} {
		for y := 2018; y < 2021; y++ {
			f.Rates = append(f.Rates, Rate{c, y, term.Decimal(fmt.Sprintf("%d.%07d", 1+r.IntN(3), r.IntN(9_999_999))), "A table"})
		}
	}
	some := func(from ...term.ID) []term.ID {
		var out []term.ID
		for _, id := range from {
			if r.IntN(2) == 0 {
				out = append(out, id)
			}
		}
		return out
	}
	for id := term.ID(1); id <= 12; id++ {
		a := act(id, some(tha, vnm, khm)...)
		a.Donors, a.Implementers, a.Counted, a.Regional, a.Verified = some(donor, other), some(iom, ngo), r.IntN(5) > 0, r.IntN(4) == 0, r.IntN(2) == 0
		a.Theme = term.GroupOf(r.IntN(2) == 0, r.IntN(2) == 0)
		for i := range a.States {
			if r.IntN(3) == 0 {
				a.States[i].Percent = big.NewRat(int64(r.IntN(33)), 1)
			}
		}
		f.Activities = append(f.Activities, a)
		if r.IntN(3) == 0 {
			f.Parents[id] = term.ID(1 + r.IntN(12))
		}
	}
	if r.IntN(2) == 0 {
		f.Same = [][]term.ID{{1, 2}, {2, 5}}
	}
	for id := term.ID(21); id <= 45; id++ {
		l := pay(id, int64(r.IntN(1_000_000)), term.ID(1+r.IntN(12)))
		*l.Amount += term.Amount(r.IntN(10_000))
		if r.IntN(4) == 0 && l.Activities[0] != 12 {
			l.Activities = append(l.Activities, 12)
		}
		l.Currency = []term.Currency{"USD", "AUD", "EUR", "XYZ"}[r.IntN(4)]
		l.ValueOn = []term.PartialDate{"", "2017", "2018", "2019-05", "2020-01-31"}[r.IntN(5)]
		l.Provider = []term.ID{0, donor, other, iom}[r.IntN(4)]
		l.ReportedBy = term.FundingReporter(term.FundingReporter("").Values()[r.IntN(5)])
		if r.IntN(4) == 0 {
			l.Upstream = term.ID(21 + r.IntN(25))
		}
		if r.IntN(6) == 0 {
			l.Amount = nil
		}
		f.Lines = append(f.Lines, l)
	}
	return f
}

var dimensions = [][]Dimension{{}, {ByState}, {ByDonor}, {ByYear, ByTheme}, {ByDonor, ByImplementer, ByState, ByTheme, ByAssistance, ByYear}, {ByTheme}}

func rat(t *testing.T, d *term.Decimal) *big.Rat {
	t.Helper()
	if d == nil {
		return new(big.Rat)
	}
	r, ok := new(big.Rat).SetString(string(*d))
	if !ok {
		t.Fatalf("%q is no number", *d)
	}
	return r
}

func TestATotalDependsNeitherOnTheOrderOfFactsNorOnTheRows(t *testing.T) {
	for seed := range uint64(300) {
		f := world(seed)
		first := answered(t, f, Query{Currency: "AUD"})
		for i, by := range dimensions {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			r.Shuffle(len(f.Lines), func(i, j int) { f.Lines[i], f.Lines[j] = f.Lines[j], f.Lines[i] })
			r.Shuffle(len(f.Activities), func(i, j int) { f.Activities[i], f.Activities[j] = f.Activities[j], f.Activities[i] })
			a := answered(t, f, Query{Currency: "AUD", By: by})
			if a.Total != first.Total || a.ActivityCount != first.ActivityCount || a.WithoutAmount != first.WithoutAmount || *a.CountedOnce != *first.CountedOnce || a.Estimates != first.Estimates {
				t.Fatalf("world %d by %v: %s\nnot %s", seed, by, told(a), told(first))
			}
			sum := new(big.Rat)
			for _, row := range a.Rows {
				sum.Add(sum, rat(t, row.Amount))
			}
			// Each row is rounded by itself, by half of 1/10,000 at the most.
			most := new(big.Rat).Add(rat(t, &a.Total), big.NewRat(int64(len(a.Rows)), 20_000))
			if sum.Cmp(most) > 0 {
				t.Fatalf("world %d by %v: rows have %s of %s", seed, by, sum.FloatString(4), a.Total)
			}
			if len(by) == 0 && (len(a.Rows) != 1 || a.Rows[0].Amount != nil && *a.Rows[0].Amount != a.Total || a.Rows[0].ActivityCount != a.ActivityCount || a.Rows[0].WithoutAmount != a.WithoutAmount) {
				t.Fatalf("world %d: the only row is %s", seed, told(a))
			}
		}
	}
}

func TestWhatGivesWayPointsAtALineThatCounts(t *testing.T) {
	for seed := range uint64(300) {
		a := answered(t, world(seed), Query{Currency: "USD"})
		for _, e := range a.count.entries {
			r := e.root()
			if e.outcome.aside() != (r != e) || r.outcome != Counted && r.outcome != NoRate && r != e {
				t.Fatalf("world %d: line %d is %s for %d, which is %s", seed, e.ID, e.outcome, r.ID, r.outcome)
			}
		}
	}
}

func TestDecimalsAreRoundedOnceToTheEven(t *testing.T) {
	for _, test := range []struct {
		n, d   int64
		places int
		want   term.Decimal
	}{{1, 3, 4, "0.3333"}, {5, 100000, 4, "0"}, {15, 100000, 4, "0.0002"}, {25, 100000, 4, "0.0002"}, {-15, 100000, 4, "-0.0002"}, {1, 2, 0, "0"}, {3, 2, 0, "2"}, {100, 1, 4, "100"}, {1250, 1000, 4, "1.25"}} {
		if got := decimal(big.NewRat(test.n, test.d), test.places); got != test.want {
			t.Errorf("%d/%d is written %q, not %q", test.n, test.d, got, test.want)
		}
	}
}

func TestRatesAreTheExactOnesOfTheYearAndAreNamed(t *testing.T) {
	f := Facts{Activities: []Activity{act(1)}, Rates: []Rate{{"AUD", 2020, "1.5", "A"}, {"EUR", 2020, "0.9", "B"}, {"GBP", 2020, "0", "C"}},
		Lines: []Line{pay(11, 3, 1).in("AUD"), pay(12, 9, 1).in("EUR"), pay(13, 1, 1), pay(14, 8, 1).in("GBP")}}
	a := answered(t, f, Query{Currency: "AUD"}) // 3 + 9/0.9*1.5 + 1*1.5; a rate of zero is none
	got := ""
	for _, r := range a.Rates {
		got += fmt.Sprintf("%s %d %s %s. ", r.Currency, r.Year, r.PerUnit, r.Source)
	}
	if a.Total != "19.5" || got != "EUR 2020 1.6666666667 B; A. USD 2020 1.5 A. " || len(a.Unconverted) != 1 {
		t.Errorf("%s, %s", told(a), got)
	}
}

func TestTheVerifiedShareIsThatOfLinesWhoseActivitiesAllAre(t *testing.T) {
	sure := act(1).with(func(a *Activity) { a.Verified = true })
	a := answered(t, Facts{Activities: []Activity{sure, act(2)}, Lines: []Line{pay(11, 100, 1), pay(12, 100, 1, 2), pay(13, 100, 2)}}, Query{Currency: "USD"})
	if a.VerifiedShare == nil || *a.VerifiedShare != "0.3333" {
		t.Errorf("%v is verified", a.VerifiedShare)
	}
	if none := answered(t, Facts{Activities: []Activity{sure}}, Query{Currency: "USD"}); none.VerifiedShare != nil {
		t.Errorf("of nothing %s is verified", *none.VerifiedShare)
	}
}

func TestEveryFigureOpensIntoItsLines(t *testing.T) {
	f := Facts{Activities: []Activity{act(1, tha), act(2, vnm)}, Parents: map[term.ID]term.ID{2: 1}, Lines: []Line{pay(11, 100, 1), pay(12, 40, 2), pay(13, 60, 1)}}
	a := answered(t, f, Query{Currency: "USD", By: []Dimension{ByState}})
	aside, err := a.Explain([]Outcome{ParentCounts}, nil, nil)
	if err != nil || aside.Total != 1 || aside.Lines[0].LineID != 12 || aside.Lines[0].InsteadID != 11 || *aside.Lines[0].Amount != "40" {
		t.Errorf("%+v %v", aside, err)
	}
	one := 1
	row := a.Rows[slices.IndexFunc(a.Rows, func(r *Row) bool { return r.StateID == tha })]
	page, err := row.Explain(nil, &one, nil)
	if err != nil || page.Total != 2 || page.Lines[0].LineID != 11 {
		t.Fatalf("%+v %v", page, err)
	}
	page, err = row.Explain(nil, &one, &page.Lines[0].LineID)
	if err != nil || page.Lines[0].LineID != 13 {
		t.Errorf("%+v %v", page, err)
	}
	none, foreign := 0, term.ID(99)
	if _, err := row.Explain(nil, &none, nil); err == nil {
		t.Error("a page of nothing is given")
	}
	if _, err := row.Explain(nil, nil, &foreign); err == nil {
		t.Error("a page after a line of another list is given")
	}
	if ids, err := row.ActivityIDs(nil, nil); err != nil || !slices.Equal(ids, []term.ID{1}) {
		t.Errorf("%v %v", ids, err)
	}
}

func TestMoreRowsThanAnybodyReadsAreRefused(t *testing.T) {
	f := crowd(5_000)
	if a := answered(t, f, Query{Currency: "USD", By: []Dimension{ByDonor, ByTheme}}); len(a.Rows) < 200 {
		t.Errorf("%d rows are few", len(a.Rows))
	}
	a, err := Count(f, Query{Currency: "USD", By: dimensions[4]})
	if e := fault.As(err); a != nil || e == nil || e.Kind != fault.Limit || e.Fields[0] != "by" {
		t.Errorf("%v", err)
	}
}

func TestSumsOfManyAmountsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var w wide
	want := new(big.Int)
	for range 10_000 {
		a := term.Amount(r.Uint64()) //nolint:gosec // of either sign
		w.add(a)
		want.Add(want, big.NewInt(int64(a)))
		if got := w.int(); got.Cmp(want) != 0 {
			t.Fatalf("%s, not %s", got, want)
		}
	}
	for range 100 { // beyond 64 bits
		w.add(math.MaxInt64)
		want.Add(want, big.NewInt(math.MaxInt64))
	}
	if got := w.int(); got.Cmp(want) != 0 || got.IsInt64() {
		t.Errorf("%s, not %s", got, want)
	}
}

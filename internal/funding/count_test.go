package funding

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"adam/internal/term"
)

// Actors and States of the cases.
const (
	donor, other, iom, ngo term.ID = 101, 102, 103, 104
	tha, vnm, khm          term.ID = 201, 202, 203
)

var names = map[term.ID]string{0: "-", donor: "donor", other: "other", iom: "io", ngo: "ngo", tha: "THA", vnm: "VNM", khm: "KHM"}

// act is an activity of the filter with one donor, one implementer and some States.
func act(id term.ID, states ...term.ID) Activity {
	a := Activity{ID: id, Key: fmt.Sprintf("a%d", id), Counted: true, Theme: term.TraffickingOnly, Donors: []term.ID{donor}, Implementers: []term.ID{iom}}
	for _, s := range states {
		a.States = append(a.States, Part{State: s})
	}
	return a
}

func usd(n int64) *term.Amount { a := term.Amount(n * 10_000); return &a }

// pay is a commitment in dollars of 2020 by the donor for some activities.
func pay(id term.ID, n int64, activities ...term.ID) Line {
	return Line{ID: id, Kind: term.Commitment, Amount: usd(n), Currency: "USD", ValueOn: "2020", ReportedBy: term.ReportedByDonor, Provider: donor, Activities: activities}
}

func (l Line) with(change func(*Line)) Line        { change(&l); return l }
func (l Line) by(p term.ID) Line                   { l.Provider = p; return l }
func (l Line) from(up term.ID) Line                { l.Upstream = up; return l }
func (l Line) of(k term.FundingKind) Line          { l.Kind = k; return l }
func (l Line) told(by term.FundingReporter) Line   { l.ReportedBy = by; return l }
func (l Line) on(d term.PartialDate) Line          { l.ValueOn = d; return l }
func (l Line) in(c term.Currency) Line             { l.Currency = c; return l }
func (a Activity) with(f func(*Activity)) Activity { f(&a); return a }

func half(n int64) *big.Rat { return big.NewRat(n, 1) }

// told writes an answer in short: what the cases have computed by hand.
func told(a *Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %d, %d without, %d withheld, twice %s of %d, estimates %s", a.Total, a.ActivityCount, a.WithoutAmount, a.Withheld,
		a.CountedOnce.Amount, a.CountedOnce.Activities, a.Estimates)
	for _, u := range a.Unconverted {
		fmt.Fprintf(&b, ", %s %s apart", nameOf(u.Currency), u.Amount)
	}
	var rows []string
	for _, r := range a.Rows {
		cell := []string{}
		for _, id := range []term.ID{r.DonorID, r.ImplementerID, r.StateID} {
			if id != 0 {
				cell = append(cell, names[id])
			}
		}
		if r.Theme != nil {
			cell = append(cell, string(*r.Theme))
		}
		if r.AssistanceType != nil {
			cell = append(cell, string(*r.AssistanceType))
		}
		if r.Year != nil {
			cell = append(cell, fmt.Sprint(*r.Year))
		}
		if len(cell) == 0 {
			cell = []string{"-"}
		}
		amount := "unknown"
		if r.Amount != nil {
			amount = fmt.Sprintf("%s+%s", *r.Amount, *r.SharedAmount)
		}
		rows = append(rows, fmt.Sprintf("%s %s", strings.Join(cell, " "), amount))
	}
	slices.Sort(rows)
	return b.String() + " | " + strings.Join(rows, ", ")
}

var same12 = [][]term.ID{{1, 2}}

func kind(k term.FundingKind) *term.FundingKind { return &k }

// cases are computed by hand: each says how often a naive sum would count the money.
var cases = []struct {
	name  string
	facts Facts
	query Query
	want  string
}{
	{"a package over two activities counts once", // naively 200
		Facts{Activities: []Activity{act(1, tha), act(2, vnm)}, Lines: []Line{pay(11, 100, 1, 2)}}, Query{By: []Dimension{ByState}},
		"100 of 2, 0 without, 0 withheld, twice 0 of 0, estimates 0 | THA 0+100, VNM 0+100"},
	{"a package counts as a whole where the filter asks for one of its activities",
		Facts{Activities: []Activity{act(1, tha), act(2, vnm).with(func(a *Activity) { a.Counted = false })}, Lines: []Line{pay(11, 100, 1, 2)}}, Query{By: []Dimension{ByState}},
		"100 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | THA 100+0"},
	{"money from donor over an organisation to an NGO counts where it comes from", // naively 100+90+50
		Facts{Activities: []Activity{act(1), act(2), act(3)}, Lines: []Line{pay(13, 50, 3).by(ngo).from(12), pay(12, 90, 2).by(iom).from(11), pay(11, 100, 1)}}, Query{By: []Dimension{ByDonor}},
		"100 of 3, 0 without, 0 withheld, twice 140 of 2, estimates 0 | donor 100+0, io 0+0, ngo 0+0"},
	{"where the payer is outside of the filter the lower line counts",
		Facts{Activities: []Activity{act(2)}, Lines: []Line{pay(12, 90, 2).by(iom).from(11)}, Upstream: map[term.ID]term.ID{11: 0}}, Query{},
		"90 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 90+0"},
	{"a chain goes on over a line outside of the answer", // 13 ← 12 (not here) ← 11
		Facts{Activities: []Activity{act(1), act(3)}, Lines: []Line{pay(13, 50, 3).by(ngo).from(12), pay(11, 100, 1)}, Upstream: map[term.ID]term.ID{12: 11}}, Query{},
		"100 of 2, 0 without, 0 withheld, twice 50 of 1, estimates 0 | - 100+0"},
	{"a part's money of the same donor is in the whole's", // naively 140
		Facts{Activities: []Activity{act(1), act(2)}, Parents: map[term.ID]term.ID{2: 1}, Lines: []Line{pay(11, 100, 1), pay(12, 40, 2)}}, Query{},
		"100 of 2, 0 without, 0 withheld, twice 40 of 1, estimates 0 | - 100+0"},
	{"a part's money of another donor adds up",
		Facts{Activities: []Activity{act(1), act(2)}, Parents: map[term.ID]term.ID{2: 1}, Lines: []Line{pay(11, 100, 1), pay(12, 40, 2).by(other)}}, Query{},
		"140 of 2, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 140+0"},
	{"a part's money of an unknown donor may be the whole's, two levels up",
		Facts{Activities: []Activity{act(1), act(3)}, Parents: map[term.ID]term.ID{3: 2, 2: 1}, Lines: []Line{pay(11, 100, 1), pay(13, 40, 3).by(0)}}, Query{},
		"100 of 2, 0 without, 0 withheld, twice 40 of 1, estimates 0 | - 100+0"},
	{"of two reports of one activity the donor's counts", // naively 195
		Facts{Activities: []Activity{act(1), act(2)}, Same: same12, Lines: []Line{pay(11, 95, 1).told(term.ReportedByImplementer), pay(12, 60, 2), pay(13, 40, 2)}}, Query{},
		"100 of 1, 0 without, 0 withheld, twice 95 of 1, estimates 0 | - 100+0"},
	{"two reports on different donors of one activity add up",
		Facts{Activities: []Activity{act(1), act(2)}, Same: same12, Lines: []Line{pay(11, 95, 1), pay(12, 60, 2).by(other)}}, Query{},
		"155 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 155+0"},
	{"one activity reported three times, over a report that the filter does not ask for", // naively 30
		Facts{Activities: []Activity{act(1), act(3)}, Same: [][]term.ID{{1, 2}, {2, 3}}, Lines: []Line{pay(11, 10, 1), pay(13, 20, 3)}}, Query{},
		"10 of 1, 0 without, 0 withheld, twice 20 of 1, estimates 0 | - 10+0"},
	{"a commitment and its disbursement are never added: commitments",
		Facts{Activities: []Activity{act(1)}, Lines: []Line{pay(11, 100, 1), pay(12, 70, 1).of(term.Disbursement)}}, Query{},
		"100 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 100+0"},
	{"a commitment and its disbursement are never added: disbursements",
		Facts{Activities: []Activity{act(1)}, Lines: []Line{pay(11, 100, 1), pay(12, 70, 1).of(term.Disbursement)}}, Query{Kind: kind(term.Disbursement)},
		"70 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 70+0"},
	{"what was stated without a kind counts with commitments",
		Facts{Activities: []Activity{act(1)}, Lines: []Line{pay(11, 100, 1), pay(12, 70, 1).of("")}}, Query{},
		"170 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 170+0"},
	{"a pledge is no commitment",
		Facts{Activities: []Activity{act(1)}, Lines: []Line{pay(11, 500, 1).of(term.Pledge)}}, Query{},
		"0 of 1, 1 without, 0 withheld, twice 0 of 0, estimates 0 | - unknown"},
	{"of an original and a revised budget the later one counts", // naively 250
		Facts{Activities: []Activity{act(1)}, Lines: []Line{pay(11, 100, 1).of(term.Budget).on("2020-02"), pay(12, 80, 1).of(term.Budget).on("2020-06"), pay(13, 70, 1).of(term.Budget).on("2021")}}, Query{Kind: kind(term.Budget), By: []Dimension{ByYear}},
		"150 of 1, 0 without, 0 withheld, twice 100 of 1, estimates 0 | 2020 80+0, 2021 70+0"},
	{"an estimate of a third party stands apart",
		Facts{Activities: []Activity{act(1), act(2)}, Lines: []Line{pay(11, 100, 1), pay(12, 900, 2).told(term.ReportedAsEstimate), pay(13, 5, 2).told(term.ReportedByThirdParty)}}, Query{},
		"100 of 2, 0 without, 0 withheld, twice 0 of 0, estimates 905 | - 100+0"},
	{"money of several States is split by what was stated, and the rest is nobody's",
		Facts{Activities: []Activity{act(1).with(func(a *Activity) { a.States = []Part{{tha, half(60)}, {vnm, half(30)}, {khm, nil}} })}, Lines: []Line{pay(11, 100, 1)}}, Query{By: []Dimension{ByState}},
		"100 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 10+0, KHM 0+10, THA 60+0, VNM 30+0"},
	{"money of several States without shares is shared, never split",
		Facts{Activities: []Activity{act(1, tha, vnm)}, Lines: []Line{pay(11, 100, 1)}}, Query{By: []Dimension{ByState}},
		"100 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | THA 0+100, VNM 0+100"},
	{"a line's own shares go before the activity's, for a package too",
		Facts{Activities: []Activity{act(1, tha), act(2, vnm)}, Lines: []Line{pay(11, 100, 1, 2).with(func(l *Line) { l.States = []Part{{tha, half(25)}, {vnm, half(75)}} })}}, Query{By: []Dimension{ByState}},
		"100 of 2, 0 without, 0 withheld, twice 0 of 0, estimates 0 | THA 25+0, VNM 75+0"},
	{"a regional activity is not allocated",
		Facts{Activities: []Activity{act(1, tha, vnm).with(func(a *Activity) { a.Regional = true })}, Lines: []Line{pay(11, 100, 1)}}, Query{By: []Dimension{ByState}},
		"100 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | - 100+0, THA 0+100, VNM 0+100"},
	{"unknown and withheld amounts are in the denominator",
		Facts{Activities: []Activity{act(1), act(2), act(3), act(4)}, Lines: []Line{pay(11, 100, 1), pay(12, 0, 2).with(func(l *Line) { l.Amount = nil }),
			pay(13, 0, 3).with(func(l *Line) { l.Amount, l.Withheld = nil, true })}}, Query{},
		"100 of 4, 2 without, 1 withheld, twice 0 of 0, estimates 0 | - 100+0"},
	{"without a rate money stays in its own currency", // 200 AUD of 2020 at 2 per dollar; no rate of 2019, and no year of the last
		Facts{Activities: []Activity{act(1)}, Rates: []Rate{{"AUD", 2020, "2", "A table"}}, Lines: []Line{pay(11, 200, 1).in("AUD"), pay(12, 40, 1).in("AUD").on("2019"), pay(13, 7, 1).in("AUD").on(""), pay(14, 3, 1)}}, Query{By: []Dimension{ByYear}},
		"103 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0, AUD 47 apart | - unknown, 2019 unknown, 2020 103+0"},
	{"shares for themes are stated too",
		Facts{Activities: []Activity{act(1).with(func(a *Activity) { a.Theme = term.BothThemes })}, Lines: []Line{pay(11, 100, 1).with(func(l *Line) { l.Themes = []ThemePart{{term.Smuggling, half(30)}, {term.Trafficking, half(70)}} })}}, Query{By: []Dimension{ByTheme}},
		"100 of 1, 0 without, 0 withheld, twice 0 of 0, estimates 0 | SMUGGLING 30+0, TRAFFICKING 70+0"},
	{"several types of assistance share, and the type that is alone has its own",
		Facts{Activities: []Activity{act(1).with(func(a *Activity) { a.Assistance = []term.AssistanceType{"POLICY", "AWARENESS"} }), act(2).with(func(a *Activity) { a.Assistance = []term.AssistanceType{"POLICY"} })},
			Lines: []Line{pay(11, 100, 1), pay(12, 10, 2)}}, Query{By: []Dimension{ByAssistance}},
		"110 of 2, 0 without, 0 withheld, twice 0 of 0, estimates 0 | AWARENESS 0+100, POLICY 10+100"},
	{"lines that pay each other in a circle count once",
		Facts{Activities: []Activity{act(1)}, Lines: []Line{pay(11, 100, 1).from(12), pay(12, 100, 1).from(13), pay(13, 100, 1).from(11)}}, Query{},
		"100 of 1, 0 without, 0 withheld, twice 200 of 1, estimates 0 | - 100+0"},
	{"activities that are parts of each other in a circle count once",
		Facts{Activities: []Activity{act(1), act(2)}, Parents: map[term.ID]term.ID{1: 2, 2: 1}, Lines: []Line{pay(11, 100, 1), pay(12, 100, 2)}}, Query{},
		"100 of 2, 0 without, 0 withheld, twice 100 of 1, estimates 0 | - 100+0"},
	{"a filter that matches nothing has an empty answer", Facts{}, Query{By: []Dimension{ByDonor}},
		"0 of 0, 0 without, 0 withheld, twice 0 of 0, estimates 0 | "},
}

func answered(t testing.TB, f Facts, q Query) *Answer {
	t.Helper()
	a, err := Count(f, q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEachSumCountsOnce(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.query.Currency = "USD"
			if got := told(answered(t, c.facts, c.query)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

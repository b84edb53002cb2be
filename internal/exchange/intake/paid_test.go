package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/funding"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// A publisher who says the same sum in other words has not paid it once more: what it paid for points at the line that took
// its place, in its own activity and in others.
func TestALineThatIsSaidAnewStillPaidForTheOthers(t *testing.T) {
	above := reported("AU-5", "AU-5-1", "Above", `<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value><description><narrative>First words</narrative></description></transaction>`)
	below := reported("XM-9", "XM-9-1", "Below", `<transaction><transaction-type code="1"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value><description><narrative>First words</narrative></description><provider-org ref="AU-5" provider-activity-id="AU-5-1"/></transaction>
		<transaction><transaction-type code="3"/><transaction-date iso-date="2020-02-01"/><value value-date="2020-02-01">150</value><receiver-org><narrative>Village Help</narrative></receiver-org></transaction>`)
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		ctx := testdb.Context(t)
		chain := func(when string) {
			out := named(t, st, "XM-9-1").QueryFundings().Where(funding.ReportedByEQ(term.ReportedByDonor)).OnlyX(ctx)
			in := named(t, st, "XM-9-1").QueryFundings().Where(funding.ReportedByEQ(term.ReportedByImplementer)).OnlyX(ctx)
			top := named(t, st, "AU-5-1").QueryFundings().OnlyX(ctx)
			if out.UpstreamID == nil || *out.UpstreamID != in.ID || in.UpstreamID == nil || *in.UpstreamID != top.ID {
				t.Errorf("%s: %v was paid by %v, %v by %v, and not by %v", when, out.ID, out.UpstreamID, in.ID, in.UpstreamID, top.ID)
			}
		}
		applied(t, st, "a.xml", file(above, below))
		chain("at first")
		applied(t, st, "b.xml", file(strings.Replace(above, "First words", "Other words", 1)))
		chain("when the donor has said it anew")
		third := applied(t, st, "c.xml", file(strings.Replace(below, "First words", "Other words", 1)))
		chain("when the implementer has said it anew")
		undone(t, st, third.Import)
		chain("undone")
	})
}

// What goes out was paid by what came in, until that is used up.
func TestWhatGoesOutWasPaidByWhatCameIn(t *testing.T) {
	line := func(incoming bool, sum int64, currency, on string) Line {
		amount := term.Amount(sum)
		return Line{Kind: term.Disbursement, Amount: &amount, Currency: currency, On: term.PartialDate(on), Incoming: incoming}
	}
	for name, one := range map[string]struct {
		lines []Line
		want  []int
	}{
		"enough":              {[]Line{line(true, 10, "USD", "2020"), line(false, 4, "USD", "2020"), line(false, 6, "USD", "2021")}, []int{-1, 0, 0}},
		"a little too little": {[]Line{line(true, 10, "USD", "2020"), line(false, 11, "USD", "2020")}, []int{-1, 0}},
		"used up":             {[]Line{line(true, 10, "USD", "2020"), line(false, 11, "USD", "2022"), line(false, 10, "USD", "2021")}, []int{-1, -1, 0}},
		"the last before":     {[]Line{line(true, 5, "USD", "2020"), line(true, 5, "USD", "2022"), line(false, 1, "USD", "2021"), line(false, 1, "USD", "2023"), line(false, 1, "USD", "2019")}, []int{-1, -1, 0, 1, 0}},
		"another currency":    {[]Line{line(true, 10, "AUD", "2020"), line(false, 700, "USD", "2020")}, []int{-1, 0}},
		"its own first":       {[]Line{line(true, 10, "AUD", "2020"), line(true, 1, "USD", "2020"), line(false, 5, "USD", "2020"), line(false, 5, "USD", "2021")}, []int{-1, -1, 1, -1}},
		"more than there is":  {[]Line{line(true, 1<<62, "USD", "2020"), line(true, 1<<62, "USD", "2020"), line(true, 1<<62, "USD", "2020"), line(false, 5, "USD", "2020")}, []int{-1, -1, -1, 2}},
	} {
		if got := upstreams(one.lines); !slices.Equal(got, one.want) {
			t.Errorf("%s: %s", name, fmt.Sprint(got, one.want))
		}
	}
}

// However many lines name one payer, its lines are read once.
func TestThePayersLinesAreReadOnce(t *testing.T) {
	reads := func(lines int) (n int) {
		st := testdb.Store(t, "sqlite3")
		world(t, st)
		out := `<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value></transaction>`
		in := `<transaction><transaction-type code="1"/><transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">400</value><provider-org ref="AU-5" provider-activity-id="AU-5-1"/></transaction>`
		st.Client.Funding.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				n++
				return next.Query(ctx, q)
			})
		}))
		applied(t, st, "a.xml", file(reported("AU-5", "AU-5-1", "Above", out), reported("XM-9", "XM-9-1", "Below", strings.Repeat(in, lines))))
		read := n
		if paid := named(t, st, "XM-9-1").QueryFundings().Where(funding.UpstreamIDNotNil()).CountX(testdb.Context(t)); paid != lines {
			t.Errorf("%d of %d lines were paid for", paid, lines)
		}
		return read
	}
	if few, many := reads(2), reads(40); few == 0 || few != many {
		t.Errorf("for 2 lines there are %d readings, for 40 lines %d", few, many)
	}
}

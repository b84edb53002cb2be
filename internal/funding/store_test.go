package funding_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/funding"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// shop makes a small catalogue, and fails the test where that fails.
type shop struct {
	t     *testing.T
	ctx   context.Context
	store *store.Store
	c     *ent.Client     // of the transaction while the catalogue is made, then the store's
	in    context.Context // of the transaction
}

// make writes records in one transaction.
func (s *shop) make(write func()) {
	s.t.Helper()
	s.must(s.store.InTx(s.ctx, func(ctx context.Context, tx *ent.Tx) error {
		s.c, s.in = tx.Client(), ctx
		write()
		return nil
	}))
	s.c = s.store.Client
}

func (s *shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) actor(key string, v term.Visibility) term.ID {
	s.t.Helper()
	a, err := s.c.Actor.Create().SetKey(key).SetName(key).SetKind("NGO").SetVisibility(v).Save(s.ctx)
	s.must(err)
	return a.ID
}

func (s *shop) activity(key string, v term.Visibility, more func(*ent.ActivityCreate)) term.ID {
	s.t.Helper()
	create := s.c.Activity.Create().SetKey(key).SetTitle(key).SetVisibility(v)
	if more != nil {
		more(create)
	}
	a, err := create.Save(s.ctx)
	s.must(err)
	return a.ID
}

func (s *shop) line(amount int64, provider term.ID, activities []term.ID, more func(*ent.FundingCreate)) term.ID {
	s.t.Helper()
	create := s.c.Funding.Create().SetVisibility(term.Public).SetAmount(term.Amount(amount * 10_000)).SetCurrency("USD").SetValueOn("2020").AddActivityIDs(activities...)
	if provider != 0 {
		create.SetProviderID(provider)
	}
	if more != nil {
		more(create)
	}
	f, err := create.Save(s.ctx)
	s.must(err)
	return f.ID
}

// ask counts the activities with some keys, and writes the answer in short.
func (s *shop) ask(v access.Viewer, by []funding.Dimension, keys ...string) string {
	s.t.Helper()
	a, err := funding.Ask(access.With(s.ctx, v), s.c, s.c.Activity.Query().Where(activity.KeyIn(keys...)), "2026-01-01", funding.Query{By: by, Currency: "USD"})
	s.must(err)
	var rows []string
	for _, r := range a.Rows {
		amount := "unknown"
		if r.Amount != nil {
			amount = string(*r.Amount) + "+" + string(*r.SharedAmount)
		}
		rows = append(rows, amount)
	}
	slices.Sort(rows)
	return fmt.Sprintf("%s of %d, %d without, twice %s: %s", a.Total, a.ActivityCount, a.WithoutAmount, a.CountedOnce.Amount, strings.Join(rows, " "))
}

func each(t *testing.T, test func(*testing.T, *shop)) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		test(t, &shop{t: t, ctx: testdb.Context(t), store: st, c: st.Client})
	})
}

var (
	operator = access.Operator("Test")
	visitor  = access.Viewer{Name: "A reporter", Audience: access.Working, Person: 1, Grants: []access.Grant{{Role: access.Coordinator}}}
)

func TestFactsAreReadWithWhatLiesBeyondTheFilter(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		s.make(func() {
			one := s.activity("one", term.Public, nil)
			two := s.activity("two", term.Public, func(c *ent.ActivityCreate) { c.SetPartOfID(one) })
			three := s.activity("three", term.Public, func(c *ent.ActivityCreate) { c.SetPartOfID(two) })
			four, five := s.activity("four", term.Public, nil), s.activity("five", term.Public, nil)
			giver, io := s.actor("giver", term.Public), s.actor("io", term.Public)
			top := s.line(100, giver, []term.ID{one}, nil)
			between := s.line(90, io, []term.ID{two}, func(c *ent.FundingCreate) { c.SetUpstreamID(top) })
			s.line(50, giver, []term.ID{three}, func(c *ent.FundingCreate) { c.SetUpstreamID(between) })
			s.line(7, giver, []term.ID{four, five}, nil)
			s.line(8, giver, []term.ID{five}, nil)
			s.must(s.c.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("0.9").SetDecision("SAME_ACTIVITY").AddActivityIDs(four, five).Exec(s.ctx))
		})
		for _, test := range []struct {
			keys []string
			want string
		}{
			{[]string{"one", "two", "three"}, "100 of 3, 0 without, twice 140: 100+0"},
			{[]string{"one", "three"}, "100 of 2, 0 without, twice 50: 100+0"},
			{[]string{"three"}, "50 of 1, 0 without, twice 0: 50+0"},
			{[]string{"four"}, "7 of 1, 0 without, twice 0: 7+0"},
			{[]string{"four", "five"}, "15 of 1, 0 without, twice 0: 15+0"}, // the package names both: it is no second report
			{[]string{"nothing"}, "0 of 0, 0 without, twice 0: "},
		} {
			if got := s.ask(operator, nil, test.keys...); got != test.want {
				t.Errorf("%v: %s, want %s", test.keys, got, test.want)
			}
		}
	})
}

func TestMoneyThatTheViewerMayNotSeeIsNowhere(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		s.make(func() {
			open, closed := s.activity("open", term.Public, nil), s.activity("closed", term.Restricted, nil)
			secret := s.actor("secret", term.Restricted)
			s.line(100, secret, []term.ID{open, closed}, nil)
			s.line(900, secret, []term.ID{open}, func(c *ent.FundingCreate) { c.SetVisibility(term.Restricted) })
			s.line(5000, secret, []term.ID{closed}, nil)
		})
		by := []funding.Dimension{funding.ByDonor}
		if got := s.ask(operator, by, "open", "closed"); got != "6000 of 2, 0 without, twice 0: 6000+0" {
			t.Error(got)
		}
		a, err := funding.Ask(access.With(s.ctx, visitor), s.c, s.c.Activity.Query(), "2026-01-01", funding.Query{By: by, Currency: "USD"})
		s.must(err)
		if a.Total != "100" || a.ActivityCount != 1 || len(a.Rows) != 1 || a.Rows[0].DonorID != 0 {
			t.Errorf("%+v %+v", a, a.Rows)
		}
		lines, err := a.Explain(nil, nil, nil)
		if err != nil || lines.Total != 1 || strings.Contains(lines.Lines[0].Sentence, "several") {
			t.Errorf("%+v %v: a hidden activity of the package shows", lines, err)
		}
	})
}

func TestWithdrawnActivitiesAreNotCounted(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		s.make(func() {
			gone := s.activity("gone", term.Public, func(c *ent.ActivityCreate) { c.SetWithdrawn(true) })
			here := s.activity("here", term.Public, nil)
			s.line(100, 0, []term.ID{gone, here}, nil)
			s.line(900, 0, []term.ID{gone}, nil)
		})
		if got := s.ask(operator, nil, "gone", "here"); got != "100 of 1, 0 without, twice 0: 100+0" {
			t.Error(got)
		}
	})
}

func TestADimensionTwiceAndACurrencyWithoutRatesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		for field, q := range map[string]funding.Query{"by": {By: []funding.Dimension{funding.ByYear, funding.ByYear}, Currency: "USD"}, "currency": {Currency: "AUD"}} {
			_, err := funding.Ask(s.ctx, s.c, s.c.Activity.Query(), "2026-01-01", q)
			if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Fields[0] != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

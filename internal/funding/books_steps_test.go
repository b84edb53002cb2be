package funding_test

import (
	"fmt"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/funding"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// step is one write, after which the answer to a coordinator is another one.
type step struct {
	what  string
	write func()
}

// Each of these, alone, changes what a coordinator is told, at once; also what changes neither the activity that is counted
// nor its version.
func TestABookNoticesEachKindOfChange(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		funding.WithBooks(3, func() {
			s := &shop{t: t, ctx: testdb.Context(t), store: st, c: st.Client}
			books := funding.NewBooks(st.Client, time.Now)
			steps, last := s.steps(), s.anew(visitor)
			for _, step := range steps {
				s.kept(books, visitor) // so that there is a book before
				s.make(step.write)
				keeper := access.SignedIn(2, "Office", []access.Grant{{Role: access.Secretariat}})
				for _, v := range []access.Viewer{visitor, keeper} {
					if kept, read := s.kept(books, v), s.anew(v); kept != read {
						t.Fatalf("after %s, %v is told\n%.1500s\nnot\n%.1500s", step.what, v.Grants, kept, read)
					}
				}
				now := s.anew(visitor)
				if now == last {
					t.Errorf("%s changes no answer", step.what)
				}
				last = now
			}
		})
	})
}

var bySome = funding.Query{By: []funding.Dimension{funding.ByDonor, funding.ByImplementer, funding.ByState}, Currency: "USD"}

func (s *shop) kept(books *funding.Books, v access.Viewer) string {
	s.t.Helper()
	a, err := books.Ask(access.With(s.ctx, v), s.c, s.c.Activity.Query(), "2026-06-30", bySome)
	s.must(err)
	return written(s.t, a)
}

func (s *shop) anew(v access.Viewer) string {
	s.t.Helper()
	f, err := funding.Load(access.With(s.ctx, v), s.c, s.c.Activity.Query().Where(activity.Countable(true)), "2026-06-30")
	s.must(err)
	a, err := funding.Count(*f, bySome)
	s.must(err)
	return written(s.t, a)
}

// steps furnish a catalogue and give the writes, of which each builds on those before.
func (s *shop) steps() []step {
	var open, beside, hidden, secret, part term.ID // activities; hidden and secret are restricted, secret is not counted
	var giver, doer, place term.ID
	var line, package2, dark, third term.ID // lines; dark is restricted
	s.make(func() {
		state, err := s.c.State.Create().SetKey("state-tha").SetName("Thailand").SetCode("THA").SetAlpha2("TH").SetM49("764").SetVisibility(term.Public).Save(s.ctx)
		s.must(err)
		place, giver, doer = state.ID, s.actor("giver", term.Public), s.actor("doer", term.Public)
		open, beside = s.activity("open", term.Public, nil), s.activity("beside", term.Public, nil)
		hidden = s.activity("hidden", term.Restricted, nil)
		secret = s.activity("secret", term.Restricted, func(c *ent.ActivityCreate) { c.SetCountable(false) })
		part = s.activity("part", term.Public, func(c *ent.ActivityCreate) { c.SetPartOfID(secret) })
		s.must(s.c.Participation.Create().SetActivityID(open).SetActorID(doer).SetRole(term.Implementing).Exec(s.ctx))
		s.must(s.c.ActivityState.Create().SetActivityID(open).SetStateID(place).Exec(s.ctx))
		s.must(s.c.Rate.Create().SetCurrency("AUD").SetYear(2020).SetPerUsd("2").SetSource("A table").Exec(s.ctx))
		line = s.line(100, giver, []term.ID{open}, func(c *ent.FundingCreate) { c.SetCurrency("AUD") })
		package2 = s.line(7, giver, []term.ID{beside, hidden}, nil)
		dark = s.line(9000, 0, []term.ID{open, secret}, func(c *ent.FundingCreate) { c.SetVisibility(term.Restricted) })
		third = s.line(3, giver, []term.ID{part}, nil)
		s.line(20, giver, []term.ID{hidden}, nil)
	})
	at := func(id term.ID) *ent.ActivityUpdateOne { return s.c.Activity.UpdateOneID(id) }
	show := func(id term.ID, v term.Visibility) func() {
		return func() { s.must(at(id).SetVisibility(v).Exec(s.ctx)) }
	}
	actor := func(id term.ID, v term.Visibility) func() {
		return func() { s.must(s.c.Actor.UpdateOneID(id).SetVisibility(v).Exec(s.ctx)) }
	}
	gone := func(yes bool) func() {
		return func() { s.must(at(beside).SetWithdrawn(yes).Exec(rule.WithWithdrawn(s.ctx))) }
	}
	decide := func(d term.OverlapDecision) func() {
		return func() {
			o, err := s.c.Overlap.Query().First(s.ctx)
			s.must(err)
			s.must(s.c.Overlap.UpdateOneID(o.ID).SetDecision(d).Exec(s.ctx))
		}
	}
	share := func(set func(*ent.ShareCreate)) func() {
		return func() {
			c := s.c.Share.Create().SetRole(access.Coordinator).SetBy("Owner").SetAt("2026-01-01T00:00:00Z")
			set(c)
			s.must(c.Exec(s.ctx))
		}
	}
	unshare := func() { _, err := s.c.Share.Delete().Exec(s.ctx); s.must(err) }
	return []step{
		{"a donor is hidden, who takes no part", actor(giver, term.Restricted)}, {"she is shown", actor(giver, term.Public)},
		{"an implementer is hidden", actor(doer, term.Restricted)}, {"it is shown", actor(doer, term.Members)},
		{"a State is hidden", func() { s.must(s.c.State.UpdateOneID(place).SetVisibility(term.Restricted).Exec(s.ctx)) }},
		{"an activity is hidden", show(open, term.Restricted)}, {"it is shown", show(open, term.Public)},
		{"an activity is withdrawn", gone(true)}, {"it is restored", gone(false)},
		{"a line is shared", share(func(c *ent.ShareCreate) { c.SetFundingID(dark) })}, {"it is not any more", unshare},
		{"an activity is shared, with its package", share(func(c *ent.ShareCreate) { c.SetRecordID(hidden) })}, {"it is not any more", unshare},
		{"a line is shown through an activity that she does not see", func() {
			s.must(s.c.Funding.UpdateOneID(dark).SetVisibility(term.Public).Exec(s.ctx))
			s.must(at(secret).SetNote("The line is public.").Exec(s.ctx))
		}},
		{"its amount is kept back so", func() {
			s.must(s.c.Funding.UpdateOneID(dark).SetAmountWithheld(true).Exec(s.ctx))
			s.must(at(secret).SetNote("The amount is not.").Exec(s.ctx))
		}},
		{"a line is taken out", func() { s.must(at(open).RemoveFundingIDs(dark).Exec(s.ctx)) }},
		{"a line goes to another activity", func() {
			s.must(at(beside).RemoveFundingIDs(package2).Exec(s.ctx))
			s.must(at(open).AddFundingIDs(package2).Exec(s.ctx))
		}},
		{"a part is one of the other over one that is not counted, which comes into sight", func() {
			s.must(at(secret).SetPartOfID(open).SetVisibility(term.Members).Exec(s.ctx))
		}},
		{"and goes", show(secret, term.Restricted)},
		{"a verification makes no version", func() { s.verify(open, giver) }},
		{"money comes from another line", func() {
			s.must(s.c.Funding.UpdateOneID(third).SetUpstreamID(line).Exec(s.ctx))
			s.must(at(part).SetNote("Paid from another line.").Exec(s.ctx))
		}},
		{"a line is not to be counted", func() {
			s.must(s.c.Funding.UpdateOneID(line).SetCountable(false).Exec(s.ctx))
			s.must(at(open).SetNote("One line is not counted.").Exec(s.ctx))
		}},
		{"it is", func() {
			s.must(s.c.Funding.UpdateOneID(line).SetCountable(true).Exec(s.ctx))
			s.must(at(open).SetNote("Every line is counted.").Exec(s.ctx))
		}},
		{"two are one", func() {
			s.must(s.c.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("0.9").SetDecision("SAME_ACTIVITY").AddActivityIDs(open, beside).Exec(s.ctx))
		}},
		{"they are not", decide(term.OverlapOpen)},
		{"another rate", func() {
			r, err := s.c.Rate.Query().First(s.ctx)
			s.must(err)
			s.must(s.c.Rate.UpdateOneID(r.ID).SetPerUsd("4").Exec(s.ctx))
		}},
	}
}

// verify keeps what an institution has said of an activity, past its version, as reviews do.
func (s *shop) verify(id, by term.ID) {
	s.t.Helper()
	cycle, err := s.c.ReviewCycle.Create().SetYear(2026).SetActorID(by).SetOpenedOn("2026-01-01").SetReviewDueOn("2026-03-01").Save(s.ctx)
	s.must(err)
	s.must(s.c.RecordVerification.Create().SetRecordID(id).SetActorID(by).SetCycleID(cycle.ID).SetRecordVersion(1).SetStatus(term.Verified).
		SetBy("Somebody").SetVerifiedOn("2026-01-01").SetVerifiedUntil("2027-01-01").Exec(s.ctx))
	_, err = s.c.ExecContext(s.ctx, fmt.Sprintf("UPDATE activities SET verified_status = 'VERIFIED', verified_until = '2027-01-01' WHERE id = %d", id))
	s.must(err)
}

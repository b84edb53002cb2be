package funding_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/funding"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// office is a catalogue that people write while others ask who funds what.
type office struct {
	*shop
	r                         *rand.Rand
	activities, lines, actors []term.ID
	states                    []term.ID
	viewers                   []access.Viewer
	books                     *funding.Books
	cycles                    int
	now                       time.Time // goes on with every look
}

func newOffice(t *testing.T, st *store.Store, seed uint64) *office {
	o := &office{shop: &shop{t: t, ctx: testdb.Context(t), store: st, c: st.Client}, r: rand.New(rand.NewPCG(seed, 31)), now: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)}
	o.make(o.furnish)
	grant := func(g ...access.Grant) access.Viewer {
		return access.SignedIn(term.NewID(term.KindPerson), "Somebody", g)
	}
	o.viewers = []access.Viewer{
		grant(access.Grant{Role: access.Coordinator}), grant(access.Grant{Role: access.Secretariat}),
		grant(access.Grant{Role: access.Reporter, Actor: o.actors[0]}), grant(access.Grant{Role: access.Reporter, Actor: o.actors[1]}, access.Grant{Role: access.Coordinator}),
		grant(access.Grant{Role: access.FocalPoint, State: o.states[0]}),
	}
	o.books = funding.NewBooks(st.Client, func() time.Time { o.now = o.now.Add(time.Second); return o.now })
	o.books.Hold(len(o.viewers))
	return o
}

func (o *office) furnish() {
	for _, code := range []string{"LAO", "THA", "AUS"} {
		s, err := o.c.State.Create().SetKey("state-" + code).SetName(code).SetCode(code).SetAlpha2(code[:2]).SetM49("000").SetVisibility(term.Public).Save(o.ctx)
		o.must(err)
		o.states = append(o.states, s.ID)
	}
	for _, y := range []int{2019, 2020} {
		o.must(o.c.Rate.Create().SetCurrency("AUD").SetYear(y).SetPerUsd("1.5").SetSource("A table").Exec(o.ctx))
	}
	for i := range 6 {
		o.actors = append(o.actors, o.actor(fmt.Sprint("actor-", i), []term.Visibility{term.Public, term.Restricted}[i/4]))
	}
	for range 12 {
		o.addActivity()
	}
	for range 25 {
		o.addLine()
	}
}

func pick[T any](o *office, from []T) T { return from[o.r.IntN(len(from))] }

func (o *office) visibility() term.Visibility {
	return pick(o, []term.Visibility{term.Public, term.Public, term.Members, term.Restricted})
}

func (o *office) addActivity() {
	n := len(o.activities)
	id := o.activity(fmt.Sprint("activity-", n), o.visibility(), func(c *ent.ActivityCreate) {
		c.SetRegional(o.r.IntN(3) == 0).SetSmuggling(term.Principal)
		if n > 0 && o.r.IntN(3) == 0 {
			c.SetPartOfID(pick(o, o.activities))
		}
	})
	o.activities = append(o.activities, id)
	role := []term.ParticipationRole{term.Funding, term.Implementing}
	for i := range role {
		o.must(o.c.Participation.Create().SetActivityID(id).SetActorID(pick(o, o.parties())).SetRole(role[i]).Exec(o.ctx))
	}
	first := o.r.IntN(2)
	o.must(o.c.ActivityState.Create().SetActivityID(id).SetStateID(o.states[first]).SetPercentage("60").Exec(o.ctx))
	o.must(o.c.ActivityState.Create().SetActivityID(id).SetStateID(o.states[first+1]).Exec(o.ctx))
}

// addLine writes a line, of two activities now and then, as the seed data set and imports do: with a version of one of them.
func (o *office) addLine() {
	at := o.standing()
	to := []term.ID{at}
	if other := pick(o, o.activities); other != at && o.r.IntN(2) == 0 {
		to = append(to, other)
	}
	id := o.line(int64(1+o.r.IntN(900)), pick(o, append([]term.ID{0}, o.actors...)), to, func(c *ent.FundingCreate) {
		c.SetVisibility(o.visibility()).SetCurrency(pick(o, []string{"USD", "AUD"})).SetAmountWithheld(o.r.IntN(5) == 0).SetCountable(o.r.IntN(8) > 0)
		if len(o.lines) > 0 && o.r.IntN(3) == 0 {
			c.SetUpstreamID(pick(o, o.lines))
		}
		if o.r.IntN(3) == 0 {
			c.SetReporterID(pick(o, o.actors))
		}
	})
	o.lines = append(o.lines, id)
	o.must(o.c.Allocation.Create().SetFundingID(id).SetStateID(pick(o, o.states)).SetPercentage("50").Exec(o.ctx))
	o.must(o.c.Activity.UpdateOneID(at).SetNote(fmt.Sprint("A line: ", len(o.lines))).Exec(o.ctx))
}

func (o *office) see(ctx context.Context, v access.Viewer) context.Context {
	return access.With(ctx, v)
}

// same compares what each viewer is told from her book with what reading anew gives.
func (o *office) same(what string) {
	o.t.Helper()
	for i, v := range o.viewers {
		ctx := o.see(o.ctx, v)
		where := pick(o, []predicate.Activity{activity.IDNEQ(0), activity.IDNEQ(0), activity.PartOfIDNotNil(), activity.Regional(true)})
		day := pick(o, []term.Date{"2026-01-01", "2026-06-30"})
		q := func() *ent.ActivityQuery { return o.c.Activity.Query().Where(where, activity.Countable(true)) }
		kept, err := o.books.Facts(ctx, o.c, q(), day)
		o.must(err)
		read, err := funding.Load(ctx, o.c, q(), day)
		o.must(err)
		for _, by := range [][]funding.Dimension{{}, {funding.ByDonor, funding.ByState}, {funding.ByImplementer, funding.ByTheme, funding.ByYear}} {
			asked := funding.Query{By: by, Currency: "USD"}
			a, err := funding.Count(*kept, asked)
			o.must(err)
			b, err := funding.Count(*read, asked)
			o.must(err)
			if x, y := written(o.t, a), written(o.t, b); x != y {
				o.t.Fatalf("after %s, viewer %d by %v is told\n%.3000s\nnot\n%.3000s", what, i, by, x, y)
			}
		}
	}
}

// Nothing is counted that a viewer does not see any more, and all that somebody has just written: whatever was written, what
// a book says is what reading anew says.
func TestABookSaysWhatReadingAnewSays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		funding.WithBooks(3, func() {
			o := newOffice(t, st, 1)
			o.same("nothing")
			first, anew := o.made(), 0
			for n := range steps() {
				before := o.facts(o.viewers[0])
				told := o.told(before)
				what := o.write()
				o.same(fmt.Sprint(what, " (write ", n, ")"))
				if again := o.told(before); again != told {
					t.Fatalf("%s changes what a count under way reads\n%.2000s\nwas\n%.2000s", what, again, told)
				}
				if made := o.made(); made != first {
					first, anew = made, anew+1
				}
			}
			if anew > steps()/4 {
				t.Errorf("the ledgers were read anew after %d of %d writes", anew, steps())
			}
		})
	})
}

// facts are those of everything, from a viewer's book.
func (o *office) facts(v access.Viewer) *funding.Facts {
	o.t.Helper()
	f, err := o.books.Facts(o.see(o.ctx, v), o.c, o.c.Activity.Query().Where(activity.Countable(true)), "2026-01-01")
	o.must(err)
	return f
}

// told is what facts tell by donor and State.
func (o *office) told(f *funding.Facts) string {
	o.t.Helper()
	a, err := funding.Count(*f, funding.Query{By: []funding.Dimension{funding.ByDonor, funding.ByState}, Currency: "USD"})
	o.must(err)
	return written(o.t, a)
}

// steps are how many writes are tried; ADAM_BOOKS_WRITES asks for more.
func steps() int {
	if n, err := strconv.Atoi(os.Getenv("ADAM_BOOKS_WRITES")); err == nil {
		return n
	}
	return 60
}

// made tells when the ledgers were read as a whole.
func (o *office) made() string {
	out := ""
	for _, v := range o.viewers {
		out += fmt.Sprint(o.books.Made(o.see(o.ctx, v)), " ")
	}
	return out
}

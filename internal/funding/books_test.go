package funding_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/activity"
	line "adam/ent/funding"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
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

// input is what somebody sends.
type input = map[string]any

// writes are what people, and the program, do to a catalogue, each in one transaction. Each says what it did.
var writes = []func(*office) string{
	func(o *office) string { o.addActivity(); return "a new activity" },
	func(o *office) string { o.addLine(); return "a new line" },
	func(o *office) string { return o.change(term.KindActivity, pick(o, o.activities)) },
	func(o *office) string { return o.change(term.KindActivity, pick(o, o.activities)) },
	func(o *office) string { return o.change(term.KindActor, pick(o, o.actors)) },
	func(o *office) string { return o.change(term.KindActor, o.actors[len(o.actors)-1]) },
	func(o *office) string { return o.withdraw(term.KindActivity, pick(o, o.activities)) },
	func(o *office) string { return o.withdraw(term.KindActor, pick(o, o.actors)) },
	func(o *office) string { return o.share(catalogue.Sharing{Record: pick(o, o.activities)}) },
	func(o *office) string { return o.share(catalogue.Sharing{Record: pick(o, o.actors)}) },
	func(o *office) string { return o.share(catalogue.Sharing{Funding: pick(o, o.lines)}) },
	func(o *office) string {
		return o.money(input{"amount": fmt.Sprint(1 + o.r.IntN(999)), "currency": "USD"})
	},
	func(o *office) string { return o.money(input{"visibility": string(o.visibility())}) },
	func(o *office) string { return o.money(input{"amountWithheld": o.r.IntN(2) == 0}) },
	func(o *office) string { return o.money(input{"countable": o.r.IntN(3) > 0}) },
	func(o *office) string { return o.money(input{"provider": o.keyOf(pick(o, o.actors))}) },
	func(o *office) string { return o.money(input{"reporter": o.keyOf(pick(o, o.actors))}) },
	func(o *office) string { return o.money(nil) },
	func(o *office) string {
		return o.money(input{"allocations": []any{input{"state": "THA", "percentage": "30"}}})
	},
	(*office).move, (*office).pay, (*office).decide, (*office).decide, (*office).verify, (*office).verify, (*office).partOf, (*office).showState, (*office).rate,
}

// write runs one of them, and says what it did.
func (o *office) write() (what string) {
	o.t.Helper()
	do := pick(o, writes)
	o.make(func() { what = do(o) })
	return what
}

// through runs a change of the catalogue as the program, in the transaction.
func (o *office) through(do func(context.Context, *ent.Tx) (term.ID, error)) {
	o.t.Helper()
	_, err := do(o.in, ent.TxFromContext(o.in))
	if f := fault.As(err); f != nil {
		o.t.Fatalf("%s %v", f.Sentence, f.Fields)
	}
	o.must(err)
}

func (o *office) keyOf(id term.ID) string {
	o.t.Helper()
	r, err := o.c.Record.Get(o.ctx, id)
	o.must(err)
	return r.Key
}

// stands is the version of an activity or actor, and whether it is withdrawn.
func (o *office) stands(id term.ID) (version int, withdrawn bool) {
	o.t.Helper()
	all := rule.WithWithdrawn(o.ctx)
	if id.Kind() == term.KindActor {
		a, err := o.c.Actor.Get(all, id)
		o.must(err)
		return a.Version, a.Withdrawn
	}
	a, err := o.c.Activity.Get(all, id)
	o.must(err)
	return a.Version, a.Withdrawn
}

var document = []any{input{"title": "Annual report", "url": "https://www.example.org/report", "accessedOn": "2026-11-01"}}

// change shows a record to more or fewer, or changes who has to do with an activity.
func (o *office) change(kind term.Kind, id term.ID) string {
	version, withdrawn := o.stands(id)
	if withdrawn {
		return o.withdraw(kind, id)
	}
	in := input{"key": o.keyOf(id), "version": version, "sources": document, "visibility": string(o.visibility())}
	if kind == term.KindActivity && o.r.IntN(2) == 0 {
		in = input{"key": o.keyOf(id), "version": version, "sources": document, "donors": []any{o.keyOf(o.seen())}, "implementers": []any{o.keyOf(o.seen())},
			"countable": o.r.IntN(4) > 0, "assistanceTypes": []any{pick(o, term.AssistanceType("").Values())}, "states": []any{pick(o, []string{"LAO", "THA", "AUS"})}}
	}
	o.through(func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return catalogue.Update(ctx, tx, kind, in) })
	return fmt.Sprint("a change: ", in)
}

// seen is an actor that is not withdrawn.
func (o *office) seen() term.ID {
	for {
		if id := pick(o, o.parties()); !second(o.stands(id)) {
			return id
		}
	}
}

// parties are the actors who take part in activities; the last one of all only pays.
func (o *office) parties() []term.ID { return o.actors[:len(o.actors)-1] }

func second(_ int, b bool) bool { return b }

func (o *office) withdraw(kind term.Kind, id term.ID) string {
	version, withdrawn := o.stands(id)
	do := catalogue.Withdraw
	if withdrawn {
		do = catalogue.Restore
	}
	o.through(func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return do(ctx, tx, kind, o.keyOf(id), version, "It must be so.")
	})
	return fmt.Sprintf("%s was withdrawn: %v, and is not any more", o.keyOf(id), withdrawn)
}

// share shares a record or line with some, who may be nobody.
func (o *office) share(with catalogue.Sharing) string {
	if o.r.IntN(2) == 0 {
		with.Actors = []string{o.keyOf(o.seen())}
	}
	if o.r.IntN(2) == 0 {
		with.Roles = []access.Role{pick(o, []access.Role{access.Coordinator, access.FocalPoint, access.Reporter})}
	}
	if id := with.Record | with.Funding; with.Record != 0 && second(o.stands(id)) {
		return o.withdraw(id.Kind(), id)
	}
	o.through(func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return catalogue.Share(ctx, tx, with) })
	return fmt.Sprint("sharing ", with)
}

// paid finds a line with an activity that it pays for.
func (o *office) paid() (paid, by term.ID) {
	o.t.Helper()
	q := o.c.Funding.Query().Where(line.HasActivitiesWith(activity.Withdrawn(false))).WithActivities().Order(line.ByID())
	f, err := q.Clone().All(o.ctx)
	for o.must(err); len(f) < 10; f, err = q.Clone().All(o.ctx) {
		o.must(err)
		o.addLine()
	}
	at := pick(o, f)
	slices.SortFunc(at.Edges.Activities, func(a, b *ent.Activity) int { return cmp.Compare(a.ID, b.ID) })
	return at.ID, pick(o, at.Edges.Activities).ID
}

// money changes what is named of a line, through any activity that it pays for; without anything it takes the line out.
func (o *office) money(in input) string {
	paid, by := o.paid()
	version, _ := o.stands(by)
	if provider, named := in["provider"]; named && provider != o.keyOf(o.seen()) {
		in["provider"] = o.keyOf(o.seen())
	}
	if reporter, named := in["reporter"]; named && reporter != o.keyOf(o.seen()) {
		in["reporter"] = o.keyOf(o.seen())
	}
	with := input{"activity": o.keyOf(by), "version": version, "funding": paid.String()}
	do := catalogue.UpdateFunding
	if in == nil {
		with["reason"], do = "Counted twice.", catalogue.RemoveFunding
	} else {
		with["sources"] = document
	}
	maps.Copy(with, in)
	o.through(func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, with) })
	return fmt.Sprint("money: ", with)
}

// move lets a line pay for another activity, or for one more.
func (o *office) move() string {
	paid, by := o.paid()
	to := o.standing()
	o.must(o.c.Activity.UpdateOneID(to).AddFundingIDs(paid).Exec(o.ctx))
	if by != to && o.r.IntN(2) == 0 {
		o.must(o.c.Activity.UpdateOneID(by).RemoveFundingIDs(paid).Exec(o.ctx))
	}
	return "a line moved"
}

// standing is an activity that is not withdrawn.
func (o *office) standing() term.ID {
	for {
		if id := pick(o, o.activities); !second(o.stands(id)) {
			return id
		}
	}
}

// pay says of a line where its money comes from.
func (o *office) pay() string {
	paid, by := o.paid()
	up, _ := o.paid()
	o.must(o.c.Funding.UpdateOneID(paid).SetUpstreamID(up).Exec(o.ctx))
	o.must(o.c.Activity.UpdateOneID(by).SetNote(fmt.Sprint("Paid ", o.r.Int())).Exec(o.ctx))
	return "another line pays"
}

// decide says that two activities are one, or decides otherwise.
func (o *office) decide() string {
	a, b := pick(o, o.activities), pick(o, o.activities)
	if stand, err := o.c.Overlap.Query().All(o.ctx); len(stand) > 0 && (a == b || len(stand) > 4) {
		o.must(err)
		decision := pick(o, []term.OverlapDecision{term.OverlapOpen, "SAME_ACTIVITY"})
		o.must(o.c.Overlap.UpdateOneID(pick(o, stand).ID).SetDecision(decision).Exec(o.ctx))
		return "an overlap is " + string(decision)
	}
	if a != b {
		o.must(o.c.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore("0.9").SetDecision("SAME_ACTIVITY").AddActivityIDs(a, b).Exec(o.ctx))
	}
	return "two are one"
}

// verify keeps what an institution has said of an activity, past its version, as reviews do.
func (o *office) verify() string {
	id, until := pick(o, o.activities), pick(o, []term.Date{"2025-12-31", "2026-03-01", "2027-01-01"})
	opened := term.Date(fmt.Sprintf("%04d-01-01", 1000+o.cycles))
	o.cycles++
	cycle, err := o.c.ReviewCycle.Create().SetYear(2026).SetActorID(o.actors[0]).SetOpenedOn(opened).SetReviewDueOn("2026-03-01").Save(o.ctx)
	o.must(err)
	o.must(o.c.RecordVerification.Create().SetRecordID(id).SetActorID(o.actors[0]).SetCycleID(cycle.ID).SetRecordVersion(1).SetStatus(term.Verified).
		SetBy("Somebody").SetVerifiedOn("2026-01-01").SetVerifiedUntil(until).Exec(o.ctx))
	status := pick(o, []term.VerificationStatus{term.Verified, term.Verified, term.Disputed})
	_, err = o.c.ExecContext(o.ctx, fmt.Sprintf("UPDATE activities SET verified_status = '%s', verified_until = '%s' WHERE id = %d", status, until, id))
	o.must(err)
	return fmt.Sprint("an activity is ", status, " until ", until)
}

func (o *office) partOf() string {
	a, whole := o.standing(), pick(o, o.activities)
	o.must(o.c.Activity.UpdateOneID(a).SetPartOfID(whole).Exec(o.ctx))
	return "an activity is a part of another one"
}

func (o *office) showState() string {
	if o.r.IntN(3) > 0 {
		return o.change(term.KindActivity, pick(o, o.activities))
	}
	v := o.visibility()
	o.must(o.c.State.UpdateOneID(pick(o, o.states)).SetVisibility(v).Exec(o.ctx))
	return "a State is " + string(v)
}

func (o *office) rate() string {
	r, err := o.c.Rate.Query().First(o.ctx)
	o.must(err)
	o.must(o.c.Rate.UpdateOneID(r.ID).SetPerUsd(pick(o, []term.Decimal{"1.1", "1.5", "1.9"})).Exec(o.ctx))
	return "another rate"
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

package funding_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"adam/ent"
	"adam/ent/activity"
	line "adam/ent/funding"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
)

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

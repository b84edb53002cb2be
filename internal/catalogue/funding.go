package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/funding"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// lines is how lines of money are written. The version of the activity is their lock, and its history keeps them.
var lines = &subject{
	kind: term.KindFunding, word: "activity", by: "funding", fields: fundingFields, check: reporterOfLine,
	find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
		return c.Funding.Query().Where(w).Only(ctx)
	},
}

// ledger is an activity with one of its lines of money, about to be written.
type ledger struct {
	ctx      context.Context
	c        *ent.Client
	activity row
	line     row // none for a new one
	plan     *plan
}

// AddFunding adds a line of money to an activity, and gives the activity's id. Whoever answers for the activity may, and
// whoever takes part in it and answers for the line.
func AddFunding(ctx context.Context, tx *ent.Tx, input map[string]any) (term.ID, error) {
	l := &ledger{ctx: reasoned(ctx, input), c: tx.Client()}
	if err := l.open(input); err != nil {
		return 0, err
	}
	if l.mayBump() != nil {
		if err := rule.MayDispute(ctx, l.c, l.activity.id()); err != nil {
			return 0, l.mayBump()
		}
	}
	if err := l.read(input); err != nil {
		return 0, err
	}
	lines, err := l.c.Funding.Query().Where(funding.HasActivitiesWith(activity.ID(l.activity.id()))).Count(operator(ctx))
	if err != nil {
		return 0, err
	}
	create := l.c.Funding.Create().SetID(term.NewID(term.KindFunding)).SetPosition(lines)
	id, _ := create.Mutation().ID()
	if err := set(create.Mutation(), l.plan.values); err != nil {
		return 0, err
	}
	if err := create.Exec(ctx); err != nil {
		return 0, err
	}
	if err := l.plan.writeParts(ctx, l.c, id); err != nil {
		return 0, err
	}
	if err := theirs(rule.MayCorrect(ctx, l.c, id), "You can add lines of money only that your organisation pays, receives or reports."); err != nil {
		return 0, err
	}
	to := l.text(l.plan.becomes)
	return l.activity.id(), l.bump("", to, func(m *ent.ActivityMutation) { m.AddFundingIDs(id) })
}

// UpdateFunding changes what the input names of a line of money, and gives the activity's id.
func UpdateFunding(ctx context.Context, tx *ent.Tx, input map[string]any) (term.ID, error) {
	l := &ledger{ctx: reasoned(ctx, input), c: tx.Client()}
	if err := l.open(input); err != nil {
		return 0, err
	}
	if err := rule.MayCorrect(ctx, l.c, l.line.id()); err != nil {
		return 0, err
	}
	if err := l.read(input, "funding"); err != nil || l.plan.empty() {
		return l.activity.id(), err
	}
	if err := l.plan.shown(); err != nil {
		return 0, err
	}
	if err := l.bump(l.text(l.line.get), l.text(l.plan.becomes), nil); err != nil {
		return 0, err
	}
	u := l.c.Funding.UpdateOneID(l.line.id())
	if err := set(u.Mutation(), l.plan.values); err != nil {
		return 0, err
	}
	if err := u.Exec(ctx); err != nil {
		return 0, err
	}
	if err := l.plan.writeParts(ctx, l.c, l.line.id()); err != nil {
		return 0, err
	}
	return l.activity.id(), theirs(rule.MayCorrect(ctx, l.c, l.line.id()), "After this change another organisation would answer for the line, and nobody gives money away. Ask the secretariat to do it.")
}

// RemoveFunding takes a line of money out of an activity, with a reason, and gives the activity's id. The line itself is
// kept: out of its last activity it is hidden from everybody but its owner and the secretariat.
func RemoveFunding(ctx context.Context, tx *ent.Tx, input map[string]any) (term.ID, error) {
	l := &ledger{ctx: reasoned(ctx, input), c: tx.Client()}
	if err := l.open(input); err != nil {
		return 0, err
	}
	if err := rule.MayCorrect(ctx, l.c, l.line.id()); err != nil {
		return 0, err
	}
	reason, _ := plain(input["reason"]).(string)
	if err := reasonable(ctx, reason); err != nil {
		return 0, err
	}
	l.plan = &plan{s: lines, in: newIntake(ctx, l.c, l.line)}
	id := l.line.id()
	if err := l.bump(l.text(l.line.get), "", func(m *ent.ActivityMutation) { m.RemoveFundingIDs(id) }); err != nil {
		return 0, err
	}
	left, err := l.c.Activity.Query().Where(activity.HasFundingsWith(funding.ID(id))).Exist(operator(ctx))
	if err != nil || left {
		return l.activity.id(), err
	}
	return l.activity.id(), l.c.Funding.UpdateOneID(id).SetVisibility(term.Restricted).Exec(ctx)
}

// open finds the activity and the line that an input names, at the version that was read.
func (l *ledger) open(input map[string]any) (err error) {
	s, name := subjects[term.KindActivity], ""
	name, _ = plain(input["activity"]).(string)
	if l.activity, err = s.named(l.ctx, l.c, name); err != nil {
		if f := fault.As(err); f != nil && f.Kind == fault.NotFound {
			f.Fields = []string{below(l.ctx) + ".activity"}
		}
		return err
	}
	if _, given := input["funding"]; given {
		id, err := idIn(l.ctx, input, "funding", term.KindFunding)
		if err != nil {
			return err
		}
		found, err := l.c.Funding.Query().Where(funding.ID(id), funding.HasActivitiesWith(activity.ID(l.activity.id()))).Only(l.ctx)
		if ent.IsNotFound(err) {
			return fault.New(fault.NotFound, "The activity has no line of money with the id %s that you may see.", id).At(below(l.ctx) + ".funding")
		}
		if err != nil {
			return err
		}
		l.line = rowOf(found)
	}
	if v, _ := whole(plain(input["version"])); v != l.activity.version() {
		in := newIntake(l.ctx, l.c, l.line)
		if !l.line.known() { // of a new line nothing stands
			input = nil
		}
		return conflict(in, lines, input, l.activity.version())
	}
	return nil
}

// read plans what an input makes of the line.
func (l *ledger) read(input map[string]any, more ...string) (err error) {
	l.plan, err = lines.planned(newIntake(l.ctx, l.c, l.line), input, append(more, "activity", "version")...)
	return err
}

// mayBump says whether the viewer answers for the activity itself.
func (l *ledger) mayBump() error { return rule.MayCorrect(l.ctx, l.c, l.activity.id()) }

// bump writes the change of the line into the history of its activity, with the document that shows it. Whoever answers
// for the line alone does not change the activity otherwise: the program counts its version up in her name.
func (l *ledger) bump(from, to string, edges func(*ent.ActivityMutation)) error {
	in := newIntake(l.ctx, l.c, l.activity)
	if from == to {
		to += " (changed)"
	}
	p := &plan{s: subjects[term.KindActivity], in: in, values: map[string]any{}, sources: l.plan.sources, facts: l.plan.facts,
		extra: []term.Change{{Field: "fundings", From: known(from), To: known(to)}}}
	if edges != nil {
		p.edges = func(m mutation) { edges(m.(*ent.ActivityMutation)) }
	}
	p.matchSources()
	ctx := l.ctx
	if l.mayBump() != nil {
		v := access.From(ctx)
		ctx = access.With(ctx, access.Viewer{Name: v.Name, Person: v.Person, Audience: access.Working, Program: true})
	}
	return p.write(ctx, l.c)
}

// text is a line of money as history tells it to everybody who may see the activity.
func (l *ledger) text(get func(string) any) string {
	in := l.plan.in
	visibility, _ := get(funding.FieldVisibility).(term.Visibility)
	if visibility == "" {
		visibility = term.Restricted // of a new line where nothing was said
	}
	for _, kept := range []any{l.line.known() && l.line.get(funding.FieldAmountWithheld) == true, l.plan.becomes(funding.FieldAmountWithheld) == true} {
		if kept == true {
			return hidden
		}
	}
	if fewer(visibility, l.activity.visibility()) {
		return hidden
	}
	values := map[string]any{}
	said := &part{items: fundingFields[:7]}
	for i := range said.items {
		values[said.items[i].column] = get(said.items[i].column)
	}
	seenBy := l.activity.visibility()
	s, err := said.text(in, values, &seenBy)
	in.broken(err)
	return s
}

// reporterOfLine makes a reporter's new line her organisation's, and wants a currency with every sum.
func reporterOfLine(p *plan) {
	if p.becomes(funding.FieldAmount) != nil && p.becomes(funding.FieldCurrency) == nil {
		p.in.fail(p.in.at("currency"), "A sum needs a currency: give its ISO 4217 code, such as AUD.")
	}
	v := access.From(p.in.ctx)
	mine := v.Actors()
	named, given := p.values[funding.FieldReporterID].(term.ID)
	switch {
	case v.SeesAll():
	case given && !contains(mine, named):
		p.in.fail(p.in.at("reporter"), "Only the secretariat says which other organisation answers for a line of money. Leave the reporter out.")
	case given || p.in.now.known() || len(mine) == 0:
	case len(mine) == 1:
		p.values[funding.FieldReporterID] = mine[0]
	default:
		for _, column := range []string{funding.FieldProviderID, funding.FieldReceiverID} {
			if id, _ := p.values[column].(term.ID); contains(mine, id) {
				p.values[funding.FieldReporterID] = id
				return
			}
		}
		p.in.fail(p.in.at("reporter"), "You report for several organisations: say in reporter which of them answers for the line.")
	}
}

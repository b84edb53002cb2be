package search

import (
	"context"

	"adam/ent"
	"adam/ent/predicate"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Activities are the activities that a filter asks for.
func Activities(ctx context.Context, c *ent.Client, f *ActivityFilter) (*ent.ActivityQuery, error) {
	if f == nil {
		f = &ActivityFilter{}
	}
	b := &builder{ctx: ctx, c: c}
	b.days(f)
	b.takesPlace(f)
	b.inChapters("chapter_activities", "activity_id", f.Chapters)
	b.paidOrDone(f)
	b.themes(f.Themes)
	holds(b, "topics", f.Topics)
	holds(b, "assistance_types", f.AssistanceTypes)
	holds(b, "target_audiences", f.Audiences)
	in(b, "status", f.Status)
	b.active(f.period())
	b.valued(f.ValueFrom, f.ValueTo)
	b.verified(f.Verified)
	b.licensed(f.Licences)
	b.text(f.Text)
	where, err := predicates[predicate.Activity](b)
	return c.Activity.Query().Where(where...), err
}

// days refuses a day that is an empty text: elsewhere it means unknown, and nothing is active on an unknown day.
func (b *builder) days(f *ActivityFilter) {
	for _, d := range []struct {
		field string
		day   *term.Date
	}{{"activeOn", f.ActiveOn}, {"activeFrom", f.ActiveFrom}, {"activeTo", f.ActiveTo}, {"valueFrom", f.ValueFrom}, {"valueTo", f.ValueTo}} {
		if d.day != nil && *d.day == "" {
			b.fail(d.field, "The day of %s is empty. Write it as 2009-05-17, or leave it out.", d.field)
		}
	}
}

// takesPlace adds where the activity takes place.
func (b *builder) takesPlace(f *ActivityFilter) {
	if list := b.stateIDs("states", f.States); list != nil {
		b.through("activity_states", "activity_id", map[string][]any{"state_id": list})
	}
	if given(f.StateGroups) {
		b.through("activity_states", "activity_id", map[string][]any{"state_id": b.membersOf(f.StateGroups)})
	}
}

// paidOrDone adds who pays and who carries it out. The agencies of a government count as that government.
func (b *builder) paidOrDone(f *ActivityFilter) {
	role := func(r term.ParticipationRole, actors []any) {
		b.through("participations", "activity_id", map[string][]any{"role": {r}, "actor_id": actors})
	}
	if list := b.actorIDs("donors", f.Donors); list != nil {
		role(term.Funding, list)
	}
	if list := b.actorIDs("implementers", f.Implementers); list != nil {
		role(term.Implementing, list)
	}
	if list := b.stateIDs("donorStates", f.DonorStates); list != nil {
		b.add(func(s *sql.Selector) {
			p, a := sql.Table("participations"), sql.Table("actors")
			agencies := sql.Dialect(s.Dialect()).Select(a.C("id")).From(a).Where(sql.In(a.C("government_id"), list...))
			s.Where(sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(p.C("activity_id")).From(p).
				Where(sql.And(sql.EQ(p.C("role"), term.Funding), sql.In(p.C("actor_id"), agencies)))))
		})
	}
}

// Period is a stretch of days; an empty end is open.
type Period struct{ From, To term.Date }

// period is the stretch in which the filter wants activities to be active; nil where it does not say.
func (f *ActivityFilter) period() *Period {
	if f.ActiveOn == nil && f.ActiveFrom == nil && f.ActiveTo == nil {
		return nil
	}
	var p Period
	if f.ActiveFrom != nil {
		p.From = *f.ActiveFrom
	}
	if f.ActiveTo != nil {
		p.To = *f.ActiveTo
	}
	if f.ActiveOn != nil {
		// On a day and between days: both must hold, so the later begin and the earlier end count.
		p.From = max(p.From, *f.ActiveOn)
		if p.To == "" || *f.ActiveOn < p.To {
			p.To = *f.ActiveOn
		}
	}
	return &p
}

// active adds: possibly active in the period. "2009" sorts before every day of 2009, so a start is possible up to the
// period's end when its text is not larger; an end known as a year or month is possible when it is not before that
// part of the period's begin. What is unknown rules nothing out, except a start that nobody knows with an end before.
func (b *builder) active(p *Period) {
	if p == nil {
		return
	}
	b.add(func(s *sql.Selector) {
		if p.To != "" {
			s.Where(sql.LTE(s.C("start_on"), string(p.To)))
		}
		if p.From != "" {
			s.Where(sql.Or(sql.EQ(s.C("end_on"), ""), endsOnOrAfter(s.C("end_on"), p.From)))
		}
	})
}

// endsOnOrAfter compares a partial date with a day as far as the partial date goes.
func endsOnOrAfter(column string, day term.Date) *sql.Predicate {
	var any []*sql.Predicate
	for _, n := range []int{4, 7, 10} {
		if n <= len(day) {
			any = append(any, sql.And(lengthIs(column, n), sql.GTE(column, string(day[:n]))))
		}
	}
	return sql.Or(any...)
}

func lengthIs(column string, n int) *sql.Predicate {
	return sql.P(func(b *sql.Builder) { b.WriteString("length(").Ident(column).WriteString(") = ").Arg(n) })
}

// Certain narrows activities to those that are surely active at some time of the filter's period, whatever the missing
// parts of their dates are: one that starts in the period is, though nobody knows its end. It gives false where the
// filter asks for no period.
func Certain(q *ent.ActivityQuery, f *ActivityFilter) bool {
	if f == nil || f.period() == nil {
		return false
	}
	p := f.period()
	q.Where(func(s *sql.Selector) {
		if p.To != "" {
			s.Where(sql.Or(surelyBy(s.C("start_on"), p.To), surelyBy(s.C("end_on"), p.To)))
		}
		if p.From != "" {
			s.Where(sql.Or(surelyFrom(s.C("start_on"), p.From), surelyFrom(s.C("end_on"), p.From)))
		}
	})
	return true
}

// surelyBy: even the last day that the partial date may mean is not after the day. No unknown date is.
func surelyBy(column string, day term.Date) *sql.Predicate {
	var any []*sql.Predicate
	for _, n := range []int{4, 7, 10} {
		if n > len(day) {
			continue
		}
		part := term.PartialDate(day[:n])
		compare := sql.LT // a period that ends within the year can't be sure of it
		if part.Last() <= day {
			compare = sql.LTE
		}
		any = append(any, sql.And(lengthIs(column, n), compare(column, string(part))))
	}
	return sql.Or(any...)
}

// surelyFrom: even the first day that the partial date may mean is not before the day. No unknown date is.
func surelyFrom(column string, day term.Date) *sql.Predicate {
	var any []*sql.Predicate
	for _, n := range []int{4, 7, 10} {
		if n > len(day) {
			continue
		}
		part := term.PartialDate(day[:n])
		compare := sql.GT
		if part.First() >= day {
			compare = sql.GTE
		}
		any = append(any, sql.And(lengthIs(column, n), compare(column, string(part))))
	}
	return sql.Or(any...)
}

// valued adds: some line of money has a value date in the period, as far as it is known.
func (b *builder) valued(from, to *term.Date) {
	if from == nil && to == nil || b.err != nil {
		return
	}
	b.add(func(s *sql.Selector) {
		j, f := sql.Table("activity_fundings"), sql.Table("fundings")
		in := sql.Dialect(s.Dialect()).Select(f.C("id")).From(f).Where(sql.NEQ(f.C("value_on"), ""))
		if to != nil {
			in.Where(sql.LTE(f.C("value_on"), string(*to)))
		}
		if from != nil {
			in.Where(endsOnOrAfter(f.C("value_on"), *from))
		}
		s.Where(sql.In(s.C("id"), sql.Dialect(s.Dialect()).Select(j.C("activity_id")).From(j).Where(sql.In(j.C("funding_id"), in))))
	})
}

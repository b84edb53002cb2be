package funding

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/funding"
	"adam/ent/overlap"
	"adam/ent/participation"
	"adam/ent/rate"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// chunk is how many identifiers stand in one statement: SQLite takes 32,766 parameters.
const chunk = 10_000

// Ask answers a query over the activities that q finds, of which a caller leaves out those that may not be counted, as far as the viewer in the context sees them and their money.
// day is the one on which verifications must hold.
func Ask(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date, asked Query) (*Answer, error) {
	if err := asked.check(ctx, c); err != nil {
		return nil, err
	}
	f, err := Load(ctx, c, q, day)
	if err != nil {
		return nil, fmt.Errorf("read who funds what: %w", err)
	}
	return Count(*f, asked)
}

// check refuses a dimension that is given twice, and a currency that nothing can be converted into.
func (q Query) check(ctx context.Context, c *ent.Client) error {
	for i, d := range q.By {
		if slices.Contains(q.By[:i], d) {
			return fault.New(fault.Invalid, "%s is given twice. Name each dimension once.", d).At("by")
		}
	}
	if q.Currency == dollar {
		return nil
	}
	known, err := c.Rate.Query().Where(rate.Currency(string(q.Currency))).Exist(ctx)
	if err == nil && !known {
		err = fault.New(fault.Invalid, "%q is no currency that this catalogue has rates of. Use an ISO 4217 code in capitals, such as AUD; `rates` lists them.", term.Clip(string(q.Currency))).At("currency")
	}
	return err
}

// decidedSame is the decision that two activities are one.
const decidedSame term.OverlapDecision = "SAME_ACTIVITY"

// loader reads facts.
type loader struct {
	ctx   context.Context
	c     *ent.Client
	day   term.Date
	facts *Facts
	at    map[term.ID]int // of activities
	line  map[term.ID]int
}

// Load reads the facts for the activities that a query finds. Of an edition they never change.
func Load(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date) (*Facts, error) {
	l := &loader{ctx, c, day, &Facts{Parents: map[term.ID]term.ID{}, Upstream: map[term.ID]term.ID{}}, map[term.ID]int{}, map[term.ID]int{}}
	found, err := q.Select(activityColumns...).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		l.activity(a, true)
	}
	for _, step := range []func([]term.ID) error{l.states, l.participations, l.lines} {
		if err := step(l.activities()); err != nil {
			return nil, err
		}
	}
	for _, step := range []func() error{l.allocations, l.same, l.parents, l.upstream, l.providers, l.rates} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l.facts, nil
}

var activityColumns = []string{activity.FieldID, activity.FieldKey, activity.FieldVerifiedStatus, activity.FieldVerifiedUntil, activity.FieldWithheld,
	activity.FieldRegional, activity.FieldSmuggling, activity.FieldTrafficking, activity.FieldAssistanceTypes, activity.FieldPartOfID}

func (l *loader) activity(a *ent.Activity, counted bool) {
	l.at[a.ID] = len(l.facts.Activities)
	l.facts.Activities = append(l.facts.Activities, Activity{
		ID: a.ID, Key: a.Key, Counted: counted, Regional: a.Regional, Assistance: a.AssistanceTypes,
		Verified: a.VerifiedStatus == term.Verified && a.VerifiedUntil >= l.day, Hidden: slices.Contains(a.Withheld, "fundings"),
		Theme: term.GroupOf(a.Smuggling != term.NotTargeted, a.Trafficking != term.NotTargeted),
	})
	if a.PartOfID != nil {
		l.facts.Parents[a.ID] = *a.PartOfID
	}
}

func (l *loader) activities() []term.ID {
	ids := make([]term.ID, len(l.facts.Activities))
	for i := range l.facts.Activities {
		ids[i] = l.facts.Activities[i].ID
	}
	return ids
}

func (l *loader) states(ids []term.ID) error {
	for part := range slices.Chunk(ids, chunk) {
		rows, err := l.c.ActivityState.Query().Where(activitystate.ActivityIDIn(part...)).
			Select(activitystate.FieldActivityID, activitystate.FieldStateID, activitystate.FieldPercentage).All(l.ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			a := &l.facts.Activities[l.at[r.ActivityID]]
			a.States = append(a.States, Part{r.StateID, percent(r.Percentage)})
		}
	}
	return nil
}

// percent is a share as it was stated; nil where none was.
func percent(d term.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return nil
	}
	return r
}

func (l *loader) participations(ids []term.ID) error {
	for part := range slices.Chunk(ids, chunk) {
		rows, err := l.c.Participation.Query().Where(participation.ActivityIDIn(part...), participation.RoleIn(term.Funding, term.Implementing)).
			Select(participation.FieldActivityID, participation.FieldActorID, participation.FieldRole).All(l.ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			a := &l.facts.Activities[l.at[r.ActivityID]]
			if r.Role == term.Funding {
				a.Donors = append(a.Donors, r.ActorID)
			} else {
				a.Implementers = append(a.Implementers, r.ActorID)
			}
		}
	}
	return nil
}

// same reads what was decided to be one activity, in the whole catalogue: a decision may lead over others.
func (l *loader) same() error {
	j, o := sql.Table(activity.OverlapsTable), sql.Table(overlap.Table)
	all, err := l.read(sql.Dialect(l.c.Dialect()).Select(j.C(activity.OverlapsPrimaryKey[1]), j.C(activity.OverlapsPrimaryKey[0])).From(j).
		Join(o).On(j.C(activity.OverlapsPrimaryKey[1]), o.C(overlap.FieldID)).Where(sql.EQ(o.C(overlap.FieldDecision), string(decidedSame))))
	groups := map[term.ID][]term.ID{}
	for _, p := range all {
		groups[p.from] = append(groups[p.from], p.to)
	}
	for _, g := range groups {
		l.facts.Same = append(l.facts.Same, g)
	}
	return err
}

// parents follows what the activities are parts of, over those that the filter does not ask for.
func (l *loader) parents() error {
	return follow(l.facts.Parents, func(id term.ID) bool { _, known := l.at[id]; return known }, func(part []term.ID) error {
		found, err := l.c.Activity.Query().Where(activity.IDIn(part...), activity.PartOfIDNotNil()).Select(activity.FieldID, activity.FieldPartOfID).All(l.ctx)
		for _, a := range found {
			l.facts.Parents[a.ID] = *a.PartOfID
		}
		return err
	})
}

// upstream follows where the money comes from, over lines that pay for other activities.
func (l *loader) upstream() error {
	start := map[term.ID]term.ID{}
	for i := range l.facts.Lines {
		if up := l.facts.Lines[i].Upstream; up != 0 {
			start[l.facts.Lines[i].ID] = up
		}
	}
	l.facts.Upstream = start
	return follow(start, func(id term.ID) bool { _, known := l.line[id]; return known }, func(part []term.ID) error {
		found, err := l.c.Funding.Query().Where(funding.IDIn(part...), funding.UpstreamIDNotNil()).Select(funding.FieldID, funding.FieldUpstreamID).All(l.ctx)
		for _, f := range found {
			l.facts.Upstream[f.ID] = *f.UpstreamID
		}
		return err
	})
}

// follow reads on where links lead, level by level, until they lead to what is known.
func follow(links map[term.ID]term.ID, known func(term.ID) bool, read func([]term.ID) error) error {
	asked := map[term.ID]bool{}
	for {
		var next []term.ID
		for _, to := range links {
			if !known(to) && !asked[to] {
				asked[to] = true
				next = append(next, to)
			}
		}
		if len(next) == 0 {
			return nil
		}
		for part := range slices.Chunk(next, chunk) {
			if err := read(part); err != nil {
				return err
			}
		}
	}
}

func (l *loader) rates() error {
	rows, err := l.c.Rate.Query().All(l.ctx)
	for _, r := range rows {
		l.facts.Rates = append(l.facts.Rates, Rate{term.Currency(r.Currency), r.Year, r.PerUsd, r.Source})
	}
	return err
}

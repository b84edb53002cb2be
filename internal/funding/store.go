package funding

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/activitystate"
	"adam/ent/participation"
	"adam/ent/rate"
	"adam/ent/rule"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
	"golang.org/x/sync/errgroup"
)

// chunk is how many identifiers stand in one statement: SQLite takes 32,766 parameters. Of more than much, all rows of a
// table are read instead.
const chunk = 10_000

var much = 4 * chunk

// Ask answers a query over the activities that q finds, as far as the viewer in the context sees them and their money. What
// its reporter does not allow to be counted is left out (rule 3). day is the one on which verifications must hold.
func Ask(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date, asked Query) (*Answer, error) {
	return ask(ctx, c, q, day, asked, factsOf)
}

// reading is a way to get at the facts for the activities that a query finds.
type reading func(context.Context, *ent.Client, *ent.ActivityQuery, term.Date) (*Facts, error)

func ask(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date, asked Query, read reading) (*Answer, error) {
	if err := asked.check(ctx, c); err != nil {
		return nil, err
	}
	f, err := read(ctx, c, q.Where(activity.Countable(true)), day)
	if err != nil {
		return nil, fmt.Errorf("read who funds what: %w", err)
	}
	return Count(*f, asked)
}

// factsOf takes the facts out of the ledger of an edition; the working store is read anew for each question.
func factsOf(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date) (*Facts, error) {
	if !edition.Keeps(ctx) {
		return Load(ctx, c, q, day)
	}
	l, err := ledgerOf(ctx, c)
	if err != nil {
		return nil, err
	}
	ids, err := q.IDs(ctx)
	if err != nil {
		return nil, err
	}
	return l.facts(ids, day), nil
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
	ctx    context.Context
	byRow  context.Context // while whole tables are read: one in which each row asks for itself whether it is seen
	c      *ent.Client
	facts  *Facts
	at     map[term.ID]int // of activities
	line   map[term.ID]int
	own    []pair                           // activities that are counted, each with a line that pays for it
	wanted []term.ID                        // those lines
	words  map[string]string                // texts that many rows have, each kept once
	types  map[string][]term.AssistanceType // lists, likewise
}

// Load reads the facts for the activities that a query finds.
func Load(ctx context.Context, c *ent.Client, q *ent.ActivityQuery, day term.Date) (*Facts, error) {
	f, err := load(ctx, c, q)
	if err != nil {
		return nil, err
	}
	verify(f.Activities, day)
	return f, nil
}

// verify says which activities are verified on a day.
func verify(all []Activity, day term.Date) {
	for i := range all {
		all[i].Verified = all[i].until != "" && all[i].until >= day
	}
}

func newLoader(ctx context.Context, c *ent.Client) *loader {
	return &loader{ctx: ctx, c: c, facts: &Facts{Parents: map[term.ID]term.ID{}, Upstream: map[term.ID]term.ID{}},
		at: map[term.ID]int{}, line: map[term.ID]int{}, words: map[string]string{}, types: map[string][]term.AssistanceType{}}
}

func load(ctx context.Context, c *ent.Client, q *ent.ActivityQuery) (*Facts, error) {
	l := newLoader(ctx, c)
	if err := l.activities(q, true); err != nil {
		return nil, err
	}
	if err := l.members(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{l.shared, l.allocations, l.same, l.links, l.providers, l.rates} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l.facts, nil
}

// members reads what activities consist of. Of a large catalogue, whole tables are read, at once: each step writes what no
// other one looks at.
func (l *loader) members() error {
	ids, steps := l.known(), []func([]term.ID) error{l.states, l.participations, l.lines}
	if len(ids) <= much {
		for _, step := range steps {
			if err := step(ids); err != nil {
				return err
			}
		}
		return nil
	}
	one := l.ctx
	defer func() { l.ctx, l.byRow = one, nil }()
	all, ctx := errgroup.WithContext(one)
	l.ctx, l.byRow = rule.ReadingWhole(ctx), ctx
	for _, step := range steps {
		all.Go(func() error { return safely(func() error { return step(ids) }) })
	}
	return all.Wait()
}

// each reads rows that belong to some of what is known, part by part. Where much is known it reads all rows at once, of
// which read then leaves out what is not known: to look for each alone would take longer.
func each(ids []term.ID, read func(part []term.ID) error) error {
	if len(ids) > much {
		return read(nil)
	}
	for part := range slices.Chunk(ids, chunk) {
		if err := read(part); err != nil {
			return err
		}
	}
	return nil
}

// of narrows a query to a part; nil is all there is.
func of[P ~func(*sql.Selector)](part []term.ID, in func(...term.ID) P) P {
	if part == nil {
		return func(*sql.Selector) {}
	}
	return in(part...)
}

// activityRow is what is read of an activity. Whole entities would take several times as long.
type activityRow struct {
	ID              term.ID                 `sql:"id"`
	Key             string                  `sql:"key"`
	VerifiedStatus  term.VerificationStatus `sql:"verified_status"`
	VerifiedUntil   term.Date               `sql:"verified_until"`
	Withheld        string                  `sql:"withheld"`
	Regional        bool                    `sql:"regional"`
	Smuggling       term.Significance       `sql:"smuggling"`
	Trafficking     term.Significance       `sql:"trafficking"`
	AssistanceTypes string                  `sql:"assistance_types"`
	PartOfID        term.ID                 `sql:"part_of_id"`
}

var activityColumns = []string{activity.FieldID, activity.FieldKey, activity.FieldVerifiedStatus, activity.FieldVerifiedUntil, activity.FieldWithheld,
	activity.FieldRegional, activity.FieldSmuggling, activity.FieldTrafficking, activity.FieldAssistanceTypes, activity.FieldPartOfID}

// activities reads activities that are counted, or that lines of counted ones pay for too.
func (l *loader) activities(q *ent.ActivityQuery, counted bool) error {
	var rows []activityRow
	if err := q.Select(activityColumns...).Scan(l.ctx, &rows); err != nil {
		return err
	}
	for i := range rows {
		a := &rows[i]
		types, err := l.list(a.AssistanceTypes)
		if err != nil {
			return err
		}
		until := a.VerifiedUntil
		if a.VerifiedStatus != term.Verified {
			until = ""
		}
		l.at[a.ID] = len(l.facts.Activities)
		l.facts.Activities = append(l.facts.Activities, Activity{
			ID: a.ID, Key: a.Key, Counted: counted, until: until, Regional: a.Regional, Assistance: types, Hidden: strings.Contains(a.Withheld, `"fundings"`),
			Theme: term.GroupOf(a.Smuggling != term.NotTargeted, a.Trafficking != term.NotTargeted),
		})
		if a.PartOfID != 0 {
			l.facts.Parents[a.ID] = a.PartOfID
		}
	}
	return nil
}

// list reads a list of codes, once for all activities that have the same.
func (l *loader) list(text string) ([]term.AssistanceType, error) {
	out, known := l.types[text]
	if !known {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			return nil, err
		}
		l.types[text] = out
	}
	return out, nil
}

func (l *loader) known() []term.ID {
	ids := make([]term.ID, len(l.facts.Activities))
	for i := range l.facts.Activities {
		ids[i] = l.facts.Activities[i].ID
	}
	return ids
}

func (l *loader) states(ids []term.ID) error {
	return each(ids, func(part []term.ID) error {
		var rows []struct {
			ActivityID term.ID      `sql:"activity_id"`
			StateID    term.ID      `sql:"state_id"`
			Percentage term.Decimal `sql:"percentage"`
		}
		err := l.c.ActivityState.Query().Where(of(part, activitystate.ActivityIDIn)).
			Select(activitystate.FieldActivityID, activitystate.FieldStateID, activitystate.FieldPercentage).Scan(l.ctx, &rows)
		for _, r := range rows {
			if i, known := l.at[r.ActivityID]; known {
				a := &l.facts.Activities[i]
				a.States = append(a.States, Part{r.StateID, percent(r.Percentage)})
			}
		}
		return err
	})
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
	return each(ids, func(part []term.ID) error {
		var rows []struct {
			ActivityID term.ID                `sql:"activity_id"`
			ActorID    term.ID                `sql:"actor_id"`
			Role       term.ParticipationRole `sql:"role"`
		}
		err := l.c.Participation.Query().Where(of(part, participation.ActivityIDIn), participation.RoleIn(term.Funding, term.Implementing)).
			Select(participation.FieldActivityID, participation.FieldActorID, participation.FieldRole).Scan(l.ctx, &rows)
		for _, r := range rows {
			i, known := l.at[r.ActivityID]
			switch a := &l.facts.Activities[i]; {
			case !known:
			case r.Role == term.Funding:
				a.Donors = append(a.Donors, r.ActorID)
			default:
				a.Implementers = append(a.Implementers, r.ActorID)
			}
		}
		return err
	})
}

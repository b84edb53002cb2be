package intake

import (
	"context"
	"strconv"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/intakeentry"
	"adam/ent/overlap"
	"adam/ent/predicate"
	"adam/ent/record"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Outcome is what becomes of one activity of an import, or what became of it.
type Outcome struct {
	term.IntakeItem
	Cursor string // where it stands
}

// Part says which outcomes are wanted.
type Part struct {
	Outcome *term.IntakeOutcome // nil for all
	First   int
	After   string // a cursor; "" from the first
}

// Outcomes gives what becomes of the activities of an import: of one that waits for a decision what is shown of them, else
// what it did. For operators and the secretariat.
func Outcomes(ctx context.Context, c *ent.Client, f *ent.Intake, p Part) ([]*Outcome, error) {
	after := int64(0)
	if p.After != "" {
		var err error
		if after, err = strconv.ParseInt(p.After, 10, 64); err != nil {
			return nil, fault.New(fault.Invalid, "Take what stands after “after” from the cursor of an earlier answer.").At("after")
		}
	}
	if f.Status != term.IntakeApplied && f.Status != term.IntakeUndoing && f.Status != term.IntakeUndone {
		return foreseenOf(f, p, int(after)), nil
	}
	ctx, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	q := c.IntakeEntry.Query().Where(intakeentry.IntakeID(f.ID), intakeentry.IdentifierNEQ(""), intakeentry.IDGT(term.ID(after)))
	if p.Outcome != nil {
		q.Where(intakeentry.OutcomeEQ(*p.Outcome))
	}
	entries, err := q.Order(intakeentry.ByID()).Limit(p.First).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]*Outcome, len(entries))
	for i, e := range entries {
		d, err := readDraft(e.Draft)
		if err != nil {
			return nil, err
		}
		out[i] = &Outcome{Cursor: strconv.FormatInt(int64(e.ID), 10),
			IntakeItem: term.IntakeItem{Identifier: e.Identifier, Title: d.Title, Outcome: e.Outcome, Record: e.RecordID, Changes: e.Changes}}
	}
	return out, nil
}

// foreseenOf are some of the outcomes of a file that waits for a decision.
func foreseenOf(f *ent.Intake, p Part, after int) []*Outcome {
	out := []*Outcome{}
	for i, item := range f.Foreseen {
		if i < after || len(out) == p.First || p.Outcome != nil && *p.Outcome != item.Outcome {
			continue
		}
		if item.Changes == nil {
			item.Changes = []term.Change{}
		}
		out = append(out, &Outcome{Cursor: strconv.Itoa(i + 1), IntakeItem: item})
	}
	return out
}

// Overlaps names the pairs of which an import wrote one activity, what is surest first. For operators and the secretariat.
func Overlaps(ctx context.Context, c *ent.Client, id term.ID, most int) ([]term.ID, error) {
	ctx, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	wrote := record.HasIntakeEntriesWith(intakeentry.IntakeID(id), intakeentry.OutcomeIn(term.IntakeCreated, term.IntakeChanged))
	return c.Overlap.Query().Where(overlap.HasActivitiesWith(activityIn(wrote))).Order(ent.Desc(overlap.FieldScore), overlap.ByID()).Limit(most).IDs(ctx)
}

// activityIn picks the activities whose anchors a condition holds for.
func activityIn(wrote predicate.Record) predicate.Activity {
	return func(s *sql.Selector) {
		t := sql.Table(record.Table)
		anchors := sql.Select(t.C(record.FieldID)).From(t)
		wrote(anchors)
		s.Where(sql.In(s.C(activity.FieldID), anchors))
	}
}

package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/ent/reviewitem"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
)

// question is a record that a review asks about.
type question struct {
	id      term.ID
	kind    term.RecordKind
	version int
	name    string
	own     bool
	ended   bool
}

// ask makes the items of a chapter's cycle: its own records first, then by type and name. It asks about what a focal
// point of the chapter may see, and about an activity that has ended only once more.
func (d *Desk) ask(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) error {
	ch, err := tx.Chapter.Get(ctx, *cycle.ChapterID)
	if err != nil {
		return err
	}
	focal := access.SignedIn(0, ch.Title, []access.Grant{focalGrant(ch)})
	all, err := questions(access.With(ctx, focal), tx.Client(), ch.ID, cycle.Year)
	if err != nil {
		return err
	}
	done, err := endedBefore(ctx, tx, cycle)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(q question) bool { return q.ended && done[q.id] })
	return d.put(ctx, tx, cycle.ID, all)
}

// focalGrant is the role of a chapter's focal point.
func focalGrant(ch *ent.Chapter) access.Grant {
	g := access.Grant{Role: access.FocalPoint, Chapter: ch.ID}
	if ch.StateID != nil {
		g.State = *ch.StateID
	}
	return g
}

// put writes items in the order in which they are asked.
func (d *Desk) put(ctx context.Context, tx *ent.Tx, cycle term.ID, all []question) error {
	slices.SortStableFunc(all, func(a, b question) int {
		return cmp.Or(order(a.own, b.own), cmp.Compare(place(a.kind), place(b.kind)), cmp.Compare(a.name, b.name))
	})
	at := 0
	for part := range slices.Chunk(all, 500) {
		var rows []*ent.ReviewItemCreate
		for _, q := range part {
			at += d.gap()
			rows = append(rows, tx.ReviewItem.Create().SetCycleID(cycle).SetRecordID(q.id).SetKind(q.kind).SetPosition(at).
				SetOwn(q.own).SetEnded(q.ended).SetRecordVersion(q.version))
		}
		if err := tx.ReviewItem.CreateBulk(rows...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func place(k term.RecordKind) int {
	return slices.Index([]string{"LAW", "POLICY", "COORDINATION_MECHANISM", "ACTOR", "ACTIVITY"}, string(k))
}

// questions are the records of a chapter as whoever is in the context sees them, with those that she owns marked. An activity has ended
// where it says so, or ended before the year of the review.
func questions(ctx context.Context, c *ent.Client, ch term.ID, year int) ([]question, error) {
	var out []question
	for _, p := range parts {
		kind := recordKind(p.table)
		owned, ended := rule.Owned(ctx, kind.Kind()), "0"
		if kind == term.RecordActivity {
			ended = fmt.Sprintf("CASE WHEN t.status IN ('CLOSED', 'CANCELLED') OR t.end_on <> '' AND t.end_on < '%d' THEN 1 ELSE 0 END", year)
		}
		query := fmt.Sprintf("SELECT t.id, t.version, t.sort_name, CASE WHEN (%s) THEN 1 ELSE 0 END, %s FROM %s t JOIN %s j ON j.%s = t.id WHERE j.chapter_id = %d",
			owned, ended, p.table, p.join, p.column, ch)
		if err := gather(ctx, c, query, kind, &out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func gather(ctx context.Context, c *ent.Client, query string, kind term.RecordKind, out *[]question) error {
	rows, err := c.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		q := question{kind: kind}
		var own, ended int
		if err := rows.Scan(&q.id, &q.version, &q.name, &own, &ended); err != nil {
			return err
		}
		q.own, q.ended = own == 1, ended == 1
		*out = append(*out, q)
	}
	return rows.Err()
}

func recordKind(table string) term.RecordKind {
	for _, k := range term.RecordKind("").Values() {
		if term.RecordKind(k).Kind().Table() == table {
			return term.RecordKind(k)
		}
	}
	return ""
}

// endedBefore are the activities that earlier cycles have asked about as ended, and that were answered.
func endedBefore(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) (map[term.ID]bool, error) {
	all, err := tx.ReviewItem.Query().Where(reviewitem.Ended(true), reviewitem.StatusNEQ(term.ItemPending),
		reviewitem.HasCycleWith(reviewcycle.ChapterID(*cycle.ChapterID), reviewcycle.StatusEQ(term.ReviewPublished))).
		Select(reviewitem.FieldRecordID).All(ctx)
	out := map[term.ID]bool{}
	for _, it := range all {
		if it.RecordID != nil {
			out[*it.RecordID] = true
		}
	}
	return out, err
}

package review

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// VerifiedIn counts the records that are verified on a day, whichever review did so, among those that a progress
// counts: see Progress.Of. It is asked for cycles and chapters together, all at once.
func VerifiedIn(ctx context.Context, c *ent.Client, of []term.ID, day term.Date) (map[term.ID]int, error) {
	var chapters, cycles []term.ID
	for _, id := range of {
		if id.Kind() == term.KindChapter {
			chapters = append(chapters, id)
		} else {
			cycles = append(cycles, id)
		}
	}
	out, err := verifiedItems(ctx, c, cycles, day)
	if err != nil || len(chapters) == 0 {
		return out, err
	}
	held, err := holdings(ctx, c, chapters, verifiedOn(day))
	for id, h := range held {
		out[id] = h.Total()
	}
	return out, err
}

// verifiedItems counts the items of cycles whose records are verified on a day. A record that a review proposes is none
// yet.
func verifiedItems(ctx context.Context, c *ent.Client, cycles []term.ID, day term.Date) (map[term.ID]int, error) {
	out := make(map[term.ID]int, len(cycles))
	if len(cycles) == 0 {
		return out, nil
	}
	for _, id := range cycles {
		out[id] = 0
	}
	var rows []struct {
		CycleID term.ID `json:"cycle_id"`
		Count   int     `json:"count"`
	}
	err := c.ReviewItem.Query().Where(reviewitem.CycleIDIn(cycles...), func(s *sql.Selector) {
		s.Where(ent.RecordVerifiedOn(s, s.C(reviewitem.FieldRecordID), s.C(reviewitem.FieldKind), day))
	}).GroupBy(reviewitem.FieldCycleID).Aggregate(ent.Count()).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count verified records: %w", err)
	}
	for _, r := range rows {
		out[r.CycleID] = r.Count
	}
	return out, nil
}

// Package review is how States and organisations verify their records: cycles, items, deadlines.
package review

import (
	"context"
	"maps"
	"slices"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/ent/reviewitem"
	"adam/internal/term"
)

// Progress is how many records of a review stand where. Where no review was opened, all records of the chapter are
// pending. Of is whose records are counted: a cycle, or such a chapter.
type Progress struct {
	Of                                                                 term.ID
	Total, Confirmed, Corrected, Disputed, NotOurs, Withdrawn, Pending int
	Later                                                              int // of the pending ones: put off
}

// ProgressOf tells how far the newest review of chapters has come that the viewer may see the items of, all chapters at
// once.
func ProgressOf(ctx context.Context, c *ent.Client, chapters []term.ID) (map[term.ID]*Progress, error) {
	newest, err := c.ReviewCycle.Query().Where(reviewcycle.ChapterIDIn(chapters...)).Order(ent.Asc(reviewcycle.FieldOpenedOn, reviewcycle.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	cycles := map[term.ID]term.ID{}
	for _, r := range newest {
		cycles[*r.ChapterID] = r.ID
	}
	byCycle, err := progressIn(ctx, c, slices.Collect(maps.Values(cycles)))
	if err != nil {
		return nil, err
	}
	held, err := HoldingsOf(ctx, c, chapters)
	if err != nil {
		return nil, err
	}
	out := make(map[term.ID]*Progress, len(chapters))
	for id, h := range held {
		if p := byCycle[cycles[id]]; p != nil {
			out[id] = p
			continue
		}
		out[id] = &Progress{Of: id, Total: h.Total(), Pending: h.Total()}
	}
	return out, nil
}

// ProgressIn tells how far one review has come, of the items that the viewer may see.
func ProgressIn(ctx context.Context, c *ent.Client, cycle term.ID) (*Progress, error) {
	all, err := progressIn(ctx, c, []term.ID{cycle})
	if err != nil || all[cycle] == nil {
		return &Progress{Of: cycle}, err
	}
	return all[cycle], nil
}

func progressIn(ctx context.Context, c *ent.Client, cycles []term.ID) (map[term.ID]*Progress, error) {
	out := map[term.ID]*Progress{}
	if len(cycles) == 0 {
		return out, nil
	}
	var rows []struct {
		CycleID term.ID         `json:"cycle_id"`
		Status  term.ItemStatus `json:"status"`
		Later   bool            `json:"later"`
		Count   int             `json:"count"`
	}
	err := c.ReviewItem.Query().Where(reviewitem.CycleIDIn(cycles...)).GroupBy(reviewitem.FieldCycleID, reviewitem.FieldStatus, reviewitem.FieldLater).
		Aggregate(ent.Count()).Scan(ctx, &rows)
	for _, r := range rows {
		p := out[r.CycleID]
		if p == nil {
			p = &Progress{Of: r.CycleID}
			out[r.CycleID] = p
		}
		p.Total += r.Count
		*p.of(r.Status) += r.Count
		if r.Later {
			p.Later += r.Count
		}
	}
	return out, err
}

// of is the count of one answer.
func (p *Progress) of(s term.ItemStatus) *int {
	switch s {
	case term.ItemConfirmed:
		return &p.Confirmed
	case term.ItemCorrected:
		return &p.Corrected
	case term.ItemDisputed:
		return &p.Disputed
	case term.ItemNotOurs:
		return &p.NotOurs
	case term.ItemWithdrawn:
		return &p.Withdrawn
	}
	return &p.Pending
}

// Current is the cycle of a chapter that was opened last; nil where none ever was.
func Current(ctx context.Context, c *ent.Client, chapter term.ID) (*ent.ReviewCycle, error) {
	cycle, err := c.ReviewCycle.Query().Where(reviewcycle.ChapterID(chapter)).
		Order(ent.Desc(reviewcycle.FieldOpenedOn, reviewcycle.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return cycle, err
}

// Overdue reports whether what is due next in a cycle has not come although its day is over: today is the day in the
// chapter's time zone (rule 5). It is derived, never stored.
func Overdue(c *ent.ReviewCycle, today term.Date) bool {
	switch c.Status {
	case term.AwaitingNomination:
		return today > c.NominationDueOn
	case term.UnderReview, term.Returned:
		return today > c.ReviewDueOn
	}
	return false
}

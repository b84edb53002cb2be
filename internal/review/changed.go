package review

import (
	"context"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/internal/term"
)

// Difference is what became of a record since the edition that its review compares with.
type Difference struct {
	New     bool // it was not there
	Changes []term.Change
}

// Changed tells of items what changed in their records since the edition that their cycle compares with, field by field:
// what stood there then, and what stands now. It asks the history of the records, so it shows what the viewer may see of
// it. The items must have their cycles loaded.
func Changed(ctx context.Context, c *ent.Client, items []*ent.ReviewItem) (map[term.ID]Difference, error) {
	out := map[term.ID]Difference{}
	since := map[term.Instant][]*ent.ReviewItem{}
	for _, it := range items {
		if at := it.Edges.Cycle.BaseAt; it.RecordID != nil && at != "" {
			since[at] = append(since[at], it)
		}
	}
	for at, some := range since {
		byRecord := map[term.ID][]*ent.HistoryEntry{}
		for part := range slices.Chunk(some, 500) {
			ids := make([]term.ID, len(part))
			for i, it := range part {
				ids[i] = *it.RecordID
			}
			entries, err := c.HistoryEntry.Query().Where(historyentry.RecordIDIn(ids...), historyentry.AtGT(at)).
				Order(historyentry.ByVersion(), historyentry.ByID()).All(ctx)
			if err != nil {
				return nil, err
			}
			for _, e := range entries {
				byRecord[e.RecordID] = append(byRecord[e.RecordID], e)
			}
		}
		for _, it := range some {
			out[it.ID] = net(byRecord[*it.RecordID])
		}
	}
	return out, nil
}

// net joins changes that follow each other: a field that is again what it was has not changed.
func net(entries []*ent.HistoryEntry) Difference {
	var d Difference
	at := map[string]int{}
	for _, e := range entries {
		d.New = d.New || e.Action == term.ActionCreated
		for _, c := range e.Changes {
			if unseenIn(c.Field) {
				continue
			}
			if i, ok := at[c.Field]; ok {
				d.Changes[i].To = c.To
				continue
			}
			at[c.Field] = len(d.Changes)
			d.Changes = append(d.Changes, c)
		}
	}
	d.Changes = slices.DeleteFunc(d.Changes, func(c term.Change) bool {
		return (c.From == nil) == (c.To == nil) && (c.From == nil || *c.From == *c.To)
	})
	return d
}

// unseenIn are the fields that tell of the review itself, not of what the record says.
func unseenIn(field string) bool { return strings.HasPrefix(field, "verified") }

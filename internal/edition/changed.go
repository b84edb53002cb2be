package edition

import (
	"context"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/internal/term"
)

// EntriesSince is what was done to records after a moment, by record, of what the viewer may see.
func EntriesSince(ctx context.Context, c *ent.Client, at term.Instant, records []term.ID) (map[term.ID][]*ent.HistoryEntry, error) {
	return entriesOf(ctx, c.HistoryEntry.Query().Where(historyentry.RecordIDIn(records...), historyentry.AtGT(at)))
}

func entriesOf(ctx context.Context, q *ent.HistoryEntryQuery) (map[term.ID][]*ent.HistoryEntry, error) {
	all, err := q.Order(historyentry.ByVersion(), historyentry.ByID()).All(ctx)
	out := map[term.ID][]*ent.HistoryEntry{}
	for _, e := range all {
		out[e.RecordID] = append(out[e.RecordID], e)
	}
	return out, err
}

// Net joins changes of one record that follow each other: a field that is again what it was has not changed.
func Net(entries []*ent.HistoryEntry) []term.Change {
	var out []term.Change
	at := map[string]int{}
	for _, e := range entries {
		for _, c := range e.Changes {
			if ofReview(c.Field) {
				continue
			}
			if c.Field == lines { // each entry is one line, so they don't follow each other
				out = append(out, c)
				continue
			}
			if i, ok := at[c.Field]; ok {
				out[i].To = c.To
				continue
			}
			at[c.Field] = len(out)
			out = append(out, c)
		}
	}
	return slices.DeleteFunc(out, func(c term.Change) bool {
		return (c.From == nil) == (c.To == nil) && (c.From == nil || *c.From == *c.To)
	})
}

// lines is the field whose changes each tell of one line of money.
const lines = "fundings"

// ofReview are the fields that tell of a review, not of what the record says.
func ofReview(field string) bool { return strings.HasPrefix(field, "verified") }

package review

import (
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/predicate"
	"adam/ent/share"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/term"
)

// Difference is what became of a record since the edition that its review compares with.
type Difference struct {
	New       bool // it was not there, or not for whoever is asked
	Unchanged bool // it was there, and all that it says is as it was, whatever the viewer may see of it
	Changes   []term.Change
}

// Changed tells of items what changed in their records since the edition that their cycle compares with, field by field:
// what stood there then, and what stands now. The changes are those that the viewer may see. Whether a record is new or
// unchanged is found with the eyes of the program: one that was opened to her since hides its past from her, and must not
// pass for one that is as it was. The items must have their cycles loaded.
func Changed(ctx context.Context, c *ent.Client, items []*ent.ReviewItem) (map[term.ID]Difference, error) {
	out := map[term.ID]Difference{}
	since := map[term.Instant][]*ent.ReviewItem{}
	for _, it := range items {
		if at := it.Edges.Cycle.BaseAt; it.RecordID != nil && at != "" {
			since[at] = append(since[at], it)
		}
	}
	for at, some := range since {
		for part := range slices.Chunk(some, 500) {
			if err := changedSince(ctx, c, at, part, out); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func changedSince(ctx context.Context, c *ent.Client, at term.Instant, items []*ent.ReviewItem, out map[term.ID]Difference) error {
	ids := make([]term.ID, len(items))
	for i, it := range items {
		ids[i] = *it.RecordID
	}
	seen, err := edition.EntriesSince(ctx, c, at, ids)
	if err != nil {
		return err
	}
	program := asProgram(ctx)
	all, err := edition.EntriesSince(program, c, at, ids)
	if err != nil {
		return err
	}
	stand, err := standings(program, c, ids)
	if err != nil {
		return err
	}
	for _, it := range items {
		id := *it.RecordID
		d := Difference{Changes: edition.Net(seen[id])}
		d.New = stand[id].created > at || stoodAt("withdrawn", "", all[id]) == "true"
		if !d.New && !it.Own && stoodAt("visibility", stand[id].visibility, all[id]) == string(term.Restricted) {
			shared, err := sharedBefore(program, c, at, it)
			if err != nil {
				return err
			}
			d.New = !shared
		}
		d.Unchanged = !d.New && len(edition.Net(all[id])) == 0
		out[it.ID] = d
	}
	return nil
}

// stoodAt is what a field said before the first of some changes of it; what it says now where there were none.
func stoodAt(field, now string, entries []*ent.HistoryEntry) string {
	for _, e := range entries {
		for _, c := range e.Changes {
			if c.Field == field {
				return text(c.From)
			}
		}
	}
	return now
}

// standing is what is asked of a record of any type.
type standing struct {
	visibility, key string
	created         term.Instant
}

// standings are those of records, as far as whoever is in the context sees them.
func standings(ctx context.Context, c *ent.Client, ids []term.ID) (map[term.ID]standing, error) {
	out := map[term.ID]standing{}
	for table, some := range byTable(ids) {
		rows, err := c.QueryContext(ctx, fmt.Sprintf("SELECT id, visibility, key, created_at FROM %s WHERE id IN (%s)", table, list(some)))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id term.ID
			var s standing
			if err := rows.Scan(&id, &s.visibility, &s.key, &s.created); err != nil {
				_ = rows.Close()
				return nil, err
			}
			out[id] = s
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sharedBefore says whether the record of an item, which others restrict, was shared with whoever is asked when an
// edition was cut.
func sharedBefore(ctx context.Context, c *ent.Client, at term.Instant, it *ent.ReviewItem) (bool, error) {
	with := []predicate.Share{share.RoleEQ(access.FocalPoint)}
	if of := it.Edges.Cycle.ActorID; of != nil {
		with = []predicate.Share{share.RoleEQ(access.Reporter), share.ActorID(*of)}
	}
	return c.Share.Query().Where(share.RecordID(*it.RecordID), share.AtLTE(at), share.Or(with...)).Exist(ctx)
}

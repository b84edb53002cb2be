//go:build !codegen

package rule

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent"
	"adam/ent/chapter"
	"adam/internal/access"
	"adam/internal/term"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// WithoutUnseen takes out of history what its reader may not see although she sees the record: the seat of an actor whose
// location is hidden, and changes that name by its identifier what is hidden from her. Editions are cut without them.
func WithoutUnseen() []entgo.Interceptor {
	return []entgo.Interceptor{ent.InterceptFunc(func(next ent.Querier) ent.Querier {
		return ent.QuerierFunc(func(ctx context.Context, query ent.Query) (ent.Value, error) {
			q, ofHistory := query.(*ent.HistoryEntryQuery)
			if v := access.From(ctx); !ofHistory || v.SeesAll() || v.Audience != access.Working {
				return next.Query(ctx, query)
			}
			q.EnsureRecord()
			value, err := next.Query(ctx, query)
			entries, ok := value.([]*ent.HistoryEntry)
			if err != nil || !ok {
				return value, err
			}
			return value, hideUnseen(ctx, q, entries)
		})
	})}
}

func hideUnseen(ctx context.Context, q *ent.HistoryEntryQuery, entries []*ent.HistoryEntry) error {
	seen, err := seenOf(ctx, q, namedIn(entries))
	if err != nil {
		return err
	}
	codes, err := chaptersSeen(ctx, q, entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		e.Changes = slices.DeleteFunc(e.Changes, func(c term.Change) bool {
			return c.Field == "seat" && !seen[safeSeat(e.RecordID)] || unseen(seen, c.From) || unseen(seen, c.To) ||
				c.Field == "chapters" && (beyond(codes, c.From) || beyond(codes, c.To))
		})
	}
	return nil
}

// safeSeat stands for the seat of an actor among what is seen: a record's own id never names itself in its history.
func safeSeat(actor term.ID) term.ID { return -actor }

// namedIn lists the identifiers that the values of history name, and the actors whose seat it tells.
func namedIn(entries []*ent.HistoryEntry) map[term.Kind][]term.ID {
	out := map[term.Kind][]term.ID{}
	for _, e := range entries {
		for _, c := range e.Changes {
			if c.Field == "seat" {
				out[0] = append(out[0], e.RecordID)
			}
			for _, value := range []*string{c.From, c.To} {
				if id := named(value); id != 0 {
					out[id.Kind()] = append(out[id.Kind()], id)
				}
			}
		}
	}
	return out
}

func named(value *string) term.ID {
	if value == nil || !strings.Contains(*value, "_") {
		return 0
	}
	id, err := term.ParseID(*value)
	if err != nil {
		return 0
	}
	return id
}

func unseen(seen map[term.ID]bool, value *string) bool {
	id := named(value)
	return id != 0 && !seen[id]
}

// seenOf asks which of the identifiers the reader sees, and whose seat.
func seenOf(ctx context.Context, q *ent.HistoryEntryQuery, ids map[term.Kind][]term.ID) (map[term.ID]bool, error) {
	seen := map[term.ID]bool{}
	for kind, list := range ids {
		query, note := "SELECT id FROM "+kind.Table()+" WHERE "+oneOf("id", list), func(id term.ID) { seen[id] = true }
		if kind == 0 {
			query = "SELECT id FROM actors WHERE NOT (safety AND seat IS NULL) AND " + oneOf("id", list)
			note = func(id term.ID) { seen[safeSeat(id)] = true }
		}
		if err := eachID(ctx, q, query, note); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

// chaptersSeen lists the codes of the chapters that the reader sees, where history names chapters.
func chaptersSeen(ctx context.Context, q *ent.HistoryEntryQuery, entries []*ent.HistoryEntry) ([]string, error) {
	for _, e := range entries {
		for _, c := range e.Changes {
			if c.Field == "chapters" {
				return q.Client().Chapter.Query().Select(chapter.FieldCode).Strings(ctx)
			}
		}
	}
	return nil, nil
}

// beyond tells whether a list of codes names one that is not among those seen.
func beyond(seen []string, value *string) bool {
	return value != nil && slices.ContainsFunc(strings.Split(*value, "; "), func(c string) bool { return !slices.Contains(seen, c) })
}

func eachID(ctx context.Context, q *ent.HistoryEntryQuery, query string, note func(term.ID)) error {
	rows, err := q.Client().QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("what history names: %w", err)
	}
	defer rows.Close()
	var found []string
	if err := sql.ScanSlice(rows, &found); err != nil {
		return err
	}
	for _, s := range found {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return err
		}
		note(term.ID(n))
	}
	return nil
}

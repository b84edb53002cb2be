package funding

import (
	"context"
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/term"
)

// mended is the ledger with some activities as the viewer in the context sees them now, and their lines. Every activity
// that shares a line with one of them must be named too.
func (l *ledger) mended(ctx context.Context, c *ent.Client, ids []term.ID) (*ledger, error) {
	fresh := &Facts{Parents: map[term.ID]term.ID{}}
	for part := range slices.Chunk(ids, chunk) {
		f, err := load(ctx, c, c.Activity.Query().Where(activity.IDIn(part...), activity.Countable(true)))
		if err != nil {
			return nil, err
		}
		fresh.add(f)
	}
	next := newLedger(l.replaced(ids, fresh))
	further := newLoader(ctx, c)
	further.facts = &next.all
	if err := further.parents(func(id term.ID) bool { _, known := next.at[id]; return known }); err != nil {
		return nil, err
	}
	return next, further.upstream(next.holds)
}

// add takes the activities that were asked for, the lines and the parents of facts over.
func (f *Facts) add(more *Facts) {
	for _, a := range more.Activities {
		if a.Counted {
			f.Activities = append(f.Activities, a)
			if parent, is := more.Parents[a.ID]; is {
				f.Parents[a.ID] = parent
			}
		}
	}
	f.Lines = append(f.Lines, more.Lines...)
}

// replaced are the facts of the ledger with fresh ones in the place of what stood of some activities. What is followed
// over other activities and lines is left out.
func (l *ledger) replaced(ids []term.ID, fresh *Facts) *Facts {
	stale, lines := make(map[int32]bool, len(ids)), map[int32]bool{}
	for _, id := range ids {
		if a, known := l.at[id]; known {
			stale[a] = true
			for _, n := range l.linesOf(a) {
				lines[n] = true
			}
		}
	}
	slices.SortFunc(fresh.Activities, byKey)
	slices.SortFunc(fresh.Lines, byID)
	fresh.Lines = slices.CompactFunc(fresh.Lines, func(a, b Line) bool { return a.ID == b.ID })
	out := &Facts{Parents: map[term.ID]term.ID{}, Rates: l.all.Rates}
	out.Activities = merged(without(l.all.Activities, stale), fresh.Activities, byKey)
	known := make(map[term.ID]bool, len(out.Activities))
	for i := range out.Activities {
		known[out.Activities[i].ID] = true
	}
	for i := range fresh.Lines { // of an activity that came into sight only now, the next look tells
		fresh.Lines[i].Activities = slices.DeleteFunc(fresh.Lines[i].Activities, func(id term.ID) bool { return !known[id] })
	}
	out.Lines = merged(without(l.all.Lines, lines), fresh.Lines, byID)
	for id, parent := range l.all.Parents {
		if a, is := l.at[id]; is && !stale[a] {
			out.Parents[id] = parent
		}
	}
	for id, parent := range fresh.Parents {
		out.Parents[id] = parent
	}
	return out
}

// without are all but those at some places.
func without[T any](all []T, places map[int32]bool) []T {
	out := make([]T, 0, len(all))
	for i := range all {
		if !places[int32(i)] { //nolint:gosec // some millions
			out = append(out, all[i])
		}
	}
	return out
}

// merged are two sorted lists in order; of two that are equal, the fresh one.
func merged[T any](old, fresh []T, order func(a, b T) int) []T {
	if len(fresh) == 0 {
		return old
	}
	out := make([]T, 0, len(old)+len(fresh))
	for len(old) > 0 && len(fresh) > 0 {
		switch n := order(old[0], fresh[0]); {
		case n < 0:
			out, old = append(out, old[0]), old[1:]
		case n > 0:
			out, fresh = append(out, fresh[0]), fresh[1:]
		default:
			old = old[1:]
		}
	}
	return append(append(out, old...), fresh...)
}

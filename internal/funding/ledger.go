package funding

import (
	"context"
	"slices"
	"sync"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/edition"
	"adam/internal/term"
)

// ledger is all that an edition says of money, in memory. The facts of a question are taken out of it.
type ledger struct {
	all   Facts // of which each activity counts
	until []term.Date
	at    map[term.ID]int32 // of activities
	paid  [][]int32         // the lines of each activity

	mu  sync.Mutex
	day term.Date  // for which today was made
	now []Activity // the activities as they are verified on that day
}

// ledgerOf gives the ledger of the edition that answers. Reading it takes a while, once.
func ledgerOf(ctx context.Context, c *ent.Client) (*ledger, error) {
	return edition.Keep(ctx, "ledger of money", func(ctx context.Context) (*ledger, error) {
		read, err := load(ctx, c, c.Activity.Query().Where(activity.Countable(true)).Order(ent.Asc(activity.FieldKey)))
		if err != nil {
			return nil, err
		}
		return newLedger(read.facts, read.until), nil
	})
}

func newLedger(f *Facts, until []term.Date) *ledger {
	l := &ledger{all: *f, until: until, at: make(map[term.ID]int32, len(f.Activities)), paid: make([][]int32, len(f.Activities))}
	for i := range f.Activities {
		l.at[f.Activities[i].ID] = int32(i) //nolint:gosec // some millions
	}
	for i := range f.Lines {
		for _, id := range f.Lines[i].Activities {
			a := l.at[id]
			l.paid[a] = append(l.paid[a], int32(i)) //nolint:gosec // some millions
		}
	}
	return l
}

// today gives all activities, as they are verified on a day.
func (l *ledger) today(day term.Date) []Activity {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.day != day || l.now == nil {
		l.now, l.day = slices.Clone(l.all.Activities), day
		verify(l.now, l.until, day)
	}
	return l.now
}

// facts are those for some activities: the same as Load reads for them.
func (l *ledger) facts(ids []term.ID, day term.Date) *Facts {
	all := l.today(day)
	if len(ids) == len(all) {
		out := l.all
		out.Activities = all
		return &out
	}
	out := &Facts{Parents: map[term.ID]term.ID{}, Upstream: l.all.Upstream, Same: l.all.Same, Rates: l.all.Rates}
	taken, lines := make(map[int32]bool, len(ids)), map[int32]bool{}
	take := func(i int32, counted bool) {
		if taken[i] {
			return
		}
		taken[i] = true
		a := all[i]
		a.Counted = counted
		out.Activities = append(out.Activities, a)
	}
	for _, id := range ids {
		i, known := l.at[id]
		if !known {
			continue
		}
		take(i, true)
		for _, n := range l.paid[i] {
			lines[n] = true
		}
	}
	for n := range lines {
		out.Lines = append(out.Lines, l.all.Lines[n])
		for _, id := range l.all.Lines[n].Activities {
			take(l.at[id], false)
		}
	}
	for i := range out.Activities {
		l.above(out.Parents, out.Activities[i].ID)
	}
	return out
}

// above writes what an activity is a part of, and what that one is a part of.
func (l *ledger) above(parents map[term.ID]term.ID, id term.ID) {
	for {
		parent, is := l.all.Parents[id]
		if _, known := parents[id]; known || !is {
			return
		}
		parents[id] = parent
		id = parent
	}
}

// Prepare reads what the edition in the context says of money into memory, so that the first question need not wait
// for it. It does nothing where that was done, or where no edition answers.
func Prepare(ctx context.Context, c *ent.Client) error {
	if !edition.Keeps(ctx) {
		return nil
	}
	_, err := ledgerOf(ctx, c)
	return err
}

package funding

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/edition"
	"adam/internal/term"
)

// ledger is all that somebody sees of the money of a catalogue, in memory: of an edition what it holds, of the working
// store what one viewer sees (see Books). The facts of a question are taken out of it. Nothing in it is ever changed:
// counts that are under way read it.
type ledger struct {
	all    Facts             // of which each activity counts; activities by key, lines by id
	at     map[term.ID]int32 // of activities
	first  []int32           // of each activity, the place of its first line in paying
	paying []int32           // lines, by the activity that they pay for

	mu  sync.Mutex
	day term.Date  // for which today was made
	now []Activity // the activities as they are verified on that day
}

// ledgerOf gives the ledger of the edition that answers. Reading it takes a while, once.
func ledgerOf(ctx context.Context, c *ent.Client) (*ledger, error) {
	return edition.Keep(ctx, "ledger of money", func(ctx context.Context) (*ledger, error) { return readLedger(ctx, c) })
}

// readLedger reads all that the viewer in the context sees.
func readLedger(ctx context.Context, c *ent.Client) (*ledger, error) {
	f, err := load(ctx, c, c.Activity.Query().Where(activity.Countable(true)).Order(ent.Asc(activity.FieldKey)))
	if err != nil {
		return nil, err
	}
	return newLedger(f), nil
}

// newLedger takes facts over, of which every activity is one of a line's.
func newLedger(f *Facts) *ledger {
	if !slices.IsSortedFunc(f.Activities, byKey) {
		slices.SortFunc(f.Activities, byKey)
	}
	if !slices.IsSortedFunc(f.Lines, byID) {
		slices.SortFunc(f.Lines, byID)
	}
	l := &ledger{all: *f, at: make(map[term.ID]int32, len(f.Activities)), first: make([]int32, len(f.Activities)+1)}
	for i := range f.Activities {
		l.at[f.Activities[i].ID] = int32(i) //nolint:gosec // some millions
	}
	var whose []int32
	for i := range f.Lines {
		for _, id := range f.Lines[i].Activities {
			a := l.at[id]
			whose = append(whose, a)
			l.first[a+1]++
		}
	}
	for i := range f.Activities {
		l.first[i+1] += l.first[i]
	}
	next := slices.Clone(l.first)
	l.paying = make([]int32, len(whose))
	n := 0
	for i := range f.Lines {
		for range f.Lines[i].Activities {
			l.paying[next[whose[n]]] = int32(i) //nolint:gosec // some millions
			next[whose[n]]++
			n++
		}
	}
	return l
}

func byID(a, b Line) int { return cmp.Compare(a.ID, b.ID) }

// linesOf are the places of the lines that pay for the activity at a place.
func (l *ledger) linesOf(a int32) []int32 { return l.paying[l.first[a]:l.first[a+1]] }

// holds says whether a line is in the ledger.
func (l *ledger) holds(line term.ID) bool {
	_, is := slices.BinarySearchFunc(l.all.Lines, line, func(x Line, id term.ID) int { return cmp.Compare(x.ID, id) })
	return is
}

// today gives all activities, as they are verified on a day.
func (l *ledger) today(day term.Date) []Activity {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.day != day || l.now == nil {
		l.now, l.day = slices.Clone(l.all.Activities), day
		verify(l.now, day)
	}
	return l.now
}

// whole says whether some activities are all that there are.
func (l *ledger) whole(ids []term.ID) bool {
	return len(ids) == len(l.all.Activities) && !slices.ContainsFunc(ids, func(id term.ID) bool { _, is := l.at[id]; return !is })
}

// facts are those for some activities, each named once: the same as Load reads for them.
func (l *ledger) facts(ids []term.ID, day term.Date) *Facts {
	all := l.today(day)
	if l.whole(ids) {
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
		for _, n := range l.linesOf(i) {
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

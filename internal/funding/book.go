package funding

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/term"
)

// few is of how many activities the facts are read for each question, which takes a second or two. Where more than many
// have changed, a ledger is read as a whole instead of mended.
var few, many = chunk, chunk

// book is the ledger of one who sees, with what was known of the store when it was read. Only whoever has the turn reads
// or writes it; the ledger itself is never changed.
type book struct {
	turn   chan struct{}
	ledger *ledger
	seen   sighting
	made   time.Time // when the ledger was read as a whole
	anew   bool      // it is being read so again
}

// refresh brings a book up to date. What is known of the store is read first: what changes after that is found next time.
func (b *Books) refresh(ctx context.Context, k *book) error {
	next, ids, err := b.look(ctx, k)
	if err != nil {
		return err
	}
	if ids == nil {
		return b.anew(ctx, k, next)
	}
	l := k.ledger
	if len(ids) > 0 {
		if l, err = l.mended(ctx, b.c, ids); err != nil {
			return err
		}
	}
	if next.marks.verifications != k.seen.marks.verifications {
		if l, err = l.verified(ctx, b.c); err != nil {
			return err
		}
	}
	k.ledger, k.seen = l, next
	return nil
}

// anew reads the ledger as a whole.
func (b *Books) anew(ctx context.Context, k *book, next sighting) error {
	b.whole <- struct{}{}
	defer func() { <-b.whole }()
	k.ledger = nil // the old one is of no use, and takes memory while the new one is made
	l, err := readLedger(ctx, b.c)
	if err != nil {
		return err
	}
	k.ledger, k.seen, k.made = l, next, b.now()
	return nil
}

// renew reads an old ledger as a whole again, while the one that stands goes on answering.
func (b *Books) renew(ctx context.Context, k *book) {
	if k.anew || b.now().Sub(k.made) <= oldest {
		return
	}
	k.anew = true
	go func() {
		fresh := &book{}
		err := safely(func() error { return b.refresh(ctx, fresh) })
		k.turn <- struct{}{}
		defer func() { <-k.turn }()
		if k.anew = false; err != nil {
			slog.WarnContext(ctx, "an old ledger of money could not be read anew; it goes on answering", "error", err)
			return
		}
		k.ledger, k.seen, k.made = fresh.ledger, fresh.seen, fresh.made
	}()
}

// look reads what is known of the store now, and gives the activities of which something may stand otherwise in the book;
// nil where it must be read as a whole.
func (b *Books) look(ctx context.Context, k *book) (sighting, []term.ID, error) {
	next, changed, err := k.seen.look(ctx, b.c)
	if err != nil {
		return next, nil, err
	}
	was := k.seen
	switch {
	case k.ledger == nil, !slices.Equal(was.states, next.states):
		return next, nil, nil
	case len(changed) == 0 && (was.marks.lines != next.marks.lines || was.marks.packages != next.marks.packages):
		return next, nil, nil // somebody has written lines past the program
	}
	about, err := b.about(ctx, was, next)
	if err != nil {
		return next, nil, err
	}
	ids, err := b.beside(ctx, k.ledger, append(changed, about...))
	if err != nil || len(ids) > many {
		return next, nil, err
	}
	return next, ids, nil
}

// about are the activities that an actor has to do with whom the viewer sees now or saw before, not both, and those that
// are shared with her or were, or whose lines are.
func (b *Books) about(ctx context.Context, was, now sighting) ([]term.ID, error) {
	var out, lines []term.ID
	for id := range differing(was.shares, now.shares) {
		switch shared := now.shares[id] | was.shares[id]; shared.Kind() {
		case term.KindActivity:
			out = append(out, shared)
		case term.KindFunding:
			lines = append(lines, shared)
		}
	}
	actors := slices.Collect(maps.Keys(differing(setOf(was.actors), setOf(now.actors))))
	for _, q := range []struct {
		query string
		ids   []term.ID
	}{
		{"SELECT activity_id FROM activity_fundings WHERE funding_id IN (%s)", lines},
		{"SELECT activity_id FROM participations WHERE actor_id IN (%s)", actors},
		{"SELECT j.activity_id FROM activity_fundings j JOIN fundings f ON f.id = j.funding_id WHERE f.provider_id IN (%s)", actors},
	} {
		found, err := identifiers(asProgram(ctx), b.c, q.query, q.ids)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// beside are some activities and those that share a line with one, in the ledger or in the store: a line may have come into
// sight, or gone out of it, through another activity that it pays for.
func (b *Books) beside(ctx context.Context, l *ledger, ids []term.ID) ([]term.ID, error) {
	out := setOf(ids)
	if len(out) > many {
		return ids, nil
	}
	for _, id := range ids {
		a, known := l.at[id]
		if !known {
			continue
		}
		for _, n := range l.linesOf(a) {
			for _, other := range l.all.Lines[n].Activities {
				out[other] = other
			}
		}
	}
	found, err := identifiers(asProgram(ctx), b.c, `SELECT DISTINCT o.activity_id FROM activity_fundings j
		JOIN activity_fundings o ON o.funding_id = j.funding_id WHERE j.activity_id IN (%s)`, ids)
	for _, id := range found {
		out[id] = id
	}
	return slices.AppendSeq([]term.ID{}, maps.Keys(out)), err
}

// opened is a book at one moment, with what is read for each question: few rows, which nothing counts.
type opened struct {
	*ledger
	same  [][]term.ID
	rates []Rate
}

func (k *book) opened(ctx context.Context, c *ent.Client) (*opened, error) {
	l := newLoader(ctx, c)
	if err := l.same(); err != nil {
		return nil, err
	}
	if err := l.rates(); err != nil {
		return nil, err
	}
	return &opened{k.ledger, l.facts.Same, l.facts.Rates}, nil
}

// facts are those for some activities, as the book stands.
func (o *opened) facts(ids []term.ID, day term.Date) *Facts {
	f := o.ledger.facts(ids, day)
	f.Same, f.Rates = o.same, o.rates
	return f
}

// verified is the ledger with when each activity is verified until: a verification makes no version of its record.
func (l *ledger) verified(ctx context.Context, c *ent.Client) (*ledger, error) {
	var rows []struct {
		ID            term.ID   `sql:"id"`
		VerifiedUntil term.Date `sql:"verified_until"`
	}
	err := c.Activity.Query().Where(activity.VerifiedStatusEQ(term.Verified)).Select(activity.FieldID, activity.FieldVerifiedUntil).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(l.all.Activities)
	for i := range all {
		all[i].until = ""
	}
	for _, r := range rows {
		if i, known := l.at[r.ID]; known {
			all[i].until = r.VerifiedUntil
		}
	}
	out := &ledger{all: l.all, at: l.at, first: l.first, paying: l.paying}
	out.all.Activities = all
	return out, nil
}

package overlap

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
)

// Watch keeps an index of the activities of the working store, as every member sees them: what is restricted is in no
// score of anybody else, nor in how rare a word is. The index is made when it is first asked for, and follows the changes.
type Watch struct {
	c    *ent.Client
	turn chan struct{} // one at a time brings the index up to date

	index *Index
	upTo  term.Instant    // the last change that is in it
	at    map[term.ID]int // the activities that changed then, with their versions
}

// NewWatch watches the activities of a working store.
func NewWatch(c *ent.Client) *Watch {
	return &Watch{c: c, turn: make(chan struct{}, 1), at: map[term.ID]int{}}
}

// Index gives the index as the store is now. Making it takes a while, once, and goes on where whoever asks gives up.
func (w *Watch) Index(ctx context.Context) (*Index, error) {
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	type made struct {
		index *Index
		err   error
	}
	done := make(chan made, 1)
	go func() {
		defer func() { <-w.turn }()
		err := w.refresh(access.With(context.WithoutCancel(ctx), access.Viewer{Name: "Overlaps", Audience: access.Members}))
		done <- made{w.index, err}
	}()
	select {
	case m := <-done:
		return m.index, m.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// step is how many activities are read at once.
const step = 2_000

// refresh takes what has changed since into the index.
func (w *Watch) refresh(ctx context.Context) error {
	changed, err := w.changed(ctx)
	if err != nil {
		return fmt.Errorf("read what has changed for the index of overlaps: %w", err)
	}
	var seen []Activity
	for ids := range slices.Chunk(changed, step) {
		all, err := w.c.Activity.Query().Where(activity.IDIn(ids...)).WithActivityStates().WithParticipations().WithFundings().WithExternalIdentifiers().All(ctx)
		if err != nil {
			return fmt.Errorf("read activities for the index of overlaps: %w", err)
		}
		for _, a := range all {
			seen = append(seen, Of(a))
		}
	}
	if w.index == nil {
		return w.make(ctx, seen)
	}
	for _, id := range changed {
		w.index.Remove(id.String())
	}
	for _, a := range seen {
		w.index.Add(a)
	}
	return nil
}

// changed lists the activities that have changed since the last time, whoever sees them, and remembers to when it has looked.
func (w *Watch) changed(ctx context.Context) ([]term.ID, error) {
	var rows []struct {
		ID        term.ID      `sql:"id"`
		Version   int          `sql:"version"`
		UpdatedAt term.Instant `sql:"updated_at"`
	}
	all := rule.WithWithdrawn(access.With(ctx, access.Operator("Overlaps")))
	err := w.c.Activity.Query().Where(activity.UpdatedAtGTE(w.upTo)).Order(ent.Asc(activity.FieldUpdatedAt, activity.FieldID)).
		Select(activity.FieldID, activity.FieldVersion, activity.FieldUpdatedAt).Scan(all, &rows)
	if err != nil {
		return nil, err
	}
	var out []term.ID
	for _, r := range rows {
		if r.UpdatedAt != w.upTo {
			w.upTo = r.UpdatedAt
			clear(w.at)
		}
		if version, known := w.at[r.ID]; !known || version != r.Version {
			w.at[r.ID] = r.Version
			out = append(out, r.ID)
		}
	}
	return out, nil
}

// make makes the index of all activities.
func (w *Watch) make(ctx context.Context, all []Activity) error {
	names, err := Organisations(ctx, w.c)
	if err != nil {
		return err
	}
	rates, err := ratesOf(ctx, w.c)
	if err != nil {
		return err
	}
	w.index = New(all, Options{Organisations: names, Rates: rates})
	return nil
}

// ratesOf reads the rates of the catalogue. For comparing sums the nearest number of a machine is enough; what is counted
// is counted exactly elsewhere.
func ratesOf(ctx context.Context, c *ent.Client) (Rates, error) {
	type of struct {
		currency term.Currency
		year     int
	}
	known := map[of]float64{}
	rows, err := c.Rate.Query().All(ctx)
	for _, r := range rows {
		if v, err := strconv.ParseFloat(string(r.PerUsd), 64); err == nil && v > 0 {
			known[of{term.Currency(r.Currency), r.Year}] = v
		}
	}
	return func(currency term.Currency, year int) (float64, bool) {
		v, ok := known[of{currency, year}]
		return v, ok
	}, err
}

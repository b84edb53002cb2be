// Package corpus makes a synthetic catalogue of any size for load tests: few donors, States and themes with most of the
// activities, as in life, and money that is as hard to count as real money. All of it is marked as made up. The same
// seed gives the same records on both engines.
package corpus

import (
	"context"
	"fmt"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// Prefix begins every key of a synthetic record.
const Prefix = "synthetic-"

// Plan is what to make: so many activities, out of a seed.
type Plan struct {
	Activities int
	Seed       uint64
}

// MostActivities is ten times the whole of IATI.
const MostActivities = 10_000_000

// Made counts what was made.
type Made struct{ Activities, Actors, Lines int }

// by is how history and sources name the program.
const by = "Synthetic corpus"

// Generate writes the corpus into a store that is migrated and has States, in one transaction: all of it, or nothing.
// It holds a few thousand rows in memory, whatever the size. tell is called now and then with the activities made so
// far. For the operator's commands only; it refuses a store that people use, or that has a corpus already.
func Generate(ctx context.Context, st *store.Store, p Plan, now time.Time, tell func(activities int)) (Made, error) {
	if p.Activities < 1 || p.Activities > MostActivities {
		return Made{}, fault.New(fault.Invalid, "A corpus of %d activities cannot be made. Ask for 1 to %d with --activities.", p.Activities, MostActivities)
	}
	var made Made
	err := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := mayFill(ctx, tx); err != nil {
			return err
		}
		m, err := newMaker(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := m.all(ctx, tell); err != nil {
			return fmt.Errorf("make the corpus: %w", err)
		}
		made = m.made
		audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogChanged, Summary: fmt.Sprintf(
			"A synthetic corpus for load tests was made from the seed %d: %d activities, %d actors and %d lines of money.", p.Seed, made.Activities, made.Actors, made.Lines)})
		return nil
	})
	if err != nil {
		return Made{}, err
	}
	_, err = st.DB.ExecContext(ctx, "ANALYZE")
	return made, err
}

// mayFill refuses a store that people use, and one that has a corpus.
func mayFill(ctx context.Context, tx *ent.Tx) error {
	people, err := tx.Person.Query().Count(ctx)
	if err != nil {
		return err
	}
	if people > 1 {
		return fault.New(fault.Conflict, "The database has %d accounts: people use this catalogue, and what is made up would stand among what is true. Name a new database with --db; nothing was changed.", people)
	}
	already, err := tx.Activity.Query().Where(activity.Key(keyOf("activity", 0))).Exist(ctx)
	if err == nil && already {
		err = fault.New(fault.Conflict, "The database has a synthetic corpus already. Name a new database with --db; nothing was changed.")
	}
	return err
}

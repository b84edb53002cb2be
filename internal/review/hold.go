package review

import (
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// Answers and the end of a review exclude each other: nothing is answered in a review that is being signed or published,
// so that what is published is what was signed. Any number of people answer at once; records are added and reviews taken
// on one after the other, so that what is sent twice is seen to be.
const (
	toAnswer = "SHARE"
	toEnd    = "UPDATE"
)

// hold keeps a cycle as it is until the transaction ends. Read what stands after it. SQLite has one writer at a time
// anyway.
func hold(ctx context.Context, tx *ent.Tx, cycle term.ID, to string) error {
	if tx.Client().Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(asProgram(ctx), fmt.Sprintf("SELECT 1 FROM review_cycles WHERE id = %d FOR %s", cycle, to))
	return err
}

// holdOf holds the cycles of items for answers, in one order whoever answers.
func holdOf(ctx context.Context, tx *ent.Tx, items []term.ID) error {
	if tx.Client().Dialect() != dialect.Postgres {
		return nil
	}
	all, err := tx.ReviewItem.Query().Where(reviewitem.IDIn(items...)).All(ctx)
	if err != nil {
		return err
	}
	cycles := make([]term.ID, len(all))
	for i, it := range all {
		cycles[i] = it.CycleID
	}
	slices.Sort(cycles)
	for _, id := range slices.Compact(cycles) {
		if err := hold(ctx, tx, id, toAnswer); err != nil {
			return err
		}
	}
	return nil
}

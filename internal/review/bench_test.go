package review_test

import (
	"context"
	"fmt"
	"testing"

	"adam/ent"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// BenchmarkConfirm is what it takes to confirm the 120 items of a chapter: one by one, and in bulk.
func BenchmarkConfirm(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			w := newWorld(b, testdb.Store(b, d))
			id := w.full(b)
			b.Run("one by one", func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					w.reset(b, id)
					b.StartTimer()
					w.confirmAll("tha", id)
				}
			})
			b.Run("in bulk", func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					w.reset(b, id)
					b.StartTimer()
					_, err := do(w, "tha", w.desk.Confirm, review.Confirmation{UnchangedIn: id})
					ok(b, err)
				}
			})
		})
	}
}

// full opens a review of 120 items that compares with an edition.
func (w *world) full(b *testing.B) term.ID {
	b.Helper()
	for i := range 111 {
		w.add(term.KindLaw, input{"title": fmt.Sprintf("Act %d", i), "state": "THA", "status": "IN_FORCE", "visibility": "PUBLIC"})
	}
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Edition.Create().SetNumber(1).SetDate("2026-01-01").SetReleasedAt(term.Now()).SetStatus(term.EditionPublished).Exec(ctx)
	})
	id := w.open("THA")
	if n := len(w.items(id)); n != 120 {
		b.Fatalf("there are %d items", n)
	}
	return id
}

// reset takes all answers back.
func (w *world) reset(b *testing.B, id term.ID) {
	b.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.ReviewItem.Update().SetStatus(term.ItemPending).SetBulk(false).Exec(ctx)
	})
}

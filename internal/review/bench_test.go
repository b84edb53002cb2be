package review_test

import (
	"context"
	"fmt"
	"slices"
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

// BenchmarkMerge is what it takes to merge the sheets of five agencies that each answer all 120 items of a chapter, of
// which twelve are corrected by two of them.
func BenchmarkMerge(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			w := newWorld(b, testdb.Store(b, d))
			id := w.full(b)
			for name, apply := range map[string]bool{"tried": false, "written": true} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						b.StopTimer()
						w.reset(b, id)
						in := review.Sheets{Cycle: id, Apply: apply, Sheets: w.five(id)}
						b.StartTimer()
						m, err := w.merge("tha", in)
						ok(b, err)
						if i := slices.IndexFunc(m.Rows, func(r term.SheetRow) bool { return r.Outcome != term.SheetAnswered }); len(m.Rows) != 120 || i >= 0 {
							b.Fatalf("of %d rows one is %+v", len(m.Rows), m.Rows[max(i, 0)])
						}
					}
				})
			}
		})
	}
}

// five are sheets on which five agencies answer everything.
func (w *world) five(cycle term.ID) []review.Sheet {
	out := make([]review.Sheet, 5)
	for i := range out {
		out[i].Agency = fmt.Sprint("Agency ", i)
		for n, it := range w.items(cycle) {
			a := review.SheetAnswer{Item: review.ItemVersion{ID: it.ID, Version: it.Version + 1}, Answer: term.SheetRight, Reason: "As in our files."}
			if it.Kind == term.RecordLaw && n%9 == 0 {
				if a.Answer = term.SheetNotSure; i < 2 {
					field := []string{"number", "titleLocal"}[i]
					law := w.st.Client.Law.GetX(w.program(), *it.RecordID)
					a.Answer, a.Kind, a.Source = term.SheetPartWrong, term.KindLaw, input{"title": "Gazette 7"}
					a.Input = input{"key": law.Key, "version": law.Version, field: "As gazetted"}
				}
			}
			out[i].Answers = append(out[i].Answers, a)
		}
	}
	return out
}

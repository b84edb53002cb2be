package review

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/predicate"
	"adam/ent/reviewcycle"
	"adam/internal/access"

	"entgo.io/ent/dialect/sql"
)

// Which reviews are wanted; what is empty narrows nothing.
type Which struct {
	Chapter string // its code
	Actor   string // the organisation's key
	Mine    bool   // that ask the viewer
	Newest  bool   // the last of each chapter and organisation
}

// Cycles are the reviews that the viewer may see, of those that are wanted.
func Cycles(ctx context.Context, c *ent.Client, w Which) *ent.ReviewCycleQuery {
	q := c.ReviewCycle.Query()
	if w.Chapter != "" {
		q.Where(reviewcycle.HasChapterWith(chapter.Code(strings.ToUpper(w.Chapter))))
	}
	if w.Actor != "" {
		q.Where(reviewcycle.HasActorWith(actor.Key(w.Actor)))
	}
	if v := access.From(ctx); w.Mine {
		q.Where(reviewcycle.Or(reviewcycle.ChapterIDIn(v.Chapters()...), reviewcycle.ActorIDIn(v.Actors()...)))
	}
	if w.Newest {
		q.Where(last())
	}
	return q
}

// last leaves out reviews after which another of the same chapter or organisation was opened.
func last() predicate.ReviewCycle {
	return func(s *sql.Selector) {
		later := sql.Dialect(s.Dialect()).Table(reviewcycle.Table).As("later")
		same := func(column string) *sql.Predicate { return sql.ColumnsEQ(later.C(column), s.C(column)) }
		s.Where(sql.Not(sql.Exists(sql.Dialect(s.Dialect()).Select(later.C(reviewcycle.FieldID)).From(later).Where(sql.And(
			sql.Or(same(reviewcycle.FieldChapterID), same(reviewcycle.FieldActorID)),
			sql.ColumnsGT(later.C(reviewcycle.FieldOpenedOn), s.C(reviewcycle.FieldOpenedOn)))))))
	}
}

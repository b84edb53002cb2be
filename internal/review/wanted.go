package review

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Wanted narrows down the items of a cycle; what is not said lets all through.
type Wanted struct {
	Status            []term.ItemStatus
	Kind              []term.RecordKind
	Record            *term.ID
	Later, Own        *bool
	NotForPublication *bool
	Unchanged         *bool // since the edition that the review compares with, as in bulk
}

// Items are those of a cycle that are wanted, as far as the viewer sees them.
func Items(ctx context.Context, c *ent.Client, cycle *ent.ReviewCycle, w Wanted) (*ent.ReviewItemQuery, error) {
	q := c.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID))
	if len(w.Status) > 0 {
		q.Where(reviewitem.StatusIn(w.Status...))
	}
	if len(w.Kind) > 0 {
		q.Where(reviewitem.KindIn(w.Kind...))
	}
	if w.Record != nil {
		q.Where(reviewitem.RecordID(*w.Record))
	}
	if w.Later != nil {
		q.Where(reviewitem.Later(*w.Later))
	}
	if w.Own != nil {
		q.Where(reviewitem.Own(*w.Own))
	}
	if w.NotForPublication != nil {
		q.Where(reviewitem.Hold(*w.NotForPublication))
	}
	if w.Unchanged == nil {
		return q, nil
	}
	same, err := unchangedIn(ctx, c, q.Clone())
	if err != nil {
		return nil, err
	}
	return q.Where(among(same, *w.Unchanged)), nil
}

// unchangedIn are the items of a query whose records are as they were.
func unchangedIn(ctx context.Context, c *ent.Client, q *ent.ReviewItemQuery) ([]term.ID, error) {
	all, err := q.WithCycle().All(ctx)
	if err != nil {
		return nil, err
	}
	changed, err := Changed(ctx, c, all)
	same := []term.ID{0} // which no item has, so that the list is never empty
	for _, it := range all {
		if changed[it.ID].Unchanged {
			same = append(same, it.ID)
		}
	}
	return same, err
}

// among is that an item is one of some, or none of them. Identifiers are written out: there may be more than a statement
// takes parameters.
func among(ids []term.ID, is bool) func(*sql.Selector) {
	in := map[bool]string{true: "IN", false: "NOT IN"}[is]
	return func(s *sql.Selector) {
		s.Where(sql.ExprP(fmt.Sprintf("%s %s (%s)", s.C(reviewitem.FieldID), in, list(ids))))
	}
}

package intake

import (
	"context"

	"adam/ent"
	"adam/ent/intake"
	"adam/internal/term"
)

// Wanted says which imports are wanted. The zero value is all of them.
type Wanted struct {
	First  int // at most so many; 0 for all
	Status []term.IntakeStatus
	Before *term.ID // that came before this one
}

// Page gives imports, the newest first. For operators and the secretariat.
func Page(ctx context.Context, c *ent.Client, w Wanted) ([]*ent.Intake, error) {
	program, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	q := c.Intake.Query().Order(ent.Desc(intake.FieldAt), ent.Desc(intake.FieldID))
	if len(w.Status) > 0 {
		q.Where(intake.StatusIn(w.Status...))
	}
	if w.First > 0 {
		q.Limit(w.First)
	}
	if w.Before != nil {
		last, err := Get(ctx, c, *w.Before)
		if err != nil {
			return nil, err
		}
		q.Where(intake.Or(intake.AtLT(last.At), intake.And(intake.At(last.At), intake.IDLT(last.ID))))
	}
	return q.All(program)
}

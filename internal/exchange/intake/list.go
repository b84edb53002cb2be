package intake

import (
	"context"

	"adam/ent"
	"adam/ent/intake"
)

// List gives the imports, the newest first. For operators and the secretariat.
func List(ctx context.Context, c *ent.Client) ([]*ent.Intake, error) {
	ctx, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	return c.Intake.Query().Order(ent.Desc(intake.FieldAt), ent.Desc(intake.FieldID)).All(ctx)
}

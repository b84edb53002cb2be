package graph

import (
	"context"
)

func (r *queryResolver) CheckPlan(ctx context.Context, plan PlannedActivityInput) (*PlanCheck, error) {
	return r.checkPlan(ctx, plan)
}

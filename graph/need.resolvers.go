package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"context"
)

func (r *queryResolver) Needs(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.NeedOrder) (*ent.NeedConnection, error) {
	return client(ctx).Need.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithNeedOrder(orderBy))
}

func (r *queryResolver) Questionnaires(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.QuestionnaireOrder) (*ent.QuestionnaireConnection, error) {
	return client(ctx).Questionnaire.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithQuestionnaireOrder(orderBy))
}

type ()

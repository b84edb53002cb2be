package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/term"
	"context"
)

func (r *needResolver) Sources(ctx context.Context, obj *ent.Need) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *needResolver) History(ctx context.Context, obj *ent.Need, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *needResolver) Disputes(ctx context.Context, obj *ent.Need) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *needResolver) SharedWith(ctx context.Context, obj *ent.Need) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *needResolver) Related(ctx context.Context, obj *ent.Need) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *queryResolver) Needs(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.NeedOrder) (*ent.NeedConnection, error) {
	return client(ctx).Need.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithNeedOrder(orderBy))
}

func (r *queryResolver) Need(ctx context.Context, key string) (*ent.Need, error) {
	return recordByKey(ctx, client(ctx).Need.Query, term.KindNeed, key, "need")
}

func (r *queryResolver) Questionnaires(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.QuestionnaireOrder) (*ent.QuestionnaireConnection, error) {
	return client(ctx).Questionnaire.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithQuestionnaireOrder(orderBy))
}

func (r *Resolver) Need() NeedResolver { return &needResolver{r} }

type (
	needResolver struct{ *Resolver }
)

package graph

import (
	"adam/ent"
	"adam/ent/response"
	"adam/graph/cursor"
	"adam/internal/review"
	"context"
)

func (r *chapterResolver) Progress(ctx context.Context, obj *ent.Chapter) (*review.Progress, error) {
	return loadersFrom(ctx).progress.Load(ctx, obj.ID)
}

func (r *chapterResolver) Holdings(ctx context.Context, obj *ent.Chapter) ([]*review.Holding, error) {
	return loadersFrom(ctx).holdings.Load(ctx, obj.ID)
}

func (r *chapterResolver) CurrentCycle(ctx context.Context, obj *ent.Chapter) (*ent.ReviewCycle, error) {
	return review.Current(ctx, client(ctx), obj.ID)
}

func (r *chapterResolver) Responses(ctx context.Context, obj *ent.Chapter) ([]*ent.Response, error) {
	return client(ctx).Response.Query().Where(response.ChapterID(obj.ID)).Order(response.ByID()).All(ctx)
}

func (r *completenessResolver) By(ctx context.Context, obj *ent.Completeness) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *queryResolver) Chapters(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.ChapterOrder) (*ent.ChapterConnection, error) {
	return client(ctx).Chapter.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithChapterOrder(orderBy))
}

func (r *queryResolver) Chapter(ctx context.Context, code string) (*ent.Chapter, error) {
	return byKey(ctx, client(ctx).Chapter.Query().Where, "code", code, "chapter")
}

func (r *reviewCycleResolver) Overdue(ctx context.Context, obj *ent.ReviewCycle) (bool, error) {
	today, err := r.today(ctx, obj)
	return review.Overdue(obj, today), err
}

func (r *Resolver) Completeness() CompletenessResolver { return &completenessResolver{r} }

func (r *Resolver) Chapter() ChapterResolver { return &chapterResolver{r} }

func (r *Resolver) ReviewCycle() ReviewCycleResolver { return &reviewCycleResolver{r} }

type (
	completenessResolver struct{ *Resolver }
	chapterResolver      struct{ *Resolver }
	reviewCycleResolver  struct{ *Resolver }
)

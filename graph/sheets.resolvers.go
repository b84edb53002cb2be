package graph

import (
	"context"

	"adam/ent"
	"adam/internal/review"
	"adam/internal/term"
)

func (r *mutationResolver) MergeSheets(ctx context.Context, input MergeSheetsInput) (*MergeSheetsPayload, error) {
	return r.mergeSheets(ctx, input)
}

func (r *mutationResolver) UndoSheets(ctx context.Context, input UndoSheetsInput) (*UndoSheetsPayload, error) {
	in := review.Undoing{Merge: input.Merge, Letter: orNone(input.Letter)}
	return changed(ctx, r.Store, input, given(r.Desk.Undo, in), undone)
}

func (r *reviewCycleResolver) SheetMerges(ctx context.Context, obj *ent.ReviewCycle) ([]*ent.SheetMerge, error) {
	return mergesOf(ctx, obj)
}

func (r *sheetMergeResolver) By(ctx context.Context, obj *ent.SheetMerge) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *sheetRowResolver) Item(ctx context.Context, obj *term.SheetRow) (*ent.ReviewItem, error) {
	return itemOf(ctx, obj)
}

func (r *Resolver) SheetMerge() SheetMergeResolver { return &sheetMergeResolver{r} }

func (r *Resolver) SheetRow() SheetRowResolver { return &sheetRowResolver{r} }

type (
	sheetMergeResolver struct{ *Resolver }
	sheetRowResolver   struct{ *Resolver }
)

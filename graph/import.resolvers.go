package graph

import (
	"context"

	"adam/ent"
	"adam/internal/exchange/intake"
	"adam/internal/term"
)

func (r *mutationResolver) ApplyImport(ctx context.Context, input DecideImportInput) (*ImportPayload, error) {
	return r.deciding(ctx, input, accepting(input))
}

func (r *mutationResolver) MapImport(ctx context.Context, input MapImportInput) (*ImportPayload, error) {
	return r.mapping(ctx, input)
}

func (r *mutationResolver) PickImport(ctx context.Context, input PickImportInput) (*ImportPayload, error) {
	return r.picking(ctx, input)
}

func (r *mutationResolver) DiscardImport(ctx context.Context, input DecideImportInput) (*ImportPayload, error) {
	return r.deciding(ctx, input, intake.Discard)
}

func (r *mutationResolver) UndoImport(ctx context.Context, input DecideImportInput) (*ImportPayload, error) {
	return r.deciding(ctx, input, intake.TakeBack)
}

func (r *queryResolver) Imports(ctx context.Context, first *int, status []term.IntakeStatus, before *term.ID) ([]*ent.Intake, error) {
	return r.imports(ctx, first, status, before)
}

func (r *queryResolver) Import(ctx context.Context, id term.ID) (*ent.Intake, error) {
	return r.importBy(ctx, id)
}

func (r *importResolver) Progress(ctx context.Context, obj *ent.Intake) (*ImportProgress, error) {
	return r.progress(obj), nil
}

func (r *importResolver) By(ctx context.Context, obj *ent.Intake) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *importResolver) UndoneBy(ctx context.Context, obj *ent.Intake) (*ent.Institution, error) {
	return institution(orNull(obj.UndoneBy)), nil
}

func (r *importResolver) Mapping(ctx context.Context, obj *ent.Intake) (*ImportMapping, error) {
	return mappingOf(obj)
}

func (r *importResolver) Plan(ctx context.Context, obj *ent.Intake) (string, error) {
	return intake.PlanOf(obj), nil
}

func (r *importResolver) Picks(ctx context.Context, obj *ent.Intake) (*ImportPicks, error) {
	return picksOf(obj), nil
}

func (r *importResolver) Publishers(ctx context.Context, obj *ent.Intake) ([]string, error) {
	return publishersOf(obj), nil
}

func (r *importResolver) Failure(ctx context.Context, obj *ent.Intake) (*string, error) {
	return orNull(obj.Failure), nil
}

func (r *importResolver) NotHeld(ctx context.Context, obj *ent.Intake) ([]*ImportLeft, error) {
	return notHeldOf(obj), nil
}

func (r *importResolver) Items(ctx context.Context, obj *ent.Intake, outcome *term.IntakeOutcome, first *int, after *string) ([]*intake.Outcome, error) {
	return r.importItems(ctx, obj, outcome, first, after)
}

func (r *importResolver) Overlaps(ctx context.Context, obj *ent.Intake, first *int) ([]*ent.Overlap, error) {
	return r.importOverlaps(ctx, obj, first)
}

func (r *importItemResolver) Activity(ctx context.Context, obj *intake.Outcome) (*ent.Activity, error) {
	return importedAs(ctx, obj)
}

func (r *Resolver) Import() ImportResolver { return &importResolver{r} }

func (r *Resolver) ImportItem() ImportItemResolver { return &importItemResolver{r} }

type (
	importResolver     struct{ *Resolver }
	importItemResolver struct{ *Resolver }
)

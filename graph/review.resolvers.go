package graph

import (
	"adam/ent"
	"adam/ent/reviewstep"
	"adam/graph/cursor"
	"adam/internal/review"
	"adam/internal/term"
	"context"
)

func (r *mutationResolver) OpenCycle(ctx context.Context, input OpenCycleInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, given(r.Desk.Open, opening(input)))
}

func (r *mutationResolver) OpenPortfolio(ctx context.Context, input OpenPortfolioInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, given(r.Desk.OpenPortfolio, input.Actor))
}

func (r *mutationResolver) NominateFocalPoint(ctx context.Context, input NominateFocalPointInput) (*NominateFocalPointPayload, error) {
	in := review.Nomination{Chapter: input.Chapter, Email: input.Email, Name: orNone(input.Name), Unit: orNone(input.Unit)}
	done, err := r.cycled(ctx, input, given(r.Desk.Nominate, in))
	return r.nominated(ctx, done, err)
}

func (r *mutationResolver) AcceptCycle(ctx context.Context, input AcceptCycleInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, given(r.Desk.Accept, input.Cycle))
}

func (r *mutationResolver) DeclineCycle(ctx context.Context, input CycleStepInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, stepping(r.Desk.Decline, input))
}

func (r *mutationResolver) ConfirmItems(ctx context.Context, input ConfirmItemsInput) (*ConfirmItemsPayload, error) {
	done, err := r.cycled(ctx, input, given(r.Desk.Confirm, confirmation(input)))
	return r.confirmed(ctx, input, done, err)
}

func (r *mutationResolver) CorrectItem(ctx context.Context, input CorrectItemInput) (*ItemPayload, error) {
	in, err := correction(input)
	if err != nil {
		return nil, err
	}
	return r.answered(ctx, input, given(r.Desk.Correct, in))
}

func (r *mutationResolver) DisputeItem(ctx context.Context, input DisputeItemInput) (*ItemPayload, error) {
	in := review.Reply{Item: review.ItemVersion{ID: input.Item, Version: input.Version}, Reason: input.Reason, Letter: orNone(input.Letter)}
	return r.answered(ctx, input, given(r.Desk.Dispute, in))
}

func (r *mutationResolver) NotOurs(ctx context.Context, input AnswerItemInput) (*ItemPayload, error) {
	return r.answered(ctx, input, given(r.Desk.NotOurs, reply(input)))
}

func (r *mutationResolver) AnswerLater(ctx context.Context, input AnswerItemInput) (*ItemPayload, error) {
	return r.answered(ctx, input, given(r.Desk.Later, reply(input)))
}

func (r *mutationResolver) WithdrawItem(ctx context.Context, input AnswerItemInput) (*ItemPayload, error) {
	return r.answered(ctx, input, given(r.Desk.Withdraw, reply(input)))
}

func (r *mutationResolver) ReopenItem(ctx context.Context, input AnswerItemInput) (*ItemPayload, error) {
	return r.answered(ctx, input, given(r.Desk.Reopen, reply(input)))
}

func (r *mutationResolver) AddToCycle(ctx context.Context, input AddToCycleInput) (*ItemPayload, error) {
	in, err := addition(input)
	if err != nil {
		return nil, err
	}
	return r.answered(ctx, input, given(r.Desk.Add, in))
}

func (r *mutationResolver) CompleteCycle(ctx context.Context, input CompleteCycleInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, given(r.Desk.Complete, signOff(input)))
}

func (r *mutationResolver) PublishChapter(ctx context.Context, input PublishChapterInput) (*PublishChapterPayload, error) {
	done, err := r.cycled(ctx, input, given(r.Desk.Publish, input.Cycle))
	return published(ctx, done, err)
}

func (r *mutationResolver) ReturnCycle(ctx context.Context, input CycleStepInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, stepping(r.Desk.Return, input))
}

func (r *mutationResolver) ExtendDeadline(ctx context.Context, input ExtendDeadlineInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, given(r.Desk.Extend, extension(input)))
}

func (r *mutationResolver) SuspendCycle(ctx context.Context, input CycleStepInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, stepping(r.Desk.Suspend, input))
}

func (r *mutationResolver) RemindCycle(ctx context.Context, input CycleStepInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, stepping(r.Desk.Remind, input))
}

func (r *mutationResolver) ResumeCycle(ctx context.Context, input CycleStepInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, stepping(r.Desk.Resume, input))
}

func (r *mutationResolver) CloseCycle(ctx context.Context, input CycleStepInput) (*CyclePayload, error) {
	return r.cycled(ctx, input, stepping(r.Desk.Close, input))
}

func (r *queryResolver) Cycle(ctx context.Context, id term.ID) (*ent.ReviewCycle, error) {
	return cycleBy(ctx, id)
}

func (r *queryResolver) Cycles(ctx context.Context, after *string, first *int, before *string, last *int, chapter, actor *string, mine, newest *bool, orderBy *ent.ReviewCycleOrder) (*ent.ReviewCycleConnection, error) {
	q := review.Cycles(ctx, client(ctx), review.Which{Chapter: orNone(chapter), Actor: orNone(actor), Mine: isTrue(mine), Newest: isTrue(newest)})
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithReviewCycleOrder(orderBy))
}

func (r *reviewCycleResolver) Verifier(ctx context.Context, obj *ent.ReviewCycle) (*ent.Institution, error) {
	return institution(obj.Verifier), nil
}

func (r *reviewCycleResolver) NothingPlanned(ctx context.Context, obj *ent.ReviewCycle) (*bool, error) {
	return nothingPlanned(obj), nil
}

func (r *reviewCycleResolver) Edition(ctx context.Context, obj *ent.ReviewCycle) (*ent.Edition, error) {
	return editionOf(ctx, obj)
}

func (r *reviewCycleResolver) Progress(ctx context.Context, obj *ent.ReviewCycle) (*review.Progress, error) {
	return review.ProgressIn(ctx, client(ctx), obj.ID)
}

func (r *reviewCycleResolver) FocalPoint(ctx context.Context, obj *ent.ReviewCycle) (*FocalPoint, error) {
	return r.focalPoint(ctx, obj)
}

func (r *reviewCycleResolver) Steps(ctx context.Context, obj *ent.ReviewCycle) ([]*ent.ReviewStep, error) {
	return client(ctx).ReviewStep.Query().Where(reviewstep.CycleID(obj.ID)).Order(reviewstep.ByAt(), reviewstep.ByID()).All(ctx)
}

func (r *reviewCycleResolver) Items(ctx context.Context, obj *ent.ReviewCycle, after *string, first *int, before *string, last *int, status []term.ItemStatus, kind []term.RecordKind, record *term.ID, later *bool, own *bool, notForPublication *bool, unchanged *bool) (*ent.ReviewItemConnection, error) {
	wanted := review.Wanted{Status: status, Kind: kind, Record: record, Later: later, Own: own, NotForPublication: notForPublication, Unchanged: unchanged}
	return itemsOf(ctx, obj, wanted, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *reviewItemResolver) Version(ctx context.Context, obj *ent.ReviewItem) (int, error) {
	v, err := versionOf(ctx, obj)
	return review.VersionOf(obj, v), err
}

func (r *reviewItemResolver) Record(ctx context.Context, obj *ent.ReviewItem) (ent.CatalogueRecord, error) {
	return recordOf(ctx, obj)
}

func (r *reviewItemResolver) IsNew(ctx context.Context, obj *ent.ReviewItem) (bool, error) {
	d, err := loadersFrom(ctx).changed.Load(ctx, obj.ID)
	return d.New || obj.RecordID == nil, err
}

func (r *reviewItemResolver) Changed(ctx context.Context, obj *ent.ReviewItem) ([]*term.Change, error) {
	d, err := loadersFrom(ctx).changed.Load(ctx, obj.ID)
	return pointers(d.Changes), err
}

func (r *reviewItemResolver) By(ctx context.Context, obj *ent.ReviewItem) (*ent.Institution, error) {
	return institution(obj.By), nil
}

func (r *reviewItemResolver) Proposed(ctx context.Context, obj *ent.ReviewItem) ([]*term.Change, error) {
	return pointers(obj.Difference), nil
}

func (r *reviewStepResolver) By(ctx context.Context, obj *ent.ReviewStep) (*ent.Institution, error) {
	return institution(&obj.By), nil
}

func (r *Resolver) ReviewItem() ReviewItemResolver { return &reviewItemResolver{r} }

func (r *Resolver) ReviewStep() ReviewStepResolver { return &reviewStepResolver{r} }

type (
	reviewItemResolver struct{ *Resolver }
	reviewStepResolver struct{ *Resolver }
)

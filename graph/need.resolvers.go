package graph

import (
	"adam/ent"
	"adam/ent/inclusionrule"
	"adam/graph/cursor"
	"adam/internal/review"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *needResolver) Verifications(ctx context.Context, obj *ent.Need) ([]*ent.Verification, error) {
	return loadersFrom(ctx).verified.Load(ctx, obj.ID)
}

func (r *needResolver) Sources(ctx context.Context, obj *ent.Need) ([]*ent.Source, error) {
	return sourcesOf(ctx, obj.ID)
}

func (r *needResolver) History(ctx context.Context, obj *ent.Need, after *string, first *int, before *string, last *int) (*ent.HistoryEntryConnection, error) {
	return historyOf(ctx, obj.ID, page{cursor.At(after), cursor.At(before), first, last})
}

func (r *needResolver) Disputes(ctx context.Context, obj *ent.Need) ([]*ent.Dispute, error) {
	return disputesOf(ctx, obj.ID)
}

func (r *needResolver) MayCorrect(ctx context.Context, obj *ent.Need) (bool, error) {
	return mayCorrect(ctx, obj.ID)
}

func (r *needResolver) SharedWith(ctx context.Context, obj *ent.Need) ([]*ent.Share, error) {
	return sharesOf(ctx, obj.ID)
}

func (r *needResolver) Related(ctx context.Context, obj *ent.Need) ([]ent.CatalogueRecord, error) {
	return relatedTo(ctx, obj.ID)
}

func (r *needResolver) Status(ctx context.Context, obj *ent.Need) (term.NeedStatus, error) {
	return loadersFrom(ctx).needStatus.Load(ctx, obj.ID)
}

func (r *needResolver) MatchingActivities(ctx context.Context, obj *ent.Need, after *string, first *int, before *string, last *int, orderBy *ent.ActivityOrder) (*search.Matches, error) {
	return matchesOf(ctx, obj, page{cursor.At(after), cursor.At(before), first, last}, orderBy)
}

func (r *needResolver) MayOffer(ctx context.Context, obj *ent.Need) (bool, error) {
	return mayOffer(ctx, obj), nil
}

func (r *needResolver) MayAnswer(ctx context.Context, obj *ent.Need) (bool, error) {
	return mayAnswer(ctx, obj.ID)
}

func (r *queryResolver) Needs(ctx context.Context, after *string, first *int, before *string, last *int, filter *search.NeedFilter, orderBy *ent.NeedOrder) (*ent.NeedConnection, error) {
	q, err := search.Needs(ctx, client(ctx), filter)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithNeedOrder(orderBy))
}

func (r *queryResolver) Need(ctx context.Context, key string) (*ent.Need, error) {
	return recordByKey(ctx, client(ctx).Need.Query, term.KindNeed, key, "need")
}

func (r *queryResolver) InclusionRules(ctx context.Context) ([]*ent.InclusionRule, error) {
	return client(ctx).InclusionRule.Query().Order(inclusionrule.ByTheme()).All(ctx)
}

func (r *questionnaireResolver) Tally(ctx context.Context, obj *ent.Questionnaire) ([]*ResponseCount, error) {
	return tallyOf(obj), nil
}

func (r *mutationResolver) CreateQuestionnaire(ctx context.Context, input CreateQuestionnaireInput) (*CreateQuestionnairePayload, error) {
	done, err := changed(ctx, r.Store, input, given(r.Desk.Asking, questions(input)), questionnaireNow)
	return &CreateQuestionnairePayload{Questionnaire: done}, err
}

func (r *mutationResolver) RecordResponse(ctx context.Context, input RecordResponseInput) (*RecordResponsePayload, error) {
	done, err := changed(ctx, r.Store, input, given(r.Desk.Record, recorded(input)), responseNow)
	return &RecordResponsePayload{Response: done}, err
}

func (r *mutationResolver) NoteCompleteness(ctx context.Context, input NoteCompletenessInput) (*NoteCompletenessPayload, error) {
	in := review.Note{Chapter: input.Chapter, Theme: input.Theme, Text: input.Note}
	done, err := changed(ctx, r.Store, input, given(r.Desk.NoteCompleteness, in), chapterNow)
	return &NoteCompletenessPayload{Chapter: done}, err
}

func (r *queryResolver) Questionnaires(ctx context.Context, after *string, first *int, before *string, last *int, orderBy *ent.QuestionnaireOrder) (*ent.QuestionnaireConnection, error) {
	return client(ctx).Questionnaire.Query().Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithQuestionnaireOrder(orderBy))
}

func (r *Resolver) Questionnaire() QuestionnaireResolver { return &questionnaireResolver{r} }

func (r *Resolver) Need() NeedResolver { return &needResolver{r} }

type (
	needResolver          struct{ *Resolver }
	questionnaireResolver struct{ *Resolver }
)

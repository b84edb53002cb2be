package graph

import (
	"context"

	"adam/ent"
	"adam/internal/review"
	"adam/internal/term"
)

func questions(in CreateQuestionnaireInput) review.Questions {
	out := review.Questions{Key: in.Key, Title: in.Title, Kind: in.Kind, Note: orNone(in.Note)}
	if in.SentOn != nil {
		out.SentOn = *in.SentOn
	}
	return out
}

func recorded(in RecordResponseInput) review.Answered {
	out := review.Answered{Questionnaire: in.Questionnaire, Chapter: orNone(in.Chapter), Actor: orNone(in.Actor), Status: in.Status, Note: orNone(in.Note)}
	if in.AskedOn != nil {
		out.AskedOn = *in.AskedOn
	}
	if in.ReceivedOn != nil {
		out.ReceivedOn = *in.ReceivedOn
	}
	return out
}

// tallyOf gives the numbers of a questionnaire in the order of the code list, those that nobody gave left out.
func tallyOf(q *ent.Questionnaire) []*ResponseCount {
	out := []*ResponseCount{}
	for _, s := range term.ResponseStatus("").Values() {
		if n := q.Tally[s]; n > 0 {
			out = append(out, &ResponseCount{Status: term.ResponseStatus(s), Count: n})
		}
	}
	return out
}

func questionnaireNow(ctx context.Context, id term.ID) (*ent.Questionnaire, error) {
	return client(ctx).Questionnaire.Get(ctx, id)
}

func responseNow(ctx context.Context, id term.ID) (*ent.Response, error) {
	return client(ctx).Response.Get(ctx, id)
}

func chapterNow(ctx context.Context, id term.ID) (*ent.Chapter, error) {
	return client(ctx).Chapter.Get(ctx, id)
}

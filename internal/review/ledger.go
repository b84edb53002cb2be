package review

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/completeness"
	"adam/ent/predicate"
	"adam/ent/questionnaire"
	"adam/ent/response"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// Questions is a set of questions that was sent out.
type Questions struct {
	Key, Title string
	Kind       term.QuestionnaireKind
	SentOn     term.PartialDate
	Note       string
}

// Asking keeps a set of questions in the ledger of who was asked what. For the secretariat.
func (d *Desk) Asking(ctx context.Context, tx *ent.Tx, in Questions) (term.ID, error) {
	if err := mayRun(ctx); err != nil {
		return 0, err
	}
	key := strings.TrimSpace(in.Key)
	if !keyForm.MatchString(key) || len(key) > 80 {
		return 0, fault.New(fault.Invalid, "%q cannot be a key. Write small letters, digits and single hyphens between them, at most 80, such as states-2026.", term.Clip(key)).At("input.key")
	}
	title, err := said(in.Title, "title", "Give the questionnaire a title.")
	if err != nil {
		return 0, err
	}
	note, err := optional(in.Note, "note")
	if err != nil {
		return 0, err
	}
	taken, err := tx.Questionnaire.Query().Where(questionnaire.Key(key)).Exist(asProgram(ctx))
	if err != nil {
		return 0, err
	}
	if taken {
		return 0, fault.New(fault.Invalid, "The key %q is taken. Choose another.", key).At("input.key")
	}
	q, err := tx.Questionnaire.Create().SetKey(key).SetTitle(title).SetKind(in.Kind).SetSentOn(in.SentOn).SetNillableNote(orNone(note)).Save(asProgram(ctx))
	if err != nil {
		return 0, err
	}
	d.logged(ctx, tx, q.ID, "A questionnaire was added to the ledger.")
	return q.ID, nil
}

// Answered is what came of a set of questions from one State or organisation.
type Answered struct {
	Questionnaire  string // its key
	Chapter, Actor string // who was asked: a chapter's code, or an organisation's key
	Status         term.ResponseStatus
	AskedOn        term.PartialDate
	ReceivedOn     term.PartialDate
	Note           string
}

// Record keeps in the ledger who was asked and what came, and counts it: members see who did not answer, the public sees
// numbers (rules 1 and 3). For the secretariat. Recorded again, it takes the place of what stood.
func (d *Desk) Record(ctx context.Context, tx *ent.Tx, in Answered) (term.ID, error) {
	if err := mayRun(ctx); err != nil {
		return 0, err
	}
	note, err := optional(in.Note, "note")
	if err != nil {
		return 0, err
	}
	if in.ReceivedOn != "" && in.AskedOn != "" && in.ReceivedOn.Last() < in.AskedOn.First() {
		return 0, fault.New(fault.Invalid, "The answer came before the question: correct one of the two days.").At("input.receivedOn")
	}
	ctx = asProgram(ctx)
	q, err := tx.Questionnaire.Query().Where(questionnaire.Key(in.Questionnaire)).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.NotFound, "There is no questionnaire %q. Add it first.", term.Clip(in.Questionnaire)).At("input.questionnaire")
	}
	if err != nil {
		return 0, err
	}
	ch, a, err := whom(ctx, tx, in)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Response.Delete().Where(response.QuestionnaireID(q.ID), one(ch, a)).Exec(ctx); err != nil {
		return 0, err
	}
	r, err := tx.Response.Create().SetQuestionnaireID(q.ID).SetNillableChapterID(ch).SetNillableActorID(a).SetStatus(in.Status).
		SetAskedOn(in.AskedOn).SetReceivedOn(in.ReceivedOn).SetNillableNote(orNone(note)).Save(ctx)
	if err != nil {
		return 0, err
	}
	d.logged(ctx, tx, r.ID, "A response was recorded: "+string(in.Status)+".")
	return r.ID, count(ctx, tx, q.ID)
}

// whom finds who was asked.
func whom(ctx context.Context, tx *ent.Tx, in Answered) (ch, a *term.ID, err error) {
	if (in.Chapter == "") == (in.Actor == "") {
		return nil, nil, fault.New(fault.Invalid, "Name the chapter that was asked, or the organisation: one of the two.").At("input.chapter", "input.actor")
	}
	if in.Chapter != "" {
		id, err := tx.Chapter.Query().Where(chapter.Code(strings.ToUpper(in.Chapter))).OnlyID(ctx)
		if ent.IsNotFound(err) {
			err = fault.New(fault.NotFound, "There is no chapter %q. Use a State's alpha-3 code, such as THA, or REGIONAL.", term.Clip(in.Chapter)).At("input.chapter")
		}
		return &id, nil, err
	}
	id, err := tx.Actor.Query().Where(actor.Key(in.Actor)).OnlyID(ctx)
	if ent.IsNotFound(err) {
		err = fault.New(fault.NotFound, "There is no organisation %q. Give its key.", term.Clip(in.Actor)).At("input.actor")
	}
	return nil, &id, err
}

func one(ch, a *term.ID) predicate.Response {
	if ch != nil {
		return response.ChapterID(*ch)
	}
	return response.ActorID(*a)
}

// count writes the numbers of a set of questions beside it, so that they can be told without saying who.
func count(ctx context.Context, tx *ent.Tx, q term.ID) error {
	var rows []struct {
		Status term.ResponseStatus `json:"status"`
		Count  int                 `json:"count"`
	}
	if err := tx.Response.Query().Where(response.QuestionnaireID(q)).GroupBy(response.FieldStatus).Aggregate(ent.Count()).Scan(ctx, &rows); err != nil {
		return err
	}
	tally := map[string]int{}
	for _, r := range rows {
		tally[string(r.Status)] = r.Count
	}
	return tx.Questionnaire.UpdateOneID(q).SetTally(tally).Exec(ctx)
}

// Note says how complete a chapter is on a theme.
type Note struct {
	Chapter string
	Theme   term.Theme
	Text    string
}

// NoteCompleteness keeps how complete a chapter is on a theme. For the secretariat and the chapter's focal point.
func (d *Desk) NoteCompleteness(ctx context.Context, tx *ent.Tx, in Note) (term.ID, error) {
	ch, err := tx.Chapter.Query().Where(chapter.Code(strings.ToUpper(in.Chapter))).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.NotFound, "There is no chapter %q. Use a State's alpha-3 code, such as THA, or REGIONAL.", term.Clip(in.Chapter)).At("input.chapter")
	}
	if err != nil {
		return 0, err
	}
	if v := access.From(ctx); !Concerns(v, &ent.ReviewCycle{ChapterID: &ch.ID}) {
		return 0, fault.New(fault.Forbidden, "Only the secretariat and the chapter's focal point say how complete it is.")
	}
	text, err := said(in.Text, "note", "Say what the chapter covers on this theme, and what it lacks.")
	if err != nil {
		return 0, err
	}
	ctx = asProgram(ctx)
	by, at := access.From(ctx).Name, term.InstantOf(d.Now())
	d.logged(ctx, tx, ch.ID, "The completeness note of a chapter was written.")
	stands, err := tx.Completeness.Query().Where(completeness.ChapterID(ch.ID), completeness.ThemeEQ(in.Theme)).OnlyID(ctx)
	if err == nil {
		return ch.ID, tx.Completeness.UpdateOneID(stands).SetNote(text).SetBy(by).SetAt(at).Exec(ctx)
	}
	if !ent.IsNotFound(err) {
		return 0, err
	}
	return ch.ID, tx.Completeness.Create().SetChapterID(ch.ID).SetTheme(in.Theme).SetNote(text).SetBy(by).SetAt(at).Exec(ctx)
}

func (d *Desk) logged(ctx context.Context, tx *ent.Tx, about term.ID, summary string) {
	audit.AtCommit(ctx, tx, d.Now(), audit.Entry{Kind: term.LogReview, Person: access.From(ctx).Person, Subject: about, Summary: summary})
}

package review

import (
	"context"
	"strings"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/edition"
	"adam/ent/grant"
	"adam/ent/reviewcycle"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// Opening is what the secretariat says when it opens a review of a chapter.
type Opening struct {
	Chapter   string    // its code
	OpenedOn  term.Date // today in the chapter's time zone where empty
	Addressee string    // ministry or mission to which the invitation goes
	Reference string    // of the note with which it goes
}

// Open begins the review of a chapter: it sets the deadlines (rule 5) and makes an item of every record that the chapter
// is asked about. For the secretariat. A chapter has one review at a time: a second one is a CONFLICT.
func (d *Desk) Open(ctx context.Context, tx *ent.Tx, in Opening) (term.ID, error) {
	if err := mayRun(ctx); err != nil {
		return 0, err
	}
	ch, err := tx.Chapter.Query().Where(chapter.Code(strings.ToUpper(in.Chapter))).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.NotFound, "There is no chapter %q. Use a State's alpha-3 code, such as THA, or REGIONAL.", term.Clip(in.Chapter)).At("input.chapter")
	}
	if err != nil {
		return 0, err
	}
	day, err := d.openingDay(ch, in.OpenedOn)
	if err != nil {
		return 0, err
	}
	id, err := d.open(ctx, tx, ch, day, in)
	if err != nil {
		return 0, err
	}
	_, err = d.announce(asProgram(ctx), tx, id, false)
	return id, err
}

// openingDay is the day of opening: not one that is still to come.
func (d *Desk) openingDay(ch *ent.Chapter, wanted term.Date) (term.Date, error) {
	today, err := Today(d.Now(), ch.TimeZone)
	if err != nil || wanted == "" {
		return today, err
	}
	if wanted > today {
		return "", fault.New(fault.Invalid, "%s is still to come: today is %s in %s. Open the review when the day is there.", wanted, today, ch.TimeZone).At("input.openedOn")
	}
	return wanted, nil
}

func (d *Desk) open(ctx context.Context, tx *ent.Tx, ch *ent.Chapter, day term.Date, in Opening) (term.ID, error) {
	ctx = asProgram(ctx)
	last, err := Current(ctx, tx.Client(), ch.ID)
	if err != nil {
		return 0, err
	}
	if last != nil && Running(last.Status) {
		return 0, conflict(last.Status, "The chapter has a review already, opened on %s. %s", last.OpenedOn, stands[last.Status])
	}
	if last != nil && last.OpenedOn >= day {
		return 0, fault.New(fault.Invalid, "The last review was opened on %s: a new one begins on a later day.", last.OpenedOn).At("input.openedOn")
	}
	stage, err := d.firstStage(ctx, tx, ch.ID, last)
	if err != nil {
		return 0, err
	}
	resumes := term.ReviewStatus("")
	if last == nil && ch.Status == term.Suspended { // so Afghanistan and Myanmar start
		stage, resumes = term.Suspended, stage
	}
	create := tx.ReviewCycle.Create().SetChapterID(ch.ID).SetYear(noon(day).Year()).SetStatus(stage).SetResumes(resumes).SetOpenedOn(day).
		SetNominationDueOn(NominationDue(day)).SetReviewDueOn(ReviewDue(day)).
		SetNillableAddressee(orNone(in.Addressee)).SetNillableReference(orNone(in.Reference))
	if err := compareWith(ctx, tx, create, last); err != nil {
		return 0, err
	}
	return d.begin(ctx, tx, ch, stage, create)
}

// begin writes a cycle and what it asks. Of two who open one, the other waits at the chapter and comes too late.
func (d *Desk) begin(ctx context.Context, tx *ent.Tx, ch *ent.Chapter, stage term.ReviewStatus, create *ent.ReviewCycleCreate) (term.ID, error) {
	n, err := tx.Chapter.Update().Where(chapter.ID(ch.ID), chapter.StatusEQ(ch.Status)).SetStatus(stage).Save(ctx)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, errOpening()
	}
	cycle, err := create.Save(ctx)
	if ent.IsConstraintError(err) {
		return 0, errOpening().Because(err)
	}
	if err != nil {
		return 0, err
	}
	if err := d.note(ctx, tx, cycle.ID, term.EventOpened, "", "", ""); err != nil {
		return 0, err
	}
	return cycle.ID, d.ask(ctx, tx, cycle)
}

func errOpening() *fault.Error {
	return fault.New(fault.Conflict, "Somebody is opening this review at the same moment. Read the chapter again.")
}

// firstStage is where a review begins: a focal point who was kept from the last one goes straight on.
func (d *Desk) firstStage(ctx context.Context, tx *ent.Tx, ch term.ID, last *ent.ReviewCycle) (term.ReviewStatus, error) {
	if last == nil || last.Status != term.ReviewPublished {
		return term.AwaitingNomination, nil
	}
	kept, err := tx.Grant.Query().Where(grant.ChapterID(ch), grant.RoleEQ(access.FocalPoint), people.Holds(term.InstantOf(d.Now()))).Exist(ctx)
	if err != nil || !kept {
		return term.AwaitingNomination, err
	}
	return term.UnderReview, nil
}

// compareWith says against which edition changes are shown: that of the last review, else the newest.
func compareWith(ctx context.Context, tx *ent.Tx, create *ent.ReviewCycleCreate, last *ent.ReviewCycle) error {
	q := tx.Edition.Query().Order(ent.Desc(edition.FieldNumber))
	if last != nil && last.Edition > 0 {
		q.Where(edition.Number(last.Edition))
	}
	e, err := q.First(ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	if err == nil {
		create.SetBaseEdition(e.Number).SetBaseAt(e.ReleasedAt)
	}
	return err
}

// Newest is the newest cycle of every chapter that has one, by chapter.
func Newest(ctx context.Context, c *ent.Client) (map[term.ID]*ent.ReviewCycle, error) {
	all, err := c.ReviewCycle.Query().Where(reviewcycle.ChapterIDNotNil()).Order(ent.Asc(reviewcycle.FieldOpenedOn, reviewcycle.FieldID)).All(ctx)
	out := make(map[term.ID]*ent.ReviewCycle, len(all))
	for _, r := range all {
		out[*r.ChapterID] = r
	}
	return out, err
}

func orNone(s string) *string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return &s
}

package review

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/ent/reviewstep"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// Desk is where reviews are kept: everything that happens to a cycle goes through one of its methods, which take the
// client of one transaction and say with access.With who acts. Now is the clock; no method asks another one.
type Desk struct {
	People  *people.Keeper
	BaseURL string // as people type it, for the links in letters
	Now     func() time.Time
	Gap     func() int // how far an item stands from the one before, 1 or more; RandomGap where nil
}

// RandomGap is how far an item stands from the one before. Cursors carry positions: from steps of one everybody could read
// how many items are hidden from her between two that she sees. Gaps of all sizes, of which the largest outweigh the rest,
// say next to nothing of how many they are.
func RandomGap() int { return 1 + rand.IntN(1<<rand.IntN(gapBits)) }

const gapBits = 17

func (d *Desk) gap() int {
	if d.Gap == nil {
		return RandomGap()
	}
	return d.Gap()
}

// keyForm is how keys are written.
var keyForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// longText is how long a reason, a statement or a remark may be, in characters.
const longText = 4000

// asProgram lets the program write what a rule of this package has allowed, in the name of whoever acts.
func asProgram(ctx context.Context) context.Context {
	v := access.From(ctx)
	program := access.Operator(v.Name)
	program.Person = v.Person
	return access.With(ctx, program)
}

// cycle finds a cycle that the viewer may see.
func cycleOf(ctx context.Context, c *ent.Client, id term.ID) (*ent.ReviewCycle, error) {
	found, err := c.ReviewCycle.Query().Where(reviewcycle.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no review with the id %s that you may see.", id).At("input.cycle")
	}
	return found, err
}

// mayRun lets the secretariat run cycles.
func mayRun(ctx context.Context) error {
	if !access.From(ctx).SeesAll() {
		return fault.New(fault.Forbidden, "Only the secretariat opens, extends, returns and publishes reviews. Write to it.")
	}
	return nil
}

// asked says whether the viewer is whom a cycle asks: a focal point of its chapter, or a reporter of its organisation.
func asked(v access.Viewer, c *ent.ReviewCycle) bool {
	return c.ChapterID != nil && slices.Contains(v.Chapters(), *c.ChapterID) || c.ActorID != nil && slices.Contains(v.Actors(), *c.ActorID)
}

// Concerns says whether a cycle is between the viewer and the secretariat: she is asked, or she runs it.
func Concerns(v access.Viewer, c *ent.ReviewCycle) bool { return v.SeesAll() || asked(v, c) }

// mayAnswer lets in whoever is asked, and the secretariat on her behalf with the letter that says so.
func mayAnswer(ctx context.Context, c *ent.ReviewCycle, letter string) error {
	v := access.From(ctx)
	switch {
	case asked(v, c):
		return nil
	case !v.SeesAll():
		return fault.New(fault.Forbidden, "You answer for your own chapter or organisation only.")
	case letter == "":
		return fault.New(fault.Invalid, "You enter this for somebody else: name the letter that it comes from, with its date and reference.").At("input.letter")
	}
	return nil
}

// zoneOf is the time zone in which the days of a cycle are counted: of its chapter, or of the regional chapter for
// organisations.
func zoneOf(ctx context.Context, c *ent.Client, cycle *ent.ReviewCycle) (string, error) {
	if cycle.ChapterID == nil {
		return term.RegionZone, nil
	}
	ch, err := c.Chapter.Get(asProgram(ctx), *cycle.ChapterID)
	if err != nil {
		return "", err
	}
	return ch.TimeZone, nil
}

// today is the day that it is for a cycle.
func (d *Desk) today(ctx context.Context, c *ent.Client, cycle *ent.ReviewCycle) (term.Date, error) {
	zone, err := zoneOf(ctx, c, cycle)
	if err != nil {
		return "", err
	}
	return Today(d.Now(), zone)
}

// step moves a cycle on: from the stage at which it was read and from no other, so that of two who act at once one is
// told that she came too late. change writes what else the event brings.
func (d *Desk) step(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, e term.ReviewEvent, reason string, change func(*ent.ReviewCycleUpdate)) error {
	to, err := after(cycle.Status, cycle.Resumes, e)
	if err != nil {
		return err
	}
	if e == term.EventDeclined && cycle.ChapterID == nil {
		to = term.Declined // nobody is nominated for an organisation
	}
	ctx = asProgram(ctx)
	u := tx.ReviewCycle.Update().Where(reviewcycle.ID(cycle.ID), reviewcycle.StatusEQ(cycle.Status)).SetStatus(to)
	if change != nil {
		change(u)
	}
	n, err := u.Save(ctx)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "Somebody else has moved this review on at the same moment. Read it again.")
	}
	if err := ofChapter(ctx, tx, cycle, to); err != nil {
		return err
	}
	return d.note(ctx, tx, cycle.ID, e, reason, "", "")
}

// ofChapter shows the stage of a cycle as that of its chapter, unless another one was opened since.
func ofChapter(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, to term.ReviewStatus) error {
	if cycle.ChapterID == nil {
		return nil
	}
	now, err := Current(ctx, tx.Client(), *cycle.ChapterID)
	if err != nil || now.ID != cycle.ID {
		return err
	}
	return tx.Chapter.UpdateOneID(*cycle.ChapterID).SetStatus(to).Exec(ctx)
}

// repeated refuses what was the last to happen to a cycle already, by the same person in the same words: a form that was
// sent twice. Of what moves a cycle to another stage, the stage tells.
func repeated(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, e term.ReviewEvent, reason string, until term.Date) error {
	all, err := tx.ReviewStep.Query().Where(reviewstep.CycleID(cycle.ID)).Order(ent.Desc(reviewstep.FieldAt)).All(asProgram(ctx))
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.At != all[0].At {
			return nil
		}
		if s.Event == e && s.Person == access.From(ctx).Person && text(s.Reason) == reason && s.Until == until {
			return conflict(cycle.Status, "%s You have sent this already, and it became %s then. Read it again.", stands[cycle.Status], e)
		}
	}
	return nil
}

// note keeps what happened to a cycle, and adds it to the log.
func (d *Desk) note(ctx context.Context, tx *ent.Tx, cycle term.ID, e term.ReviewEvent, reason string, was, until term.Date) error {
	v := access.From(ctx)
	s := tx.ReviewStep.Create().SetCycleID(cycle).SetEvent(e).SetAt(term.InstantOf(d.Now())).SetBy(v.Name).SetPerson(v.Person).SetWas(was).SetUntil(until)
	if reason != "" {
		s.SetReason(reason)
	}
	audit.AtCommit(ctx, tx, d.Now(), audit.Entry{Kind: term.LogReview, Person: v.Person, Subject: cycle, Summary: "A review became " + string(e) + "."})
	return s.Exec(asProgram(ctx))
}

// said wants a text that is kept: a reason, a statement, a remark.
func said(text, field, what string) (string, error) {
	text, err := optional(text, field)
	if err == nil && utf8.RuneCountInString(text) < 3 {
		err = fault.New(fault.Invalid, "%s", what).At("input." + field)
	}
	return text, err
}

// optional is a text that may be left out.
func optional(text, field string) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longText || strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		return "", fault.New(fault.Invalid, "This text cannot be kept: write at most %d characters.", longText).At("input." + field)
	}
	return text, nil
}

// list is identifiers as SQL writes them: whole numbers need no parameters.
func list(ids []term.ID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(out, ", ")
}

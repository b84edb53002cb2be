package review

import (
	"context"
	"fmt"
	"strings"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/grant"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/mail"
	"adam/internal/people"
	"adam/internal/term"
)

// Nomination names the focal point of a chapter: a person, a unit, or both.
type Nomination struct {
	Chapter, Email, Name, Unit string
}

// Nominate makes somebody the focal point of a chapter whose review awaits one, and puts it under review at once. A link
// that opens her account goes to her by mail. It gives the id of the cycle. For the secretariat. A chapter has one focal
// point, with deputies to whom she passes her role on: a second nomination is a CONFLICT.
func (d *Desk) Nominate(ctx context.Context, tx *ent.Tx, in Nomination) (term.ID, error) {
	if err := mayRun(ctx); err != nil {
		return 0, err
	}
	if strings.TrimSpace(in.Name) == "" && strings.TrimSpace(in.Unit) == "" {
		return 0, fault.New(fault.Invalid, "Name the person, the unit, or both.").At("input.name", "input.unit")
	}
	ch, err := tx.Chapter.Query().Where(chapter.Code(strings.ToUpper(in.Chapter))).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.NotFound, "There is no chapter %q. Use a State's alpha-3 code, such as THA, or REGIONAL.", term.Clip(in.Chapter)).At("input.chapter")
	}
	if err != nil {
		return 0, err
	}
	cycle, err := Current(ctx, tx.Client(), ch.ID)
	if err != nil {
		return 0, err
	}
	if cycle == nil {
		return 0, conflict(term.NotOpened, "No review of this chapter has been opened. Open one first.")
	}
	if err := d.onlyOne(ctx, tx, ch, cycle, in.Email); err != nil {
		return 0, err
	}
	if _, err := after(cycle.Status, cycle.Resumes, term.EventNominated); err != nil {
		return 0, err
	}
	secret, p, err := d.People.Invite(nominating(ctx), people.Invitation{Email: in.Email, Name: in.Name, Unit: in.Unit, Institution: in.Unit,
		Role: access.FocalPoint, Chapter: ch.Code, Kind: term.LinkNomination})
	if err != nil {
		return 0, under(err, "input.")
	}
	if err := d.step(ctx, tx, cycle, term.EventNominated, "", nil); err != nil {
		return 0, err
	}
	return cycle.ID, d.invite(ctx, tx, cycle, ch, p, secret)
}

// nominating lets a token that may run reviews make the focal point's account, which is part of it.
func nominating(ctx context.Context) context.Context {
	v := access.From(ctx)
	v.Scopes = nil
	return access.With(ctx, v)
}

// onlyOne refuses a second focal point.
func (d *Desk) onlyOne(ctx context.Context, tx *ent.Tx, ch *ent.Chapter, cycle *ent.ReviewCycle, email string) error {
	held, err := tx.Grant.Query().Where(grant.ChapterID(ch.ID), grant.RoleEQ(access.FocalPoint), grant.DelegatedByIDIsNil(), people.Holds(term.InstantOf(d.Now()))).
		WithPerson().First(asProgram(ctx))
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if held.Edges.Person.Email == people.Fold(email) && !answering(cycle.Status) {
		return nil
	}
	return conflict(cycle.Status, "%s The chapter has a focal point already. She can hand her role over, or pass it on to deputies; or end her role first.", stands[cycle.Status])
}

// invite writes to whoever was nominated.
func (d *Desk) invite(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, ch *ent.Chapter, p *ent.Person, secret string) error {
	body := fmt.Sprintf("You have been named focal point for the chapter %s of the catalogue of the Bali Process.\n\nPlease check what it says by the end of %s (%s).\n\n",
		ch.Title, cycle.ReviewDueOn, ch.TimeZone)
	if secret != "" {
		body += fmt.Sprintf("This link opens your account. It works once, within 14 days:\n%s/invitation/%s\n\n", d.BaseURL, secret)
	}
	body += fmt.Sprintf("Your records are at\n%s/review/%s\n", d.BaseURL, ch.Code)
	return mail.Write(ctx, tx, mail.Message{Key: fmt.Sprintf("nomination:%s:%s:%s", cycle.ID, p.ID, term.InstantOf(d.Now())), Person: p.ID, Cycle: cycle.ID,
		Subject: "Focal point for " + ch.Title, Body: body}, d.Now())
}

// Accept keeps that the focal point takes the review on. Nothing waits for it.
func (d *Desk) Accept(ctx context.Context, tx *ent.Tx, id term.ID) (term.ID, error) {
	if err := hold(ctx, tx, id, toEnd); err != nil {
		return 0, err
	}
	cycle, err := cycleOf(ctx, tx.Client(), id)
	if err != nil {
		return 0, err
	}
	if !asked(access.From(ctx), cycle) {
		return 0, fault.New(fault.Forbidden, "Only whoever is asked accepts a review.")
	}
	if err := repeated(ctx, tx, cycle, term.EventAccepted, "", ""); err != nil {
		return 0, err
	}
	return id, d.step(ctx, tx, cycle, term.EventAccepted, "", nil)
}

// Decline keeps that whoever is asked will not review, with a reason: the review awaits another nomination. Of a State
// that nominates nobody the secretariat says so. The role of a focal point who declines ends.
func (d *Desk) Decline(ctx context.Context, tx *ent.Tx, id term.ID, reason string) (term.ID, error) {
	cycle, err := cycleOf(ctx, tx.Client(), id)
	if err != nil {
		return 0, err
	}
	v := access.From(ctx)
	if !asked(v, cycle) && !v.SeesAll() {
		return 0, fault.New(fault.Forbidden, "Only whoever is asked declines a review, or the secretariat for a State that says so.")
	}
	if reason, err = said(reason, "reason", "Say why: the secretariat must know whom to ask."); err != nil {
		return 0, err
	}
	if err := repeated(ctx, tx, cycle, term.EventDeclined, reason, ""); err != nil {
		return 0, err
	}
	if err := d.step(ctx, tx, cycle, term.EventDeclined, reason, func(u *ent.ReviewCycleUpdate) { u.SetRemark(reason) }); err != nil {
		return 0, err
	}
	return id, d.endRoles(ctx, tx, cycle, reason)
}

// endRoles ends the role of the focal points of a cycle, so that another can be nominated.
func (d *Desk) endRoles(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, reason string) error {
	if cycle.ChapterID == nil {
		return nil
	}
	held, err := tx.Grant.Query().Where(grant.ChapterID(*cycle.ChapterID), grant.RoleEQ(access.FocalPoint), grant.DelegatedByIDIsNil(), people.Holds(term.InstantOf(d.Now()))).IDs(asProgram(ctx))
	if err != nil {
		return err
	}
	for _, g := range held {
		if err := d.People.End(asProgram(ctx), g, reason); err != nil {
			return err
		}
	}
	return nil
}

// under puts the fields of a fault below a path of the input.
func under(err error, path string) error {
	if f := fault.As(err); f != nil {
		for i := range f.Fields {
			f.Fields[i] = path + strings.TrimPrefix(f.Fields[i], path)
		}
	}
	return err
}

// FocalPoint is who answers for a chapter now; nil where nobody does. For whoever is asked and the secretariat: the
// public sees an institution, never the official.
func (d *Desk) FocalPoint(ctx context.Context, c *ent.Client, ch term.ID) (*ent.Person, error) {
	held, err := c.Grant.Query().Where(grant.ChapterID(ch), grant.RoleEQ(access.FocalPoint), grant.DelegatedByIDIsNil(), people.Holds(term.InstantOf(d.Now()))).
		WithPerson().Order(ent.Desc(grant.FieldGivenAt)).First(asProgram(ctx))
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return held.Edges.Person, nil
}

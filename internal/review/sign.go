package review

import (
	"cmp"
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/dispute"
	"adam/ent/reviewcycle"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/term"
)

// SignOff ends a review for whoever is asked.
type SignOff struct {
	Cycle          term.ID
	Statement      string
	Signatory      string // the viewer's institution where empty
	Position       string
	Letter         string
	NothingPlanned bool // of a quarter: there is nothing next
}

// Complete signs a review off: when no item is pending, with a statement. Whoever is asked may, and the secretariat on
// her behalf with the letter. It gives the id of the cycle.
func (d *Desk) Complete(ctx context.Context, tx *ent.Tx, in SignOff) (term.ID, error) {
	if err := hold(ctx, tx, in.Cycle, toEnd); err != nil {
		return 0, err
	}
	cycle, err := cycleOf(ctx, tx.Client(), in.Cycle)
	if err != nil {
		return 0, err
	}
	letter, err := optional(in.Letter, "letter")
	if err != nil {
		return 0, err
	}
	if err := mayAnswer(ctx, cycle, letter); err != nil {
		return 0, err
	}
	if _, err := after(cycle.Status, cycle.Resumes, term.EventCompleted); err != nil {
		return 0, err
	}
	if err := in.read(); err != nil {
		return 0, err
	}
	if err := d.nothingPending(ctx, tx, cycle); err != nil {
		return 0, err
	}
	if err := in.saysWhatIsNext(ctx, tx, cycle); err != nil {
		return 0, err
	}
	return cycle.ID, d.sign(ctx, tx, cycle, in, letter)
}

// sign keeps who signed what, and asks the owners of records that are not for publication.
func (d *Desk) sign(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, in SignOff, letter string) error {
	today, err := d.today(ctx, tx.Client(), cycle)
	if err != nil {
		return err
	}
	verifier, err := d.verifier(ctx, tx, cycle)
	if err != nil {
		return err
	}
	v := access.From(ctx)
	in.Signatory = cmp.Or(in.Signatory, v.Name)
	err = d.step(ctx, tx, cycle, term.EventCompleted, letter, func(u *ent.ReviewCycleUpdate) {
		u.SetStatement(in.Statement).SetSignatory(in.Signatory).SetNillablePosition(orNone(in.Position)).SetVerifier(verifier).SetNothingPlanned(in.NothingPlanned).
			SetCompletedBy(v.Person).SetCompletedOn(today).SetNextReviewDueOn(NextReview(today)).ClearRemark()
	})
	if err != nil {
		return err
	}
	return d.askOwners(ctx, tx, cycle, verifier)
}

// read checks the texts of a sign-off.
func (in *SignOff) read() (err error) {
	if in.Statement, err = said(in.Statement, "statement", "Write the statement with which the review is signed."); err != nil {
		return err
	}
	if in.Signatory, err = optional(in.Signatory, "signatory"); err != nil {
		return err
	}
	in.Position, err = optional(in.Position, "position")
	return err
}

// verifier is the institution that a verification is of: whoever is asked, or the State or organisation on whose behalf
// the secretariat enters it.
func (d *Desk) verifier(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) (string, error) {
	if v := access.From(ctx); asked(v, cycle) {
		return v.Name, nil
	}
	if cycle.ChapterID != nil {
		ch, err := tx.Chapter.Get(asProgram(ctx), *cycle.ChapterID)
		if err != nil {
			return "", err
		}
		return ch.Title, nil
	}
	a, err := tx.Actor.Get(asProgram(ctx), *cycle.ActorID)
	if err != nil {
		return "", err
	}
	return a.Name, nil
}

func (d *Desk) nothingPending(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) error {
	n, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.StatusEQ(term.ItemPending)).Count(ctx)
	if err != nil || n == 0 {
		return err
	}
	some, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.StatusEQ(term.ItemPending)).
		Order(ent.Asc(reviewitem.FieldPosition)).Limit(20).IDs(ctx)
	if err != nil {
		return err
	}
	open := make([]string, len(some))
	for i, id := range some {
		open[i] = id.String()
	}
	f := conflict(cycle.Status, "%d of the items are not answered yet. Answer them first; those that are unchanged can be confirmed in bulk.", n)
	f.Details["pending"], f.Details["items"] = n, open
	return f
}

// Publish releases a completed review: it writes what the answers propose, keeps who has verified what until when, and
// begins the edition, all in one transaction. Nobody completes and publishes alone. It gives the id of the cycle.
func (d *Desk) Publish(ctx context.Context, tx *ent.Tx, id term.ID) (term.ID, error) {
	if err := mayRun(ctx); err != nil {
		return 0, err
	}
	if err := hold(ctx, tx, id, toEnd); err != nil {
		return 0, err
	}
	cycle, err := tx.ReviewCycle.Query().Where(reviewcycle.ID(id)).Only(asProgram(ctx))
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.NotFound, "There is no review with the id %s.", id).At("input.cycle")
	}
	if err != nil {
		return 0, err
	}
	if _, err := after(cycle.Status, cycle.Resumes, term.EventPublished); err != nil {
		return 0, err
	}
	if v := access.From(ctx); v.Person != 0 && v.Person == cycle.CompletedBy {
		return 0, fault.New(fault.Forbidden, "You have completed this review yourself: somebody else of the secretariat publishes it.")
	}
	if err := d.apply(ctx, tx, cycle); err != nil {
		return 0, err
	}
	if err := d.verify(ctx, tx, cycle); err != nil {
		return 0, err
	}
	return id, d.release(ctx, tx, cycle)
}

// release begins the edition that shows the review.
func (d *Desk) release(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) error {
	name, err := d.verifier(access.With(ctx, access.Operator("Review")), tx, cycle)
	if err != nil {
		return err
	}
	today, err := d.today(ctx, tx.Client(), cycle)
	if err != nil {
		return err
	}
	e, err := edition.Begin(ctx, tx, fmt.Sprintf("%s, reviewed in %d.", name, cycle.Year), d.Now())
	if err != nil {
		return err
	}
	err = d.step(ctx, tx, cycle, term.EventPublished, "", func(u *ent.ReviewCycleUpdate) { u.SetPublishedOn(today).SetEdition(e.Number) })
	if err != nil || cycle.ChapterID == nil {
		return err
	}
	return tx.Chapter.UpdateOneID(*cycle.ChapterID).SetVerifiedStatus(term.Verified).SetNillableVerifiedBy(cycle.Verifier).
		SetVerifiedOn(cycle.CompletedOn).SetVerifiedUntil(cycle.NextReviewDueOn).SetReadingsReleased(true).Exec(asProgram(ctx))
}

// apply writes what the answers of a cycle propose, in the order in which they were asked.
func (d *Desk) apply(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle) error {
	all, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.Or(reviewitem.ProposalNEQ(term.NoProposal), reviewitem.StatusEQ(term.ItemDisputed))).
		Order(ent.Asc(reviewitem.FieldPosition)).WithCycle().All(asProgram(ctx))
	if err != nil {
		return err
	}
	for _, it := range all {
		id, err := proposed(applying(ctx, it), tx, it)
		if err != nil {
			return refusedBy(cycle, it, err)
		}
		versions, err := Versions(asProgram(ctx), tx.Client(), []term.ID{id})
		if err != nil {
			return err
		}
		u := tx.ReviewItem.UpdateOneID(it.ID).SetRecordVersion(max(versions[id], it.RecordVersion))
		if it.RecordID == nil {
			u.SetRecordID(id)
		}
		if err := u.Exec(asProgram(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// proposed writes one proposal, and gives the id of its record.
func proposed(ctx context.Context, tx *ent.Tx, it *ent.ReviewItem) (term.ID, error) {
	kind := it.Kind.Kind()
	switch it.Proposal {
	case term.ProposalCreate:
		return catalogue.Create(ctx, tx, kind, it.Input)
	case term.ProposalUpdate:
		return catalogue.Update(ctx, tx, kind, it.Input)
	case term.ProposalWithdraw:
		key, _ := it.Input["key"].(string)
		return catalogue.Withdraw(ctx, tx, kind, key, it.RecordVersion, text(it.Reason))
	}
	stands, err := tx.Dispute.Query().Where(dispute.RecordID(*it.RecordID), dispute.Person(it.Person), dispute.StatusEQ(term.DisputeOpen), dispute.AboutIsNil()).Exist(ctx)
	if err != nil || stands { // she has disputed it before, and it is not decided
		return *it.RecordID, err
	}
	_, err = catalogue.Object(ctx, tx, *it.RecordID, it.RecordVersion, text(it.Reason))
	return *it.RecordID, err
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// refusedBy says which item stands in the way of publishing.
func refusedBy(cycle *ent.ReviewCycle, it *ent.ReviewItem, err error) error {
	f := fault.As(err)
	if f == nil {
		return err
	}
	out := conflict(cycle.Status, "The answer to item %s cannot be published any more: %s Return the review with a remark, so that it is answered again.", it.ID, f.Sentence)
	out.Details["item"] = it.ID.String()
	return out.Because(err)
}

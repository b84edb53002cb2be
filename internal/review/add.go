package review

import (
	"context"
	"fmt"
	"maps"
	"reflect"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
)

// Addition proposes a record that the catalogue does not have.
type Addition struct {
	Cycle  term.ID
	Kind   term.Kind
	Input  map[string]any // as catalogue.Create reads it
	Below  string
	Letter string
}

// Add keeps a new record as a proposal of its own; it is tried at once. It may be one that others will answer for, such as
// an activity that the chapter lacks.
func (d *Desk) Add(ctx context.Context, tx *ent.Tx, in Addition) (term.ID, error) {
	if err := hold(ctx, tx, in.Cycle, toEnd); err != nil {
		return 0, err
	}
	cycle, letter, err := d.toAnswer(ctx, tx, in.Cycle, in.Letter)
	if err != nil {
		return 0, err
	}
	a := &answer{d: d, ctx: ctx, tx: tx, cycle: cycle, letter: letter}
	if err := a.add(in); err != nil {
		return 0, err
	}
	return a.item.ID, nil
}

// add makes the item of a new record, with the record as its proposal.
func (a *answer) add(in Addition) error {
	ctx, tx, cycle := a.ctx, a.tx, a.cycle
	last, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID)).Order(ent.Desc(reviewitem.FieldPosition)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	at := a.d.gap()
	if last != nil {
		at += last.Position
	}
	if in.Input, err = reported(ctx, tx, cycle, in); err != nil {
		return err
	}
	in.Input = planned(cycle, in)
	if err := addedBefore(ctx, tx, cycle, in); err != nil {
		return err
	}
	if err := a.tryNew(in); err != nil {
		return err
	}
	a.item, err = tx.ReviewItem.Create().SetCycleID(cycle.ID).SetKind(catalogue.RecordKind(in.Kind)).SetPosition(at).SetOwn(true).
		SetRecordVersion(0).Save(asProgram(ctx))
	if err != nil {
		return err
	}
	return a.propose(term.ItemCorrected, term.ProposalCreate, "", in.Input, nil)
}

// addedBefore refuses a record that was added to the cycle already, word for word: a form that was sent twice.
func addedBefore(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, in Addition) error {
	plain, err := portable(in.Input)
	if err != nil {
		return err
	}
	added, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.RecordIDIsNil(), reviewitem.KindEQ(catalogue.RecordKind(in.Kind))).All(asProgram(ctx))
	if err != nil {
		return err
	}
	for _, it := range added {
		if reflect.DeepEqual(it.Input, plain) {
			f := conflict(cycle.Status, "This record was added to the review already, in the same words. If it is another one, say how it differs.")
			f.Details["item"] = it.ID.String()
			return f
		}
	}
	return nil
}

// tryNew tries a new record and takes it back. Activities and organisations may be missing that others will answer for;
// laws, policies and mechanisms are added by whoever answers for them.
func (a *answer) tryNew(in Addition) error {
	create := func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Create(ctx, tx, in.Kind, in.Input)
	}
	if in.Kind != term.KindActivity && in.Kind != term.KindActor {
		_, err := a.try(in.Below, create)
		return err
	}
	v, err := a.onBehalf()
	if err != nil {
		return err
	}
	return unseen(catalogue.Suggest(catalogue.Below(access.With(a.ctx, v), in.Below), a.tx, create), in)
}

// unseen tells whoever suggests a record that is to be restricted, which it is where nothing is said, that she could not
// see it herself: somebody else will be its reporter.
func unseen(err error, in Addition) error {
	if says, given := in.Input["visibility"]; fault.KindOf(err) != fault.Forbidden || given && fmt.Sprint(says) != string(term.Restricted) {
		return err
	}
	return fault.New(fault.Invalid, "Say who may see this record, PUBLIC or MEMBERS: what is RESTRICTED only its reporter sees, and you suggest it for somebody else.").At(in.Below + ".visibility").Because(err)
}

// reported names the organisation whose portfolio it is as reporter of a new activity, where the input names none: the
// program, which writes it later, reports for nobody.
func reported(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, in Addition) (map[string]any, error) {
	if _, given := in.Input["reporter"]; given || cycle.ActorID == nil || in.Kind != term.KindActivity {
		return in.Input, nil
	}
	a, err := tx.Actor.Get(asProgram(ctx), *cycle.ActorID)
	if err != nil {
		return nil, err
	}
	out := maps.Clone(in.Input)
	out["reporter"] = a.Key
	return out, nil
}

// planned says of an activity that is added in a quarter, and whose status was not said, that it is planned: what is next
// was asked.
func planned(cycle *ent.ReviewCycle, in Addition) map[string]any {
	if in.Input["status"] != nil || cycle.Purpose != term.PortfolioQuarter || in.Kind != term.KindActivity {
		return in.Input
	}
	out := maps.Clone(in.Input)
	out["status"] = string(term.Pipeline)
	return out
}

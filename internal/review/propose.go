package review

import (
	"cmp"
	"context"
	"encoding/json"
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

// Correction answers "part is wrong" about a record of one's own: what is right, and the document that shows it.
type Correction struct {
	Item   ItemVersion
	Kind   term.Kind      // of the record
	Input  map[string]any // what is right, as catalogue.Update reads it; below says where in the request it stands
	Below  string
	Source map[string]any
	Reason string
	Letter string
}

// Correct keeps a correction as a proposal on its item. It is tried at once, so that mistakes are told now, and written
// when the review is published.
func (d *Desk) Correct(ctx context.Context, tx *ent.Tx, in Correction) (term.ID, error) {
	input := withSource(in.Input, in.Source)
	a, err := d.find(ctx, tx, in.Item, sent{status: term.ItemCorrected, reason: in.Reason, letter: in.Letter, input: input})
	if err != nil {
		return 0, err
	}
	if err := a.correct(in); err != nil {
		return 0, err
	}
	return a.item.ID, nil
}

func (a *answer) correct(in Correction) error {
	if a.item.RecordID == nil {
		return fault.New(fault.Invalid, "This is a record that you have added yourself: reopen it, and add it anew as it should be.").At("input.item")
	}
	if a.item.Kind.Kind() != in.Kind {
		return fault.New(fault.Invalid, "The item is about a %s: give the correction as that.", a.item.Kind.Kind().Name()).At(in.Below)
	}
	if !a.item.Own {
		return fault.New(fault.Forbidden, "Somebody else answers for this record, and corrects it. If it is wrong, dispute it with a reason; the secretariat decides.")
	}
	reason, err := optional(in.Reason, "reason")
	if err != nil {
		return err
	}
	input := in.kept(reason)
	changed, err := a.try(in.Below, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		id, err := catalogue.Update(ctx, tx, in.Kind, input)
		if err == nil && id != *a.item.RecordID {
			err = fault.New(fault.Invalid, "This key is that of another record than the item is about.").At(in.Below + ".key")
		}
		if err != nil {
			return id, err
		}
		if v, err := versionNow(ctx, tx.Client(), a.item); err != nil || v == a.now { // history would tell the change before
			return id, cmp.Or(err, error(fault.New(fault.Invalid, "This changes nothing. If the record is right, confirm it.").At(in.Below)))
		}
		return id, nil
	})
	if err != nil {
		return err
	}
	return a.propose(term.ItemCorrected, term.ProposalUpdate, reason, input, changed)
}

// kept is the input that waits on the item: with its document and its reason.
func (in Correction) kept(reason string) map[string]any {
	input := withSource(in.Input, in.Source)
	if reason != "" {
		input["reason"] = reason
	}
	return input
}

// Withdraw proposes to take a record of one's own out of the catalogue, with a reason.
func (d *Desk) Withdraw(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	return d.reply(ctx, tx, in, term.ItemWithdrawn, (*answer).withdraw)
}

func (a *answer) withdraw(reason string) error {
	if !a.item.Own || a.item.RecordID == nil {
		return fault.New(fault.Forbidden, "You can withdraw your own records only. If this one is wrong, dispute it with a reason.")
	}
	reason, err := said(reason, "reason", "Say why the record goes: history keeps the reason.")
	if err != nil {
		return err
	}
	key, err := keyOf(a.ctx, a.tx.Client(), *a.item.RecordID)
	if err != nil {
		return err
	}
	input := map[string]any{"key": key, "version": a.now}
	changed, err := a.try("input", func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Withdraw(ctx, tx, a.item.Kind.Kind(), key, a.now, reason)
	})
	if err != nil {
		return err
	}
	return a.propose(term.ItemWithdrawn, term.ProposalWithdraw, reason, input, changed)
}

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

// propose keeps what an answer will do to the catalogue.
func (a *answer) propose(status term.ItemStatus, kind term.ProposalKind, reason string, input map[string]any, changed []term.Change, more ...func(*ent.ReviewItemUpdate)) error {
	plain, err := portable(input)
	if err != nil {
		return err
	}
	if changed == nil {
		changed = []term.Change{}
	}
	a.difference = changed
	return a.keep(status, func(u *ent.ReviewItemUpdate) {
		withReason(reason)(u)
		u.SetProposal(kind).SetInput(plain).SetDifference(changed)
		for _, set := range more {
			set(u)
		}
	})
}

// portable takes the types of a door off an input, so that it reads the same from the database.
func portable(input map[string]any) (out map[string]any, err error) {
	b, err := json.Marshal(catalogue.PlainInput(input))
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(b, &out)
}

// try does a change and takes it back, and gives what it would have changed. It runs as whoever proposes, so that what
// she may not do is refused now.
func (a *answer) try(below string, do func(context.Context, *ent.Tx) (term.ID, error)) ([]term.Change, error) {
	v, err := a.onBehalf()
	if err != nil {
		return nil, err
	}
	return catalogue.Try(catalogue.Below(access.With(a.ctx, v), below), a.tx, do)
}

// onBehalf is whoever answers, with the rights of whom the cycle asks.
func (a *answer) onBehalf() (access.Viewer, error) {
	v := access.From(a.ctx)
	if asked(v, a.cycle) {
		return v, nil
	}
	if a.cycle.ActorID != nil {
		return access.SignedIn(v.Person, v.Name, []access.Grant{{Role: access.Reporter, Actor: *a.cycle.ActorID}}), nil
	}
	ch, err := a.tx.Chapter.Get(asProgram(a.ctx), *a.cycle.ChapterID)
	if err != nil {
		return v, err
	}
	return access.SignedIn(v.Person, v.Name, []access.Grant{focalGrant(ch)}), nil
}

// withSource puts the document that shows a correction beside those that the input names.
func withSource(input, source map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range input {
		out[k] = v
	}
	if source != nil {
		more, _ := out["sources"].([]any)
		out["sources"] = append([]any{source}, more...)
	}
	return out
}

// nameOf is how history names whoever answered an item.
func nameOf(item *ent.ReviewItem) string {
	if item.By == nil {
		return "Review"
	}
	return *item.By
}

// applying is a context in which a proposal is written: in the name of whoever made it, as the program, since two people
// have agreed to it by now.
func applying(ctx context.Context, item *ent.ReviewItem) context.Context {
	v := access.Operator(nameOf(item))
	v.Person = item.Person
	ctx = access.With(ctx, v)
	if of := item.Edges.Cycle; of != nil && of.ChapterID != nil {
		return catalogue.Reviewed(ctx, *of.ChapterID)
	} else if of != nil && of.ActorID != nil {
		return catalogue.Reviewed(ctx, *of.ActorID)
	}
	return ctx
}

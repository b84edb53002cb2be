package review

import (
	"cmp"
	"context"
	"encoding/json"

	"adam/ent"
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

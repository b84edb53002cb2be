package intake

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"adam/ent"
	"adam/ent/intake"
	"adam/ent/intakepart"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// claim takes the oldest file that waits for this program and that no process works at; nil where there is none.
func (d *Desk) claim(ctx context.Context) (*ent.Intake, error) {
	c, now := d.Store.Client, term.InstantOf(d.Now())
	free := intake.And(intake.StatusIn(term.IntakeReading, term.IntakeWriting, term.IntakeUndoing), intake.HeldUntilLT(now))
	next, err := c.Intake.Query().Where(free).Order(intake.ByAt(), intake.ByID()).First(ctx)
	if err != nil {
		return nil, ent.MaskNotFound(err)
	}
	n, err := c.Intake.Update().Where(intake.ID(next.ID), free).SetWorker(d.worker).SetHeldUntil(d.until(holding)).Save(ctx)
	if err != nil || n == 0 { // another server was faster
		return nil, err
	}
	return next, nil
}

// work reads, writes or undoes a file, and keeps what came of it: an error of the file with it, for whoever sent it.
func (d *Desk) work(ctx context.Context, f *ent.Intake) error {
	defer d.forget(f.ID)
	stop := d.renew(ctx, f)
	var items []term.IntakeItem
	rep, err := d.worked(ctx, f, &items)
	stop()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	switch problem := fault.As(err); {
	case problem != nil && f.Status == term.IntakeReading && askable(problem):
		return d.foresee(ctx, f, rep, []term.IntakeItem{}, problem.Sentence)
	case err != nil && f.Status == term.IntakeUndoing && fault.KindOf(err) != fault.TooMany:
		return d.stayed(ctx, f, err)
	case problem != nil && problem.Kind != fault.TooMany && problem.Kind != fault.Conflict:
		return d.end(ctx, f.ID, f.Status, func(u *ent.IntakeUpdate) { noted(u, rep).SetStatus(term.IntakeFailed).SetFailure(problem.Sentence) })
	case err != nil: // it is tried again when its time is over
		return err
	case f.Status == term.IntakeReading:
		return d.foresee(ctx, f, rep, items, "")
	}
	return nil
}

// stayed keeps an import that could not be undone as it was, with why: it must not be tried for ever.
func (d *Desk) stayed(ctx context.Context, f *ent.Intake, err error) error {
	sentence := "It could not be undone, and nothing was changed. Tell the administrator the time and the number " + f.ID.String() + "."
	if problem := fault.As(err); problem != nil {
		sentence = problem.Sentence
	}
	d.Log.Error("an import could not be undone", "import", f.ID.String(), "error", err)
	return d.insisting(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Intake.Update().Where(d.mine(f)).SetStatus(term.IntakeApplied).SetFailure(sentence).SetUndoneBy("").SetUndonePerson(0).SetWorker("").SetHeldUntil("").Save(ctx)
		if n > 0 {
			audit.AtCommit(ctx, tx, d.Now(), audit.Entry{Kind: term.LogChanged, Subject: f.ID, Summary: fmt.Sprintf("The import of %s could not be undone: nothing was changed.", term.Clip(f.File))})
		}
		return err
	})
}

// askable says whether a person can put it right on the page of the import: what columns mean, and which sheet is read.
func askable(f *fault.Error) bool {
	return slices.Contains(f.Fields, "mapping") || slices.Contains(f.Fields, "sheet")
}

// foresee keeps what a file would do, for a person to look at, or what she has to say before that is known.
func (d *Desk) foresee(ctx context.Context, f *ent.Intake, rep *Report, items []term.IntakeItem, missing string) error {
	return d.insisting(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := noted(tx.Intake.Update().Where(d.mine(f)), rep).SetStatus(term.IntakeForeseen).SetForeseen(items).SetFailure(missing).SetWorker("").SetHeldUntil(d.until(waiting)).Save(ctx)
		return err
	})
}

// mine tells whether this process still has a file, as it was when it took it.
func (d *Desk) mine(f *ent.Intake) predicate.Intake {
	return intake.And(intake.ID(f.ID), intake.StatusEQ(f.Status), intake.Worker(d.worker))
}

// renew says again and again that this process works at a file, until it is told to stop. While an import is written into
// SQLite, or undone in it, nobody else can take it, and nothing can be said.
func (d *Desk) renew(ctx context.Context, f *ent.Intake) (stop func()) {
	if f.Status != term.IntakeReading && d.Store.Dialect == dialect.SQLite {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(renewing)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := d.Store.Client.Intake.Update().Where(d.mine(f)).SetHeldUntil(d.until(holding)).Exec(ctx); err != nil && ctx.Err() == nil {
					d.Log.Warn("a file that is worked at could not be held; another server may begin it anew", "error", err)
				}
			}
		}
	}()
	return func() { cancel(); <-done }
}

// worked reads a file, or writes or undoes it. A panic over one file is an error of it: it must not stop the server.
func (d *Desk) worked(ctx context.Context, f *ent.Intake, items *[]term.IntakeItem) (rep *Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			d.Log.Error("a file could not be imported", "import", f.ID.String(), "panic", p, "stack", string(debug.Stack()))
			err = fault.New(fault.Invalid, "The program failed over this file, and nothing was changed. Tell the secretariat's administrator the number %s.", f.ID)
		}
	}()
	o := optionsOf(f)
	rep = newReport(o)
	o.Now = d.Now()
	o.Tell = func(p Progress) { d.tell(f.ID, p) }
	if f.Status == term.IntakeReading {
		o.Each = shown(items)
		src, err := opened(ctx, d.Store.Client, f)
		if err != nil {
			return rep, err
		}
		defer src.close()
		rep, err = Plan(ctx, d.Store.Client, src, o)
		return rep, src.blame(err)
	}
	if f.Status == term.IntakeUndoing {
		program := access.Operator(f.UndoneBy)
		program.Person = f.UndonePerson
		return rep, d.Store.InTx(access.With(ctx, program), func(ctx context.Context, tx *ent.Tx) error {
			_, err := Undo(ctx, tx, f.ID, d.Now())
			return err
		})
	}
	program := access.Operator(f.By)
	program.Person = f.Person
	err = d.Store.InTx(access.With(ctx, program), func(ctx context.Context, tx *ent.Tx) error {
		src, err := opened(ctx, tx.Client(), f)
		if err != nil {
			return err
		}
		defer src.close()
		o.into, o.worker = f.ID, d.worker
		if rep, err = Apply(ctx, tx, src, o); err != nil {
			return src.blame(err)
		}
		_, err = tx.IntakePart.Delete().Where(intakepart.IntakeID(f.ID)).Exec(ctx)
		return err
	})
	return rep, err
}

// end ends the life of a file that is not applied: its parts go.
func (d *Desk) end(ctx context.Context, id term.ID, was term.IntakeStatus, how func(*ent.IntakeUpdate)) error {
	return d.Store.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		u := tx.Intake.Update().Where(intake.ID(id), intake.StatusEQ(was)).SetWorker("").SetHeldUntil("")
		how(u)
		n, err := u.Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		_, err = tx.IntakePart.Delete().Where(intakepart.IntakeID(id)).Exec(ctx)
		return err
	})
}

// mostShown is how many activities of each outcome are shown to whoever decides; the numbers count all.
const mostShown = 100

// shown gathers the first of each outcome.
func shown(items *[]term.IntakeItem) func(Item) {
	*items = []term.IntakeItem{}
	seen := map[term.IntakeOutcome]int{}
	return func(i Item) {
		if seen[i.Outcome]++; i.Outcome == "" || seen[i.Outcome] > mostShown {
			return
		}
		for n, c := range i.Changes {
			i.Changes[n].From, i.Changes[n].To = clipped(c.From), clipped(c.To)
		}
		*items = append(*items, term.IntakeItem{Line: i.Line, Identifier: i.Identifier, Title: i.Title, Why: i.Why, Outcome: i.Outcome, Record: i.Record, Changes: i.Changes})
	}
}

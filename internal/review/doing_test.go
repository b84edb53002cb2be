package review_test

import (
	"context"

	"adam/ent"
	"adam/ent/reviewcycle"
	"adam/ent/reviewitem"
	"adam/ent/reviewstep"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/review"
	"adam/internal/term"
	"adam/internal/testdb"
)

// do runs one method of the desk as somebody, in a transaction.
func do[T any](w *world, who string, method func(context.Context, *ent.Tx, T) (term.ID, error), in T) (term.ID, error) {
	v, known := w.who[who]
	if !known {
		w.t.Fatalf("nobody is called %q", who)
	}
	return catalogue.InTx(access.With(w.t.Context(), v), w.st, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return method(ctx, tx, in) })
}

// reasoned runs a method that takes a cycle and a reason.
func reasoned(w *world, who string, method func(context.Context, *ent.Tx, term.ID, string) (term.ID, error), id term.ID, reason string) error {
	_, err := do(w, who, func(ctx context.Context, tx *ent.Tx, reason string) (term.ID, error) {
		return method(ctx, tx, id, reason)
	}, reason)
	return err
}

// extend moves a deadline.
func (w *world) extend(who string, id term.ID, until term.Date, reason string) error {
	return second(do(w, who, w.desk.Extend, review.Extension{Cycle: id, Until: until, Reason: reason}))
}

// open opens a review of a chapter and puts it under review of its focal point.
func (w *world) open(code string) term.ID {
	w.t.Helper()
	id, err := do(w, "first", w.desk.Open, review.Opening{Chapter: code})
	ok(w.t, err)
	w.set(id, term.UnderReview)
	return id
}

// set puts a cycle into a stage, as if all that leads there had happened.
func (w *world) set(id term.ID, s term.ReviewStatus) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		u := tx.ReviewCycle.UpdateOneID(id).SetStatus(s)
		if s == term.Suspended {
			u.SetResumes(term.UnderReview)
		}
		return u.Exec(ctx)
	})
}

func (w *world) cycle(id term.ID) *ent.ReviewCycle {
	w.t.Helper()
	c, err := w.st.Client.ReviewCycle.Query().Where(reviewcycle.ID(id)).WithSteps(func(q *ent.ReviewStepQuery) { q.Order(reviewstep.ByAt()) }).Only(testdb.Context(w.t))
	ok(w.t, err)
	return c
}

func (w *world) items(cycle term.ID) []*ent.ReviewItem {
	w.t.Helper()
	all, err := w.st.Client.ReviewItem.Query().Where(reviewitem.CycleID(cycle)).WithCycle().Order(reviewitem.ByPosition()).All(testdb.Context(w.t))
	ok(w.t, err)
	return all
}

// item is what a cycle asks about a record.
func (w *world) item(cycle term.ID, name string) *ent.ReviewItem {
	w.t.Helper()
	it, err := w.st.Client.ReviewItem.Query().Where(reviewitem.CycleID(cycle), reviewitem.RecordID(w.id[name])).Only(testdb.Context(w.t))
	if err != nil {
		w.t.Fatalf("the item about %s: %v", name, err)
	}
	return it
}

// read is the item about a record at the version that stands.
func (w *world) read(cycle term.ID, name string) review.ItemVersion {
	w.t.Helper()
	it := w.item(cycle, name)
	return review.ItemVersion{ID: it.ID, Version: review.VersionOf(it, w.version(name))}
}

// confirmAll confirms what is still pending.
func (w *world) confirmAll(who string, cycle term.ID) {
	w.t.Helper()
	for _, it := range w.items(cycle) {
		if it.Status != term.ItemPending {
			continue
		}
		all, err := review.Versions(testdb.Context(w.t), w.st.Client, []term.ID{*it.RecordID})
		ok(w.t, err)
		_, err = do(w, who, w.desk.Confirm, review.Confirmation{Items: []review.ItemVersion{{ID: it.ID, Version: review.VersionOf(it, all[*it.RecordID])}}})
		ok(w.t, err)
	}
}

// complete signs a review off; of a quarter it says that nothing is planned.
func (w *world) complete(who string, cycle term.ID) {
	w.t.Helper()
	quarter := w.cycle(cycle).Purpose == term.PortfolioQuarter
	_, err := do(w, who, w.desk.Complete, review.SignOff{Cycle: cycle, Statement: "We have checked all of it.", NothingPlanned: quarter})
	ok(w.t, err)
}

func (w *world) publish(cycle term.ID) {
	w.t.Helper()
	_, err := do(w, "second", w.desk.Publish, cycle)
	ok(w.t, err)
}

// correction is a correction of the title of a law that the cycle asks about.
func (w *world) correction(cycle term.ID, name, title string) review.Correction {
	w.t.Helper()
	return review.Correction{Item: w.read(cycle, name), Kind: term.KindLaw, Below: "input.law", Source: input{"title": "Gazette 7"},
		Input: input{"key": w.key(name), "version": w.version(name), "title": title}}
}

package graph

import (
	"context"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/graph/limit"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/review"
	"adam/internal/search"
	"adam/internal/term"
)

// cycled runs a mutation of a review and reads the review that came of it.
func (r *Resolver) cycled(ctx context.Context, input any, do change) (*CyclePayload, error) {
	done, err := changed(ctx, r.Store, input, do, cycleBy)
	if err != nil {
		return nil, err
	}
	return &CyclePayload{Cycle: done}, nil
}

// answered runs an answer to an item and reads the item that came of it; none where it was taken out of the review.
func (r *Resolver) answered(ctx context.Context, input any, do change) (*ItemPayload, error) {
	done, err := changed(ctx, r.Store, input, do, func(ctx context.Context, id term.ID) (*ent.ReviewItem, error) {
		loadersFrom(ctx).changed.Clear(id)
		it, err := client(ctx).ReviewItem.Get(ctx, id)
		if ent.IsNotFound(err) {
			return nil, nil
		}
		return it, err
	})
	if err != nil {
		return nil, err
	}
	return &ItemPayload{Item: done}, nil
}

func stepping(do func(context.Context, *ent.Tx, term.ID, string) (term.ID, error), in CycleStepInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, in.Cycle, in.Reason) }
}

func opening(in OpenCycleInput) review.Opening {
	out := review.Opening{Chapter: in.Chapter, Addressee: orNone(in.Addressee), Reference: orNone(in.Reference)}
	if in.OpenedOn != nil {
		out.OpenedOn = *in.OpenedOn
	}
	return out
}

func reply(in AnswerItemInput) review.Reply {
	return review.Reply{Item: review.ItemVersion{ID: in.Item, Version: in.Version}, Reason: orNone(in.Reason), Letter: orNone(in.Letter)}
}

func confirmation(in ConfirmItemsInput) review.Confirmation {
	out := review.Confirmation{ActiveHere: in.ActiveHere, Authority: orNone(in.Authority), Reason: orNone(in.Reason), Letter: orNone(in.Letter)}
	out.Hold = in.NotForPublication != nil && *in.NotForPublication
	for _, it := range in.Items {
		out.Items = append(out.Items, review.ItemVersion{ID: it.ID, Version: it.Version})
	}
	if in.UnchangedIn != nil {
		out.UnchangedIn = *in.UnchangedIn
	}
	return out
}

func signOff(in CompleteCycleInput) review.SignOff {
	return review.SignOff{Cycle: in.Cycle, Statement: in.Statement, Signatory: orNone(in.Signatory), Position: orNone(in.Position), Letter: orNone(in.Letter),
		NothingPlanned: in.NothingPlanned != nil && *in.NothingPlanned}
}

func extension(in ExtendDeadlineInput) review.Extension {
	out := review.Extension{Cycle: in.Cycle, Until: in.Until, Reason: in.Reason}
	if in.NominationUntil != nil {
		out.NominationUntil = *in.NominationUntil
	}
	return out
}

// nothingPlanned is what was said of the quarter that follows. It is withheld where whoever signed it is.
func nothingPlanned(c *ent.ReviewCycle) *bool {
	if c.Purpose != term.PortfolioQuarter || c.CompletedOn == "" || c.Signatory == nil {
		return nil
	}
	return &c.NothingPlanned
}

// choice is one of several inputs of which exactly one is given.
type choice struct {
	name  string
	kind  term.Kind
	input map[string]any
}

func chosen(at string, all ...choice) (choice, error) {
	var given []choice
	for _, c := range all {
		if c.input != nil {
			given = append(given, c)
		}
	}
	if len(given) != 1 {
		err := fault.New(fault.Invalid, "Give exactly one of actor, law, policy, mechanism and activity.")
		for _, c := range all {
			err.At(at + "." + c.name)
		}
		return choice{}, err
	}
	return given[0], nil
}

func correction(in CorrectItemInput) (review.Correction, error) {
	c, err := chosen("input", choice{"actor", term.KindActor, in.Actor}, choice{"law", term.KindLaw, in.Law}, choice{"policy", term.KindPolicy, in.Policy},
		choice{"mechanism", term.KindMechanism, in.Mechanism}, choice{"activity", term.KindActivity, in.Activity})
	return review.Correction{Item: review.ItemVersion{ID: in.Item, Version: in.Version}, Kind: c.kind, Input: c.input, Below: "input." + c.name,
		Source: in.Source, Reason: orNone(in.Reason), Letter: orNone(in.Letter)}, err
}

func addition(in AddToCycleInput) (review.Addition, error) {
	c, err := chosen("input", choice{"actor", term.KindActor, in.Actor}, choice{"law", term.KindLaw, in.Law}, choice{"policy", term.KindPolicy, in.Policy},
		choice{"mechanism", term.KindMechanism, in.Mechanism}, choice{"activity", term.KindActivity, in.Activity})
	return review.Addition{Cycle: in.Cycle, Kind: c.kind, Input: c.input, Below: "input." + c.name, Letter: orNone(in.Letter)}, err
}

func (r *Resolver) nominated(ctx context.Context, done *CyclePayload, err error) (*NominateFocalPointPayload, error) {
	if err != nil {
		return nil, err
	}
	p, err := r.focalPoint(ctx, done.Cycle)
	return &NominateFocalPointPayload{Cycle: done.Cycle, FocalPoint: p}, err
}

// focalPoint is who answers for the chapter of a review, for those who are asked and the secretariat.
func (r *Resolver) focalPoint(ctx context.Context, c *ent.ReviewCycle) (*FocalPoint, error) {
	if r.Desk == nil || c.ChapterID == nil || !review.Concerns(access.From(ctx), c) {
		return nil, nil
	}
	p, err := r.Desk.FocalPoint(ctx, r.Store.Client, *c.ChapterID)
	if err != nil || p == nil {
		return nil, err
	}
	return &FocalPoint{ID: p.ID, Name: p.Name, Unit: p.Unit, Email: &p.Email}, nil
}

func (r *Resolver) confirmed(ctx context.Context, in ConfirmItemsInput, done *CyclePayload, err error) (*ConfirmItemsPayload, error) {
	if err != nil {
		return nil, err
	}
	q := client(ctx).ReviewItem.Query().Where(reviewitem.CycleID(done.Cycle.ID)).Order(reviewitem.ByPosition())
	if in.UnchangedIn != nil {
		q.Where(reviewitem.Bulk(true), reviewitem.StatusEQ(term.ItemConfirmed))
	} else {
		var ids []term.ID
		for _, it := range in.Items {
			ids = append(ids, it.ID)
		}
		q.Where(reviewitem.IDIn(ids...))
	}
	items, err := q.All(ctx)
	return &ConfirmItemsPayload{Items: items, Cycle: done.Cycle}, err
}

func published(ctx context.Context, done *CyclePayload, err error) (*PublishChapterPayload, error) {
	if err != nil {
		return nil, err
	}
	e, err := editionOf(ctx, done.Cycle)
	return &PublishChapterPayload{Cycle: done.Cycle, Edition: e}, err
}

func editionOf(ctx context.Context, c *ent.ReviewCycle) (*ent.Edition, error) {
	return numbered(ctx, c.Edition)
}

func cycleBy(ctx context.Context, id term.ID) (*ent.ReviewCycle, error) {
	c, err := client(ctx).ReviewCycle.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, notFound(id)
	}
	return c, err
}

func itemsOf(ctx context.Context, c *ent.ReviewCycle, wanted review.Wanted, p page) (*ent.ReviewItemConnection, error) {
	q, err := review.Items(ctx, client(ctx), c, wanted)
	if err != nil {
		return nil, err
	}
	inOrder := &ent.ReviewItemOrder{Direction: "ASC", Field: ent.ReviewItemOrderFieldPosition}
	return q.Paginate(ctx, p.after, p.first, p.before, p.last, ent.WithReviewItemOrder(inOrder))
}

func versionOf(ctx context.Context, it *ent.ReviewItem) (int, error) {
	if it.RecordID == nil {
		return 0, nil
	}
	return loadersFrom(ctx).versions.Load(ctx, *it.RecordID)
}

func recordOf(ctx context.Context, it *ent.ReviewItem) (ent.CatalogueRecord, error) {
	if it.RecordID == nil {
		return nil, nil
	}
	return loadersFrom(ctx).records.Load(ctx, *it.RecordID)
}

func loadVersions(ctx context.Context, ids []term.ID) (map[term.ID]int, error) {
	return review.Versions(ctx, client(ctx), ids)
}

func loadVerified(ctx context.Context, ids []term.ID) (map[term.ID][]*ent.Verification, error) {
	return review.VerificationsOf(ctx, client(ctx), ids)
}

func loadRecords(ctx context.Context, ids []term.ID) (map[term.ID]ent.CatalogueRecord, error) {
	all, err := search.Records(ctx, client(ctx), ids)
	out := make(map[term.ID]ent.CatalogueRecord, len(ids))
	for _, id := range ids {
		out[id] = nil
	}
	for _, r := range all {
		out[search.IDOf(r)] = r
	}
	return out, err
}

func loadChanged(ctx context.Context, ids []term.ID) (map[term.ID]review.Difference, error) {
	items, err := client(ctx).ReviewItem.Query().Where(reviewitem.IDIn(ids...)).WithCycle().All(ctx)
	if err != nil {
		return nil, err
	}
	out, err := review.Changed(ctx, client(ctx), items)
	for _, id := range ids {
		if _, ok := out[id]; !ok && err == nil {
			out[id] = review.Difference{}
		}
	}
	return out, err
}

func pointers[T any](all []T) []*T {
	out := make([]*T, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

// isTrue is whether something optional was said, and true.
func isTrue(b *bool) bool { return b != nil && *b }

// orUsual is how many are asked for, or the usual page.
func orUsual(n *int) int {
	if n == nil {
		return limit.DefaultPage
	}
	return *n
}

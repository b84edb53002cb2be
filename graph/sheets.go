package graph

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/ent/sheetmerge"
	"adam/internal/catalogue"
	"adam/internal/review"
	"adam/internal/term"
)

// mergeSheets merges sheets, or tries it: then nothing at all is written, not even the key of the request.
func (r *Resolver) mergeSheets(ctx context.Context, input MergeSheetsInput) (*MergeSheetsPayload, error) {
	in, err := sheets(input)
	if err != nil {
		return nil, err
	}
	var done *review.Merged
	merge := func(ctx context.Context, tx *ent.Tx) (id term.ID, err error) {
		if done, err = r.Desk.Merge(ctx, tx, in); err != nil {
			return 0, err
		}
		return done.ID(), nil
	}
	if in.Apply {
		id, err := changed(ctx, r.Store, input, merge, func(_ context.Context, id term.ID) (term.ID, error) { return id, nil })
		if err != nil || id.Kind() == term.KindSheetMerge {
			return written(ctx, id, err)
		}
		in.Apply = false // nothing was written; where the request is repeated, not then either
	}
	if done == nil {
		if _, err := catalogue.InTx(ctx, r.Store, merge); err != nil {
			denied(ctx, r.Store, "mergeSheets", err)
			return nil, err
		}
	}
	c, err := cycleBy(ctx, in.Cycle)
	return &MergeSheetsPayload{Cycle: c, Rows: pointers(done.Rows)}, err
}

// written is what a merge has written. A request that is repeated is answered by what was written then.
func written(ctx context.Context, id term.ID, err error) (*MergeSheetsPayload, error) {
	if err != nil {
		return nil, err
	}
	m, err := client(ctx).SheetMerge.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	forgetItems(ctx, m.Rows)
	c, err := cycleBy(ctx, m.CycleID)
	return &MergeSheetsPayload{Cycle: c, Merge: m, Rows: pointers(m.Rows)}, err
}

func undone(ctx context.Context, id term.ID) (*UndoSheetsPayload, error) {
	m, err := client(ctx).SheetMerge.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	forgetItems(ctx, m.Rows)
	var stayed []term.ID
	for _, row := range m.Rows {
		if row.Stayed {
			stayed = append(stayed, row.Item)
		}
	}
	items, err := client(ctx).ReviewItem.Query().Where(reviewitem.IDIn(stayed...)).Order(reviewitem.ByPosition()).All(ctx)
	if err != nil {
		return nil, err
	}
	c, err := cycleBy(ctx, m.CycleID)
	return &UndoSheetsPayload{Merge: m, Cycle: c, Stayed: items}, err
}

func mergesOf(ctx context.Context, c *ent.ReviewCycle) ([]*ent.SheetMerge, error) {
	return client(ctx).SheetMerge.Query().Where(sheetmerge.CycleID(c.ID)).Order(ent.Desc(sheetmerge.FieldAt, sheetmerge.FieldID)).All(ctx)
}

// itemOf is the item of a row, as the viewer sees it.
func itemOf(ctx context.Context, row *term.SheetRow) (*ent.ReviewItem, error) {
	if row.Item == 0 {
		return nil, nil
	}
	return loadersFrom(ctx).items.Load(ctx, row.Item)
}

func loadItems(ctx context.Context, ids []term.ID) (map[term.ID]*ent.ReviewItem, error) {
	all, err := client(ctx).ReviewItem.Query().Where(reviewitem.IDIn(ids...)).All(ctx)
	out := make(map[term.ID]*ent.ReviewItem, len(ids))
	for _, id := range ids {
		out[id] = nil
	}
	for _, it := range all {
		out[it.ID] = it
	}
	return out, err
}

// forgetItems lets items be read anew by what comes after a change of their answers in the same operation.
func forgetItems(ctx context.Context, rows []term.SheetRow) {
	for _, row := range rows {
		loadersFrom(ctx).items.Clear(row.Item)
	}
}

func sheets(in MergeSheetsInput) (review.Sheets, error) {
	out := review.Sheets{Cycle: in.Cycle, Letter: orNone(in.Letter), Apply: in.Apply != nil && *in.Apply}
	for i, s := range in.Sheets {
		sheet := review.Sheet{Agency: s.Agency}
		for j, a := range s.Answers {
			answer, err := sheetAnswer(*a, fmt.Sprintf("input.sheets[%d].answers[%d]", i, j))
			if err != nil {
				return out, err
			}
			sheet.Answers = append(sheet.Answers, answer)
		}
		for j, a := range s.Additions {
			c, err := chosen(fmt.Sprintf("input.sheets[%d].additions[%d]", i, j), choice{"actor", term.KindActor, a.Actor}, choice{"law", term.KindLaw, a.Law},
				choice{"policy", term.KindPolicy, a.Policy}, choice{"mechanism", term.KindMechanism, a.Mechanism}, choice{"activity", term.KindActivity, a.Activity})
			if err != nil {
				return out, err
			}
			sheet.Additions = append(sheet.Additions, review.SheetAddition{Kind: c.kind, Input: c.input})
		}
		out.Sheets = append(out.Sheets, sheet)
	}
	return out, nil
}

func sheetAnswer(in SheetAnswerInput, place string) (review.SheetAnswer, error) {
	out := review.SheetAnswer{Item: review.ItemVersion{ID: in.Item, Version: in.Version}, Answer: in.Answer, Reason: orNone(in.Reason), ActiveHere: in.ActiveHere,
		Authority: orNone(in.Authority), Hold: in.NotForPublication != nil && *in.NotForPublication, Source: in.Source, Place: place}
	if in.Answer != term.SheetPartWrong && in.Actor == nil && in.Law == nil && in.Policy == nil && in.Mechanism == nil && in.Activity == nil {
		return out, nil
	}
	c, err := chosen(place, choice{"actor", term.KindActor, in.Actor}, choice{"law", term.KindLaw, in.Law}, choice{"policy", term.KindPolicy, in.Policy},
		choice{"mechanism", term.KindMechanism, in.Mechanism}, choice{"activity", term.KindActivity, in.Activity})
	out.Kind, out.Input = c.kind, c.input
	return out, err
}

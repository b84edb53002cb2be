package review

import (
	"context"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/ent/sheetmerge"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// answerOf is the answer that an item has, to be kept while another takes its place.
func answerOf(it *ent.ReviewItem) *term.ItemAnswer {
	return &term.ItemAnswer{Version: it.Version, RecordVersion: it.RecordVersion, Status: it.Status, Later: it.Later, Hold: it.Hold, Bulk: it.Bulk,
		Reason: it.Reason, ActiveHere: it.ActiveHere, Authority: it.Authority, By: it.By, Person: it.Person, At: it.At, Letter: it.Letter,
		Proposal: it.Proposal, Input: it.Input, Difference: it.Difference}
}

// Undoing names a merge that is taken back.
type Undoing struct {
	Merge  term.ID
	Letter string // of what the secretariat undoes for somebody else
}

// Undo takes a merge of sheets back in one step, and gives its id: items that still stand as the merge left them get the
// answer that they had before, and the records that it added go. Items that were answered again since stay; the rows of
// the merge name them.
func (d *Desk) Undo(ctx context.Context, tx *ent.Tx, in Undoing) (term.ID, error) {
	m, err := mergeOf(ctx, tx, in.Merge)
	if err != nil {
		return 0, err
	}
	if err := hold(ctx, tx, m.CycleID, toEnd); err != nil {
		return 0, err
	}
	if m, err = mergeOf(ctx, tx, in.Merge); err != nil {
		return 0, err
	}
	cycle, _, err := d.toAnswer(ctx, tx, m.CycleID, in.Letter)
	if err != nil {
		return 0, err
	}
	if m.UndoneAt != "" {
		return 0, conflict(cycle.Status, "These sheets were undone already, on %s.", m.UndoneAt)
	}
	back, err := restoreAll(ctx, tx, m)
	if err != nil {
		return 0, err
	}
	if err := follow(ctx, tx, m, back); err != nil {
		return 0, err
	}
	v, now := access.From(ctx), d.Now()
	audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogReview, Person: v.Person, Subject: cycle.ID, Summary: "Sheets that were merged into the answers of a review were undone."})
	return m.ID, tx.SheetMerge.UpdateOneID(m.ID).SetUndoneAt(term.InstantOf(now)).SetRows(m.Rows).Exec(asProgram(ctx))
}

// mergeOf finds a merge that the viewer may see.
func mergeOf(ctx context.Context, tx *ent.Tx, id term.ID) (*ent.SheetMerge, error) {
	m, err := tx.SheetMerge.Query().Where(sheetmerge.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There are no merged sheets with the id %s that you may see.", id).At("input.merge")
	}
	return m, err
}

// stood is the version that an item had under an answer, and the one that it has now under the same.
type stood struct{ then, now int }

// restoreAll gives items their answers back, and says so in the rows of the merge where it does not.
func restoreAll(ctx context.Context, tx *ent.Tx, m *ent.SheetMerge) (map[term.ID]stood, error) {
	items, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(m.CycleID)).All(asProgram(ctx))
	if err != nil {
		return nil, err
	}
	byID := map[term.ID]*ent.ReviewItem{}
	for _, it := range items {
		byID[it.ID] = it
	}
	back := map[term.ID]stood{}
	for i := range m.Rows {
		r := &m.Rows[i]
		it := byID[r.Item]
		if r.Outcome != term.SheetAnswered || it == nil { // an addition may have been taken out since
			continue
		}
		if r.Stayed = it.Version != r.After; r.Stayed {
			continue
		}
		if r.Before == nil {
			if err := tx.ReviewItem.DeleteOneID(it.ID).Exec(asProgram(ctx)); err != nil {
				return nil, err
			}
			continue
		}
		if err := restore(ctx, tx, it, r.Before); err != nil {
			return nil, err
		}
		back[it.ID] = stood{r.Before.Version, it.Version + 1}
	}
	return back, nil
}

// restore gives an item the answer back that it had. Its version goes on, so that nobody answers what she has not read.
func restore(ctx context.Context, tx *ent.Tx, it *ent.ReviewItem, was *term.ItemAnswer) error {
	u := tx.ReviewItem.Update().Where(reviewitem.ID(it.ID), reviewitem.Version(it.Version)).AddVersion(1).
		SetStatus(was.Status).SetRecordVersion(was.RecordVersion).SetLater(was.Later).SetHold(was.Hold).SetBulk(was.Bulk).
		SetNillableReason(was.Reason).SetNillableActiveHere(was.ActiveHere).SetNillableAuthority(was.Authority).SetNillableLetter(was.Letter).
		SetPerson(was.Person).SetAt(was.At).SetProposal(was.Proposal).SetDifference(append([]term.Change{}, was.Difference...))
	if was.Input != nil {
		u.SetInput(was.Input)
	}
	if was.By == nil {
		u.ClearBy()
	} else {
		u.SetBy(*was.By)
	}
	clearRest(u.Mutation())
	n, err := u.Save(asProgram(ctx))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "Somebody else has answered an item at the same moment. Try again.")
	}
	return err
}

// follow tells earlier merges of the versions that their answers have now, so that they can be undone too, one after the
// other.
func follow(ctx context.Context, tx *ent.Tx, m *ent.SheetMerge, back map[term.ID]stood) error {
	others, err := tx.SheetMerge.Query().Where(sheetmerge.CycleID(m.CycleID), sheetmerge.IDNEQ(m.ID), sheetmerge.UndoneAt("")).All(asProgram(ctx))
	if err != nil {
		return err
	}
	for _, o := range others {
		moved := false
		for i := range o.Rows {
			if s, ok := back[o.Rows[i].Item]; ok && o.Rows[i].After == s.then {
				o.Rows[i].After, moved = s.now, true
			}
		}
		if !moved {
			continue
		}
		if err := tx.SheetMerge.UpdateOneID(o.ID).SetRows(o.Rows).Exec(asProgram(ctx)); err != nil {
			return err
		}
	}
	return nil
}

package review

import (
	"context"
	"errors"
	"fmt"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// ItemVersion names an item and the version that was read: see VersionOf.
type ItemVersion struct {
	ID      term.ID
	Version int
}

// answer is an item that is being answered.
type answer struct {
	d      *Desk
	ctx    context.Context
	tx     *ent.Tx
	item   *ent.ReviewItem
	cycle  *ent.ReviewCycle
	now    int // the version of its record that stands
	letter string
}

// VersionOf is the version of an item as everybody outside counts it: it grows with the item and with its record, so
// that nobody confirms what she has not read.
func VersionOf(item *ent.ReviewItem, record int) int { return item.Version + record }

// find reads an item that may be answered now, by whoever is in the context, at the version that she read.
func (d *Desk) find(ctx context.Context, tx *ent.Tx, v ItemVersion, letter string) (*answer, error) {
	a := &answer{d: d, ctx: ctx, tx: tx}
	var err error
	if a.letter, err = optional(letter, "letter"); err != nil {
		return nil, err
	}
	if err := holdOf(ctx, tx, v.ID); err != nil {
		return nil, err
	}
	a.item, err = tx.ReviewItem.Query().Where(reviewitem.ID(v.ID)).WithCycle().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no item with the id %s in a review that asks you.", v.ID).At("input.item")
	}
	if err != nil {
		return nil, err
	}
	a.cycle = a.item.Edges.Cycle
	if err := mayAnswer(ctx, a.cycle, a.letter); err != nil {
		return nil, err
	}
	if !answering(a.cycle.Status) {
		return nil, conflict(a.cycle.Status, "%s Its items can be answered while it is UNDER_REVIEW or RETURNED.", stands[a.cycle.Status])
	}
	if a.now, err = versionNow(ctx, tx.Client(), a.item); err != nil {
		return nil, err
	}
	if now := VersionOf(a.item, a.now); now != v.Version {
		return nil, a.overtaken(v.Version)
	}
	return a, nil
}

// overtaken tells both values: what was sent for, and what stands.
func (a *answer) overtaken(read int) error {
	err := fault.New(fault.Conflict, "This item or its record was changed since you read it: it is at version %d now, with the answer %s. Look at it again, then answer with that version.",
		VersionOf(a.item, a.now), a.item.Status).At("input.version")
	err.Details = map[string]any{"version": VersionOf(a.item, a.now), "yours": map[string]any{"version": read},
		"theirs": map[string]any{"version": VersionOf(a.item, a.now), "status": string(a.item.Status), "reason": a.item.Reason}}
	return err
}

// versionNow is the version of the record of an item that stands now; 0 for a new record.
func versionNow(ctx context.Context, c *ent.Client, item *ent.ReviewItem) (int, error) {
	if item.RecordID == nil {
		return 0, nil
	}
	all, err := Versions(ctx, c, []term.ID{*item.RecordID})
	return all[*item.RecordID], err
}

// Versions are the versions of records of any types that stand now, as far as the viewer sees them.
func Versions(ctx context.Context, c *ent.Client, ids []term.ID) (map[term.ID]int, error) {
	byTable, out := map[string][]term.ID{}, map[term.ID]int{}
	for _, id := range ids {
		byTable[id.Kind().Table()] = append(byTable[id.Kind().Table()], id)
	}
	for table, some := range byTable {
		query := fmt.Sprintf("SELECT id, version FROM %s WHERE id IN (%s)", table, list(some))
		rows, err := c.QueryContext(ctx, query)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id term.ID
			var v int
			if err := rows.Scan(&id, &v); err != nil {
				_ = rows.Close()
				return nil, err
			}
			out[id] = v
		}
		// What is cut off half way must not look like records that are not there.
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keep writes the answer, with who gave it and when; what was answered before is in its way no longer.
func (a *answer) keep(status term.ItemStatus, change func(*ent.ReviewItemUpdate)) error {
	v := access.From(a.ctx)
	u := a.tx.ReviewItem.Update().Where(reviewitem.ID(a.item.ID), reviewitem.Version(a.item.Version)).AddVersion(1).
		SetStatus(status).SetRecordVersion(a.now).SetLater(false).SetHold(false).SetBulk(false).
		SetProposal(term.NoProposal).SetDifference([]term.Change{}).SetBy(v.Name).SetPerson(v.Person).SetAt(term.InstantOf(a.d.Now()))
	if a.letter != "" {
		u.SetLetter(a.letter)
	}
	if change != nil {
		change(u)
	}
	clearRest(u.Mutation())
	n, err := u.Save(asProgram(a.ctx))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "Somebody else has answered this item at the same moment. Read it again.")
	}
	return err
}

// clearRest empties what the new answer does not say; PostgreSQL refuses to set and to empty a column at once.
func clearRest(m *ent.ReviewItemMutation) {
	for field, empty := range map[string]func(){
		reviewitem.FieldReason: m.ClearReason, reviewitem.FieldActiveHere: m.ClearActiveHere, reviewitem.FieldAuthority: m.ClearAuthority,
		reviewitem.FieldLetter: m.ClearLetter, reviewitem.FieldInput: m.ClearInput,
	} {
		if _, said := m.Field(field); !said {
			empty()
		}
	}
}

// Reply is an answer to one item that needs words, or none.
type Reply struct {
	Item   ItemVersion
	Reason string
	Letter string
}

// Dispute answers "we disagree" about a record that another answers for, with a reason. Both statements show once the
// review is published.
func (d *Desk) Dispute(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	a, err := d.find(ctx, tx, in.Item, in.Letter)
	if err != nil {
		return 0, err
	}
	if a.item.Own {
		return 0, fault.New(fault.Invalid, "You answer for this record yourself: correct it or withdraw it instead of disputing it.").At("input.item")
	}
	reason, err := said(in.Reason, "reason", "Say what is wrong, and why: it stands beside the record until the secretariat decides.")
	if err != nil {
		return 0, err
	}
	return a.item.ID, a.keep(term.ItemDisputed, func(u *ent.ReviewItemUpdate) { u.SetReason(reason) })
}

// NotOurs answers that the record does not concern whoever is asked: it closes the item and verifies nothing.
func (d *Desk) NotOurs(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	a, err := d.find(ctx, tx, in.Item, in.Letter)
	if err != nil {
		return 0, err
	}
	if a.item.Own {
		return 0, fault.New(fault.Invalid, "This record is yours by its type and State. If it is wrong, correct it or withdraw it.").At("input.item")
	}
	reason, err := optional(in.Reason, "reason")
	if err != nil {
		return 0, err
	}
	return a.item.ID, a.keep(term.ItemNotOurs, withReason(reason))
}

// Later answers "not sure": the item stays pending, with a mark.
func (d *Desk) Later(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	a, err := d.find(ctx, tx, in.Item, in.Letter)
	if err != nil {
		return 0, err
	}
	reason, err := optional(in.Reason, "reason")
	if err != nil {
		return 0, err
	}
	return a.item.ID, a.keep(term.ItemPending, func(u *ent.ReviewItemUpdate) { withReason(reason)(u); u.SetLater(true) })
}

// Reopen takes an answer back: the item is pending again. A record that was added is taken out of the review.
func (d *Desk) Reopen(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	a, err := d.find(ctx, tx, in.Item, in.Letter)
	if err != nil {
		return 0, err
	}
	reason, err := optional(in.Reason, "reason")
	if err != nil {
		return 0, err
	}
	if a.item.RecordID == nil {
		return a.item.ID, tx.ReviewItem.DeleteOneID(a.item.ID).Exec(asProgram(ctx))
	}
	return a.item.ID, a.keep(term.ItemPending, withReason(reason))
}

func withReason(reason string) func(*ent.ReviewItemUpdate) {
	return func(u *ent.ReviewItemUpdate) {
		if reason != "" {
			u.SetReason(reason)
		}
	}
}

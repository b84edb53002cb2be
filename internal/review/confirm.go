package review

import (
	"context"
	"fmt"
	"slices"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Confirmation is the answer "right" to some items, or to all that are unchanged in a cycle.
type Confirmation struct {
	Items       []ItemVersion
	UnchangedIn term.ID // a cycle: in bulk
	ActiveHere  *bool   // of activities that others answer for: whether they take place here
	Authority   string  // and with which authority
	Hold        bool    // right, but not for publication
	Reason      string  // why: it goes to whoever answers for the record
	Letter      string  // of what the secretariat enters for somebody else
}

// Confirm answers "right", and gives the id of the cycle. In bulk it confirms the items that are pending, not put off and
// unchanged since the edition that the review compares with; these are stored as confirmed in bulk.
func (d *Desk) Confirm(ctx context.Context, tx *ent.Tx, in Confirmation) (term.ID, error) {
	if (len(in.Items) > 0) == (in.UnchangedIn != 0) {
		return 0, fault.New(fault.Invalid, "Name items, or the cycle whose unchanged items you confirm: one of the two.").At("input.items", "input.unchangedIn")
	}
	if len(in.Items) > mostItems {
		return 0, fault.New(fault.Limit, "At most %d items are answered at once: send them in parts.", mostItems).At("input.items")
	}
	if in.UnchangedIn != 0 {
		return in.UnchangedIn, d.confirmUnchanged(ctx, tx, in)
	}
	var err error
	if in.Authority, err = optional(in.Authority, "authority"); err != nil {
		return 0, err
	}
	if in.Reason, err = optional(in.Reason, "reason"); err != nil {
		return 0, err
	}
	ids := make([]term.ID, len(in.Items))
	for i, v := range in.Items {
		ids[i] = v.ID
	}
	all, err := load(ctx, tx, ids...)
	if err != nil {
		return 0, err
	}
	for i, v := range in.Items {
		if err := d.confirmOne(ctx, tx, all, v, in, fmt.Sprintf("input.items[%d]", i)); err != nil {
			return 0, err
		}
	}
	return all[ids[len(ids)-1]].item.CycleID, nil
}

const mostItems = 200

// confirmOne confirms one of several items, which stands in the request at a path.
func (d *Desk) confirmOne(ctx context.Context, tx *ent.Tx, all map[term.ID]asking, v ItemVersion, in Confirmation, at string) error {
	a, err := d.among(ctx, tx, all, v, sent{at: at, status: term.ItemConfirmed, reason: in.Reason, activeHere: in.ActiveHere, authority: in.Authority,
		hold: in.Hold, letter: in.Letter})
	if err != nil {
		return err
	}
	return a.confirm(in)
}

func (a *answer) confirm(in Confirmation) error {
	if a.item.RecordID == nil {
		return fault.New(fault.Invalid, "This is a record that you have added yourself: there is nothing to confirm.").At(a.sent.item())
	}
	if in.Hold && a.item.Own {
		return a.restrict(in.Reason)
	}
	return a.keep(term.ItemConfirmed, func(u *ent.ReviewItemUpdate) {
		u.SetHold(in.Hold)
		withReason(in.Reason)(u)
		a.here(in.ActiveHere, in.Authority)(u)
	})
}

// here writes whether an activity that others answer for takes place here, and with which authority. Of nothing else
// that is asked.
func (a *answer) here(active *bool, authority string) func(*ent.ReviewItemUpdate) {
	return func(u *ent.ReviewItemUpdate) {
		if !a.askedWhere() {
			return
		}
		u.SetNillableActiveHere(active)
		if authority != "" {
			u.SetAuthority(authority)
		}
	}
}

func (a *answer) askedWhere() bool { return !a.item.Own && a.item.Kind == term.RecordActivity }

// toAnswer finds a cycle that may be answered now, by whoever is in the context; hold it before.
func (d *Desk) toAnswer(ctx context.Context, tx *ent.Tx, id term.ID, letter string) (*ent.ReviewCycle, string, error) {
	cycle, err := cycleOf(ctx, tx.Client(), id)
	if err != nil {
		return nil, "", err
	}
	if letter, err = optional(letter, "letter"); err != nil {
		return nil, "", err
	}
	if err := mayAnswer(ctx, cycle, letter); err != nil {
		return nil, "", err
	}
	if !answering(cycle.Status) {
		return nil, "", conflict(cycle.Status, "%s It can be answered while it is UNDER_REVIEW or RETURNED.", stands[cycle.Status])
	}
	return cycle, letter, nil
}

// alone refuses to say of all records at once what is to be said of each.
func (in Confirmation) alone() error {
	if in.Hold || in.ActiveHere != nil || in.Authority != "" || in.Reason != "" {
		return fault.New(fault.Invalid, "Of all that is unchanged you can only say that it is right. Name the items of which you say more.").
			At("input.notForPublication", "input.activeHere", "input.authority", "input.reason")
	}
	return nil
}

func (d *Desk) confirmUnchanged(ctx context.Context, tx *ent.Tx, in Confirmation) error {
	if err := in.alone(); err != nil {
		return err
	}
	if err := hold(ctx, tx, in.UnchangedIn, toAnswer); err != nil {
		return err
	}
	cycle, letter, err := d.toAnswer(ctx, tx, in.UnchangedIn, in.Letter)
	if err != nil {
		return about(err, "input.unchangedIn")
	}
	if cycle.BaseEdition == 0 {
		return conflict(cycle.Status, "No edition was published before this review, so nothing is known to be unchanged. Answer the items one by one.")
	}
	items, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.StatusEQ(term.ItemPending), reviewitem.Later(false),
		reviewitem.RecordIDNotNil()).WithCycle().All(ctx)
	if err != nil {
		return err
	}
	changed, err := Changed(ctx, tx.Client(), items)
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(it *ent.ReviewItem) bool { return !changed[it.ID].Unchanged })
	ids, err := current(ctx, tx, items)
	if err != nil {
		return err
	}
	return d.keepBulk(ctx, tx, ids, letter)
}

// current brings the versions that items are about in line with those that stand, since these are confirmed now, and
// leaves out what has gone. A record that was changed and changed back is at another version with the same words.
func current(ctx context.Context, tx *ent.Tx, items []*ent.ReviewItem) (ids []term.ID, err error) {
	records := make([]term.ID, len(items))
	for i, it := range items {
		records[i] = *it.RecordID
	}
	now, err := Versions(ctx, tx.Client(), records)
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		v := now[*it.RecordID]
		if v == 0 {
			continue
		}
		if v != it.RecordVersion {
			if err := tx.ReviewItem.UpdateOneID(it.ID).SetRecordVersion(v).Exec(asProgram(ctx)); err != nil {
				return nil, err
			}
		}
		ids = append(ids, it.ID)
	}
	return ids, nil
}

// keepBulk confirms many items by one statement: none of them has been answered, so nothing is written over.
func (d *Desk) keepBulk(ctx context.Context, tx *ent.Tx, ids []term.ID, letter string) error {
	if len(ids) == 0 {
		return nil
	}
	v := access.From(ctx)
	u := tx.ReviewItem.Update().Where(reviewitem.IDIn(ids...), reviewitem.StatusEQ(term.ItemPending)).AddVersion(1).SetStatus(term.ItemConfirmed).
		SetBulk(true).SetBy(v.Name).SetPerson(v.Person).SetAt(term.InstantOf(d.Now()))
	if letter != "" {
		u.SetLetter(letter)
	}
	return u.Exec(asProgram(ctx))
}

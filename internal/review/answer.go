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
	sent   sent

	besides    func(*ent.ReviewItemUpdate) // what else is written with the answer; nil where nothing is
	difference []term.Change               // what it proposes, once it is kept
}

// VersionOf is the version of an item as everybody outside counts it: it grows with the item and with its record, so
// that nobody confirms what she has not read.
func VersionOf(item *ent.ReviewItem, record int) int { return item.Version + record }

// asking is an item with its cycle, and the version of its record that stands.
type asking struct {
	item *ent.ReviewItem
	now  int
}

// load holds the cycles of items for answers and reads the items, as far as whoever is in the context sees them: many at
// once, since each statement costs.
func load(ctx context.Context, tx *ent.Tx, ids ...term.ID) (map[term.ID]asking, error) {
	if err := holdOf(ctx, tx, ids); err != nil {
		return nil, err
	}
	items, err := tx.ReviewItem.Query().Where(reviewitem.IDIn(ids...)).WithCycle().All(ctx)
	if err != nil {
		return nil, err
	}
	var records []term.ID
	for _, it := range items {
		if it.RecordID != nil {
			records = append(records, *it.RecordID)
		}
	}
	versions, err := Versions(ctx, tx.Client(), records)
	out := map[term.ID]asking{}
	for _, it := range items {
		q := asking{item: it}
		if it.RecordID != nil {
			q.now = versions[*it.RecordID]
		}
		out[it.ID] = q
	}
	return out, err
}

// find reads an item that may be answered now, by whoever is in the context, at the version that she read.
func (d *Desk) find(ctx context.Context, tx *ent.Tx, v ItemVersion, as sent) (*answer, error) {
	all, err := load(ctx, tx, v.ID)
	if err != nil {
		return nil, err
	}
	return d.among(ctx, tx, all, v, as)
}

// among is find for one of several items. Where it may not be answered, the error says which item of the request it is
// about.
func (d *Desk) among(ctx context.Context, tx *ent.Tx, all map[term.ID]asking, v ItemVersion, as sent) (*answer, error) {
	a := &answer{d: d, ctx: ctx, tx: tx, sent: as}
	a.sent.version = v.Version
	var err error
	if a.letter, err = optional(as.letter, "letter"); err != nil {
		return nil, err
	}
	found, ok := all[v.ID]
	if !ok {
		return nil, within(errNoItem(v.ID), as.item())
	}
	a.item, a.cycle, a.now = found.item, found.item.Edges.Cycle, found.now
	if err := mayAnswer(ctx, a.cycle, a.letter); err != nil {
		return nil, within(err, as.item())
	}
	if !answering(a.cycle.Status) {
		err := conflict(a.cycle.Status, "%s Its items can be answered while it is UNDER_REVIEW or RETURNED.", stands[a.cycle.Status])
		return nil, within(err, as.item())
	}
	if now := VersionOf(a.item, a.now); now != v.Version {
		return nil, a.overtaken()
	}
	return a, nil
}

func errNoItem(id term.ID) error {
	return fault.New(fault.NotFound, "There is no item with the id %s in a review that asks you.", id)
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
	out := map[term.ID]int{}
	for table, some := range byTable(ids) {
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

func byTable(ids []term.ID) map[string][]term.ID {
	out := map[string][]term.ID{}
	for _, id := range ids {
		out[id.Kind().Table()] = append(out[id.Kind().Table()], id)
	}
	return out
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
	for _, more := range []func(*ent.ReviewItemUpdate){change, a.besides} {
		if more != nil {
			more(u)
		}
	}
	clearRest(u.Mutation())
	n, err := u.Save(asProgram(a.ctx))
	if err == nil && n == 0 {
		return a.overtook()
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

// as is the reply as it was sent.
func (in Reply) as(status term.ItemStatus) sent {
	return sent{status: status, reason: in.Reason, letter: in.Letter}
}

// Dispute answers "we disagree" about a record that another answers for, with a reason. Both statements show once the
// review is published.
func (d *Desk) Dispute(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	return d.reply(ctx, tx, in, term.ItemDisputed, (*answer).dispute)
}

// reply finds the item of a reply and gives the answer.
func (d *Desk) reply(ctx context.Context, tx *ent.Tx, in Reply, as term.ItemStatus, give func(*answer, string) error) (term.ID, error) {
	a, err := d.find(ctx, tx, in.Item, in.as(as))
	if err != nil {
		return 0, err
	}
	if err := give(a, in.Reason); err != nil {
		return 0, err
	}
	return a.item.ID, nil
}

func (a *answer) dispute(reason string) error {
	if a.item.Own {
		return fault.New(fault.Invalid, "You answer for this record yourself: correct it or withdraw it instead of disputing it.").At("input.item")
	}
	reason, err := said(reason, "reason", "Say what is wrong, and why: it stands beside the record until the secretariat decides.")
	if err != nil {
		return err
	}
	return a.keep(term.ItemDisputed, withReason(reason))
}

// NotOurs answers that the record does not concern whoever is asked: it closes the item and verifies nothing.
func (d *Desk) NotOurs(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	return d.reply(ctx, tx, in, term.ItemNotOurs, (*answer).notOurs)
}

func (a *answer) notOurs(reason string) error {
	if a.item.Own {
		return fault.New(fault.Invalid, "This record is yours by its type and State. If it is wrong, correct it or withdraw it.").At("input.item")
	}
	reason, err := optional(reason, "reason")
	if err != nil {
		return err
	}
	return a.keep(term.ItemNotOurs, withReason(reason))
}

// Later answers "not sure": the item stays pending, with a mark.
func (d *Desk) Later(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	return d.reply(ctx, tx, in, term.ItemPending, (*answer).later)
}

func (a *answer) later(reason string) error {
	if a.item.RecordID == nil { // it would lose what it adds
		return fault.New(fault.Invalid, "This is a record that you have added yourself. If you are not sure of it, reopen it: that takes it out again.").At("input.item")
	}
	reason, err := optional(reason, "reason")
	if err != nil {
		return err
	}
	return a.keep(term.ItemPending, func(u *ent.ReviewItemUpdate) { withReason(reason)(u); u.SetLater(true) })
}

// Reopen takes an answer back: the item is pending again. A record that was added is taken out of the review.
func (d *Desk) Reopen(ctx context.Context, tx *ent.Tx, in Reply) (term.ID, error) {
	a, err := d.find(ctx, tx, in.Item, in.as(term.ItemPending))
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

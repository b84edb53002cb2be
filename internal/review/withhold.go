package review

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/grant"
	"adam/ent/record"
	"adam/ent/reviewitem"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/people"
	"adam/internal/term"
)

// notPublic is how history says why a record was restricted, where whoever is asked did not say it.
const notPublic = "Right, but not for publication."

// restrict confirms a record of one's own that is right, but not for publication: that it is restricted waits as a
// proposal like any correction.
func (a *answer) restrict(reason string) error {
	hold := func(u *ent.ReviewItemUpdate) { withReason(reason)(u); u.SetHold(true) }
	now, err := standings(a.ctx, a.tx.Client(), []term.ID{*a.item.RecordID})
	if err != nil {
		return err
	}
	stands := now[*a.item.RecordID]
	if stands.visibility == string(term.Restricted) {
		return a.keep(term.ItemConfirmed, hold)
	}
	input := map[string]any{"key": stands.key, "version": a.now, "visibility": string(term.Restricted), "reason": cmp.Or(reason, notPublic)}
	changed, err := a.try(a.sent.at, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Update(ctx, tx, a.item.Kind.Kind(), input)
	})
	if err != nil {
		return about(err, a.sent.item())
	}
	return a.propose(term.ItemConfirmed, term.ProposalUpdate, reason, input, changed, hold)
}

// owner answers for records: an organisation through its reporters, a State through its focal points.
type owner struct {
	name   string // in the key of a letter
	grants []access.Grant
	people []recipient
}

// askOwners writes, when a review is signed off, to those who answer for records that are right but, says whoever was
// asked, not for publication: one letter for each owner. They decide. Where nobody answers for a record, the secretariat
// is asked. by is the institution that says so.
func (d *Desk) askOwners(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, by string) error {
	ctx = asProgram(ctx)
	held, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID), reviewitem.StatusEQ(term.ItemConfirmed), reviewitem.Hold(true), reviewitem.Own(false),
		reviewitem.RecordIDNotNil()).Order(reviewitem.ByPosition(), reviewitem.ByID()).All(ctx)
	if err != nil || len(held) == 0 {
		return err
	}
	left := map[term.ID]*ent.ReviewItem{}
	for _, it := range held {
		left[*it.RecordID] = it
	}
	owners, err := d.owners(ctx, tx)
	if err != nil {
		return err
	}
	for _, o := range owners {
		theirs, err := ownedBy(ctx, tx.Client(), o, held)
		if err != nil {
			return err
		}
		for _, it := range theirs {
			delete(left, *it.RecordID)
		}
		if err := d.askOwner(ctx, tx, cycle, o.name, by, theirs, of(o.people)); err != nil {
			return err
		}
	}
	rest := slices.DeleteFunc(held, func(it *ent.ReviewItem) bool { return left[*it.RecordID] == nil })
	return d.askOwner(ctx, tx, cycle, "secretariat", by, rest, d.secretariat)
}

// of is a list of recipients as letters want it.
func of(all []recipient) func(context.Context, *ent.Tx, *ent.ReviewCycle) ([]recipient, error) {
	return func(context.Context, *ent.Tx, *ent.ReviewCycle) ([]recipient, error) { return all, nil }
}

// owners are all who answer for records and can be written to, in one order whoever asks.
func (d *Desk) owners(ctx context.Context, tx *ent.Tx) ([]owner, error) {
	all, err := tx.Grant.Query().Where(people.Holds(term.InstantOf(d.Now())), reached(), grant.RoleIn(access.Reporter, access.FocalPoint)).
		WithChapter().Order(grant.ByGivenAt(), grant.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	by := map[term.ID][]*ent.Grant{}
	for _, g := range all {
		of := g.ActorID
		if g.ChapterID != nil {
			of = g.ChapterID
		}
		by[*of] = append(by[*of], g)
	}
	var out []owner
	for _, id := range slices.Sorted(maps.Keys(by)) {
		o := owner{name: id.String(), grants: []access.Grant{{Role: access.Reporter, Actor: id}}}
		if ch := by[id][0].Edges.Chapter; ch != nil {
			o.grants = []access.Grant{focalGrant(ch)}
		}
		if o.people, err = recipients(by[id], nil); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// ownedBy are the items about records that somebody answers for.
func ownedBy(ctx context.Context, c *ent.Client, o owner, items []*ent.ReviewItem) ([]*ent.ReviewItem, error) {
	ctx = access.With(ctx, access.SignedIn(0, "Owner", o.grants))
	ids := make([]term.ID, len(items))
	for i, it := range items {
		ids[i] = *it.RecordID
	}
	var theirs []question
	for table, some := range byTable(ids) {
		kind := recordKind(table)
		query := fmt.Sprintf("SELECT t.id, t.version, t.sort_name, 1, 0 FROM %s t WHERE t.id IN (%s) AND (%s)", table, list(some), rule.Owned(ctx, kind.Kind()))
		if err := gather(ctx, c, query, kind, &theirs); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(slices.Clone(items), func(it *ent.ReviewItem) bool {
		return !slices.ContainsFunc(theirs, func(q question) bool { return q.id == *it.RecordID })
	}), nil
}

// askOwner writes about some items to one owner, once for a cycle.
func (d *Desk) askOwner(ctx context.Context, tx *ent.Tx, cycle *ent.ReviewCycle, name, by string, items []*ent.ReviewItem, to func(context.Context, *ent.Tx, *ent.ReviewCycle) ([]recipient, error)) error {
	if len(items) == 0 {
		return nil
	}
	zone, err := zoneOf(ctx, tx.Client(), cycle)
	if err != nil {
		return err
	}
	today, err := Today(d.Now(), zone)
	if err != nil {
		return err
	}
	named, err := d.named(ctx, tx, items)
	if err != nil {
		return err
	}
	_, err = d.write(ctx, tx, to, letter{cycle, today, zone, fmt.Sprintf("hold:%s:%s", cycle.ID, name), by + " asks you not to publish what it has confirmed",
		fmt.Sprintf("%s has checked these records. It says that they are right, but not for publication:\n\n%s\nYou decide. To withhold a record, set its visibility to RESTRICTED; otherwise leave it as it is.\n", by, named)})
	return err
}

// named lists the records of items with their links, and why each is not for publication.
func (d *Desk) named(ctx context.Context, tx *ent.Tx, items []*ent.ReviewItem) (string, error) {
	var out strings.Builder
	for _, it := range items {
		r, err := tx.Record.Query().Where(record.ID(*it.RecordID)).Only(ctx)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "- %s (%s)\n  %s/%s/%s\n  Reason: %s\n", r.Title, r.Key, d.BaseURL, pages[it.Kind], r.Key, cmp.Or(text(it.Reason), "none was given"))
	}
	return out.String(), nil
}

// pages are where the records of each type are shown.
var pages = map[term.RecordKind]string{term.RecordActor: "actors", term.RecordLaw: "laws", term.RecordPolicy: "policies",
	term.RecordMechanism: "mechanisms", term.RecordActivity: "activities"}

package intake

import (
	"cmp"
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/externalidentifier"
	"adam/ent/funding"
	"adam/ent/intakeentry"
	"adam/ent/rule"
	"adam/internal/term"
)

// link points at what an activity belongs to and at the money that paid for its own, once the whole file is there: a file
// names activities that stand further down. It goes through what the import wrote, a few hundred at a time.
func (in *taking) link() error {
	after := term.ID(0)
	for {
		entries, err := in.c.IntakeEntry.Query().Where(intakeentry.IntakeID(in.id), intakeentry.IDGT(after), intakeentry.IdentifierNEQ(""),
			intakeentry.OutcomeIn(term.IntakeCreated, term.IntakeChanged)).Order(intakeentry.ByID()).Limit(step).All(in.ctx)
		if err != nil || len(entries) == 0 {
			return err
		}
		after = entries[len(entries)-1].ID
		if entries, err = in.standing(entries); err != nil {
			return err
		}
		if err := in.linkThese(entries); err != nil {
			return err
		}
	}
}

// standing are those of some entries that no other publisher in the file has overridden.
func (in *taking) standing(entries []*ent.IntakeEntry) ([]*ent.IntakeEntry, error) {
	records := make([]term.ID, len(entries))
	for i, e := range entries {
		records[i] = e.RecordID
	}
	over, err := in.c.IntakeEntry.Query().Where(intakeentry.IntakeID(in.id), intakeentry.OutcomeEQ(term.IntakeChanged), intakeentry.RecordIDIn(records...)).
		Select(intakeentry.FieldRecordID, intakeentry.FieldVersion).All(in.ctx)
	last := make(map[term.ID]int, len(over))
	for _, e := range over {
		last[e.RecordID] = max(last[e.RecordID], e.Version)
	}
	return slices.DeleteFunc(entries, func(e *ent.IntakeEntry) bool { return e.Version < last[e.RecordID] }), err
}

func (in *taking) linkThese(entries []*ent.IntakeEntry) error {
	drafts := make([]*Draft, len(entries))
	var named []string
	for i, e := range entries {
		d, err := readDraft(e.Draft)
		if err != nil {
			return err
		}
		drafts[i] = d
		for _, l := range d.Lines {
			if l.From != "" {
				named = append(named, l.From)
			}
		}
		if d.Parent != "" {
			named = append(named, d.Parent)
		}
	}
	if len(named) == 0 {
		return nil
	}
	there, err := in.activitiesNamed(named)
	if err != nil {
		return err
	}
	known := payments{}
	for i, e := range entries {
		if err := in.linkOne(e, drafts[i], there, known); err != nil {
			return err
		}
	}
	return nil
}

// activitiesNamed finds activities by their identifiers: first the one that an import brought under it, then the one that is
// also called so. What two are called names neither.
func (in *taking) activitiesNamed(identifiers []string) (map[string]term.ID, error) {
	slices.Sort(identifiers)
	out := map[string]term.ID{}
	for some := range slices.Chunk(slices.Compact(identifiers), step) {
		found, err := in.c.ExternalIdentifier.Query().Where(externalidentifier.ValueIn(some...), externalidentifier.HasActivityWith(activity.Withdrawn(false))).
			Order(externalidentifier.ByID()).All(in.ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			had, met := out[f.Value]
			switch own := recordID(f.Value); {
			case had == own:
			case !met || f.ActivityID == own:
				out[f.Value] = f.ActivityID
			case had != f.ActivityID:
				out[f.Value] = 0
			}
		}
	}
	return out, nil
}

// linkOne links one activity. It is part of what the import wrote: no version of its own.
func (in *taking) linkOne(e *ent.IntakeEntry, d *Draft, there map[string]term.ID, known payments) error {
	if parent := there[d.Parent]; parent != 0 && parent != e.RecordID {
		circle, err := in.within(parent, e.RecordID)
		if err != nil {
			return err
		}
		if !circle {
			if err := in.exec("UPDATE activities SET part_of_id = "+number(parent)+" WHERE id IN (", []term.ID{e.RecordID}); err != nil {
				return err
			}
		}
	}
	return in.linkLines(e.RecordID, d, there, known)
}

// linkLines points the lines of an activity at those of other activities that paid for them.
func (in *taking) linkLines(id term.ID, d *Draft, there map[string]term.ID, known payments) error {
	own, err := in.ids("SELECT funding_id FROM " + fundingsOf + " WHERE activity_id = " + number(id))
	if err != nil {
		return err
	}
	ids := lineIDs(id, d)
	for i, l := range d.Lines {
		payer := there[l.From]
		if payer == 0 || payer == id {
			continue
		}
		all, err := in.payments(known, payer, l.Kind)
		if err != nil {
			return err
		}
		if paid := in.paidBy(all, own, d, l); paid != 0 {
			if err := in.exec("UPDATE fundings SET upstream_id = "+number(paid)+" WHERE id IN (", ids[i:i+1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// within says whether an activity is, over others, a part of another one.
func (in *taking) within(id, whole term.ID) (bool, error) {
	const far = 100
	for n := 0; id != 0 && n < far; n++ {
		if id == whole {
			return true, nil
		}
		a, err := in.c.Activity.Get(rule.WithWithdrawn(in.ctx), id)
		if err != nil {
			return false, err
		}
		id = 0
		if a.PartOfID != nil {
			id = *a.PartOfID
		}
	}
	return id != 0, nil
}

// payments are the lines of activities, by kind, once they have been read: many lines of a file name the same payer.
type payments map[payment][]*ent.Funding

type payment struct {
	payer term.ID
	kind  term.FundingKind
}

func (in *taking) payments(known payments, payer term.ID, kind term.FundingKind) ([]*ent.Funding, error) {
	of := payment{payer, kind}
	if all, read := known[of]; read {
		return all, nil
	}
	all, err := in.c.Funding.Query().Where(funding.HasActivitiesWith(activity.ID(payer)), funding.KindEQ(kind)).Order(funding.ByID()).All(in.ctx)
	if err == nil {
		known[of] = all
	}
	return all, err
}

// paidBy is the line of another activity that paid for a line, and is none of its own: of the same kind, since others are never
// added to it; the one that is most like it. 0 for none.
func (in *taking) paidBy(all []*ent.Funding, own []term.ID, d *Draft, l Line) (paid term.ID) {
	receiver, best := in.actors.find(cmp.Or(l.Receiver, d.Publisher)), -1
	for _, f := range all {
		points := likeness(f, l.Amount, l.Currency, l.On, receiver)
		if points > best && !slices.Contains(own, f.ID) {
			paid, best = f.ID, points
		}
	}
	return paid
}

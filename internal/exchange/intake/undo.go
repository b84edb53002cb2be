package intake

import (
	"context"
	"fmt"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/dispute"
	"adam/ent/funding"
	"adam/ent/historyentry"
	"adam/ent/intake"
	"adam/ent/intakeentry"
	"adam/ent/participation"
	"adam/ent/predicate"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// Undone is what became of an import that was taken back.
type Undone struct {
	Withdrawn int      // records that it had created
	Restored  int      // records that it had changed
	Stayed    []string // what was touched since, by name: it stays as it is
}

// mostStayed bounds the names of what stays.
const mostStayed = 1000

// Undo takes an import back, in the caller's transaction: what it created is withdrawn, what it changed is as it was before,
// as long as nobody has touched it since. What was touched stays, and is named. Nothing is lost: history tells of both. For
// operators and the secretariat.
func Undo(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) (*Undone, error) {
	ctx, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	was, err := tx.Intake.Query().Where(intake.ID(id)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, fault.New(fault.NotFound, "There is no import with the id %s. See adam import list.", id).At("id")
	case err != nil:
		return nil, err
	}
	if err := undoable(was, term.IntakeApplied, term.IntakeUndoing); err != nil {
		return nil, err
	}
	u := &undoing{taking: &taking{ctx: ctx, c: tx.Client(), rows: newRows(tx.Client()), id: id, o: Options{Name: was.File, Now: now}}, undone: &Undone{Stayed: []string{}}}
	u.because = fmt.Sprintf("The import of %s was undone", term.Clip(was.File))
	u.why = rule.WithWithdrawn(rule.WithReason(u.ctx, u.because))
	if err := u.prepare(); err != nil {
		return nil, err
	}
	for _, where := range undoOrder {
		if err := u.all(id, where); err != nil {
			return nil, err
		}
	}
	v := access.From(ctx)
	audit.AtCommit(ctx, tx, now, audit.Entry{Kind: term.LogChanged, Person: v.Person, Subject: id, Summary: fmt.Sprintf("The import of %s was undone: %d records were withdrawn, %d are as they were before, %d stayed.",
		term.Clip(was.File), u.undone.Withdrawn, u.undone.Restored, len(u.undone.Stayed))})
	n, err := tx.Intake.Update().Where(intake.ID(id), intake.StatusEQ(was.Status), intake.Worker(was.Worker)).SetStatus(term.IntakeUndone).SetUndoneAt(term.InstantOf(now)).SetUndoneBy(v.Name).SetUndonePerson(v.Person).SetFailure("").
		SetStayed(u.undone.Stayed).SetWorker("").SetHeldUntil("").Save(u.ctx)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "Somebody else is undoing the import of %s.", term.Clip(was.File))
	}
	return u.undone, err
}

// undoOrder is the order in which it is undone what an import did: of two publishers in one file the one who overrode the other
// first, and activities before organisations.
var undoOrder = []predicate.IntakeEntry{
	intakeentry.And(intakeentry.IdentifierNEQ(""), intakeentry.Rank(2)), intakeentry.And(intakeentry.IdentifierNEQ(""), intakeentry.Rank(1)),
	intakeentry.And(intakeentry.IdentifierNEQ(""), intakeentry.Rank(0)), intakeentry.Identifier(""),
}

// undoing is an import that is being taken back.
type undoing struct {
	*taking
	why    context.Context // says so to history
	undone *Undone
}

// all takes back what an import did, as far as a condition holds.
func (u *undoing) all(id term.ID, where predicate.IntakeEntry) error {
	after := term.ID(0)
	for {
		entries, err := u.c.IntakeEntry.Query().Where(intakeentry.IntakeID(id), where, intakeentry.IDGT(after)).Order(intakeentry.ByID()).Limit(step).All(u.ctx)
		if err != nil || len(entries) == 0 {
			return err
		}
		after = entries[len(entries)-1].ID
		var linked []*ent.IntakeEntry
		for _, e := range entries {
			before, err := u.one(e)
			if err != nil {
				return err
			}
			if before != nil {
				linked = append(linked, before)
			}
		}
		if err := u.rows.Write(u.ctx); err != nil {
			return err
		}
		if err := u.linkThese(linked); err != nil {
			return err
		}
		if err := rule.Flush(u.ctx, u.c); err != nil {
			return err
		}
	}
}

// one takes back what the import did with one record. It gives what the record is again, where it was changed.
func (u *undoing) one(e *ent.IntakeEntry) (*ent.IntakeEntry, error) {
	switch {
	case e.Outcome == term.IntakeTakenBack:
		return nil, nil
	case e.Identifier == "":
		return nil, u.actor(e)
	case e.Outcome == term.IntakeDiffers:
		_, err := u.before(e)
		return nil, err
	case e.Outcome == term.IntakeSecondary:
		return nil, u.second(e)
	}
	now, err := u.locked(e.RecordID)
	if err != nil {
		return nil, err
	}
	disputed, err := u.c.Dispute.Query().Where(dispute.RecordID(now.ID), dispute.StatusEQ(term.DisputeOpen)).Exist(u.ctx)
	if err != nil {
		return nil, err
	}
	if disputed || !e.Current || now.Version != e.Version || now.VerifiedStatus != term.Unverified {
		u.stays(now.Title)
		return nil, nil
	}
	if e.Outcome == term.IntakeChanged {
		return u.restore(now, e)
	}
	saved, err := u.c.Activity.UpdateOneID(now.ID).SetWithdrawn(true).Save(u.why)
	if err != nil {
		return nil, err
	}
	u.undone.Withdrawn++
	return nil, u.c.IntakeEntry.UpdateOneID(e.ID).SetOutcome(term.IntakeTakenBack).SetVersion(saved.Version).Exec(u.ctx)
}

// locked reads an activity that nobody else changes until all is done.
func (u *undoing) locked(id term.ID) (*ent.Activity, error) {
	q := u.c.Activity.Query().Where(activity.ID(id))
	if u.c.Dialect() == dialect.Postgres {
		q.ForUpdate()
	}
	return q.Only(rule.WithWithdrawn(u.ctx))
}

func (u *undoing) stays(name string) {
	if len(u.undone.Stayed) < mostStayed {
		u.undone.Stayed = append(u.undone.Stayed, name)
	}
}

// before makes the entry current again that was so before, and gives it; nil where there was none.
func (u *undoing) before(e *ent.IntakeEntry) (*ent.IntakeEntry, error) {
	if err := u.c.IntakeEntry.UpdateOneID(e.ID).SetOutcome(term.IntakeTakenBack).SetCurrent(false).Exec(u.ctx); err != nil {
		return nil, err
	}
	if e.Previous == 0 || !e.Current {
		return nil, nil
	}
	return u.c.IntakeEntry.UpdateOneID(e.Previous).SetCurrent(true).Save(u.ctx)
}

// restore makes a record what the import before said of it: of the same publisher, or of the one who had it.
func (u *undoing) restore(now *ent.Activity, e *ent.IntakeEntry) (*ent.IntakeEntry, error) {
	before, err := u.before(e)
	if err != nil {
		return nil, err
	}
	if before == nil || before.Outcome == term.IntakeSecondary {
		before, err = u.c.IntakeEntry.Query().Where(intakeentry.RecordID(e.RecordID), intakeentry.IDNEQ(e.ID), intakeentry.OutcomeIn(term.IntakeCreated, term.IntakeChanged)).
			Order(ent.Desc(intakeentry.FieldVersion), ent.Desc(intakeentry.FieldID)).First(u.ctx)
		if err != nil {
			return nil, err
		}
	}
	d, err := readDraft(before.Draft)
	if err != nil {
		return nil, err
	}
	is, err := readDraft(e.Draft)
	if err != nil {
		return nil, err
	}
	s, err := u.actors.all(d)
	if err != nil {
		return nil, err
	}
	if err := u.addActors(); err != nil {
		return nil, err
	}
	version, err := u.rewrite(now, d, s, differences(u.actors.says(is), u.actors.says(d)))
	if err != nil {
		return nil, err
	}
	u.undone.Restored++
	return before, u.c.IntakeEntry.UpdateOneID(before.ID).SetVersion(version).SetCurrent(true).Exec(u.ctx)
}

// addActors adds the organisations that a draft names and nobody is called any longer: they may have been renamed.
func (u *undoing) addActors() error {
	if len(u.actors.fresh) == 0 {
		return nil
	}
	if err := u.newActors(); err != nil {
		return err
	}
	u.actors.fresh = u.actors.fresh[:0]
	return u.rows.Write(u.ctx)
}

// second takes out the source that a secondary reporter was.
func (u *undoing) second(e *ent.IntakeEntry) error {
	d, err := readDraft(e.Draft)
	if err != nil {
		return err
	}
	before, err := u.before(e)
	if err != nil || before != nil { // it was a source before
		return err
	}
	id := sourceID(e.RecordID, d.shows())
	if cited, err := u.c.HistoryEntry.Query().Where(historyentry.SourceID(id)).Exist(u.ctx); cited || err != nil {
		return err // somebody has rested a change on it since: it stays
	}
	return u.exec("DELETE FROM "+sourcesTable+" WHERE id IN (", []term.ID{id})
}

// actor withdraws an organisation that the import added, where nobody has touched it and nothing names it any longer.
func (u *undoing) actor(e *ent.IntakeEntry) error {
	now, err := u.c.Actor.Get(rule.WithWithdrawn(u.ctx), e.RecordID)
	if err != nil {
		return err
	}
	used, err := u.used(now.ID)
	if err != nil {
		return err
	}
	if used || now.Version != e.Version || now.VerifiedStatus != term.Unverified {
		u.stays(now.Name)
		return nil
	}
	saved, err := u.c.Actor.UpdateOneID(now.ID).SetWithdrawn(true).Save(u.why)
	if err != nil {
		return err
	}
	u.undone.Withdrawn++
	return u.c.IntakeEntry.UpdateOneID(e.ID).SetOutcome(term.IntakeTakenBack).SetVersion(saved.Version).Exec(u.ctx)
}

// holders are the columns in which people name an organisation for something that is not an activity, its money or another
// organisation: accounts, laws and policies, needs, reviews.
var holders = [][2]string{
	{"grants", "actor_id"}, {"lead_authorities", "actor_id"}, {"coordination_mechanisms", "secretariat_actor_id"}, {"mechanism_members", "actor_id"},
	{"needs", "authority_id"}, {"need_offers", "organisation_id"}, {"policies", "lead_actor_id"}, {"record_verifications", "actor_id"}, {"responses", "actor_id"},
	{"review_cycles", "actor_id"}, {"shares", "actor_id"},
}

// used says whether an organisation has a part in what is not withdrawn, or somebody has named it elsewhere.
func (u *undoing) used(id term.ID) (bool, error) {
	for _, h := range holders {
		named, err := u.ids("SELECT " + h[1] + " FROM " + h[0] + " WHERE " + h[1] + " = " + number(id) + " LIMIT 1")
		if err != nil || len(named) > 0 {
			return len(named) > 0, err
		}
	}
	alive := activity.Withdrawn(false)
	for _, q := range []interface {
		Exist(context.Context) (bool, error)
	}{
		u.c.Participation.Query().Where(participation.ActorID(id), participation.HasActivityWith(alive)),
		u.c.Funding.Query().Where(funding.Or(funding.ProviderID(id), funding.ReceiverID(id), funding.ReporterID(id)), funding.HasActivitiesWith(alive)),
		u.c.Activity.Query().Where(activity.ReporterID(id), alive),
		u.c.Actor.Query().Where(actor.Or(actor.ParentID(id), actor.SuccessorID(id)), actor.Withdrawn(false)),
	} {
		there, err := q.Exist(u.ctx)
		if err != nil || there {
			return there, err
		}
	}
	return false, nil
}

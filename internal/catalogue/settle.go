package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/overlap"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// Settling is what somebody decides on a pair of activities.
type Settling struct {
	Overlap  term.ID
	Version  int // that was read; 0 where the input names none
	Decision term.OverlapDecision
	Relation term.RelationKind // of RELATED ones
	Reason   string
	Keep     string   // of one activity: the key of the record whose values win; of a part: the key of the whole
	Fields   []string // of one activity: what is taken from the other record all the same
}

// Settle writes a decision on a pair of activities, with a reason, and gives the pair's id. Coordinators and the
// secretariat decide. What is settled is not settled again: it is opened first, by the decision OPEN, which also undoes
// what the former one has changed. A decision that contradicts others is refused and names them.
func Settle(ctx context.Context, tx *ent.Tx, s Settling) (term.ID, error) {
	if err := rule.MaySettle(ctx); err != nil {
		return 0, err
	}
	p, err := pairToSettle(ctx, tx, s)
	if err != nil {
		return 0, err
	}
	if err := reasonable(ctx, s.Reason); err != nil {
		return 0, err
	}
	if err := p.lock(); err != nil {
		return 0, err
	}
	if p, err = pairToSettle(ctx, tx, s); err != nil { // as it is now that nobody else decides
		return 0, err
	}
	if s.Decision == term.OverlapOpen {
		return p.reopen(s)
	}
	if p.now.Decision != term.OverlapOpen {
		return 0, p.settledAlready(ctx)
	}
	if err := s.fits(ctx); err != nil {
		return 0, err
	}
	if err := p.contradicts(s.Decision); err != nil {
		return 0, err
	}
	done, err := p.carryOut(s)
	if err != nil {
		return 0, err
	}
	return p.now.ID, p.write(s, done)
}

// fits refuses what does not belong to a decision.
func (s Settling) fits(ctx context.Context) error {
	in := newIntake(ctx, nil, row{})
	related, same := s.Decision == term.DecidedRelated, s.Decision == term.DecidedSame
	switch {
	case related && s.Relation == "":
		in.fail(in.at("relation"), "Say how the two are related: PHASE, PART_OF, SERIES or SISTER.")
	case !related && s.Relation != "":
		in.fail(in.at("relation"), "Only RELATED activities have a relation. Leave it out.")
	}
	if s.Keep != "" && !same && s.Relation != term.RelationPartOf {
		in.fail(in.at("keep"), "Only where two records are one activity, or one is a part of the other, one is named. Leave keep out.")
	}
	if s.Keep == "" && s.Relation == term.RelationPartOf {
		in.fail(in.at("keep"), "Say in keep which of the two is the whole, by its key.")
	}
	if len(s.Fields) > 0 && !same {
		in.fail(in.at("fields"), "Only where two records are one activity, fields are chosen. Leave fields out.")
	}
	return in.err()
}

// pair is a pair of activities that is about to be settled.
type pair struct {
	ctx context.Context
	tx  *ent.Tx
	now *ent.Overlap
	of  [2]*ent.Activity // as whoever decides sees them, withdrawn ones too; the smaller id first
}

func pairToSettle(ctx context.Context, tx *ent.Tx, s Settling) (*pair, error) {
	all, seen, err := WithMerged(ctx, tx.Client())
	if err != nil {
		return nil, err
	}
	found, err := tx.Overlap.Query().Where(overlap.ID(s.Overlap), seen).WithActivities().Only(all)
	if ent.IsNotFound(err) || err == nil && len(found.Edges.Activities) != 2 {
		return nil, fault.New(fault.NotFound, "There is no pair of activities with the id %s that you may see.", s.Overlap).At(below(ctx) + ".overlap")
	}
	if err != nil {
		return nil, err
	}
	p := &pair{ctx: ctx, tx: tx, now: found, of: [2]*ent.Activity(found.Edges.Activities)}
	if p.of[0].ID > p.of[1].ID {
		p.of[0], p.of[1] = p.of[1], p.of[0]
	}
	if s.Version != 0 && s.Version != found.Version {
		return nil, p.overtaken(ctx)
	}
	return p, nil
}

// lock lets decisions on the same activities come after each other, so that each knows of the other ones. SQLite has one
// writer at a time anyway.
func (p *pair) lock() error {
	_, err := p.tx.ExecContext(operator(p.ctx), "UPDATE activities SET version = version WHERE id IN ($1, $2)", p.of[0].ID, p.of[1].ID)
	return err
}

// overtaken tells whoever read an older version what became of the pair.
func (p *pair) overtaken(ctx context.Context) error {
	err := fault.New(fault.Conflict, "Somebody has decided on this pair since you read it: it is at version %d now. Look at it, then decide with that version.", p.now.Version).At(below(ctx) + ".version")
	err.Details = map[string]any{"version": p.now.Version, "yours": map[string]any{}, "theirs": map[string]any{"decision": p.now.Decision, "reason": p.now.Reason}}
	return err
}

func (p *pair) settledAlready(ctx context.Context) error {
	err := fault.New(fault.Conflict, "This pair was settled as %s by %s on %s. Open it again first, with a reason, if you want to decide otherwise.",
		p.now.Decision, textOf(p.now.DecidedBy), p.now.DecidedAt.Time().Format(time.DateOnly)).At(below(ctx) + ".overlap")
	err.Details = map[string]any{"version": p.now.Version, "yours": map[string]any{}, "theirs": map[string]any{"decision": p.now.Decision, "reason": p.now.Reason}}
	return err
}

// contradicts refuses a decision that others contradict, as far as whoever decides sees those.
func (p *pair) contradicts(d term.OverlapDecision) error {
	found, err := contradictionsOf(p.ctx, p.tx.Client(), p.of, d)
	if err != nil || len(found) == 0 {
		return err
	}
	refused := fault.New(fault.Invalid, "This contradicts what was decided before. %s Open one of those decisions again first.", found[0].Sentence).At(below(p.ctx) + ".decision")
	refused.Details = map[string]any{"contradictions": found}
	return refused
}

// carryOut changes the records as a decision wants it, and says what it changed; nil where it changes none.
func (p *pair) carryOut(s Settling) (*term.Merge, error) {
	switch {
	case s.Decision == term.DecidedSame:
		return p.merge(s)
	case s.Relation == term.RelationPartOf:
		return p.makePart(s)
	case s.Relation == term.RelationPhase:
		return p.makePhase(s)
	}
	return nil, nil
}

// write writes a decision after those before it.
func (p *pair) write(s Settling, done *term.Merge) error {
	v := access.From(p.ctx)
	own, err := rule.AnswersForAny(p.ctx, p.tx.Client(), []term.ID{p.of[0].ID, p.of[1].ID})
	if err != nil {
		return err
	}
	step := term.OverlapStep{Decision: s.Decision, Relation: s.Relation, Reason: strings.TrimSpace(s.Reason), By: v.Name, At: term.Now(), OwnInterest: own}
	u := p.tx.Overlap.Update().Where(overlap.ID(p.now.ID), overlap.Version(p.now.Version)).SetVersion(p.now.Version + 1).
		SetDecision(s.Decision).SetReason(step.Reason).SetDecidedBy(step.By).SetDecidedAt(step.At).SetPerson(v.Person).SetOwnInterest(own).
		SetChanged(false).SetCompared("").SetSteps(append(slices.Clone(p.now.Steps), step))
	if s.Relation != "" {
		u.SetRelation(s.Relation)
	} else {
		u.ClearRelation()
	}
	if done != nil {
		u.SetMerge(done)
	} else {
		u.ClearMerge()
	}
	n, err := u.Save(p.ctx)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "Somebody was faster with this pair.") // tried again, it tells what was decided
	}
	audit.AtCommit(p.ctx, p.tx, time.Now(), audit.Entry{Kind: term.LogChanged, Person: v.Person, Subject: p.now.ID, Summary: fmt.Sprintf("%s was decided: %s.", p.now.ID, s.Decision)})
	return err
}

// reopen takes a decision back, with all that it has changed.
func (p *pair) reopen(s Settling) (term.ID, error) {
	if p.now.Decision == term.OverlapOpen {
		return 0, fault.New(fault.Invalid, "This pair is open already: nobody has decided on it.").At(below(p.ctx) + ".decision")
	}
	before, err := p.tx.Overlap.Query().Where(overlap.ID(p.now.ID)).Only(operator(p.ctx))
	if err != nil {
		return 0, err
	}
	if before.Merge != nil {
		if err := p.undo(before.Merge, s.Reason); err != nil {
			return 0, err
		}
	}
	return p.now.ID, p.write(Settling{Decision: term.OverlapOpen, Reason: s.Reason}, nil)
}

// Assign says that whoever asks looks at a pair, or no longer does, and gives its id. Coordinators take pairs and give them
// back; the secretariat may take one from somebody.
func Assign(ctx context.Context, tx *ent.Tx, id term.ID, mine bool) (term.ID, error) {
	if err := rule.MaySettle(ctx); err != nil {
		return 0, err
	}
	p, err := pairToSettle(ctx, tx, Settling{Overlap: id})
	if err != nil {
		return 0, err
	}
	v := access.From(ctx)
	if held := p.now.AssignedTo; held != 0 && held != v.Person && !v.Has(access.Secretariat) {
		return 0, fault.New(fault.Conflict, "Somebody of %s looks at this pair. Ask them, or the secretariat.", textOf(p.now.Assignee)).At(below(ctx) + ".overlap")
	}
	u := tx.Overlap.Update().Where(overlap.ID(id), overlap.AssignedTo(p.now.AssignedTo))
	if mine {
		u.SetAssignedTo(v.Person).SetAssignee(v.Name)
	} else {
		u.SetAssignedTo(0).ClearAssignee()
	}
	n, err := u.Save(ctx)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "Somebody was faster with this pair.")
	}
	return id, err
}

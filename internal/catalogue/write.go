package catalogue

import (
	"cmp"
	"context"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// Create makes a record of what the input says and gives its id. Its key is made of its title; its chapters are those of
// its States where the input names none. Whoever makes a record must own it then, or be the secretariat.
func Create(ctx context.Context, tx *ent.Tx, kind term.Kind, input map[string]any) (term.ID, error) {
	s, err := subjectOf(kind)
	if err == nil && s.create == nil {
		err = fault.New(fault.Invalid, "A %s cannot be made: the catalogue has all of them.", s.word)
	}
	if err != nil {
		return 0, err
	}
	c := tx.Client()
	p, err := s.planned(newIntake(ctx, c, row{}), input)
	if err != nil {
		return 0, err
	}
	id := term.NewID(kind)
	if p.values["key"], err = s.freshKey(ctx, c, textOf(p.values[s.titleColumn()]), id); err != nil {
		return 0, err
	}
	m, builder := s.create(c)
	m.SetID(id)
	if err := p.fill(m); err != nil {
		return 0, err
	}
	making := rule.WithFirstSource(reasoned(ctx, input), func(ctx context.Context, id term.ID) (term.ID, error) {
		return p.appendSources(ctx, c, id)
	})
	if err := builder.Exec(making); err != nil {
		return 0, err
	}
	own := func() error {
		return theirs(rule.MayCorrect(ctx, c, id), "You can make records only that you answer for: of your State, or of your organisation. Ask the secretariat about others.")
	}
	if err := own(); err != nil {
		return 0, err
	}
	if err := p.writeParts(ctx, c, id); err != nil {
		return 0, err
	}
	return id, own()
}

// theirs says why a record cannot be left to somebody else.
func theirs(err error, sentence string) error {
	if k := fault.KindOf(err); err != nil && (k == fault.Forbidden || k == fault.NotFound) {
		return fault.New(fault.Forbidden, "%s", sentence).Because(err)
	}
	return err
}

// Update changes what the input names of a record, and gives its id. The input names the record by its key (a State by
// its code) and the version that was read: an older one than stands is a CONFLICT with both values. What the input leaves
// out stays as it is, and null makes it unknown. An input that changes nothing writes nothing.
func Update(ctx context.Context, tx *ent.Tx, kind term.Kind, input map[string]any) (term.ID, error) {
	s, err := subjectOf(kind)
	if err != nil {
		return 0, err
	}
	c := tx.Client()
	name, _ := plain(input[s.by]).(string)
	now, err := s.named(ctx, c, name)
	if err != nil {
		return 0, err
	}
	if err := rule.MayCorrect(ctx, c, now.id()); err != nil {
		return 0, err
	}
	in := newIntake(ctx, c, now)
	if v, _ := whole(plain(input["version"])); v != now.version() {
		return 0, conflict(in, s, input, now.version())
	}
	p, err := s.planned(in, input, s.by, "version")
	if err != nil || p.empty() {
		return now.id(), err
	}
	if err := p.shown(); err != nil {
		return 0, err
	}
	err = p.write(reasoned(ctx, input), c)
	if err == nil || fault.KindOf(err) == fault.Conflict { // also where it is out of sight now, which looks like being too late
		err = cmp.Or(theirs(rule.MayCorrect(ctx, c, now.id()), "After this change somebody else would answer for the record, and nobody gives a record away. Ask the secretariat to do it."), err)
	}
	return now.id(), err
}

// write writes the record before its parts: so of several who change it at once, all but one wait at its row, and learn
// there that they came too late.
func (p *plan) write(ctx context.Context, c *ent.Client) error {
	p.unverify()
	now := p.in.now
	changes := p.told()
	if p.in.fault != nil {
		return p.in.fault
	}
	shows, err := p.appendSources(ctx, c, now.id())
	if err != nil {
		return err
	}
	if shows != 0 {
		ctx = rule.WithSource(ctx, shows)
	}
	m, builder := p.s.update(c, now.id())
	if err := p.fill(m); err != nil {
		return err
	}
	atVersion(m, now.version())
	if err := builder.Exec(rule.WithChanges(ctx, changes)); err != nil {
		return err
	}
	if err := p.writeParts(ctx, c, now.id()); err != nil || !p.lapses {
		return err
	}
	return p.tellVerifiers(ctx)
}

// atVersion lets an update happen only to the version that was read.
func atVersion(m mutation, version int) {
	m.WhereP(func(s *sql.Selector) { s.Where(sql.EQ(s.C("version"), version)) })
}

func (p *plan) writeParts(ctx context.Context, c *ent.Client, record term.ID) error {
	for _, ch := range p.parts {
		if err := ch.write(ctx, c, record); err != nil {
			return err
		}
	}
	return nil
}

// reasoned keeps the reason that an input gives.
func reasoned(ctx context.Context, input map[string]any) context.Context {
	if reason, _ := plain(input["reason"]).(string); reason != "" {
		return rule.WithReason(ctx, reason)
	}
	return ctx
}

// reporterOf is the organisation that answers for a new activity: the reporter's own, where the input names none.
func reporterOf(p *plan) {
	v := access.From(p.in.ctx)
	mine := v.Actors()
	named, given := p.values["reporter_id"].(term.ID)
	switch {
	case v.SeesAll() || len(mine) == 0 && !given:
		return
	case given && (p.in.now.known() || !contains(mine, named)):
		p.in.fail(p.in.at("reporter"), "Only the secretariat says which other organisation answers for a record. Leave the reporter out.")
	case given || p.in.now.known():
	case len(mine) == 1:
		p.values["reporter_id"] = mine[0]
	default:
		p.chooseReporter(mine)
	}
}

// chooseReporter takes the one of several organisations that takes part in the activity.
func (p *plan) chooseReporter(mine []term.ID) {
	found := map[term.ID]bool{}
	for _, ch := range p.parts {
		if role := ch.part.fixed["role"]; role != term.Funding && role != term.Implementing {
			continue
		}
		for _, it := range ch.after {
			if id, _ := it.values["actor_id"].(term.ID); contains(mine, id) {
				found[id] = true
			}
		}
	}
	if len(found) != 1 {
		p.in.fail(p.in.at("reporter"), "You report for several organisations: say in reporter which of them answers for the activity.")
		return
	}
	for id := range found {
		p.values["reporter_id"] = id
	}
}

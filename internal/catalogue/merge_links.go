package catalogue

import (
	"context"
	"fmt"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/need"
	"adam/ent/oldkey"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"
)

// said is what an input would say of a field of a record as it stands.
func (s *subject) said(ctx context.Context, c *ent.Client, r row, name string) (any, error) {
	f, in := s.field(name), newIntake(ctx, c, r)
	switch {
	case f.part != nil:
		return f.part.said(in, r.id())
	case f.show != nil:
		return plain(f.show(r)), nil
	case f.refers != 0:
		id, ok := r.get(f.column).(term.ID)
		if !ok {
			return nil, nil
		}
		n, err := in.name(f.refers, id)
		return n.name, err
	}
	return plain(r.get(f.column)), nil
}

// said is what an input would say of the rows of a record.
func (p *part) said(in *intake, record term.ID) (any, error) {
	all, err := p.standing(in, record)
	out := make([]any, 0, len(all))
	for _, it := range all {
		values := map[string]any{}
		for i := range p.items {
			f := &p.items[i]
			v := plain(it.values[f.column])
			if id, ok := it.values[f.column].(term.ID); ok {
				n, err := in.name(f.refers, id)
				if err != nil {
					return nil, err
				}
				v = n.name
			}
			if values[f.name] = v; v == nil || v == "" {
				delete(values, f.name)
			}
			if p.bare {
				out = append(out, v)
			}
		}
		if !p.bare {
			out = append(out, values)
		}
	}
	return out, err
}

// follow lets what pointed at the other record point at the kept one: its parts, what follows it, and needs that it met.
func (m *merging) follow() error {
	for _, link := range links {
		ids, err := link.to(m.ctx, m.tx.Client(), m.other.id())
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := m.noCircle(link, id); err != nil {
				return err
			}
			var to any = m.kept.id()
			if id == m.kept.id() {
				to = nil // it is no part of itself
			}
			if err := m.point(link, id, to); err != nil {
				return err
			}
			m.done.Moved = append(m.done.Moved, term.MovedLink{Record: id, Column: link.column})
		}
	}
	if len(m.done.Moved) == 0 {
		return nil
	}
	now, err := m.s.byID(m.ctx, m.tx.Client(), m.kept.id())
	m.kept = now
	return err
}

// link is a column by which a record points at an activity.
type link struct {
	kind   term.Kind
	column string
	to     func(context.Context, *ent.Client, term.ID) ([]term.ID, error)
}

var links = []link{
	{term.KindActivity, activity.FieldPartOfID, func(ctx context.Context, c *ent.Client, id term.ID) ([]term.ID, error) {
		return c.Activity.Query().Where(activity.PartOfID(id)).Order(activity.ByID()).IDs(ctx)
	}},
	{term.KindActivity, activity.FieldFollowsID, func(ctx context.Context, c *ent.Client, id term.ID) ([]term.ID, error) {
		return c.Activity.Query().Where(activity.FollowsID(id)).Order(activity.ByID()).IDs(ctx)
	}},
	{term.KindNeed, need.FieldMetByID, func(ctx context.Context, c *ent.Client, id term.ID) ([]term.ID, error) {
		return c.Need.Query().Where(need.MetByID(id)).Order(need.ByID()).IDs(ctx)
	}},
}

// noCircle refuses what would lead from the kept record, over a record that points at the other one, back to itself.
func (m *merging) noCircle(l link, id term.ID) error {
	if l.kind != m.s.kind {
		return nil
	}
	const far = 1000
	at, _ := m.kept.get(l.column).(term.ID)
	for n := 0; at != 0 && n < far; n++ {
		if at == id {
			return fault.New(fault.Invalid, "%s is, over others, a part of %s or follows it. Correct that first.", keyOfRow(m.kept), keyOfRow(m.other))
		}
		next, err := m.s.byID(m.ctx, m.tx.Client(), at)
		if err != nil {
			return err
		}
		at, _ = next.get(l.column).(term.ID)
	}
	return nil
}

// point lets one record point somewhere else.
func (m *merging) point(l link, id term.ID, to any) error {
	s := subjects[l.kind]
	now, err := s.byID(m.ctx, m.tx.Client(), id)
	if err != nil {
		return err
	}
	return s.touch(m.ctx, m.tx.Client(), now, map[string]any{l.column: to})
}

// lead lets the other record's key lead to the kept one, and the keys that it had before.
func (m *merging) lead() error {
	old, err := m.tx.OldKey.Query().Where(oldkey.RecordID(m.other.id())).All(m.ctx)
	if err != nil {
		return err
	}
	for _, o := range old {
		if err := m.lends(o, m.kept.id()); err != nil {
			return err
		}
		m.done.OldKeys = append(m.done.OldKeys, o.ID)
	}
	return m.tx.OldKey.Create().SetRecordID(m.kept.id()).SetKind(m.s.record).SetKey(keyOfRow(m.other)).Exec(m.ctx)
}

// lends gives an old key to another record, under its own id.
func (m *merging) lends(o *ent.OldKey, to term.ID) error {
	if err := m.tx.OldKey.DeleteOneID(o.ID).Exec(m.ctx); err != nil {
		return err
	}
	return m.tx.OldKey.Create().SetID(o.ID).SetRecordID(to).SetKind(o.Kind).SetKey(o.Key).Exec(m.ctx)
}

func (m *merging) withdraw() error {
	now, err := m.s.byID(m.ctx, m.tx.Client(), m.other.id())
	if err != nil {
		return err
	}
	return m.s.touch(m.ctx, m.tx.Client(), now, map[string]any{"withdrawn": true})
}

// makePart lets one activity be a part of the other.
func (p *pair) makePart(s Settling) (*term.Merge, error) {
	whole, part, err := p.choose(s.Keep)
	if err != nil {
		return nil, err
	}
	return p.relate(part, "partOf", part.PartOfID, whole, s.Reason)
}

// makePhase lets the activity that begins later follow the other one; where their starts do not tell which, neither.
func (p *pair) makePhase(s Settling) (*term.Merge, error) {
	first, next := p.of[0], p.of[1]
	if first.StartOn > next.StartOn {
		first, next = next, first
	}
	if first.StartOn == "" || first.StartOn.Last() >= next.StartOn.First() {
		return nil, nil
	}
	return p.relate(next, "follows", next.FollowsID, first, s.Reason)
}

// relate writes a link between the two where the record has none. Who sees the record must see what it points at.
func (p *pair) relate(from *ent.Activity, name string, stands *term.ID, to *ent.Activity, reason string) (*term.Merge, error) {
	if stands != nil && *stands == to.ID || stands == nil && fewer(to.Visibility, from.Visibility) || stands != nil && name == "follows" {
		return nil, nil
	}
	if stands != nil {
		return nil, fault.New(fault.Invalid, "%s is a part of another activity already. Correct that first.", from.Key).At(below(p.ctx) + ".keep")
	}
	ctx := rule.WithReason(inName(p.ctx), fmt.Sprintf("Related to %s: %s", to.Key, strings.TrimSpace(reason)))
	m := &merging{ctx: ctx, tx: p.tx, s: subjects[term.KindActivity], kept: rowOf(from)}
	m.done = term.Merge{Kept: from.ID, Fields: []term.MergedField{{Name: name, After: to.Key}}}
	_, err := m.change(m.kept, map[string]any{name: to.Key}, nil)
	return &m.done, err
}

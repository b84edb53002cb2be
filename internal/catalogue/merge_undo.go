package catalogue

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/oldkey"
	"adam/ent/overlap"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"
)

// undo takes back what a decision has changed, apart from what was changed anew since.
func (p *pair) undo(done *term.Merge, reason string) error {
	if err := p.restedOn(done); err != nil {
		return err
	}
	ctx := rule.WithReason(inName(p.ctx), "A decision on an overlap was taken back: "+strings.TrimSpace(reason))
	m := &merging{ctx: ctx, tx: p.tx, s: subjects[term.KindActivity], done: *done}
	if err := m.called(&m.done); err != nil {
		return err
	}
	for _, step := range []func() error{m.giveBack, m.returnDocuments, m.returnKeys, m.restore} {
		if err := step(); err != nil {
			return err
		}
	}
	return m.forget(p, done)
}

// giveBack lets the record say again what it said before, where nobody has said otherwise since.
func (m *merging) giveBack() (err error) {
	if m.kept, err = m.s.byID(m.ctx, m.tx.Client(), m.done.Kept); err != nil {
		return err
	}
	input := map[string]any{}
	for _, f := range m.done.Fields {
		now, err := m.s.said(m.ctx, m.tx.Client(), m.kept, f.Name)
		if err != nil {
			return err
		}
		switch {
		case f.Name == identifiersField: // of which others may have come since
			input[f.Name] = less(now, less(f.After, f.Before))
		case alike(now, f.After):
			input[f.Name] = f.Before
		}
	}
	if _, err := m.change(m.kept, input, m.returnMoney); err != nil {
		return err
	}
	for _, moved := range m.done.Moved {
		if err := m.pointBack(moved); err != nil {
			return err
		}
	}
	return nil
}

// presentKeys are the values before and after, where they name records by the keys that these have now: some may have been
// renamed since.
func (m *merging) presentKeys(f term.MergedField) (before, after any, err error) {
	of := m.s.field(f.Name)
	if of == nil {
		return f.Before, f.After, nil
	}
	kind := of.refers
	if of.part != nil && of.part.bare {
		kind = of.part.items[0].refers
	}
	if before, err = m.presentKey(kind, f.Before); err == nil {
		after, err = m.presentKey(kind, f.After)
	}
	return before, after, err
}

func (m *merging) presentKey(kind term.Kind, v any) (any, error) {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			var err error
			if out[i], err = m.presentKey(kind, v[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case string:
		if kind == 0 || kind == term.KindState {
			return v, nil // a State is named by its code, which nobody changes
		}
		key, err := KeyNow(m.ctx, m.tx.Client(), kind, v)
		return cmp.Or(key, v), err
	}
	return v, nil
}

// less are the items of a list that are not in another.
func less(all, some any) any {
	gone, _ := some.([]any)
	list, _ := all.([]any)
	return slices.DeleteFunc(slices.Clone(list), func(v any) bool { return slices.Contains(gone, v) })
}

// alike compares what an input would say with what was kept of it as JSON.
func alike(a, b any) bool { return textOf(a) == textOf(b) || reflect.DeepEqual(a, b) }

// returnMoney takes lines of money off the record that came with the other one, and brings back those that went.
func (m *merging) returnMoney(p *plan) error {
	if len(m.done.Linked)+len(m.done.Unlinked) == 0 {
		return nil
	}
	p.facts = true
	p.unverify()
	p.extra = append(p.extra, term.Change{Field: money, From: known("lines of money of another record")})
	p.edges = func(to mutation) {
		to.(*ent.ActivityMutation).RemoveFundingIDs(m.done.Linked...)
		to.(*ent.ActivityMutation).AddFundingIDs(m.done.Unlinked...)
	}
	return nil
}

// pointBack lets a record point at the other one again, where it still points at the kept one.
func (m *merging) pointBack(moved term.MovedLink) error {
	i := slices.IndexFunc(links, func(l link) bool { return l.kind == moved.Record.Kind() && l.column == moved.Column })
	now, err := subjects[links[i].kind].byID(m.ctx, m.tx.Client(), moved.Record)
	if err != nil {
		return err
	}
	at, points := now.get(moved.Column).(term.ID)
	if points && at != m.done.Kept || !points && moved.Record != m.done.Kept {
		return nil // somebody has pointed it elsewhere since
	}
	return m.point(links[i], moved.Record, m.done.Other)
}

// returnKeys lets keys lead to the other record again.
func (m *merging) returnKeys() error {
	if m.done.Other == 0 {
		return nil
	}
	other, err := m.s.byID(m.ctx, m.tx.Client(), m.done.Other)
	if err != nil {
		return err
	}
	m.other = other
	old, err := m.tx.OldKey.Query().Where(oldkey.IDIn(m.done.OldKeys...)).All(m.ctx)
	if err != nil {
		return err
	}
	for _, o := range old {
		if err := m.lends(o, m.done.Other); err != nil {
			return err
		}
	}
	_, err = m.tx.OldKey.Delete().Where(oldkey.KindEQ(m.s.record), oldkey.Key(keyOfRow(other))).Exec(m.ctx)
	return err
}

// restore brings the other record back.
func (m *merging) restore() error {
	if m.done.Other == 0 || m.other.get("withdrawn") != true {
		return nil
	}
	return m.s.touch(m.ctx, m.tx.Client(), m.other, map[string]any{"withdrawn": false})
}

// restedOn refuses to take back what a later decision rests on: one that made the kept record one with another, or that
// moved money or links of the same record after this one had.
func (p *pair) restedOn(done *term.Merge) error {
	others, err := p.tx.Overlap.Query().Where(overlap.DecisionEQ(term.DecidedSame), overlap.IDNEQ(p.now.ID), overlap.DecidedAtGTE(p.now.DecidedAt),
		overlap.HasActivitiesWith(activity.ID(done.Kept))).All(operator(p.ctx))
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Merge != nil && (o.Merge.Other == done.Kept || o.Merge.Kept == done.Kept && done.Moves() && o.Merge.Moves()) {
			return fault.New(fault.Invalid, "A later decision rests on this one: %s. Open that again first.", o.ID).At(below(p.ctx) + ".decision")
		}
	}
	return nil
}

// forget lets other decisions that are undone later not bring back what this one had brought: what stood before them
// is what stood before this one.
func (m *merging) forget(p *pair, done *term.Merge) error {
	ctx := operator(p.ctx)
	later, err := p.tx.Overlap.Query().Where(overlap.DecisionEQ(term.DecidedSame), overlap.IDNEQ(p.now.ID), overlap.HasActivitiesWith(activity.ID(done.Kept))).All(ctx)
	if err != nil {
		return err
	}
	if err := m.called(done); err != nil {
		return err
	}
	for _, o := range later {
		if o.Merge == nil || o.Merge.Kept != done.Kept {
			continue
		}
		if err := m.called(o.Merge); err != nil {
			return err
		}
		if !o.Merge.Without(done) {
			continue
		}
		if err := p.tx.Overlap.UpdateOneID(o.ID).SetMerge(o.Merge).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// called lets a note of what was changed name records by the keys that these have now.
func (m *merging) called(note *term.Merge) (err error) {
	for i := range note.Fields {
		f := &note.Fields[i]
		if f.Before, f.After, err = m.presentKeys(*f); err != nil {
			return err
		}
	}
	return nil
}

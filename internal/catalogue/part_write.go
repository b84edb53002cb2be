package catalogue

import (
	"context"
	"maps"

	"adam/ent"
	"adam/internal/term"
)

// partChange is what becomes of the rows of a part.
type partChange struct {
	part   *part
	field  *field
	before []item
	after  []item
	gone   []term.ID
}

// compare finds what a list changes in what stands.
func (p *part) compare(f *field, before, wanted []item) *partChange {
	ch := &partChange{part: p, field: f, before: before}
	standing := map[string]item{}
	for _, it := range before {
		standing[p.identity(it.values)] = it
	}
	last := -1
	for _, w := range wanted {
		id := p.identity(w.values)
		if was, ok := standing[id]; ok {
			delete(standing, id)
			w = item{id: was.id, position: was.position, values: merged(was.values, w.values), changed: p.differs(was.values, w.values)}
		}
		if p.ordered && w.position <= last || w.id == 0 {
			if w.position = last + 1; w.id != 0 {
				w.changed[position] = w.position
			}
		}
		last = w.position
		ch.after = append(ch.after, w)
	}
	for _, it := range before {
		if _, left := standing[p.identity(it.values)]; left {
			ch.gone = append(ch.gone, it.id)
		}
	}
	return ch
}

// differs are the columns of a row that stays which become something else.
func (p *part) differs(was, is map[string]any) map[string]any {
	out := map[string]any{}
	for column, v := range is {
		if !same(was[column], v) {
			out[column] = v
		}
	}
	if len(out) > 0 {
		maps.Copy(out, p.anew)
	}
	return out
}

// changes says whether the list changes anything.
func (ch *partChange) changes() bool {
	for _, it := range ch.after {
		if it.id == 0 || len(it.changed) > 0 {
			return true
		}
	}
	return len(ch.gone) > 0
}

// told is the change as history tells it to everybody who may see the record.
func (ch *partChange) told(in *intake, seenBy term.Visibility) term.Change {
	from, to := ch.part.join(in, ch.before, &seenBy), ch.part.join(in, ch.after, &seenBy)
	if from == to {
		to += " (changed)" // in what the text may not tell
	}
	return term.Change{Field: ch.field.name, From: known(from), To: known(to)}
}

// write writes the difference. Rows that go make room first, since some are told apart by the database.
func (ch *partChange) write(ctx context.Context, c *ent.Client, record term.ID) error {
	p := ch.part
	for _, id := range ch.gone {
		if err := p.remove(ctx, c, id); err != nil {
			return err
		}
	}
	for _, it := range ch.after {
		var m mutation
		var e execer
		values := it.changed
		switch {
		case it.id == 0:
			m, e = p.create(c)
			m.SetID(term.NewID(p.kind))
			values = merged(it.values, p.fixed)
			values[p.parent] = record
			if p.ordered {
				values[position] = it.position
			}
		case len(it.changed) == 0:
			continue
		default:
			m, e = p.update(c, it.id)
		}
		if err := set(m, values); err != nil {
			return err
		}
		if err := e.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// set puts values into a mutation; nil makes a column unknown.
func set(m mutation, values map[string]any) error {
	for column, v := range values {
		var err error
		switch {
		case v != nil:
			err = m.SetField(column, v)
		case !m.Op().Is(ent.OpCreate):
			err = m.ClearField(column)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

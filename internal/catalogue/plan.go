package catalogue

import (
	"maps"
	"slices"

	"adam/ent/chapter"
	"adam/internal/fault"
	"adam/internal/term"
)

// plan is what an input makes of a record, checked and not yet written.
type plan struct {
	s        *subject
	in       *intake
	values   map[string]any // columns that change; of a new record all that are given
	parts    []*partChange
	enter    []term.ID // chapters
	leave    []term.ID
	facts    bool // whether a fact changes, which a document must show
	sources  []map[string]any
	appended []map[string]any // those of them that the record does not have yet
	extra    []term.Change    // what else history tells
	edges    func(mutation)   // what else the mutation of the record does
	lapses   bool             // whether institutions have verified what changes
}

// planned reads an input against the record as it stands, and finds all that is wrong with it at once.
func (s *subject) planned(in *intake, input map[string]any, more ...string) (*plan, error) {
	p := &plan{s: s, in: in, values: map[string]any{}}
	given := in.normal(below(in.ctx), input, s.fields, append(more, "sources", "reason")...)
	for column, v := range in.columns(below(in.ctx), given, s.fields, !in.now.known()) {
		if !in.now.known() || !same(in.now.get(column), v) {
			p.values[column] = v
		}
	}
	for i := range s.fields {
		f := &s.fields[i]
		v, ok := given[f.name]
		if ok && f.part != nil {
			p.planPart(f, v)
		}
		p.facts = p.facts || ok && f.fact && p.touches(f)
	}
	if v := given["reason"]; v != nil {
		in.text(in.at("reason"), v, longText, true)
	}
	p.planChapters(given)
	p.planSources(given)
	p.noCircles()
	if s.check != nil {
		s.check(p)
	}
	return p, in.err()
}

func (p *plan) planPart(f *field, v any) {
	before, err := f.part.standing(p.in, p.in.now.id())
	p.in.broken(err)
	if ch := f.part.compare(f, before, f.part.wanted(p.in, p.in.at(f.name), v)); ch.changes() {
		if slices.ContainsFunc(p.parts, func(o *partChange) bool {
			return o.part.kind == ch.part.kind && maps.Equal(o.part.fixed, ch.part.fixed)
		}) {
			p.in.fail(p.in.at(f.name), "Two fields of this input say the same in different ways: give one of them.")
		}
		p.parts = append(p.parts, ch)
	}
}

// touches says whether the plan changes what a field shows.
func (p *plan) touches(f *field) bool {
	switch {
	case f.part != nil:
		return slices.ContainsFunc(p.parts, func(ch *partChange) bool { return ch.field == f })
	case f.columns != nil:
		return has(p.values, "smuggling") || has(p.values, "trafficking")
	}
	return has(p.values, f.column)
}

// becomes is what a column holds after the change; nil where it is unknown.
func (p *plan) becomes(column string) any {
	if v, ok := p.values[column]; ok {
		return v
	}
	if p.in.now.known() {
		return p.in.now.get(column)
	}
	return nil
}

// empty says that nothing would change.
func (p *plan) empty() bool {
	return len(p.values)+len(p.parts)+len(p.enter)+len(p.leave)+len(p.appended) == 0
}

// seenBy is who sees the record both before and after the change, and so the entry of history.
func (p *plan) seenBy() term.Visibility {
	after, _ := p.becomes("visibility").(term.Visibility)
	if before := p.in.now.visibility(); fewer(before, after) {
		return before
	}
	return after
}

// planChapters finds which chapters the record enters and leaves: those that the input names, else those of the States
// that it gains and loses, and the region's.
func (p *plan) planChapters(given map[string]any) {
	if p.s.chapters == nil {
		return
	}
	var stand, wanted []term.ID
	if p.in.now.known() {
		all, err := p.s.chapters(p.in.ctx, p.in.c, p.in.now.id())
		p.in.broken(err)
		for _, c := range all {
			stand = append(stand, c.ID)
		}
	}
	if v, ok := given["chapters"]; ok {
		wanted = p.namedChapters(v)
	} else {
		was, is := p.homes()
		wanted = append(without(stand, without(was, is)), without(without(is, was), stand)...)
	}
	p.enter, p.leave = without(wanted, stand), without(stand, wanted)
}

func (p *plan) namedChapters(v any) []term.ID {
	if v == nil {
		return nil
	}
	out, _ := each(p.in, p.in.at("chapters"), v, func(path string, v any) (term.ID, bool) {
		id, ok := p.in.refer(path, term.KindChapter, v)
		found, _ := id.(term.ID)
		return found, ok
	})
	return out
}

// homes are the chapters that follow from what the record says, before and after, as far as the input touches that: of
// each of its States, and the region's where it is about the region.
func (p *plan) homes() (was, is []term.ID) {
	before, after := p.states()
	if !slices.Equal(before, after) {
		was, is = p.chaptersOf(before), p.chaptersOf(after)
	}
	if p.s.regional == nil {
		return was, is
	}
	wasRegional := p.in.now.known() && p.s.regional(p.in.now.get)
	if isRegional := p.s.regional(p.becomes); isRegional && !wasRegional {
		is = append(is, p.region()...)
	} else if wasRegional && !isRegional {
		was = append(was, p.region()...)
	}
	return was, is
}

// states are the States of the record, before and after.
func (p *plan) states() (was, is []term.ID) {
	if p.s.field("state") != nil {
		if p.in.now.known() {
			was = ids(p.in.now.get("state_id"))
		}
		is = ids(p.becomes("state_id"))
	}
	for _, ch := range p.parts {
		if k := ch.part.kind; k == term.KindActivityState || k == term.KindMechanismMember {
			return append(was, stateIDs(ch.before)...), append(is, stateIDs(ch.after)...)
		}
	}
	if f := p.s.field("members"); f != nil && !slices.Equal(was, is) { // they stay, and keep their chapters
		stand, err := f.part.standing(p.in, p.in.now.id())
		p.in.broken(err)
		was, is = append(was, stateIDs(stand)...), append(is, stateIDs(stand)...)
	}
	return was, is
}

func ids(v any) []term.ID {
	if id, ok := v.(term.ID); ok {
		return []term.ID{id}
	}
	return nil
}

func stateIDs(all []item) (out []term.ID) {
	for _, it := range all {
		out = append(out, ids(it.values["state_id"])...)
	}
	return out
}

func without(all, some []term.ID) []term.ID {
	return slices.DeleteFunc(slices.Clone(all), func(id term.ID) bool { return slices.Contains(some, id) })
}

func (p *plan) chaptersOf(states []term.ID) []term.ID {
	if len(states) == 0 {
		return nil
	}
	out, err := p.in.c.Chapter.Query().Where(chapter.StateIDIn(states...)).IDs(p.in.ctx)
	p.in.broken(err)
	return out
}

func (p *plan) region() []term.ID {
	out, err := p.in.c.Chapter.Query().Where(chapter.StateIDIsNil()).IDs(p.in.ctx)
	p.in.broken(err)
	return out
}

// shown refuses a change of facts that no document shows.
func (p *plan) shown() error {
	if !p.facts || len(p.sources) > 0 {
		return nil
	}
	return fault.New(fault.Invalid, "Say which document shows this: give its title, and its address where it has one, in sources.").At(p.in.at("sources"))
}

// fill puts the plan into the mutation of the record.
func (p *plan) fill(m mutation) error {
	if ch, ok := m.(chaptered); ok && len(p.enter)+len(p.leave) > 0 {
		ch.AddInChapterIDs(p.enter...)
		ch.RemoveInChapterIDs(p.leave...)
	}
	if p.edges != nil {
		p.edges(m)
	}
	return set(m, p.values)
}

// told is what history must know beside the columns, which the record's own hook compares.
func (p *plan) told() []term.Change {
	out := slices.Clone(p.extra)
	for _, ch := range p.parts {
		out = append(out, ch.told(p.in, p.seenBy()))
	}
	if len(p.appended) > 0 {
		titles := make([]any, len(p.appended))
		for i, s := range p.appended {
			titles[i] = s["title"]
		}
		out = append(out, term.Change{Field: "sources", To: known(textOf(titles))})
	}
	return out
}

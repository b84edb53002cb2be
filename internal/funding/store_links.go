package funding

import (
	"adam/ent/activity"
	"adam/ent/funding"
	"adam/ent/overlap"
	"adam/internal/term"
	"slices"

	"entgo.io/ent/dialect/sql"
)

// same reads what was decided to be one activity, in the whole catalogue: a decision may lead over others.
func (l *loader) same() error {
	j, o := sql.Table(activity.OverlapsTable), sql.Table(overlap.Table)
	all, err := l.read(sql.Dialect(l.c.Dialect()).Select(j.C(activity.OverlapsPrimaryKey[1]), j.C(activity.OverlapsPrimaryKey[0])).From(j).
		Join(o).On(j.C(activity.OverlapsPrimaryKey[1]), o.C(overlap.FieldID)).Where(sql.EQ(o.C(overlap.FieldDecision), string(decidedSame))))
	groups := map[term.ID][]term.ID{}
	for _, p := range all {
		groups[p.from] = append(groups[p.from], p.to)
	}
	for _, g := range groups {
		l.facts.Same = append(l.facts.Same, g)
	}
	return err
}

// links follows parts and money over what is not known.
func (l *loader) links() error {
	if err := l.parents(func(id term.ID) bool { _, known := l.at[id]; return known }); err != nil {
		return err
	}
	return l.upstream(func(id term.ID) bool { _, known := l.line[id]; return known })
}

// parents follows what the activities are parts of, over those that the filter does not ask for.
func (l *loader) parents(known func(term.ID) bool) error {
	return follow(l.facts.Parents, known, func(part []term.ID) error {
		found, err := l.c.Activity.Query().Where(activity.IDIn(part...), activity.PartOfIDNotNil()).Select(activity.FieldID, activity.FieldPartOfID).All(l.ctx)
		for _, a := range found {
			l.facts.Parents[a.ID] = *a.PartOfID
		}
		return err
	})
}

// upstream follows where the money comes from, over lines that pay for other activities.
func (l *loader) upstream(known func(term.ID) bool) error {
	start := map[term.ID]term.ID{}
	for i := range l.facts.Lines {
		if up := l.facts.Lines[i].Upstream; up != 0 {
			start[l.facts.Lines[i].ID] = up
		}
	}
	l.facts.Upstream = start
	return follow(start, known, func(part []term.ID) error {
		found, err := l.c.Funding.Query().Where(funding.IDIn(part...), funding.UpstreamIDNotNil()).Select(funding.FieldID, funding.FieldUpstreamID).All(l.ctx)
		for _, f := range found {
			l.facts.Upstream[f.ID] = *f.UpstreamID
		}
		return err
	})
}

// follow reads on where links lead, level by level, until they lead to what is known.
func follow(links map[term.ID]term.ID, known func(term.ID) bool, read func([]term.ID) error) error {
	asked := map[term.ID]bool{}
	for {
		var next []term.ID
		for _, to := range links {
			if !known(to) && !asked[to] {
				asked[to] = true
				next = append(next, to)
			}
		}
		if len(next) == 0 {
			return nil
		}
		for part := range slices.Chunk(next, chunk) {
			if err := read(part); err != nil {
				return err
			}
		}
	}
}

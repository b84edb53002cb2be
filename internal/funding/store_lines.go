package funding

import (
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/allocation"
	"adam/ent/funding"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// pair is a row of a join table.
type pair struct{ from, to term.ID }

// pairs reads a join table of activities, by one of its columns; the driver leaves out what the viewer may not see.
func (l *loader) pairs(table, from, to string, ids []term.ID) ([]pair, error) {
	var out []pair
	for part := range slices.Chunk(ids, chunk) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		t := sql.Table(table)
		found, err := l.read(sql.Dialect(l.c.Dialect()).Select(t.C(from), t.C(to)).From(t).Where(sql.In(t.C(from), args...)))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (l *loader) read(s *sql.Selector) (out []pair, err error) {
	query, args := s.Query()
	rows, err := l.c.QueryContext(l.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p pair
		if err := rows.Scan(&p.from, &p.to); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

var lineColumns = []string{funding.FieldID, funding.FieldKind, funding.FieldAmount, funding.FieldWithheld, funding.FieldCurrency, funding.FieldValueOn,
	funding.FieldReportedBy, funding.FieldProviderID, funding.FieldUpstreamID, funding.FieldPosition}

// lines reads the money of the activities, with all activities that it pays for.
func (l *loader) lines(activities []term.ID) error {
	own, err := l.pairs(activity.FundingsTable, activity.FundingsPrimaryKey[0], activity.FundingsPrimaryKey[1], activities)
	if err != nil {
		return err
	}
	var ids []term.ID
	for _, p := range own {
		ids = append(ids, p.to)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for part := range slices.Chunk(ids, chunk) {
		rows, err := l.c.Funding.Query().Where(funding.IDIn(part...), funding.Countable(true)).Select(lineColumns...).All(l.ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			l.line[r.ID] = len(l.facts.Lines)
			l.facts.Lines = append(l.facts.Lines, lineOf(r))
		}
	}
	return l.paying(ids)
}

func lineOf(r *ent.Funding) Line {
	return Line{
		ID: r.ID, Kind: value(r.Kind), Amount: r.Amount, Withheld: slices.Contains(r.Withheld, funding.FieldAmount), Currency: term.Currency(value(r.Currency)),
		HiddenProvider: slices.Contains(r.Withheld, "provider"), ValueOn: r.ValueOn, ReportedBy: r.ReportedBy, Provider: value(r.ProviderID), Upstream: value(r.UpstreamID), Position: r.Position,
	}
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// paying tells of lines what they pay for, and reads the activities that the filter does not ask for.
func (l *loader) paying(lines []term.ID) error {
	all, err := l.pairs(activity.FundingsTable, activity.FundingsPrimaryKey[1], activity.FundingsPrimaryKey[0], lines)
	if err != nil {
		return err
	}
	var others []term.ID
	for _, p := range all {
		if _, known := l.at[p.to]; !known {
			others = append(others, p.to)
		}
	}
	slices.Sort(others)
	for part := range slices.Chunk(slices.Compact(others), chunk) {
		found, err := l.c.Activity.Query().Where(activity.IDIn(part...), activity.Countable(true)).Select(activityColumns...).All(l.ctx)
		if err != nil {
			return err
		}
		for _, a := range found {
			l.activity(a, false)
		}
	}
	for _, p := range all {
		_, seen := l.at[p.to]
		if i, known := l.line[p.from]; known && seen {
			l.facts.Lines[i].Activities = append(l.facts.Lines[i].Activities, p.to)
		}
	}
	return nil
}

func (l *loader) allocations() error {
	ids := make([]term.ID, len(l.facts.Lines))
	for i := range l.facts.Lines {
		ids[i] = l.facts.Lines[i].ID
	}
	for part := range slices.Chunk(ids, chunk) {
		rows, err := l.c.Allocation.Query().Where(allocation.FundingIDIn(part...)).All(l.ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			line, share := &l.facts.Lines[l.line[r.FundingID]], percent(r.Percentage)
			switch {
			case share == nil:
			case r.StateID != nil:
				line.States = append(line.States, Part{*r.StateID, share})
			case r.Theme != nil:
				line.Themes = append(line.Themes, ThemePart{*r.Theme, share})
			}
		}
	}
	return nil
}

// providers makes those unknown that the viewer may not see: rows must not tell them apart.
func (l *loader) providers() error {
	var ids []term.ID
	for i := range l.facts.Lines {
		if id := l.facts.Lines[i].Provider; id != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	seen := map[term.ID]bool{}
	for part := range slices.Chunk(slices.Compact(ids), chunk) {
		found, err := l.c.Actor.Query().Where(actor.IDIn(part...)).IDs(l.ctx)
		if err != nil {
			return err
		}
		for _, id := range found {
			seen[id] = true
		}
	}
	for i := range l.facts.Lines {
		if line := &l.facts.Lines[i]; !seen[line.Provider] {
			line.Provider = 0
		}
	}
	return nil
}

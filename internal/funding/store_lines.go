package funding

import (
	"maps"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/allocation"
	"adam/ent/funding"
	"adam/internal/term"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// pair is a row of a join table.
type pair struct{ from, to term.ID }

// pairs reads a join table of activities, by one of its columns; the driver leaves out what the viewer may not see. Of
// all rows, where ids is nil.
func (l *loader) pairs(table, from, to string, ids []term.ID) ([]pair, error) {
	t := sql.Table(table)
	s := sql.Dialect(l.c.Dialect()).Select(t.C(from), t.C(to)).From(t)
	if ids != nil {
		args := make([]any, len(ids))
		for i, id := range ids {
			args[i] = id
		}
		s.Where(sql.In(t.C(from), args...))
	}
	return l.read(s)
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

// lineRow is what is read of a line.
type lineRow struct {
	ID         term.ID              `sql:"id"`
	Kind       *term.FundingKind    `sql:"kind"`
	Amount     *term.Amount         `sql:"amount"`
	Withheld   string               `sql:"withheld"`
	Currency   *string              `sql:"currency"`
	ValueOn    string               `sql:"value_on"`
	ReportedBy term.FundingReporter `sql:"reported_by"`
	ProviderID term.ID              `sql:"provider_id"`
	UpstreamID term.ID              `sql:"upstream_id"`
	Position   int                  `sql:"position"`
}

var lineColumns = []string{funding.FieldID, funding.FieldKind, funding.FieldAmount, funding.FieldWithheld, funding.FieldCurrency, funding.FieldValueOn,
	funding.FieldReportedBy, funding.FieldProviderID, funding.FieldUpstreamID, funding.FieldPosition}

// lines reads the money of the activities.
func (l *loader) lines(activities []term.ID) error {
	err := each(activities, func(part []term.ID) error {
		found, err := l.pairs(activity.FundingsTable, activity.FundingsPrimaryKey[0], activity.FundingsPrimaryKey[1], part)
		l.own = append(l.own, found...)
		return err
	})
	if err != nil {
		return err
	}
	wanted := make(map[term.ID]bool, len(l.own))
	for _, p := range l.own {
		if _, known := l.at[p.from]; known {
			wanted[p.to] = true
		}
	}
	l.wanted = slices.Sorted(maps.Keys(wanted))
	return l.rows(l.wanted, wanted)
}

// shared finds all activities that the lines pay for.
func (l *loader) shared() error {
	if len(l.known()) > much {
		return l.paying(l.own) // which are all that there are
	}
	var all []pair
	err := each(l.wanted, func(part []term.ID) error {
		found, err := l.pairs(activity.FundingsTable, activity.FundingsPrimaryKey[1], activity.FundingsPrimaryKey[0], part)
		for _, p := range found {
			all = append(all, pair{p.to, p.from})
		}
		return err
	})
	if err != nil {
		return err
	}
	return l.paying(all)
}

// rows reads the lines that are wanted and may be counted.
func (l *loader) rows(ids []term.ID, wanted map[term.ID]bool) error {
	ctx := l.ctx
	if l.byRow != nil && l.c.Dialect() == dialect.Postgres {
		// Which lines are seen through an activity would be a list of more than work_mem holds, from some 260,000 on: the
		// server then reads the list again for each line, which takes hours.
		ctx = l.byRow
	}
	return each(ids, func(part []term.ID) error {
		var rows []lineRow
		err := l.c.Funding.Query().Where(of(part, funding.IDIn), funding.Countable(true)).Select(lineColumns...).Scan(ctx, &rows)
		for i := range rows {
			if r := &rows[i]; wanted[r.ID] {
				l.line[r.ID] = len(l.facts.Lines)
				l.facts.Lines = append(l.facts.Lines, l.lineOf(r))
			}
		}
		return err
	})
}

func (l *loader) lineOf(r *lineRow) Line {
	return Line{
		ID: r.ID, Kind: once(l, value(r.Kind)), Amount: r.Amount, Withheld: strings.Contains(r.Withheld, `"`+funding.FieldAmount+`"`), Currency: once(l, term.Currency(value(r.Currency))),
		HiddenProvider: strings.Contains(r.Withheld, `"provider"`), ValueOn: once(l, term.PartialDate(r.ValueOn)), ReportedBy: once(l, r.ReportedBy), Provider: r.ProviderID, Upstream: r.UpstreamID, Position: r.Position,
	}
}

// once gives a text that is kept once for all rows that have it.
func once[T ~string](l *loader, s T) T {
	kept, known := l.words[string(s)]
	if !known {
		kept = string(s)
		l.words[kept] = kept
	}
	return T(kept)
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// paying tells of lines which activities they pay for, and reads those that the filter does not ask for.
func (l *loader) paying(all []pair) error {
	others := map[term.ID]bool{}
	for _, p := range all {
		_, wanted := l.line[p.to]
		if _, known := l.at[p.from]; wanted && !known {
			others[p.from] = true
		}
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(others)), chunk) {
		if err := l.activities(l.c.Activity.Query().Where(activity.IDIn(part...), activity.Countable(true)), false); err != nil {
			return err
		}
	}
	for _, p := range all {
		_, seen := l.at[p.from]
		if i, known := l.line[p.to]; known && seen {
			l.facts.Lines[i].Activities = append(l.facts.Lines[i].Activities, p.from)
		}
	}
	return nil
}

func (l *loader) allocations() error {
	ids := make([]term.ID, len(l.facts.Lines))
	for i := range l.facts.Lines {
		ids[i] = l.facts.Lines[i].ID
	}
	return each(ids, func(part []term.ID) error {
		rows, err := l.c.Allocation.Query().Where(of(part, allocation.FundingIDIn)).All(l.ctx)
		for _, r := range rows {
			if i, known := l.line[r.FundingID]; known {
				l.facts.Lines[i].divide(r)
			}
		}
		return err
	})
}

// divide adds a stated share.
func (line *Line) divide(r *ent.Allocation) {
	share := percent(r.Percentage)
	switch {
	case share == nil:
	case r.StateID != nil:
		line.States = append(line.States, Part{*r.StateID, share})
	case r.Theme != nil:
		line.Themes = append(line.Themes, ThemePart{*r.Theme, share})
	}
}

// providers makes those unknown that the viewer may not see: rows must not tell them apart.
func (l *loader) providers() error {
	named := map[term.ID]bool{}
	for i := range l.facts.Lines {
		if id := l.facts.Lines[i].Provider; id != 0 {
			named[id] = false
		}
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(named)), chunk) {
		found, err := l.c.Actor.Query().Where(actor.IDIn(part...)).IDs(l.ctx)
		if err != nil {
			return err
		}
		for _, id := range found {
			named[id] = true
		}
	}
	for i := range l.facts.Lines {
		if line := &l.facts.Lines[i]; !named[line.Provider] {
			line.Provider = 0
		}
	}
	return nil
}

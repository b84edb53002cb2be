package graph

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/overlap"
	"adam/internal/exchange/intake"
	"adam/internal/exchange/table"
	"adam/internal/fault"
	"adam/internal/term"

	"github.com/vikstrous/dataloadgen"
)

// upTo is how many are asked for; LIMIT where that are more than are given at once.
func upTo(first *int, usual, most int, what string) (int, error) {
	n := usual
	if first != nil {
		n = *first
	}
	if n < 1 || n > most {
		return 0, fault.New(fault.Limit, "Ask for 1 to %d %s at once.", most, what).At("first")
	}
	return n, nil
}

// imports asks the working store alone: an edition has none, and neither has a server that only reads.
func (r *Resolver) imports(ctx context.Context, first *int, status []term.IntakeStatus, before *term.ID) ([]*ent.Intake, error) {
	n, err := upTo(first, 25, 100, "imports")
	if err != nil || r.Store == nil {
		return nil, err
	}
	return intake.Page(ctx, r.Store.Client, intake.Wanted{First: n, Status: status, Before: before})
}

func (r *Resolver) importBy(ctx context.Context, id term.ID) (*ent.Intake, error) {
	if r.Store == nil {
		return nil, nil
	}
	return intake.Get(ctx, r.Store.Client, id)
}

// deciding does something to an import, and answers with it as it is then.
func (r *Resolver) deciding(ctx context.Context, in DecideImportInput, do func(context.Context, *ent.Tx, term.ID, time.Time) error) (*ImportPayload, error) {
	return r.importing(ctx, in, in.Import, do)
}

// mappingOf is what the columns of a spreadsheet mean.
func mappingOf(f *ent.Intake) (*ImportMapping, error) {
	m, err := intake.Mapping(f)
	if m == nil || err != nil {
		return nil, err
	}
	out := &ImportMapping{Columns: []*ImportColumn{}, Currency: string(m.Currency), Decimal: m.Decimal, Days: string(m.Days)}
	for _, c := range m.Columns {
		out.Columns = append(out.Columns, &ImportColumn{Name: c.Name, Field: string(c.Field)})
	}
	return out, nil
}

// mapping says what columns mean.
func (r *Resolver) mapping(ctx context.Context, in MapImportInput) (*ImportPayload, error) {
	said := intake.Meant{Sheet: in.Sheet, Currency: (*term.Currency)(in.Currency), Decimal: in.Decimal, Days: (*table.DayOrder)(in.Days)}
	for _, c := range in.Columns {
		said.Columns = append(said.Columns, table.Column{Name: c.Name, Field: table.Field(c.Field)})
	}
	return r.importing(ctx, in, in.Import, func(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
		return intake.Remap(ctx, tx, id, said, now)
	})
}

// accepting says yes to the plan that was looked at, where it is named.
func accepting(in DecideImportInput) func(context.Context, *ent.Tx, term.ID, time.Time) error {
	if in.Plan == nil {
		return intake.Accept
	}
	return intake.Seen(*in.Plan)
}

// picksOf are the rules by which activities are taken; nil of a spreadsheet.
func picksOf(f *ent.Intake) *ImportPicks {
	if f.Kind != term.FormatIATI {
		return nil
	}
	rules, all := intake.Picks(f)
	return &ImportPicks{All: all, Sectors: rules.Sectors, Words: rules.Words, Need: rules.Need}
}

// picking says which activities are taken.
func (r *Resolver) picking(ctx context.Context, in PickImportInput) (*ImportPayload, error) {
	said := intake.Picked{All: in.All, Sectors: in.Sectors, Words: in.Words, Need: in.Need}
	return r.importing(ctx, in, in.Import, func(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
		return intake.Repick(ctx, tx, id, said, now)
	})
}

func (r *Resolver) importing(ctx context.Context, in any, id term.ID, do func(context.Context, *ent.Tx, term.ID, time.Time) error) (*ImportPayload, error) {
	once := func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return id, do(ctx, tx, id, r.Now()) }
	done, err := changed(ctx, r.Store, in, once, func(ctx context.Context, id term.ID) (*ImportPayload, error) {
		f, err := r.importBy(ctx, id)
		return &ImportPayload{Import: f}, err
	})
	if err == nil && r.Imports != nil {
		r.Imports.Wake()
	}
	return done, err
}

// orNull is null for what is empty.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// progress is known where this server reads the file.
func (r *Resolver) progress(f *ent.Intake) *ImportProgress {
	if r.Imports == nil {
		return nil
	}
	p, reading := r.Imports.Progress(f.ID)
	if !reading {
		return nil
	}
	return &ImportProgress{Bytes: int(p.Bytes), Activities: p.Read, Percent: int(min(100, 100*p.Bytes/max(1, f.Bytes)))}
}

// notHeldOf lists what stood most often first.
func notHeldOf(f *ent.Intake) []*ImportLeft {
	out := []*ImportLeft{}
	for _, name := range slices.Sorted(maps.Keys(f.NotHeld)) {
		out = append(out, &ImportLeft{Name: name, Count: f.NotHeld[name]})
	}
	slices.SortStableFunc(out, func(a, b *ImportLeft) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

func publishersOf(f *ent.Intake) []string {
	if f.Publisher == "" {
		return []string{}
	}
	return strings.Split(f.Publisher, "\n")
}

func (r *Resolver) importItems(ctx context.Context, f *ent.Intake, outcome *term.IntakeOutcome, first *int, after *string) ([]*intake.Outcome, error) {
	n, err := upTo(first, 50, 200, "activities")
	if err != nil {
		return nil, err
	}
	return intake.Outcomes(ctx, r.Store.Client, f, intake.Part{Outcome: outcome, First: n, After: orNone(after)})
}

// importOverlaps are the pairs that the viewer sees of those that an import made.
func (r *Resolver) importOverlaps(ctx context.Context, f *ent.Intake, first *int) ([]*ent.Overlap, error) {
	n, err := upTo(first, 20, 100, "overlaps")
	if err != nil {
		return nil, err
	}
	ids, err := intake.Overlaps(ctx, r.Store.Client, f.ID, n)
	if err != nil {
		return nil, err
	}
	return client(ctx).Overlap.Query().Where(overlap.IDIn(ids...)).Order(ent.Desc(overlap.FieldScore), overlap.ByID()).All(ctx)
}

// importedAs is the activity that an outcome is about; nil of one that is not written yet, or withdrawn.
func importedAs(ctx context.Context, o *intake.Outcome) (*ent.Activity, error) {
	if o.Record == 0 {
		return nil, nil
	}
	a, err := loadersFrom(ctx).activities.Load(ctx, o.Record)
	if errors.Is(err, dataloadgen.ErrNotFound) {
		return nil, nil
	}
	return a, err
}

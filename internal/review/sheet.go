package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// Sheets are what several agencies have filled in of one review, to be merged into one answer for each item.
type Sheets struct {
	Cycle  term.ID
	Letter string
	Apply  bool // otherwise it is only said what would be
	Sheets []Sheet
}

// Sheet is what one agency has filled in. An item that is not on it was not answered.
type Sheet struct {
	Agency    string
	Answers   []SheetAnswer
	Additions []SheetAddition
}

// SheetAnswer is what a sheet says of one item.
type SheetAnswer struct {
	Item       ItemVersion
	Answer     term.SheetAnswer
	Reason     string
	ActiveHere *bool          // of activities that others answer for: whether they take place here
	Authority  string         // and with which authority
	Hold       bool           // right, but not for publication
	Kind       term.Kind      // of the record that is partly wrong
	Input      map[string]any // what is right, as catalogue.Update reads it
	Source     map[string]any // the document that shows it
	Place      string         // what errors call the row; by its numbers where empty
}

// SheetAddition is a record that the catalogue lacks.
type SheetAddition struct {
	Kind  term.Kind
	Input map[string]any // as catalogue.Create reads it
	Place string         // what errors call the row; by its numbers where empty
}

// Merged is what became of sheets, or what would.
type Merged struct {
	Cycle term.ID
	Merge *ent.SheetMerge // nil where nothing was written
	Rows  []term.SheetRow // items in their order, then those that are none of the review, then new records
}

// ID is that of the merge that was written, or of the review where nothing was.
func (m *Merged) ID() term.ID {
	if m.Merge == nil {
		return m.Cycle
	}
	return m.Merge.ID
}

// So much is merged at once.
const (
	mostSheets = 20
	mostRows   = 2000
	longAgency = 300
)

// Merge makes one answer for each item of what several agencies say of it, by the rules in settle.go. What they do not
// agree on, what was changed since they read it and what is refused stays as it was and is told, row by row. Without
// Apply all of it is tried and taken back; with it every row that is ANSWERED is written. Nobody else answers meanwhile.
func (d *Desk) Merge(ctx context.Context, tx *ent.Tx, in Sheets) (*Merged, error) {
	items, added, err := in.voices()
	if err != nil {
		return nil, err
	}
	if err := hold(ctx, tx, in.Cycle, toEnd); err != nil {
		return nil, err
	}
	m, err := d.merging(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	if !in.Apply {
		if err := takenBack(ctx, tx, func() error { return m.merge(items, added) }); err != nil {
			return nil, err
		}
		return m.tried(), nil
	}
	if err := m.merge(items, added); err != nil {
		return nil, err
	}
	return m.kept(in)
}

// voices reads the sheets: what they say of each item, and what they add.
func (in Sheets) voices() (items map[term.ID][]voice, added []voice, err error) {
	if err := in.check(); err != nil {
		return nil, nil, err
	}
	items = map[term.ID][]voice{}
	for i, s := range in.Sheets {
		for j, a := range s.Answers {
			a.Place = cmp.Or(a.Place, fmt.Sprintf("input.sheets[%d].answers[%d]", i, j))
			v, err := voiceOf(s.Agency, a)
			if err != nil {
				return nil, nil, err
			}
			items[a.Item.ID] = append(items[a.Item.ID], v)
		}
		for j, a := range s.Additions {
			place := cmp.Or(a.Place, fmt.Sprintf("input.sheets[%d].additions[%d]", i, j))
			v, err := voiceOf(s.Agency, SheetAnswer{Kind: a.Kind, Input: a.Input, Place: place})
			if err != nil {
				return nil, nil, err
			}
			added = append(added, v)
		}
	}
	return items, added, nil
}

// check refuses what cannot be merged as a whole.
func (in Sheets) check() error {
	rows, names := 0, map[string]bool{}
	for i, s := range in.Sheets {
		at := fmt.Sprintf("input.sheets[%d].agency", i)
		name := agencyName(s.Agency)
		switch {
		case name == "" || utf8.RuneCountInString(name) > longAgency || name != clean(name):
			return fault.New(fault.Invalid, "Say whose sheet this is: the name of the agency, at most %d characters.", longAgency).At(at)
		case names[folded(name)]:
			return fault.New(fault.Invalid, "Two of the sheets are of %s. Give each a name of its own, or put them into one.", term.Clip(name)).At(at)
		}
		names[folded(name)] = true
		rows += len(s.Answers) + len(s.Additions)
	}
	switch {
	case len(in.Sheets) > mostSheets:
		return fault.New(fault.Limit, "At most %d sheets are merged at once. Put sheets of one ministry together.", mostSheets).At("input.sheets")
	case rows > mostRows:
		return fault.New(fault.Limit, "At most %d rows are merged at once, and these are %d. Leave out the rows that answer nothing.", mostRows, rows).At("input.sheets")
	case rows == 0:
		return fault.New(fault.Invalid, "Nothing is answered in these sheets.").At("input.sheets")
	}
	return nil
}

// agencyName is the name of an agency in one line.
func agencyName(s string) string { return strings.Join(strings.Fields(s), " ") }

func voiceOf(agency string, a SheetAnswer) (v voice, err error) {
	if a.Input != nil {
		if a.Input, err = portable(a.Input); err != nil {
			return v, err
		}
	}
	if a.Source != nil {
		a.Source, err = portable(a.Source)
	}
	return voice{a, agencyName(agency)}, err
}

// merge is a merge under way: an answer without an item, and what is known of all items.
type merge struct {
	answer
	items map[term.ID]*ent.ReviewItem
	now   map[term.ID]int // the versions of the records that stand
	rows  []term.SheetRow
}

// merging finds the review and reads all its items at once.
func (d *Desk) merging(ctx context.Context, tx *ent.Tx, in Sheets) (*merge, error) {
	cycle, letter, err := d.toAnswer(ctx, tx, in.Cycle, in.Letter)
	if err != nil {
		return nil, err
	}
	all, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(cycle.ID)).All(ctx)
	if err != nil {
		return nil, err
	}
	m := &merge{answer: answer{d: d, ctx: ctx, tx: tx, cycle: cycle, letter: letter}, items: map[term.ID]*ent.ReviewItem{}}
	var records []term.ID
	for _, it := range all {
		m.items[it.ID] = it
		if it.RecordID != nil {
			records = append(records, *it.RecordID)
		}
	}
	m.now, err = Versions(ctx, tx.Client(), records)
	return m, err
}

// merge goes through all items in their order, then through what is new.
func (m *merge) merge(items map[term.ID][]voice, added []voice) error {
	ids := make([]term.ID, 0, len(items))
	for id := range items {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b term.ID) int { return cmp.Or(cmp.Compare(m.position(a), m.position(b)), cmp.Compare(a, b)) })
	for _, id := range ids {
		row, err := m.row(id, items[id])
		if err != nil {
			return err
		}
		m.rows = append(m.rows, *row)
	}
	for _, by := range grouped(added) {
		row, err := m.newRow(by)
		if err != nil {
			return err
		}
		m.rows = append(m.rows, *row)
	}
	return nil
}

// position is that of an item; what is none of the review comes last.
func (m *merge) position(id term.ID) int {
	if it := m.items[id]; it != nil {
		return it.Position
	}
	return 1 << 30
}

// takenBack does something and takes it back.
func takenBack(ctx context.Context, tx *ent.Tx, do func() error) error {
	program := asProgram(ctx)
	if _, err := tx.ExecContext(program, "SAVEPOINT sheets"); err != nil {
		return err
	}
	failed := do()
	if _, err := tx.ExecContext(program, "ROLLBACK TO SAVEPOINT sheets"); err != nil {
		return cmp.Or(failed, err)
	}
	_, err := tx.ExecContext(program, "RELEASE SAVEPOINT sheets")
	return cmp.Or(failed, err)
}

// tried is what would become of the sheets.
func (m *merge) tried() *Merged {
	for i := range m.rows {
		if r := &m.rows[i]; r.Outcome == term.SheetAnswered {
			if r.After, r.Before = 0, nil; r.Adds != nil {
				r.Item = 0
			}
		}
	}
	return &Merged{Cycle: m.cycle.ID, Rows: m.rows}
}

// kept keeps what was written together with what stood before.
func (m *merge) kept(in Sheets) (*Merged, error) {
	out := &Merged{Cycle: m.cycle.ID, Rows: m.rows}
	if !slices.ContainsFunc(m.rows, func(r term.SheetRow) bool { return r.Outcome == term.SheetAnswered }) {
		return out, nil
	}
	agencies := make([]string, len(in.Sheets))
	for i, s := range in.Sheets {
		agencies[i] = agencyName(s.Agency)
	}
	slices.SortFunc(agencies, func(a, b string) int { return strings.Compare(folded(a), folded(b)) })
	v, now := access.From(m.ctx), m.d.Now()
	create := m.tx.SheetMerge.Create().SetCycleID(m.cycle.ID).SetAt(term.InstantOf(now)).SetBy(v.Name).SetPerson(v.Person).
		SetAgencies(agencies).SetRows(m.rows).SetNillableLetter(orNone(m.letter))
	audit.AtCommit(m.ctx, m.tx, now, audit.Entry{Kind: term.LogReview, Person: v.Person, Subject: m.cycle.ID,
		Summary: fmt.Sprintf("The sheets of %d agencies were merged into the answers of a review.", len(agencies))})
	var err error
	out.Merge, err = create.Save(asProgram(m.ctx))
	return out, err
}

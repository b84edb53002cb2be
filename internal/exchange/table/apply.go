package table

import (
	"iter"
	"slices"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
	"adam/internal/term"
)

// Apply reads the rows under a header as drafts of activities, as a mapping says. A row whose title is merged with the row
// before goes on with its draft. What is not understood is kept in the draft and told in the report of the book; so is every
// column that is not read. An error is a fault for people, and the last: what came before is to be thrown away.
func Apply(b *Book, h Header, m Mapping) iter.Seq2[*Draft, error] {
	return func(yield func(*Draft, error) bool) {
		a := &applier{book: b, header: h, mapping: m}
		if err := a.bind(); err != nil {
			yield(nil, b.broken(err))
			return
		}
		var open *Draft
		for r, err := range b.Rows(h.Sheet) {
			if err != nil {
				yield(nil, err)
				return
			}
			if r.Number <= h.Row || a.passed(r) {
				continue
			}
			b.Report.Rows++
			if origin := a.origin(r); open != nil && origin >= open.Row && origin < r.Number {
				a.goOn(open, r)
				continue
			}
			next := a.draft(r)
			if next == nil {
				continue
			}
			if open != nil && !yield(open, nil) {
				return
			}
			open = next
		}
		if open != nil {
			yield(open, nil)
		}
	}
}

type applier struct {
	book    *Book
	header  Header
	mapping Mapping
	columns []Column // by where they stand in the file
	folded  []string // their headers, as they are compared
	d       *Draft   // of the row
	row     Row
}

// bind finds the columns of the mapping in the header, and tells those that are not read.
func (a *applier) bind() error {
	if a.mapping.Fingerprint != Fingerprint(a.header) {
		return fault.New(fault.Invalid, "What the columns mean was said of a file with other headers. Say it for this one.")
	}
	used := make([]bool, len(a.mapping.Columns))
	title := false
	for col, name := range a.header.Names {
		c := Column{Name: name, Field: Ignored}
		for i, known := range a.mapping.Columns {
			if !used[i] && folded(known.Name) == folded(name) {
				used[i], c = true, known
				break
			}
		}
		if !slices.Contains(Fields(), c.Field) {
			return fault.New(fault.Invalid, "The column “%s” is said to be “%s”, which is no field. Choose one of those that are offered.", term.Clip(c.Name), term.Clip(string(c.Field)))
		}
		title = title || c.Field == Title
		a.columns, a.folded = append(a.columns, c), append(a.folded, folded(name))
		a.column(col, c)
	}
	if !title {
		return fault.New(fault.Invalid, "No column is said to be the title of the activity. Choose one: without it no activity can be made of a row.")
	}
	return nil
}

// column tells what is to be known of a column.
func (a *applier) column(col int, c Column) {
	p := Problem{Sort: IgnoredColumn, Severity: Note, Sheet: a.header.Sheet, Row: a.header.Row, Cell: cell.Name(a.header.Row-1, col), Column: c.Name}
	if c.Field == Ignored && c.Name != "" {
		p.Sentence = "The column was not read: nobody has said what it means, or that it is to be ignored."
		a.book.Report.add(p)
	}
	if c.Name != "" && slices.ContainsFunc(a.header.Names[:col], func(n string) bool { return folded(n) == folded(c.Name) }) {
		p.Sort, p.Severity, p.Sentence = BadHeader, Warning, "Another column has the same name. Say of each what it means, or give them different names."
		a.book.Report.add(p)
	}
}

// passed tells rows that are no data: the header again, and one of hashtags.
func (a *applier) passed(r Row) bool {
	tags, same, filled := 0, 0, 0
	for _, c := range r.Cells {
		if c.Text == "" {
			continue
		}
		filled++
		if strings.HasPrefix(c.Text, "#") {
			tags++
		}
		if c.Col < len(a.folded) && len(c.Text) <= mostLetters && a.folded[c.Col] == folded(c.Text) {
			same++
		}
	}
	sentence := ""
	switch {
	case filled == 0:
		return true // cells that could not be read, which was told
	case tags == filled:
		sentence = "The row holds hashtags (HXL), no data. It was passed over."
	case same == filled && filled > 1:
		sentence = "The row holds the headers again. It was passed over."
	default:
		return false
	}
	a.book.Report.add(Problem{Sort: BadHeader, Severity: Note, Sheet: a.header.Sheet, Row: r.Number, Sentence: sentence})
	return true
}

// origin is the row in which the title of a row stands: another one where cells are merged.
func (a *applier) origin(r Row) int {
	for i, c := range a.columns {
		if at := r.at(i); c.Field == Title && at.Merged != "" {
			return at.Origin
		}
	}
	return r.Number
}

// draft makes a draft of a row; nil where it is none of an activity.
func (a *applier) draft(r Row) *Draft {
	title := ""
	for i, c := range a.columns {
		if c.Field == Title && title == "" && !saysUnknown(r.at(i).Text) {
			title = r.at(i).Text
		}
	}
	row := Problem{Sort: NoTitle, Severity: Error, Sheet: a.header.Sheet, Row: r.Number, Value: first(r)}
	if _, total := words["total"][cell.Fold(title)]; total || title == "" && a.totals(r) {
		row.Sort, row.Severity, row.Sentence = TotalRow, Note, "The row is a total, not an activity. It was not read, so that nothing counts twice."
		a.book.Report.add(row)
		return nil
	}
	if title == "" {
		row.Sentence = "The row has no title, so that no activity was made of it. Write one, or take the row out."
		a.book.Report.add(row)
		return nil
	}
	a.d, a.row = &Draft{Sheet: a.header.Sheet, Row: r.Number, Last: r.Number, Status: term.StatusUnknown}, r
	a.fill()
	return a.d
}

// totals says whether a row without a title says in another column that it is a total.
func (a *applier) totals(r Row) bool {
	_, total := words["total"][cell.Fold(first(r))]
	return total
}

// first is the first text of a row, by which people find it.
func first(r Row) string {
	for _, c := range r.Cells {
		if c.Text != "" {
			return c.Text
		}
	}
	return ""
}

// goOn adds a row to the draft that it belongs to.
func (a *applier) goOn(d *Draft, r Row) {
	a.d, a.row, d.Last = d, r, r.Number
	a.fill()
}

// fill reads the cells of the row into the draft.
func (a *applier) fill() {
	for i, column := range a.columns {
		c := a.row.at(i)
		repeated := c.Merged != "" && c.Origin >= a.d.Row && c.Origin < a.row.Number
		if c.Text != "" && column.Name == "" && column.Field == Ignored {
			a.nameless(c)
		}
		if c.Text == "" || column.Field == Ignored || repeated {
			continue
		}
		if saysUnknown(c.Text) && c.Kind == Text {
			a.tell(c, column, &remark{Said, Note, "The cell says that it is not known, or nothing. It was left empty."})
			continue
		}
		if column.Means != "" && !a.tick(&c, column) {
			continue
		}
		a.read(c, column)
	}
	a.check()
	for i := len(a.columns); i < len(a.row.Cells); i++ {
		if c := a.row.Cells[i]; c.Text != "" {
			a.nameless(c)
		}
	}
}

// tick makes of a tick what it says. False where the cell says no, or something else, which is kept.
func (a *applier) tick(c *Cell, column Column) bool {
	switch answer := words["tick"][cell.Fold(c.Text)]; {
	case answer == "YES" || strings.ContainsAny(c.Text, "✓✔☑☒√●") || cell.Fold(c.Text) == cell.Fold(column.Name):
		c.Text, c.Kind = column.Means, Text
		return true
	case answer == "NO" || strings.ContainsAny(c.Text, "☐○✗✘"):
		return false
	}
	a.keep(*c, column, c.Text, remarkf(UnknownCode, Warning, "The column is ticked where “%s” holds, and this is no tick. It is kept as a text. Write x, or leave the cell empty.", term.Clip(column.Means)))
	return false
}

// nameless tells of a cell that no header is over.
func (a *applier) nameless(c Cell) {
	a.tell(c, Column{}, &remark{BadHeader, Warning, "The cell stands under no header, and was not read. Give its column a name."})
}

// tell tells something of a cell in its column.
func (a *applier) tell(c Cell, column Column, about *remark) {
	a.book.Report.add(Problem{Sort: about.sort, Severity: about.severity, Sheet: a.header.Sheet, Row: c.Row, Cell: cell.Name(c.Row-1, c.Col), Column: column.Name, Value: c.Text, Sentence: about.sentence})
}

// keep keeps a text that was not understood. A cell that belongs to several sums is told once.
func (a *applier) keep(c Cell, column Column, text string, about *remark) {
	k := Kept{Field: column.Field, Column: column.Name, Cell: cell.Name(c.Row-1, c.Col), Text: text}
	if !slices.Contains(a.d.Kept, k) {
		a.tell(c, column, about)
		a.d.Kept = append(a.d.Kept, k)
	}
}

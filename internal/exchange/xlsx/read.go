package xlsx

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
)

// Read reads what a spreadsheet says of a review, of which Code, Title, Cycle, Fields and Kinds are needed; seal is the secret
// with which it was signed. Rows may be sorted and taken out, columns moved. What is not understood is told by its cell.
// A file of another review, and one that lacks what is needed, is INVALID.
func (f *File) Read(r *Review, seal []byte) (out *Filled, err error) {
	defer func() {
		if recover() != nil { // the parser met what it did not expect
			out, err = nil, notXLSX()
		}
	}()
	if err := f.proves(r, seal); err != nil {
		return nil, err
	}
	g, err := f.grid(sheetRecords)
	if err != nil {
		return nil, err
	}
	in := &reader{grid: g, r: r, seal: seal, out: &Filled{Agency: f.agency()}}
	if err := in.records(); err != nil {
		return nil, err
	}
	return in.out, in.additions()
}

// proves looks at whose spreadsheet it is.
func (f *File) proves(r *Review, seal []byte) error {
	switch {
	case f.Code != r.Code:
		return fault.New(fault.Invalid, "This is the spreadsheet of %s, and here is %s (%s). Send it where it belongs; nothing of it was read.", term.Clip(f.Code), r.Title, r.Code).At("file")
	case f.Cycle != r.Cycle:
		return fault.New(fault.Invalid, "This is the spreadsheet of another review of %s. Download the one of now; nothing of this one was read.", r.Title).At("file")
	case !same(f.mark, sign(seal, "file", f.Code, f.Cycle)):
		return fault.New(fault.Invalid, "This spreadsheet was not made here: its signature is not ours. Download it again, and copy your answers into it.").At("file")
	}
	return nil
}

type reader struct {
	*grid
	r    *Review
	seal []byte
	out  *Filled
	cols map[string]int // of this sheet, by the id of the column
	row  int
	name string // of the record in the row
}

// find finds the columns of a sheet by their headings, which stand in one of its first rows.
func (in *reader) find(known []column, tells string) (first int) {
	for i := range min(len(in.rows), 20) {
		in.cols = map[string]int{}
		for j := range in.rows[i] {
			for _, c := range known {
				if _, twice := in.cols[c.id]; !twice && folded(in.raw(i, j)) == folded(c.heading) {
					in.cols[c.id] = j
				}
			}
		}
		if _, ok := in.cols[tells]; ok {
			return i + 1
		}
	}
	return len(in.rows)
}

// allColumns are all that the sheet of records can have.
func (in *reader) allColumns() []column {
	out := slices.Concat(before, documents, hidden)
	for _, f := range labels(in.r.Fields, kindOrder) {
		out = append(out, column{id: "fix." + f.Name, heading: correction(f.Label), open: true})
	}
	return out
}

func (in *reader) records() error {
	all := in.allColumns()
	first := in.find(all, "decision")
	if first == len(in.rows) {
		in.find(all, "item")
	}
	for _, id := range needed {
		if _, ok := in.cols[id]; !ok {
			i := slices.IndexFunc(all, func(c column) bool { return c.id == id })
			return fault.New(fault.Invalid, "The column “%s” is missing in the sheet “%s”, or its heading was changed. Without it no answer can be read: put it back, or download the file again.",
				all[i].heading, sheetRecords).At("file")
		}
	}
	var kinds []term.RecordKind
	for in.row = first; in.row < len(in.rows); in.row++ {
		kind := term.RecordKind(in.cell("kind"))
		if in.cell("mine") == "true" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
		in.record()
	}
	in.missing(all, kinds)
	return nil
}

// missing names the columns to fill in that are gone.
func (in *reader) missing(all []column, kinds []term.RecordKind) {
	wanted := map[string]bool{}
	for _, f := range labels(in.r.Fields, kinds) {
		wanted["fix."+f.Name] = true
	}
	for _, c := range all {
		if _, there := in.cols[c.id]; !there && c.open && (wanted[c.id] || !strings.HasPrefix(c.id, "fix.")) {
			in.out.Missing = append(in.out.Missing, fmt.Sprintf("The column “%s” is missing in the sheet “%s”, or its heading was changed: nothing was read of it.", c.heading, sheetRecords))
		}
	}
}

// col is where a column stands; -1 where it is missing.
func (in *reader) col(id string) int {
	if i, ok := in.cols[id]; ok {
		return i
	}
	return -1
}

// cell is what stands in a column of the row.
func (in *reader) cell(id string) string { return in.raw(in.row, in.col(id)) }

// place is the cell of a column in the row.
func (in *reader) place(id string) string { return in.at(in.row, in.col(id)) }

// trouble tells of a cell that is not understood.
func (in *reader) trouble(id string, err error) {
	in.out.Problems = append(in.out.Problems, Problem{Cell: in.place(id), Title: in.name, Sentence: err.Error()})
}

// filled are the open columns that say something in the row, also by a formula or as part of a merged cell.
func (in *reader) filled() (ids []string) {
	for id, col := range in.cols {
		open := id == "decision" || id == "reason" || id == "activeHere" || id == "authority" || id == "hold" || strings.HasPrefix(id, "fix.") || strings.HasPrefix(id, "source.")
		if open && (in.raw(in.row, col) != "" || in.formula(in.row, col) || in.mergedAt(in.row, col) != "") {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Compare(in.cols[a], in.cols[b]) })
	return ids
}

// record reads the row of one item.
func (in *reader) record() {
	if in.rows[in.row] == nil {
		return
	}
	in.name = in.cell("title")
	filled := in.filled()
	if len(filled) == 0 {
		in.out.Empty++
		return
	}
	a, err := in.signed()
	if err != nil {
		in.trouble(filled[0], err)
		return
	}
	sound := true
	for _, id := range filled {
		if err := in.sound(in.row, in.cols[id]); err != nil {
			in.trouble(id, err)
			sound = false
		}
	}
	if sound && in.answer(a, filled) {
		in.out.Answers = append(in.out.Answers, a.Answer)
	}
}

// proven is an answer with what was signed of its record.
type proven struct {
	Answer
	own           bool
	key           string
	recordVersion int
}

var errUnsigned = misread("This row is none that ADAM has made for this review, or its locked or hidden cells were changed. Download the file again, and answer it there; records that are missing go into the sheet “" + sheetNew + "”.")

// signed reads the locked cells of a row, as far as their signature is ours.
func (in *reader) signed() (*proven, error) {
	version, wrong := strconv.Atoi(in.cell("version"))
	record, also := strconv.Atoi(in.cell("record"))
	if errors.Join(wrong, also) != nil {
		return nil, errUnsigned
	}
	it := Item{ID: in.cell("item"), Version: version, Kind: term.RecordKind(in.cell("kind")), Key: in.cell("key"), Title: in.cell("title"), RecordVersion: record, Own: in.cell("mine") == "true"}
	if !same(in.cell("signature"), signature(in.seal, in.r.Code, in.r.Cycle, it)) {
		return nil, errUnsigned
	}
	return &proven{own: it.Own, key: it.Key, recordVersion: record, Answer: Answer{
		Row: Row{Cell: in.place("decision"), Title: it.Title, Cells: map[string]string{}}, Item: it.ID, Version: version, Kind: it.Kind}}, nil
}

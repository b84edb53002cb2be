package site

import (
	"cmp"
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"adam/graph/transport"
	"adam/internal/access"
	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
)

// SheetFile is a spreadsheet as it was sent.
type SheetFile struct {
	Name    string // of the file
	Content []byte
}

// SheetReport is what became of spreadsheets, or what would.
type SheetReport struct {
	Chapter  string          `json:"chapter"`
	Cycle    string          `json:"cycle"`
	Applied  bool            `json:"applied"`         // it was written; otherwise nothing was
	Merge    string          `json:"merge,omitempty"` // what can be undone
	Empty    int             `json:"notAnswered"`     // rows without a decision
	Rows     []*SheetOutcome `json:"rows"`
	Problems []xlsx.Problem  `json:"notUnderstood"`
	Missing  []string        `json:"missing"` // columns

	agencies []*agencySheet
}

// SheetOutcome is what became of one row.
type SheetOutcome struct {
	Cells    []string          `json:"cells"` // where it stands: Records!K14
	Record   string            `json:"record"`
	Answer   term.SheetAnswer  `json:"answer,omitempty"` // none of a new record
	Outcome  term.SheetOutcome `json:"outcome"`
	Sentence string            `json:"sentence"`
	Changes  []*Changed        `json:"changes"`
}

// Count is how many rows came out in a way.
func (r *SheetReport) Count(o term.SheetOutcome) (n int) {
	for _, row := range r.Rows {
		if row.Outcome == o {
			n++
		}
	}
	return n
}

// of are the rows that came out in one of some ways.
func (r *SheetReport) of(all ...term.SheetOutcome) (out []*SheetOutcome) {
	for _, row := range r.Rows {
		if slices.Contains(all, row.Outcome) {
			out = append(out, row)
		}
	}
	return out
}

// agencySheet is what one file says, with the name of its agency.
type agencySheet struct {
	*xlsx.Filled
	name, file string
}

// mostFiles is how many files are read at once.
const mostFiles = 20

// SheetRoom is how large what files say may become, in bytes, when the API is asked to merge it.
const SheetRoom = 16 << 20

// ReadSheets reads spreadsheets of a review, and says row by row what they would do, or does it. Files of several agencies
// are merged (decision 020). For whoever is asked.
func (s *Site) ReadSheets(ctx context.Context, code string, files []SheetFile, apply bool) (*SheetReport, error) {
	q, err := s.sheetOf(ctx, code, true)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 || len(files) > mostFiles {
		return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "sheet.nofile", mostFiles)).At("input.file")
	}
	seal, err := s.Seal(ctx, SheetPurpose)
	if err != nil {
		return nil, err
	}
	out := &SheetReport{Chapter: code, Cycle: q.Id, Rows: []*SheetOutcome{}, Problems: []xlsx.Problem{}, Missing: []string{}}
	head := s.sheetHead(say.With(ctx, "en"), &q.Review)
	for _, f := range files {
		if err := out.read(ctx, f, head, seal, len(files) > 1); err != nil {
			return nil, err
		}
	}
	return out, s.merge(ctx, q, out, apply)
}

// read reads one file. With several, cells are told with the name of theirs.
func (r *SheetReport) read(ctx context.Context, f SheetFile, head *xlsx.Review, seal []byte, several bool) error {
	opened, err := xlsx.Open(f.Content)
	if err != nil {
		return inFile(err, f, several)
	}
	defer opened.Close()
	filled, err := opened.Read(head, seal)
	if err != nil {
		return inFile(err, f, several)
	}
	file := ""
	if several {
		file = path.Base(f.Name) + ": "
	}
	name := cmp.Or(filled.Agency, strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name)))
	if !several && filled.Agency == "" {
		name = access.From(ctx).Name
	}
	r.agencies = append(r.agencies, &agencySheet{filled, cmp.Or(name, f.Name), file})
	r.Empty += filled.Empty
	for _, p := range filled.Problems {
		p.Cell = file + p.Cell
		r.Problems = append(r.Problems, p)
	}
	for _, m := range filled.Missing {
		r.Missing = append(r.Missing, file+m)
	}
	return nil
}

// inFile says which of several files an error is about.
func inFile(err error, f SheetFile, several bool) error {
	wrong := fault.As(err)
	if wrong == nil || !several {
		return err
	}
	return fault.New(wrong.Kind, "%s: %s", path.Base(f.Name), wrong.Sentence).At(wrong.Fields...).Because(err)
}

// merge asks the API what becomes of what the files say. What says nothing is not asked about.
func (s *Site) merge(ctx context.Context, q *QueueReview, r *SheetReport, apply bool) error {
	sheets := r.sheets(q)
	if len(sheets) == 0 {
		return nil
	}
	done, err := s.mergeSheets(ctx, r.Cycle, sheets, apply)
	if err != nil {
		return s.placed(err, r)
	}
	for _, row := range done.Rows {
		r.Rows = append(r.Rows, r.outcome(row))
	}
	if r.Applied = apply; done.Merge != nil {
		r.Merge = done.Merge.Id
	}
	return nil
}

func (s *Site) mergeSheets(ctx context.Context, cycle string, sheets []any, apply bool) (*MergeSheetsMergeSheetsMergeSheetsPayload, error) {
	in := map[string]any{"cycle": cycle, "apply": apply, "sheets": sheets}
	done, err := MergeSheets(transport.WithRoom(ctx, SheetRoom), s.api, &in)
	if err != nil {
		return nil, said(err)
	}
	return done.MergeSheets, nil
}

// sheets are what the files say, as the API takes it.
func (r *SheetReport) sheets(q *QueueReview) (out []any) {
	for _, a := range r.agencies {
		answers, added := []any{}, []any{}
		for _, x := range a.Answers {
			answers = append(answers, sheetInput(x))
		}
		for _, x := range a.New {
			added = append(added, map[string]any{inputs[x.Kind]: inState(q.state(), x.Kind, x.Input)})
		}
		if len(answers)+len(added) > 0 {
			out = append(out, map[string]any{"agency": a.name, "answers": answers, "additions": added})
		} else {
			a.name = "" // it is not among the sheets that places are counted in
		}
	}
	r.agencies = slices.DeleteFunc(r.agencies, func(a *agencySheet) bool { return a.name == "" })
	return out
}

func sheetInput(a xlsx.Answer) map[string]any {
	in := map[string]any{"item": a.Item, "version": a.Version, "answer": a.Answer}
	for name, text := range map[string]string{"reason": a.Reason, "authority": a.Authority} {
		if text != "" {
			in[name] = text
		}
	}
	if a.ActiveHere != nil {
		in["activeHere"] = *a.ActiveHere
	}
	if a.Hold {
		in["notForPublication"] = true
	}
	if a.Input != nil {
		in[inputs[a.Kind]], in["source"] = a.Input, a.Source
	}
	return in
}

// state is the State whose chapter is reviewed; "" for the region and for organisations.
func (v *Review) state() string {
	if v.Chapter == nil || v.Chapter.Code == "REGIONAL" {
		return ""
	}
	return v.Chapter.Code
}

// inState puts a new record into the chapter of a State, and into the State.
func inState(state string, kind term.RecordKind, record map[string]any) map[string]any {
	out := maps.Clone(record)
	if state == "" {
		return out
	}
	out["chapters"] = []any{state}
	switch kind {
	case term.RecordActivity:
		if out["states"] == nil { // a form may say others as well
			out["states"] = []any{state}
		}
	case term.RecordLaw, term.RecordPolicy, term.RecordMechanism:
		out["state"] = state
	}
	return out
}

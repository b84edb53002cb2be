package site

import (
	"bytes"
	"context"
	"strings"

	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/exchange/xlsx"
	"adam/internal/fault"
	"adam/internal/term"
	"adam/server/say"
)

// SheetPurpose names the secret with which spreadsheets are signed.
const SheetPurpose = "sheet"

// sheetOf finds the review that a spreadsheet is of. Whoever is asked works in it, and the secretariat may look at it; a
// right that has ended ends here, whatever a file says.
func (s *Site) sheetOf(ctx context.Context, code string, writes bool) (*QueueReview, error) {
	v := access.From(ctx)
	if number, _ := edition.From(ctx); number != 0 {
		return nil, fault.New(fault.NotFound, "%s", say.T(ctx, "review.none"))
	}
	q, err := s.queue(ctx, code, tab{}, 1, nil)
	if err != nil {
		return nil, err
	}
	switch {
	case q.mine(ctx) || v.SeesAll() && !writes:
		return q, nil
	case v.SeesAll():
		return nil, fault.New(fault.Forbidden, "%s", say.T(ctx, "sheet.secretariat"))
	}
	return nil, fault.New(fault.Forbidden, "%s", say.T(ctx, "sheet.stranger"))
}

// Spreadsheet is the review of a chapter, or of an organisation, as a file that is filled in and sent back. For whoever is
// asked, and the secretariat, as they see it; while it is answered, otherwise CONFLICT.
func (s *Site) Spreadsheet(ctx context.Context, code string) ([]byte, error) {
	q, err := s.sheetOf(ctx, code, false)
	if err != nil {
		return nil, err
	}
	if !q.answering() {
		return nil, fault.New(fault.Conflict, "%s", say.T(ctx, "sheet.closed"))
	}
	seal, err := s.Seal(ctx, SheetPurpose)
	if err != nil {
		return nil, err
	}
	en := say.With(ctx, "en") // the file is in English, whatever the page speaks
	out := s.sheetHead(en, &q.Review)
	if out.Items, err = s.sheetItems(en, code); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = xlsx.Write(&b, out, seal)
	return b.Bytes(), err
}

// sheetHead is what a spreadsheet says of a review, without its items; ctx speaks English.
func (s *Site) sheetHead(ctx context.Context, v *Review) *xlsx.Review {
	out := &xlsx.Review{
		Code: v.code(), Title: v.title(), Cycle: v.Id, Year: v.Year, Edition: v.BaseEdition, Made: s.Now(), Due: v.ReviewDueOn, Zone: v.zone(),
		Address: strings.TrimSuffix(s.BaseURL, "/") + "/review/" + v.code() + "/sheet", Disclaimer: say.T(ctx, "frame.disclaimer"),
		Fields: map[term.RecordKind][]xlsx.Field{}, Kinds: map[term.RecordKind]string{},
	}
	for _, kind := range kinds {
		out.Kinds[kind] = say.Word(ctx, "RecordKind", kind)
		for _, e := range entries[kind] {
			f := xlsx.Field{Name: e.name, Label: say.T(ctx, "field."+e.name), Sort: sheetSorts[e.sort], Codes: e.values, Must: e.must}
			for _, c := range e.values {
				f.Words = append(f.Words, say.Word(ctx, e.list, c))
			}
			out.Fields[kind] = append(out.Fields[kind], f)
		}
	}
	return out
}

var sheetSorts = map[sort]xlsx.Sort{line: xlsx.Line, lines: xlsx.Text, date: xlsx.Date, one: xlsx.One, some: xlsx.Some}

// sheetItems are the items of a review, all of them, but for those that were added in it: nothing is asked about these.
func (s *Site) sheetItems(ctx context.Context, code string) ([]xlsx.Item, error) {
	var out []xlsx.Item
	var after *string
	for {
		q, err := s.queue(ctx, code, tab{}, 100, after)
		if err != nil {
			return nil, err
		}
		for _, e := range q.Items.Edges {
			if e.Node.Record != nil {
				out = append(out, sheetItem(ctx, q, e.Node))
			}
		}
		if !q.Items.PageInfo.HasNextPage {
			return out, nil
		}
		after = &q.Items.PageInfo.EndCursor
	}
}

func sheetItem(ctx context.Context, q *QueueReview, it *Item) xlsx.Item {
	r := it.Record
	out := xlsx.Item{ID: it.Id, Version: it.Version, Kind: it.Kind, Key: r.GetKey(), Title: titleOf(r), RecordVersion: r.GetVersion(), Own: it.Own,
		Lead: leadOf(ctx, r), Changed: sheetChanged(ctx, q, it)}
	if it.Status != term.ItemPending {
		out.Answer = say.Word(ctx, "ItemStatus", it.Status)
	} else if it.Later {
		out.Answer = say.T(ctx, "answer.later")
	}
	for _, f := range factsOf(ctx, r) {
		out.Facts = append(out.Facts, xlsx.Fact{Name: f.name, Text: f.text})
	}
	for _, d := range r.GetSources() {
		out.Documents = append(out.Documents, xlsx.Document{Title: d.Title, URL: d.Url})
	}
	return out
}

// leadOf is the agency that leads, as far as the record names one.
func leadOf(ctx context.Context, r ItemRecord) string {
	switch r := r.(type) {
	case *ItemRecordPolicy:
		return r.LeadAuthority
	case *ItemRecordCoordinationMechanism:
		return r.Secretariat
	case *ItemRecordActivity:
		return names(ctx, r.Implementers)
	}
	return ""
}

// sheetChanged says what has changed in a record since the edition that the review compares with.
func sheetChanged(ctx context.Context, q *QueueReview, it *Item) string {
	var out []string
	switch {
	case it.IsNew:
		out = append(out, say.T(ctx, "review.new"))
	case len(it.Changed) > 0:
		for _, c := range it.Changed {
			out = append(out, say.T(ctx, "sheet.change", fieldName(ctx, c.Field), orUnknown(ctx, c.From), orUnknown(ctx, c.To)))
		}
	case q.BaseEdition > 0:
		out = append(out, say.T(ctx, "review.same", itoa(q.BaseEdition)))
	}
	if it.Ended {
		out = append(out, say.T(ctx, "review.ended"))
	}
	return strings.Join(out, "\n")
}

// orUnknown is a value as text.
func orUnknown(ctx context.Context, text string) string {
	if text == "" {
		return say.T(ctx, "record.unknown")
	}
	return text
}

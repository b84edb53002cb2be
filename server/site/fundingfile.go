package site

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"adam/internal/funding"
	"adam/server/say"

	"github.com/Khan/genqlient/graphql"
)

// fundingTable is the answer of /funding as a file: a row for each cell of its matrix, on all of them.
func (s *Site) fundingTable(r *http.Request) (*table, error) {
	ctx := r.Context()
	m, err := askedMoney(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	vars := m.variables()
	vars["by"] = m.dimensions()
	var data struct {
		WhoFundsWhatWhere struct{ Rows []json.RawMessage }
	}
	if err := s.raw(ctx, "FundingTable", FundingTable_Operation, vars, &data); err != nil {
		return nil, m.named(err)
	}
	t := &table{path: "/funding", title: say.T(ctx, "funding.title"), query: m.query(), rows: data.WhoFundsWhatWhere.Rows, more: noMore, note: say.T(ctx, "funding.file.note", m.Currency)}
	for _, d := range m.dimensions() {
		t.head = append(t.head, say.Word(ctx, "FundingDimension", d))
	}
	for _, key := range []string{"funding.own", "funding.shared", "funding.currency", "funding.unconverted", "nav.activities", "funding.without", "funding.withheld", "funding.verified.share", "browse.address"} {
		t.head = append(t.head, say.T(ctx, key))
	}
	for _, column := range []int{0, 1, 4, 5, 6} { // of those after the dimensions
		t.sums = append(t.sums, len(m.dimensions())+column)
	}
	t.cells = func(raw json.RawMessage) ([]string, error) {
		l := &FundingRowLine{}
		if err := json.Unmarshal(raw, l); err != nil {
			return nil, err
		}
		return append(l.cells(ctx, m), s.lasting(ctx, m.behind(l, m.dimensions()))), nil
	}
	return t, nil
}

// noMore is what follows the rows that came at once.
func noMore() ([]json.RawMessage, error) { return nil, nil }

// cells are a row of an answer for people.
func (l *FundingRowLine) cells(ctx context.Context, m *money) (out []string) {
	for _, d := range m.dimensions() {
		text, _ := l.name(ctx, d)
		out = append(out, text)
	}
	var beside []string
	for _, u := range l.Unconverted {
		beside = append(beside, unconvertedWords(ctx, u))
	}
	return append(out, string(l.Amount), string(l.SharedAmount), m.Currency, strings.Join(beside, many),
		strconv.Itoa(l.ActivityCount), strconv.Itoa(l.WithoutAmount), strconv.Itoa(l.Withheld), string(l.VerifiedShare))
}

// unconvertedWords is money without a rate, in its own currency.
func unconvertedWords(ctx context.Context, u *Unconverted) string {
	text := say.Amount(ctx, u.Amount, u.Currency)
	if u.Estimated {
		return say.T(ctx, "funding.unconverted.estimate", text)
	}
	return text
}

// linesTable is what stands behind a figure, as a file: each line of money with what became of it.
func (s *Site) linesTable(r *http.Request) (*table, error) {
	ctx := r.Context()
	f, err := askedFigure(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	page, err := s.explained(ctx, f, "")
	if err != nil {
		return nil, err
	}
	if err := fits(ctx, page.Total); err != nil {
		return nil, err
	}
	t := &table{path: "/funding/lines", title: say.T(ctx, "funding.title"), sums: []int{2, 6}, query: f.query(), rows: page.Lines, note: say.T(ctx, "funding.file.note", f.Currency)}
	for _, key := range []string{"funding.outcome", "funding.why", "field.amount", "funding.currency", "money.kind", "field.valueOn", "funding.converted", "money.from", "money.to", "field.reportedBy",
		"money.note", "nav.activities", "field.sources"} {
		t.head = append(t.head, say.T(ctx, key))
	}
	t.cells = func(raw json.RawMessage) ([]string, error) {
		l := &FundingWhy{}
		if err := json.Unmarshal(raw, l); err != nil {
			return nil, err
		}
		return s.whyCells(ctx, l), nil
	}
	t.more = func() ([]json.RawMessage, error) {
		if len(page.Lines) < downloadPage {
			return nil, nil
		}
		last := &FundingWhy{}
		if err := json.Unmarshal(page.Lines[len(page.Lines)-1], last); err != nil {
			return nil, err
		}
		if page, err = s.explained(ctx, f, last.Line.Id); err != nil {
			return nil, err
		}
		return page.Lines, nil
	}
	return t, nil
}

// explainedLines are a part of the lines behind a figure, as the API gives them.
type explainedLines struct {
	Total int
	Lines []json.RawMessage
}

func (s *Site) explained(ctx context.Context, f *figure, after string) (*explainedLines, error) {
	vars := f.variables()
	vars["by"], vars["cell"], vars["first"], vars["activities"] = append([]funding.Dimension{}, f.in...), f.cell, downloadPage, false
	if len(f.outcomes) > 0 {
		vars["outcomes"] = f.outcomes
	}
	if after != "" {
		vars["after"] = after
	}
	var data struct {
		WhoFundsWhatWhere struct {
			Row *struct{ Explain explainedLines }
		}
	}
	if err := s.raw(ctx, "FundingBehind", FundingBehind_Operation, vars, &data); err != nil {
		return nil, f.named(err)
	}
	if data.WhoFundsWhatWhere.Row == nil {
		return &explainedLines{}, nil
	}
	return &data.WhoFundsWhatWhere.Row.Explain, nil
}

// variables are those that all questions about money have.
func (m *money) variables() map[string]any {
	vars := map[string]any{"filter": m.filter(), "currency": m.Currency}
	if m.Kind != "" {
		vars["kind"] = m.Kind
	}
	return vars
}

// raw asks the API for what is passed on as it comes.
func (s *Site) raw(ctx context.Context, op, query string, vars map[string]any, data any) error {
	return said(s.api.MakeRequest(ctx, &graphql.Request{OpName: op, Query: query, Variables: vars}, &graphql.Response{Data: data}))
}

// whyCells are a line behind a figure for people.
func (s *Site) whyCells(ctx context.Context, l *FundingWhy) []string {
	f := l.Line
	var activities, sources []string
	for _, e := range f.Activities.Edges {
		activities = append(activities, e.Node.Title+" "+s.lasting(ctx, "/activities/"+e.Node.Key))
		for _, x := range e.Node.Sources {
			sources = append(sources, strings.TrimSpace(x.Title+" "+x.Url))
		}
	}
	if n := f.Activities.TotalCount - len(f.Activities.Edges); n > 0 {
		activities = append(activities, say.T(ctx, "browse.others", n))
	}
	slices.Sort(sources)
	return []string{say.Word(ctx, "FundingOutcome", l.Outcome), l.Sentence, string(f.Amount), f.Currency, kindWords(ctx, f.Kind), string(f.ValueOn), string(l.Amount),
		partyCell(ctx, f, "provider", f.Provider), partyCell(ctx, f, "receiver", f.Receiver), say.Word(ctx, "FundingReporter", f.ReportedBy), f.Note,
		strings.Join(activities, many), strings.Join(slices.Compact(sources), many)}
}

// partyCell is who gives or receives; a file tells withheld from unknown, too.
func partyCell(ctx context.Context, f *FundingSource, field string, who *ActorLink) string {
	if who == nil && hidden(f.Withheld, field) {
		return say.T(ctx, "record.withheld.one")
	}
	return partyName(who)
}

// partyName is who gives or receives; "" where that is not known.
func partyName(a *ActorLink) string {
	if a == nil {
		return ""
	}
	return actorName(a)
}

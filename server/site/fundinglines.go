package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"adam/internal/fault"
	"adam/internal/funding"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// figure is one figure of an answer, as an address names it: the answer, the row's place, and the outcomes of lines.
type figure struct {
	*money
	in       []funding.Dimension // that the row is told apart by; none for the whole answer
	cell     map[string]any
	outcomes []funding.Outcome
}

// askedFigure reads an address.
func askedFigure(ctx context.Context, q url.Values) (*figure, error) {
	m, err := askedMoney(ctx, q)
	if err != nil {
		return nil, err
	}
	f := &figure{money: m, cell: map[string]any{}}
	for _, name := range funding.Dimension("").Values() {
		d := funding.Dimension(name)
		if !q.Has(inName(d)) {
			continue
		}
		f.in = append(f.in, d)
		v := strings.TrimSpace(q.Get(inName(d)))
		m.beside.Set(inName(d), v)
		if v == "" {
			continue
		}
		if f.cell[cellField(d)] = v; d == funding.ByYear {
			year, err := strconv.Atoi(v)
			if err != nil {
				return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "browse.wrong.year", term.Clip(v))).At(inName(d))
			}
			f.cell[cellField(d)] = year
		}
	}
	all, err := coded[funding.Outcome]("outcome", "outcomes", "funding.outcome", "FundingOutcome").read(ctx, q)
	if err != nil {
		return nil, err
	}
	f.outcomes = codesFrom[funding.Outcome](all)
	if len(all) > 0 {
		m.beside["outcome"] = all
	}
	return f, nil
}

// cellField is the name of a dimension in the API's FundingCellInput.
func cellField(d funding.Dimension) string {
	if d == funding.ByAssistance {
		return "assistanceType"
	}
	return strings.ToLower(string(d))
}

// behind reads a part of what stands behind the figure; nil where nothing does.
func (s *Site) behind(ctx context.Context, f *figure, first int, after, from string) (*FundingFigureRow, error) {
	filter, in := f.filter(), f.in
	if in == nil {
		in = []funding.Dimension{}
	}
	found, err := FundingBehind(ctx, s.api, &filter, f.Kind, f.Currency, in, &f.cell, f.outcomes, first, after, from, true)
	if err != nil {
		return nil, f.named(said(err))
	}
	return found.WhoFundsWhatWhere.Row, nil
}

// FundingLines is what stands behind one figure of who funds what where: GET /funding/lines. It tells each line of money
// with what became of it, and each activity, also those without an amount, with their sources.
func (s *Site) FundingLines(r *http.Request) (*ui.Page, error) {
	ctx, q := r.Context(), r.URL.Query()
	f, err := askedFigure(ctx, q)
	if err != nil {
		return nil, err
	}
	row, err := s.behind(ctx, f, browsePage, q.Get("after"), q.Get("activity"))
	if err != nil {
		return nil, err
	}
	v := &figureView{figure: f, FundingFigureRow: row}
	if v.Title = say.T(ctx, "funding.whole"); row != nil {
		v.place(ctx, q)
	}
	return &ui.Page{Title: v.Title, Kicker: say.T(ctx, "funding.title"), Wide: true, Body: figurePage(v),
		Crumbs: []ui.Link{{Text: say.T(ctx, "funding.title"), Path: v.answer()}}}, nil
}

type figureView struct {
	*figure
	*FundingFigureRow        // nil where nothing stands there
	Title             string // whose figure it is
	NextLines         string // the address of the lines that follow; "" where none do
	NextActivities    string
}

// place says whose figure it is, and where it goes on.
func (v *figureView) place(ctx context.Context, q url.Values) {
	var words []string
	for _, d := range v.in {
		text, named := v.FundingRowLine.name(ctx, d)
		if named {
			text = ui.Isolated(text)
		}
		words = append(words, text)
	}
	if len(words) > 0 {
		v.Title = strings.Join(words, say.T(ctx, "list.comma"))
	}
	on := v.query()
	if n := len(v.Explain.Lines); n == browsePage {
		on.Set("after", v.Explain.Lines[n-1].Line.Id)
		v.NextLines = at("/funding/lines", on)
		on.Del("after")
	}
	if n := len(v.Activities); n == 100 {
		on.Set("activity", v.Activities[n-1].Key)
		v.NextActivities = at("/funding/lines", on)
	}
}

// answer is the address of the answer that the figure stands in.
func (v *figureView) answer() string {
	q := v.query()
	for name := range q {
		if strings.HasPrefix(name, "in-") || name == "outcome" {
			q.Del(name)
		}
	}
	return at("/funding", q)
}

// outcomeTabs are all lines, and those of one outcome, with their addresses.
func (v *figureView) outcomeTabs(ctx context.Context) []kindTab {
	q := v.query()
	q.Del("outcome")
	out := []kindTab{{Text: say.T(ctx, "funding.outcome.all"), Path: at("/funding/lines", q), On: len(v.outcomes) == 0}}
	for _, code := range funding.Outcome("").Values() {
		q.Set("outcome", code)
		out = append(out, kindTab{Text: say.Word(ctx, "FundingOutcome", code), Path: at("/funding/lines", q), On: slices.Contains(v.outcomes, funding.Outcome(code))})
	}
	return out
}

// stated are the amounts of an activity's lines in words, as they were reported.
func (a *FundingActivity) stated(ctx context.Context) []string {
	var out []string
	if hidden(a.Withheld, "fundings") {
		out = append(out, say.T(ctx, "record.withheld.one"))
	}
	for _, e := range a.Fundings.Edges {
		switch f := e.Node; {
		case slices.Contains(f.Withheld, "amount"):
			out = append(out, say.T(ctx, "record.withheld.one"))
		case f.Amount != "":
			out = append(out, say.T(ctx, "funding.stated", say.Amount(ctx, f.Amount, f.Currency), kindWords(ctx, f.Kind)))
		}
	}
	return out
}

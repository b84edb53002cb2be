package site

import (
	"context"

	"adam/internal/exchange/iati"
	"adam/internal/funding"
	"adam/internal/term"

	"fmt"
)

// moneyLines puts lines of money into activities, each line once: as the totals of who funds what where count them. What
// totals set aside stays out, and a line that pays for several activities stands in the first that is written.
type moneyLines struct {
	s     *Site
	aside map[string]funding.Outcome // by the id of a line
	paid  map[string]bool            // lines for several activities that have been written
	here  []string                   // of those, the lines of the activity at hand
	notes []string
}

// moneyOf asks which lines the totals of a filter set aside. Sums without a kind are counted with commitments.
func (s *Site) moneyOf(ctx context.Context, filter map[string]any) (*moneyLines, error) {
	m := &moneyLines{s: s, aside: map[string]funding.Outcome{}, paid: map[string]bool{}}
	for _, kind := range []term.FundingKind{"", term.Budget, term.Pledge, term.Disbursement, term.Expenditure} {
		for after := ""; ; {
			found, err := LinesSetAside(ctx, s.api, &filter, kind, after)
			if err != nil {
				return nil, said(err)
			}
			lines := found.WhoFundsWhatWhere.Explain.Lines
			for _, l := range lines {
				m.aside[l.Line.Id], after = l.Outcome, l.Line.Id
			}
			if len(lines) < 100 {
				break
			}
		}
	}
	return m, nil
}

// put puts the lines of an activity into it.
func (m *moneyLines) put(ctx context.Context, a *ActivityExported, out *iati.Activity) error {
	m.here, m.notes = nil, nil
	for page := a.Fundings; ; {
		for _, e := range page.Edges {
			m.line(a, e.Node, out)
		}
		if !page.PageInfo.HasNextPage {
			return nil
		}
		more, err := MoneyOfActivity(ctx, m.s.api, a.Key, page.PageInfo.EndCursor)
		if err != nil {
			return said(err)
		}
		if more.Activity == nil {
			return fmt.Errorf("the activity %s is gone while its money is read", a.Key)
		}
		page = more.Activity.Fundings
	}
}

// written says that the activity at hand was written, and gives what is to be said of its money.
func (m *moneyLines) written() []string {
	for _, id := range m.here {
		m.paid[id] = true
	}
	return m.notes
}

// line puts one line into an activity, or notes why it stays out. A line without an amount says nothing that IATI has a
// place for.
func (m *moneyLines) line(a *ActivityExported, l *ExportedLine, out *iati.Activity) {
	if l.Amount == "" {
		return
	}
	why := ""
	switch outcome, aside := m.aside[l.Id]; {
	case aside:
		why = map[funding.Outcome]string{funding.Estimated: "a third party stated it, or it is an estimate"}[outcome]
		if why == "" {
			why = "its money counts with another line"
		}
	case !a.Countable || !l.Countable:
		why = "its reporter does not allow it to be counted"
	case m.paid[l.Id]:
		why = "it pays for several activities and stands in another one"
	}
	if why != "" {
		m.notes = append(m.notes, fmt.Sprintf("a sum of %s %s is left out: %s", l.Amount, l.Currency, why))
		return
	}
	if l.Activities.TotalCount > 1 {
		m.here = append(m.here, l.Id)
	}
	l.into(out)
}

// into writes a line as IATI does: a budget for its year, anything else as a transaction.
func (l *ExportedLine) into(out *iati.Activity) {
	value := iati.Money{Exact: l.Amount, Currency: l.Currency, On: l.ValueOn}
	if l.Kind == term.Budget { // a line of a budget is of a year (decision 035)
		year := l.ValueOn[:min(len(l.ValueOn), len("2009"))]
		out.Budgets = append(out.Budgets, iati.Budget{Type: "1", Start: year, End: year, Value: value})
		return
	}
	text := l.Note
	if l.Activities.TotalCount > 1 {
		text = together(text, fmt.Sprintf("It pays for %d activities, and stands in this one only.", l.Activities.TotalCount))
	}
	if l.Kind == "" {
		text = together(text, "Whether this is a commitment was not stated.")
	}
	kind := map[term.FundingKind]string{"": "2", term.Commitment: "2", term.Disbursement: "3", term.Expenditure: "4", term.Pledge: "12"}[l.Kind]
	out.Transactions = append(out.Transactions, iati.Transaction{Ref: l.Id, Type: kind, On: l.ValueOn, Value: value, Description: inEnglish(text), Provider: l.Provider.org(), Receiver: l.Receiver.org()})
}

// together are two sentences, of which the first may be missing.
func together(first, second string) string {
	if first == "" {
		return second
	}
	return first + " " + second
}

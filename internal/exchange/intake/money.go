package intake

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/term"
)

// Line is one line of money. Unknown is not zero: a sum that could not be read leaves a line without an amount, and its
// note says what stood there.
type Line struct {
	Kind     term.FundingKind
	Amount   *term.Amount         `json:",omitempty"`
	Currency string               `json:",omitempty"`
	On       term.PartialDate     `json:",omitempty"`
	Provider Org                  `json:",omitzero"`
	Receiver Org                  `json:",omitzero"`
	By       term.FundingReporter `json:",omitempty"`
	State    string               `json:",omitempty"` // all of it is for this State
	Note     string               `json:",omitempty"`
	Incoming bool                 `json:",omitempty"` // it is the money that its provider reports as going out
	From     string               `json:",omitempty"` // the provider's own activity that paid it
}

// money is what the catalogue counts of an activity: transactions, and the budgets that stand. Money that comes in stands
// first, since what goes out may be the same.
func (d *Draft) money(a *iati.Activity, has func(string) bool) []Line {
	var lines []Line
	for _, t := range a.Transactions {
		if l, ok := d.transaction(t, has); ok {
			lines = append(lines, l)
		}
	}
	lines = append(lines, d.budgets(a.CurrentBudgets())...)
	slices.SortStableFunc(lines, func(x, y Line) int {
		return cmp.Compare(later(x), later(y))
	})
	return lines
}

func later(l Line) int {
	if l.Incoming {
		return 0
	}
	return 1
}

// transaction is the line of a transaction; false for a type that the catalogue does not count.
func (d *Draft) transaction(t iati.Transaction, has func(string) bool) (Line, bool) {
	kind, incoming, ok := iati.KindOf(t.Type)
	if !ok {
		return Line{}, false
	}
	l := Line{Kind: kind, On: cmp.Or(t.Value.On, t.On), Incoming: incoming, Note: short(t.Description.In("en"), longTitle)}
	l.sum(t.Value)
	if t.Provider != nil {
		l.Provider = orgOf(t.Provider.Ref, t.Provider.Type, t.Provider.Name)
		if incoming && t.Provider.ActivityID != d.Identifier && len(t.Provider.ActivityID) <= longIdentifier {
			l.From = t.Provider.ActivityID
		}
	}
	if t.Receiver != nil {
		l.Receiver = orgOf(t.Receiver.Ref, t.Receiver.Type, t.Receiver.Name)
	}
	d.sides(&l)
	if len(t.Countries) == 1 && len(t.Regions) == 0 {
		if code := iati.Alpha3(t.Countries[0].Code); code != "" && has(code) {
			l.State = code
		}
	}
	return l, true
}

// sides fills in the side that IATI leaves out: the publisher, where the activity is its own work, else the one
// organisation that funds it. Who says what goes out is its donor, who says what comes in its implementer.
func (d *Draft) sides(l *Line) {
	switch {
	case l.Incoming && !l.Receiver.known() && d.rank() > 0:
		l.Receiver = d.Publisher
	case !l.Incoming && !l.Provider.known():
		l.Provider = d.payer()
	}
	switch {
	case d.Secondary:
		l.By = term.ReportedByThirdParty
	case same(l.Provider, d.Publisher):
		l.By = term.ReportedByDonor
	case same(l.Receiver, d.Publisher):
		l.By = term.ReportedByImplementer
	default:
		l.By = term.ReporterUnknown
	}
}

// same says whether a file names one organisation twice.
func same(x, y Org) bool {
	if x.Ref != "" && y.Ref != "" {
		return x.Ref == y.Ref
	}
	return x.Name != "" && x.Name == y.Name
}

// payer is who pays where nobody is named.
func (d *Draft) payer() Org {
	var funders []Org
	for _, p := range d.Parties {
		if same(p.Org, d.Publisher) && !d.Secondary {
			return d.Publisher
		}
		if p.Role == term.Funding {
			funders = append(funders, p.Org)
		}
	}
	switch {
	case len(funders) == 1:
		return funders[0]
	case len(d.Parties) == 0 && !d.Secondary:
		return d.Publisher
	}
	return Org{}
}

// sum puts an amount into a line. Without a currency it says nothing: what stood there goes into the note.
func (l *Line) sum(m iati.Money) {
	amount, fine, ok := m.Amount()
	known := currency(m.Currency)
	if known {
		l.Currency = m.Currency
	}
	switch stood := strings.TrimSpace(cmp.Or(m.Raw, string(m.Exact)) + " " + m.Currency); {
	case ok && known:
		l.Amount = &amount
		if !fine {
			l.Note = note(l.Note, "The file says "+stood+".")
		}
	case stood != "":
		l.Note = note(l.Note, "The file says “"+term.Clip(stood)+"”, which is no sum with a currency.")
	}
}

func note(texts ...string) string { return strings.TrimSpace(strings.Join(texts, " ")) }

// currency tells three capitals, as ISO 4217 has them.
func currency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// budgets are lines of the budgets that stand, one for each year and currency: IATI wants budgets of at most a year, and
// publishes quarters too. Of budgets that overlap each stays a line of its own, and the newest counts (decision 025).
func (d *Draft) budgets(all []iati.Budget) []Line {
	var lines []Line
	type of struct {
		year     int
		currency string
	}
	last := map[of]term.Date{}
	at := map[of]int{}
	slices.SortStableFunc(all, func(x, y iati.Budget) int { return cmp.Compare(x.Start.First(), y.Start.First()) })
	for _, b := range all {
		l := Line{Kind: term.Budget, On: cmp.Or(b.Start, b.Value.On), Note: period(b)}
		l.sum(b.Value)
		key := of{b.Start.Year(), l.Currency}
		i, met := at[key]
		if met && l.Amount != nil && lines[i].Amount != nil && b.Start.First() > last[key] && b.Start != "" && b.End != "" {
			if sum, fits := added(*lines[i].Amount, *l.Amount); fits {
				lines[i].Amount, lines[i].Note, last[key] = &sum, short(note(lines[i].Note, l.Note), longTitle), b.End.Last()
				continue
			}
		}
		if !met && b.Start != "" && b.End != "" {
			at[key], last[key] = len(lines), b.End.Last()
		}
		l.By = term.ReportedByDonor
		if l.Provider = d.payer(); d.Secondary {
			l.By = term.ReportedByThirdParty
		} else if !same(l.Provider, d.Publisher) {
			l.By = term.ReporterUnknown
		}
		lines = append(lines, l)
	}
	return lines
}

func period(b iati.Budget) string {
	what := "Budget"
	if b.Type == "2" {
		what = "Revised budget"
	}
	if b.Status == "1" {
		what += ", indicative"
	}
	switch {
	case b.Start != "" && b.End != "":
		return fmt.Sprintf("%s, %s to %s.", what, b.Start, b.End)
	case b.Start != "":
		return fmt.Sprintf("%s, from %s.", what, b.Start)
	}
	return what + "."
}

// upstreams gives for each line the place of the one of the same activity that paid for it; -1 for none. What goes out was
// paid by what came in, in the same kind: by date, until that is used up; the line that crosses the border was paid by it
// too, since a total that is too small says so and one that is too large could not (decision 025). Where nothing came in in
// its currency but something did in another one, that paid for it: how much of it nobody can say.
func upstreams(lines []Line) []int {
	type of struct {
		kind     term.FundingKind
		currency string
	}
	left, came, out := map[of]term.Amount{}, map[of][]int{}, make([]int, len(lines))
	byDate := make([]int, len(lines))
	for i := range lines {
		out[i], byDate[i] = -1, i
	}
	slices.SortStableFunc(byDate, func(i, j int) int { return cmp.Compare(lines[i].On, lines[j].On) })
	for _, i := range byDate {
		if l := &lines[i]; l.Incoming && l.Amount != nil {
			key := of{l.Kind, l.Currency}
			left[key], _ = added(left[key], *l.Amount)
			came[key], came[of{l.Kind, ""}] = append(came[key], i), append(came[of{l.Kind, ""}], i)
		}
	}
	for _, i := range byDate {
		l := &lines[i]
		if l.Incoming || l.Amount == nil || l.Kind == term.Budget {
			continue
		}
		payers := came[of{l.Kind, l.Currency}]
		switch key := (of{l.Kind, l.Currency}); {
		case len(payers) == 0:
			payers = came[of{l.Kind, ""}]
		case left[key] <= 0:
			continue
		default:
			left[key] -= *l.Amount
		}
		if len(payers) > 0 {
			after, _ := slices.BinarySearchFunc(payers, l.On, func(j int, on term.PartialDate) int {
				if lines[j].On > on {
					return 1
				}
				return -1
			})
			out[i] = payers[max(0, after-1)] // the last that had come by then
		}
	}
	return out
}

// added is the sum of two amounts; the largest that there is, and false, where it is larger.
func added(x, y term.Amount) (term.Amount, bool) {
	sum := x + y
	if x > 0 && y > 0 && sum < 0 {
		return math.MaxInt64, false
	}
	return sum, true
}

package site

import (
	"cmp"
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

	"github.com/Khan/genqlient/graphql"
)

// How many rows and columns of an answer stand on a page; files have all.
const (
	mostFundingRows    = 50
	mostFundingColumns = 20
)

// fundingList is what the money of activities can be filtered by: what activities can.
var fundingList = &listing{path: "/funding", title: "funding.title", params: activitiesList.params, dated: true, sorts: []sorting{{}}}

// money is what an address asks of who funds what where: of which activities, told apart by what, in which currency.
type money struct {
	*chosen
	By, Across funding.Dimension // Across is "" where there are no columns
	Kind       term.FundingKind  // "" for commitments and what was stated without a kind
	Currency   string
}

// askedMoney reads an address. What it does not know is refused with the name of the parameter.
func askedMoney(ctx context.Context, q url.Values) (*money, error) {
	c, err := fundingList.choose(ctx, q)
	if err != nil {
		return nil, err
	}
	m := &money{chosen: c, By: funding.ByDonor, Across: funding.ByTheme, Currency: "USD"}
	if v := q.Get("currency"); v != "" {
		m.Currency = strings.ToUpper(strings.TrimSpace(v))
	}
	if err := oneOf(ctx, q, "by", "funding.by", &m.By); err != nil {
		return nil, err
	}
	if q.Get("across") == "none" || m.By == funding.ByTheme && !q.Has("across") {
		m.Across = ""
	} else if err := oneOf(ctx, q, "across", "funding.across", &m.Across); err != nil {
		return nil, err
	}
	if m.Across == m.By {
		return nil, fault.New(fault.Invalid, "%s", say.T(ctx, "funding.wrong.twice")).At("across")
	}
	if err := oneOf(ctx, q, "kind", "money.kind", &m.Kind); err != nil {
		return nil, err
	}
	c.beside = m.said()
	return m, nil
}

// oneOf reads one code of a list, where the address has one.
func oneOf[C interface {
	~string
	Values() []string
}](ctx context.Context, q url.Values, name, key string, into *C) error {
	p := coded[C](name, name, key, "")
	all, err := p.read(ctx, q)
	if err == nil && len(all) > 0 {
		*into = C(all[0])
	}
	return err
}

// said is how an address says what is not the usual answer.
func (m *money) said() url.Values {
	q := url.Values{}
	if m.By != funding.ByDonor {
		q.Set("by", string(m.By))
	}
	switch {
	case m.Across == "" && m.By != funding.ByTheme:
		q.Set("across", "none")
	case m.Across != "" && m.Across != funding.ByTheme:
		q.Set("across", string(m.Across))
	}
	if m.Kind != "" {
		q.Set("kind", string(m.Kind))
	}
	if m.Currency != "USD" {
		q.Set("currency", m.Currency)
	}
	return q
}

// dimensions are what the cells of the answer are told apart by.
func (m *money) dimensions() []funding.Dimension {
	if m.Across == "" {
		return []funding.Dimension{m.By}
	}
	return []funding.Dimension{m.By, m.Across}
}

// Funding is who funds what where: GET /funding. Each sum counts once; a total stands beside what it leaves out; every
// figure leads to what stands behind it.
func (s *Site) Funding(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	m, err := askedMoney(ctx, r.URL.Query())
	if err != nil {
		return nil, err
	}
	found, err := m.matrix(ctx, s.api)
	if err != nil {
		return nil, m.named(said(err))
	}
	v := &moneyView{money: m, FundingMatrixResponse: found}
	v.Groups, v.Chips = m.groups(ctx, found.Activities.Facets), m.chips(ctx, namesOf(found.Activities.Facets))
	return &ui.Page{Title: say.T(ctx, "funding.title"), Wide: true, Body: fundingPage(v)}, nil
}

// matrix asks for the answer; without the counts of the filter where counting them takes longer than anybody waits.
func (m *money) matrix(ctx context.Context, api graphql.Client) (*FundingMatrixResponse, error) {
	across, filter := []funding.Dimension{}, m.filter()
	if m.Across != "" {
		across = append(across, m.Across)
	}
	with := func(counts bool) (*FundingMatrixResponse, error) {
		return FundingMatrix(ctx, api, &filter, m.Kind, m.Currency, []funding.Dimension{m.By}, across, m.dimensions(), m.Across != "", m.most(), counts)
	}
	found, err := with(true)
	if f := fault.As(said(err)); f != nil && f.Kind == fault.Limit && !slices.Contains(f.Fields, "by") { // which would be as many rows again
		return with(false)
	}
	return found, err
}

type moneyView struct {
	*money
	*FundingMatrixResponse
	Chips  []chip
	Groups []*group
}

// rows are those that the page shows, the largest first; years in their order.
func (v *moneyView) rows() []*FundingRowLine { return inOrder(v.By, v.Lines.Rows, mostFundingRows) }

// columns are those of the matrix.
func (v *moneyView) columns() []*FundingRowLine {
	if v.Heads == nil {
		return nil
	}
	return inOrder(v.Across, v.Heads.Rows, mostFundingColumns)
}

// more says how many rows and columns a page leaves out.
func (v *moneyView) more() (rows, columns int) {
	if v.Heads != nil {
		columns = max(0, len(v.Heads.Rows)-mostFundingColumns)
	}
	return max(0, len(v.Lines.Rows)-mostFundingRows), columns
}

// inOrder is how rows stand on a page: the largest ones, years one after another.
func inOrder(by funding.Dimension, all []*FundingRowLine, most int) []*FundingRowLine {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b *FundingRowLine) int {
		return cmp.Or(ratOf(b.Amount).Cmp(ratOf(a.Amount)), ratOf(b.SharedAmount).Cmp(ratOf(a.SharedAmount)), b.ActivityCount-a.ActivityCount)
	})
	out = out[:min(len(out), most)]
	if by == funding.ByYear {
		slices.SortFunc(out, func(a, b *FundingRowLine) int { return a.Year - b.Year })
	}
	return out
}

// table finds the cells of the matrix by their places.
func (v *moneyView) table() map[[2]string]*FundingRowLine {
	out := map[[2]string]*FundingRowLine{}
	if v.Cells != nil {
		for _, c := range v.Cells.Rows {
			out[[2]string{c.at(v.By), c.at(v.Across)}] = c
		}
	}
	return out
}

// at is the place of a row in a dimension, as addresses and the API have it; "" where it is not known.
func (l *FundingRowLine) at(by funding.Dimension) string {
	switch {
	case by == funding.ByDonor && l.Donor != nil:
		return l.Donor.Key
	case by == funding.ByImplementer && l.Implementer != nil:
		return l.Implementer.Key
	case by == funding.ByState && l.State != nil:
		return l.State.Code
	case by == funding.ByTheme:
		return string(l.Theme)
	case by == funding.ByAssistance:
		return string(l.AssistanceType)
	case by == funding.ByYear && l.Year != 0:
		return strconv.Itoa(l.Year)
	}
	return ""
}

// name says the place of a row in words; named is true for a name that a record has.
func (l *FundingRowLine) name(ctx context.Context, by funding.Dimension) (text string, named bool) {
	switch {
	case l.at(by) == "":
		return say.Word(ctx, "FundingNone", by), false
	case by == funding.ByDonor:
		return actorName(l.Donor), true
	case by == funding.ByImplementer:
		return actorName(l.Implementer), true
	case by == funding.ByState:
		return l.State.Name, true
	case by == funding.ByTheme:
		return say.Word(ctx, "ThemeGroup", l.Theme), false
	case by == funding.ByAssistance:
		return say.Word(ctx, "AssistanceType", l.AssistanceType), false
	}
	return l.at(by), false
}

// behind is the address of what stands behind a figure: of a row of some dimensions, of some outcomes; of the whole
// answer where the row is nil.
func (m *money) behind(l *FundingRowLine, by []funding.Dimension, outcomes ...funding.Outcome) string {
	q := m.query()
	for _, d := range by {
		q.Set(inName(d), l.at(d))
	}
	for _, o := range outcomes {
		q.Add("outcome", string(o))
	}
	return at("/funding/lines", q)
}

// inName is the name by which an address says a row's place in a dimension.
func inName(d funding.Dimension) string { return "in-" + strings.ToLower(string(d)) }

// aside are the outcomes of money that counts with another line.
var aside = []funding.Outcome{funding.Upstream, funding.SameActivity, funding.RevisedBudget, funding.ParentCounts}

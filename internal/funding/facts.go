// Package funding answers who funds what where: it adds up lines of money so that each sum counts once (rule 2 of the
// model), tells what it leaves out and why, and never splits a sum by guess. Its rules are pure; store.go reads the facts.
package funding

import (
	"math/big"

	"adam/internal/term"
)

// Activity is what is counted of an activity. One outside of the filter is only known as far as lines need it.
type Activity struct {
	ID           term.ID
	Key          string
	Counted      bool // the filter asks for it
	Verified     bool // today
	Hidden       bool // its lines of money exist, but the viewer may not see them
	Regional     bool // about the region as such
	Theme        term.ThemeGroup
	Assistance   []term.AssistanceType
	Donors       []term.ID
	Implementers []term.ID
	States       []Part

	until term.Date // to when it is verified; "" where it is not
}

// Part is a State where an activity takes place, with its stated share of the money; nil where none was stated.
type Part struct {
	State   term.ID
	Percent *big.Rat
}

// ThemePart is a stated share of a line for a theme.
type ThemePart struct {
	Theme   term.Theme
	Percent *big.Rat
}

// Line is what is counted of a line of money. One that pays for no activity of the filter is only known where it stands
// between others.
type Line struct {
	ID         term.ID
	Kind       term.FundingKind // "" where a sum was stated without a kind
	Amount     *term.Amount     // nil where unknown or withheld
	Withheld   bool             // the amount exists, but the viewer may not see it
	Currency   term.Currency    // "" where unknown
	ValueOn    term.PartialDate
	ReportedBy term.FundingReporter
	Provider   term.ID // 0 where unknown
	// HiddenProvider: who gives is known, but not to the viewer; so it is none of the donors that she sees.
	HiddenProvider bool
	Upstream       term.ID // the line that paid for this one; 0 where nobody said
	Position       int     // its place in the report that named it
	Activities     []term.ID
	States         []Part // stated shares of the line itself
	Themes         []ThemePart
}

// Facts are all that an answer rests on, as one viewer sees it.
type Facts struct {
	Activities []Activity
	Lines      []Line
	Parents    map[term.ID]term.ID // of activities, also of those that the filter does not ask for
	Upstream   map[term.ID]term.ID // of lines that the facts hold no more of
	Same       [][]term.ID         // activities that were decided to be one
	Rates      []Rate
}

// Rate is how many units of a currency a US dollar bought in a year.
type Rate struct {
	Currency term.Currency
	Year     int
	PerUSD   term.Decimal
	Source   string
}

// Dimension is what rows of an answer are told apart by.
type Dimension string

// The dimensions.
const (
	ByDonor       Dimension = "DONOR"
	ByImplementer Dimension = "IMPLEMENTER"
	ByState       Dimension = "STATE"
	ByTheme       Dimension = "THEME"
	ByAssistance  Dimension = "ASSISTANCE_TYPE"
	ByYear        Dimension = "YEAR"
)

// Values lists the dimensions.
func (Dimension) Values() []string {
	return []string{string(ByDonor), string(ByImplementer), string(ByState), string(ByTheme), string(ByAssistance), string(ByYear)}
}

// Query is what is asked. Without a kind: commitments, and what was stated without a kind.
type Query struct {
	By       []Dimension
	Kind     *term.FundingKind
	Currency term.Currency // of the answer
}

// wants says whether a line is of the kind that is asked for. Sums of two kinds are never added (rule 2).
func (q Query) wants(l *Line) bool {
	if q.Kind == nil {
		return l.Kind == "" || l.Kind == term.Commitment
	}
	return l.Kind == *q.Kind
}

func (q Query) by(d Dimension) bool {
	for _, asked := range q.By {
		if asked == d {
			return true
		}
	}
	return false
}

// Outcome is what became of a line in an answer.
type Outcome string

// The outcomes. Those from Upstream on are set aside: their money counts with another line.
const (
	Counted       Outcome = "COUNTED"
	NoRate        Outcome = "NO_RATE"
	Estimated     Outcome = "ESTIMATE"
	UnknownAmount Outcome = "AMOUNT_UNKNOWN"
	HiddenAmount  Outcome = "AMOUNT_WITHHELD"
	Upstream      Outcome = "UPSTREAM"
	SameActivity  Outcome = "SAME_ACTIVITY"
	RevisedBudget Outcome = "REVISED_BUDGET"
	ParentCounts  Outcome = "PARENT"
)

// Values lists the outcomes.
func (Outcome) Values() []string {
	return []string{string(Counted), string(NoRate), string(Estimated), string(UnknownAmount), string(HiddenAmount),
		string(Upstream), string(SameActivity), string(RevisedBudget), string(ParentCounts)}
}

// aside says whether the money of the line counts with another one.
func (o Outcome) aside() bool {
	return o == Upstream || o == SameActivity || o == RevisedBudget || o == ParentCounts
}

var sentences = map[Outcome]string{
	Counted:       "The line counts.",
	NoRate:        "The line counts in its own currency only: there is no rate for it, or no year of it is known.",
	Estimated:     "A third party stated the sum, or it is an estimate: it is shown apart and stands in no total.",
	UnknownAmount: "The amount is not known, which is not zero.",
	HiddenAmount:  "The amount exists, but you may not see it.",
	Upstream:      "The money comes from another line of this answer, one level up, and counts there.",
	SameActivity:  "The activity was decided to be the same as another one whose report of this money counts: the donor's before the implementer's before others, then that of the smallest key.",
	RevisedBudget: "A later budget for the same activities, provider and year counts in its place. Budgets do not say which one they revise, so that the one of the latest value date, then the last in its report, is taken.",
	ParentCounts:  "The activity is a part of one for which the same provider's money, or money of which one provider is not known, counts.",
}

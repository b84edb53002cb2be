// Package iati reads and writes the XML of the International Aid Transparency Initiative: activity files of the versions
// 1.01 to 1.05 and 2.01 to 2.03 in, activity and organisation files of 2.03 out. It knows nothing of the store: it gives
// and takes the plain structs of this file, in which codes are those of version 2.03 whatever the file wrote.
//
// Files come from strangers. Read holds one activity at a time, follows no entity and no DOCTYPE, and tells what it
// does not understand by line and element instead of guessing.
package iati

import (
	"slices"

	"adam/internal/term"
)

// Activity is one iati-activity. A code that is on no list stays as it was received; Lookup tells which those are.
type Activity struct {
	Line       int // in the file, where it begins
	Errors     int // how many of the report's errors are of this activity
	Old        bool
	Repeated   bool // an earlier activity of the file has its identifier and its reporter
	Identifier string
	Licence    string // of the file

	Language            string // of its texts where they say nothing else; "" where not stated
	Currency            string // of its sums where they say nothing else; "" where not stated
	LastUpdated         string // as received: an xsd:dateTime
	Hierarchy           string
	Humanitarian        string // true, false, 1, 0 or ""
	BudgetNotProvided   string
	Reporter            Reporter
	Title               Text
	Descriptions        []Description
	Participants        []Org
	OtherIdentifiers    []OtherIdentifier
	Status              string // ActivityStatus; "" where not stated
	Dates               []Date
	Contacts            []Contact
	Scope               string // ActivityScope
	Countries           []Place
	Regions             []Place
	Locations           []Location
	Sectors             []Sector
	Themes              []term.Theme // only of files that this catalogue wrote: they are no guess of the reader
	Tags                []Tag
	PolicyMarkers       []PolicyMarker
	CollaborationType   string
	FlowType            string
	FinanceType         string
	AidTypes            []Coded
	TiedStatus          string
	Budgets             []Budget
	PlannedDisbursement []Budget
	Transactions        []Transaction
	Documents           []Document
	Related             []Related
	Results             []Result
	Kept                []Kept
}

// Day is the first date of a type; "" where there is none. See Date.
func (a *Activity) Day(kind string) term.PartialDate {
	for _, d := range a.Dates {
		if d.Type == kind && d.On != "" {
			return d.On
		}
	}
	return ""
}

// CurrentBudgets are the budgets that count: where a revised one (2) is of the same period as an original one, it stands for
// it. Adding up both would count the money twice.
func (a *Activity) CurrentBudgets() []Budget {
	type period struct{ start, end term.PartialDate }
	revised := map[period]bool{}
	for _, b := range a.Budgets {
		if b.Type == "2" {
			revised[period{b.Start, b.End}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(a.Budgets), func(b Budget) bool {
		return b.Type != "2" && revised[period{b.Start, b.End}]
	})
}

// Narrative is a text in a language: an ISO 639-1 code, or "" where nothing is stated.
type Narrative struct{ Language, Text string }

// Text is one text in one or several languages.
type Text []Narrative

// In is the text in a language, else the first one; "" where there is none.
func (t Text) In(language string) string {
	for _, n := range t {
		if n.Language == language {
			return n.Text
		}
	}
	if len(t) > 0 {
		return t[0].Text
	}
	return ""
}

// Reporter is the organisation that publishes the record. Secondary says that the activity is not its own.
type Reporter struct {
	Ref, Type string
	Secondary bool
	Name      Text
}

// Org is an organisation with what it does: as a participant its Role, as the other side of a sum no role.
type Org struct {
	Ref, Type  string
	Role       string // OrganisationRole; "" for the sides of a sum
	ActivityID string // what the activity is called in that organisation's own records
	Name       Text
}

// Description is a text of a sort: 1 general, 2 objectives, 3 target groups, 4 other; "" where not stated.
type Description struct {
	Type string
	Text Text
}

// OtherIdentifier is what the activity or its reporter is called elsewhere.
type OtherIdentifier struct {
	Ref, Type string
	OwnerRef  string
	Owner     Text
}

// Date is a day of an activity, as far as it is known. Type is of ActivityDateType: 1 planned start, 2 actual start,
// 3 planned end, 4 actual end.
type Date struct {
	Type string
	On   term.PartialDate
	Raw  string // what stood there, where On could not be read
	Note Text
}

// Contact is whom to ask. It is for members only: whoever stores or shows it must keep it so.
type Contact struct {
	Type                                       string
	Organisation, Department, Person, JobTitle Text
	Telephones, Emails, Websites               []string
	Addresses                                  []Text
}

// Place is a State (Code is ISO 3166-1 alpha-2) or a region (Code of its Vocabulary; "" and 1 are the OECD DAC's).
type Place struct {
	Code          string
	Vocabulary    string // of regions only
	VocabularyURI string
	Percentage    term.Decimal // "" where not stated
	Name          Text
}

// Location is a spot within a State. It carries no share of the money.
type Location struct {
	Ref, Reach                       string
	IDs                              []Coded
	Name, Description, OfTheActivity Text
	Administrative                   []Administrative
	Point                            string // latitude and longitude, apart by a space
	Exactness, Class, Feature        string
}

// Administrative is an administrative area within a State.
type Administrative struct{ Code, Vocabulary, Level string }

// Coded is a code with the vocabulary that it is of.
type Coded struct{ Vocabulary, Code string }

// Sector is what an activity is about. Vocabulary is never empty: 1 are the OECD DAC's five digits.
type Sector struct {
	Vocabulary, VocabularyURI, Code string
	Percentage                      term.Decimal // "" where not stated
	Name                            Text
}

// Tag is a mark of a vocabulary, without a share of the money.
type Tag struct {
	Vocabulary, VocabularyURI, Code string
	Name                            Text
}

// PolicyMarker says how far a policy is a purpose of the activity.
type PolicyMarker struct {
	Vocabulary, VocabularyURI, Code, Significance string
	Name                                          Text
}

// Money is a sum as it was stated.
type Money struct {
	Exact     term.Decimal // all digits, without needless zeros; "" where it is none
	Raw       string       // what stood there, where Exact could not be read
	Currency  string       // ISO 4217; "" where neither the sum nor the activity states one
	Defaulted bool         // the currency is the activity's
	On        term.PartialDate
}

// Budget is a budget or a planned disbursement of a period. Type: 1 original, 2 revised. Status: 1 indicative, 2 committed.
type Budget struct {
	Line               int
	Type, Status       string
	Start, End         term.PartialDate
	Value              Money
	Provider, Receiver *Org
}

// Transaction is one movement of money. Type is of TransactionType; see KindOf.
type Transaction struct {
	Line               int
	Ref, Humanitarian  string
	Type               string
	On                 term.PartialDate
	Value              Money
	Description        Text
	Provider, Receiver *Org
	Channel            string
	Sectors            []Sector
	Countries, Regions []Place
	FlowType           string
	FinanceType        string
	AidTypes           []Coded
	TiedStatus         string
}

// Document is a file or page about the activity.
type Document struct {
	URL, Format, On    string
	Title, Description Text
	Categories         []string
	Languages          []string
}

// Related is another activity: Type 1 is the parent, 2 a child, 3 a sibling, 4 co-funded, 5 the same by a third party.
type Related struct{ Ref, Type string }

// Result is what an activity has reached or wants to reach. Its indicators are in Kept.
type Result struct {
	Type               string
	Title, Description Text
}

// Kept is an element that the catalogue has no place for, as it was received.
type Kept struct {
	Element string
	Line    int
	XML     string
}

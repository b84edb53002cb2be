package table

import (
	"adam/internal/term"
)

// Draft is what rows say of one activity. Nothing of it was compared with a catalogue: States and organisations are as the file
// spells them.
type Draft struct {
	Sheet           string
	Row, Last       int // the rows that it was made of, as programs count them
	Title           string
	Acronym         string
	Summary         string
	Start, End      term.PartialDate
	States          []Place
	Donors          []string
	Implementers    []string
	Partners        []string
	Sums            []Sum
	Themes          []term.Theme
	AssistanceTypes []term.AssistanceType
	Audiences       []term.Audience
	Status          term.ActivityStatus // unknown where the file does not say
	Websites        []string
	Sources         []string
	Identifiers     []string
	Key             string // of the catalogue
	Notes           []string
	Kept            []Kept // what was not understood, as it stands
}

// Place is a State, or a place, of an activity.
type Place struct {
	Text  string
	Share term.Decimal // per cent of the activity; "" where none is stated
}

// Sum is one sum of money. The same sum is never given twice, also where its cell is merged over several rows.
type Sum struct {
	Cell      string           // where it stands
	Kind      term.FundingKind // "" where the file does not say
	Amount    term.Amount
	Currency  term.Currency
	Defaulted bool // the currency is the one of the mapping: the file names none
	On        term.PartialDate
}

// Kept is a text that was not understood.
type Kept struct {
	Field  Field
	Column string // its header
	Cell   string
	Text   string
}

// Package hxl writes who does what where (3W) and who funds what as tables with the hashtags of the Humanitarian Exchange
// Language 1.1, which clusters and OCHA's tools read. It knows no rights: what may be in a file is decided before.
//
// The rows of a 3W are one for each activity × State × implementing organisation, since that is what its readers count and
// map. So an activity stands in several rows: it is counted by #activity+id. Money is therefore never in a 3W: whoever adds
// up a column would count a sum as often as the activity has rows. It is in a table of its own, one row for each line of
// funding, and no line twice (rule 2 of the model).
package hxl

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"adam/internal/exchange/table"
	"adam/internal/term"
)

// Activity is an activity as a 3W has it, in the words of its reader.
type Activity struct {
	ID           string // its key, the same for ever
	Title        string
	Themes       []string
	Assistance   []string // the types of assistance
	States       []State
	Region       string // of an activity for a region as a whole; "" where it is none
	Donors       []string
	Implementers []string
	Start, End   term.PartialDate
	Status       string
	Address      string // of its page
	Updated      term.Date
	Licences     []string // under which its sources were given
}

// State is a State by its ISO 3166-1 alpha-3 code and its UN short name.
type State struct{ Code, Name string }

// column is a column of a table: its header for people, and its hashtag.
type column struct{ name, tag string }

// whoDoesWhatWhere are the columns of a 3W. The donor has both attributes that are in use for it: tools that look for either find it.
var whoDoesWhatWhere = []column{
	{"Activity", "#activity+id"}, {"Title", "#activity+title"}, {"Implementing organisation", "#org+impl+name"}, {"Funding organisations", "#org+funder+funding+name+list"},
	{"Theme", "#sector+name+list"}, {"Type of assistance", "#subsector+name+list"}, {"Country code", "#country+code+v_iso3"}, {"Country", "#country+name"}, {"Region", "#region+name"},
	{"Start", "#date+start"}, {"End", "#date+end"}, {"Status", "#status"}, {"Page", "#meta+url"}, {"Updated", "#date+updated"}, {"Licences of sources", "#meta+licence+list"},
}

// Write3W writes a 3W as CSV: a row of headers, a row of hashtags, and the rows. An activity of which no State or no
// implementing organisation is known has one row all the same, with an empty cell: it is not left out. An error of activities
// ends the writing and comes back as it is.
func Write3W(w io.Writer, activities iter.Seq2[Activity, error]) error {
	return write(w, whoDoesWhatWhere, func(yield func([]string, error) bool) {
		for a, err := range activities {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, s := range orOne(a.States) {
				for _, who := range orOne(a.Implementers) {
					if !yield([]string{a.ID, a.Title, who, list(a.Donors), list(a.Themes), list(a.Assistance), s.Code, s.Name, a.Region, string(a.Start), string(a.End), a.Status, a.Address, string(a.Updated), list(a.Licences)}, nil) {
						return
					}
				}
			}
		}
	})
}

// orOne is what there is, or one that says nothing.
func orOne[T any](all []T) []T {
	if len(all) == 0 {
		return make([]T, 1)
	}
	return all
}

// Money is one line of funding. A line may pay for several activities: then it is still one row.
type Money struct {
	ID         string // of the line, the same for ever
	Activities []string
	Provider   string
	Receiver   string // "" where it is not stated
	Kind       string // budget, pledge, commitment, disbursement, expenditure; kinds are not to be added up
	Amount     *term.Amount
	Currency   term.Currency
	On         term.PartialDate // of its value
	Reporter   string           // who stated it: estimates and third parties stay out of totals
	Outcome    string           // what became of it in totals: whoever adds up takes those that count
	Address    string
}

var whoFundsWhat = []column{
	{"Line", "#meta+id"}, {"Activities", "#activity+id+list"}, {"Funding organisation", "#org+funder+funding+name"}, {"Receiving organisation", "#org+recipient+name"},
	{"Kind of sum", "#meta+kind"}, {"Amount", "#value+funding"}, {"Currency", "#currency+code"}, {"Value date", "#date+value"}, {"Stated by", "#meta+reporter"}, {"In totals", "#meta+outcome"}, {"Page", "#meta+url"},
}

// WriteMoney writes who funds what as CSV, one row for each line. An amount that is not known is an empty cell, never nought. An
// error of lines ends the writing and comes back as it is.
func WriteMoney(w io.Writer, lines iter.Seq2[Money, error]) error {
	return write(w, whoFundsWhat, func(yield func([]string, error) bool) {
		for m, err := range lines {
			amount := ""
			if m.Amount != nil {
				amount = m.Amount.String()
			}
			if !yield([]string{m.ID, list(m.Activities), m.Provider, m.Receiver, m.Kind, amount, string(m.Currency), string(m.On), m.Reporter, m.Outcome, m.Address}, err) || err != nil {
				return
			}
		}
	})
}

// write writes a table with its hashtags under the headers.
func write(w io.Writer, columns []column, rows iter.Seq2[[]string, error]) error {
	headings, tags := make([]table.Heading, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		headings[i].Name, tags[i] = c.name, c.tag
	}
	err := table.Write(w, table.CSV, table.About{}, headings, func(yield func([]string, error) bool) {
		if !yield(tags, nil) {
			return
		}
		rows(yield)
	})
	if err != nil {
		return fmt.Errorf("write HXL: %w", err)
	}
	return nil
}

// list is several values in one cell, as the attribute +list wants them.
func list(all []string) string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = strings.ReplaceAll(s, "|", "/")
	}
	return strings.Join(out, " | ")
}

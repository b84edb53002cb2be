package table

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/fault"
	"adam/internal/term"
)

// Field is what a column says of an activity.
type Field string

// The fields. Ignored is not read, and the report says so.
const (
	Ignored        Field = "IGNORED"
	Title          Field = "TITLE"
	Acronym        Field = "ACRONYM"
	Summary        Field = "SUMMARY"
	Start          Field = "START"
	End            Field = "END"
	Period         Field = "PERIOD" // start and end in one cell: 2009–2011
	State          Field = "STATE"
	Donor          Field = "DONOR"
	Implementer    Field = "IMPLEMENTER"
	Partner        Field = "PARTNER"
	Amount         Field = "AMOUNT"
	Currency       Field = "CURRENCY"
	ValueDate      Field = "VALUE_DATE"
	Theme          Field = "THEME"
	AssistanceType Field = "ASSISTANCE_TYPE"
	Audience       Field = "AUDIENCE"
	Status         Field = "STATUS"
	Website        Field = "WEBSITE"
	Source         Field = "SOURCE"
	Identifier     Field = "IDENTIFIER" // that its owner uses
	Key            Field = "KEY"        // by which the catalogue knows it
	Remark         Field = "NOTE"
)

// Fields lists the fields in the order in which they are offered.
func Fields() []Field {
	return []Field{Title, Acronym, Summary, Start, End, Period, State, Donor, Implementer, Partner, Amount, Currency, ValueDate, Theme,
		AssistanceType, Audience, Status, Website, Source, Identifier, Key, Remark, Ignored}
}

// DayOrder is in which order the numbers of a date such as 03/04/2009 stand.
type DayOrder string

// The orders. Where nobody says which, dates that can be read both ways are asked about.
const (
	DayFirst   DayOrder = "DAY_FIRST"
	MonthFirst DayOrder = "MONTH_FIRST"
)

// Mapping says what the columns of a spreadsheet mean. It is remembered by its fingerprint and holds for every file with the
// same headers, in whatever order.
type Mapping struct {
	Fingerprint string        `json:"fingerprint"`
	Columns     []Column      `json:"columns"`
	Currency    term.Currency `json:"currency,omitempty"` // of sums for which the file names none
	Decimal     string        `json:"decimal,omitempty"`  // the sign before decimals, . or ,; where it is "", 1,250 is asked about
	Days        DayOrder      `json:"days,omitempty"`
}

// Column is what one column means.
type Column struct {
	Name     string           `json:"name"` // its header
	Field    Field            `json:"field"`
	Means    string           `json:"means,omitempty"`    // of a column that is ticked, such as one for each State: what a tick says
	Kind     term.FundingKind `json:"kind,omitempty"`     // of an amount, where it is stated
	Currency term.Currency    `json:"currency,omitempty"` // of an amount
	Power    int              `json:"power,omitempty"`    // of an amount: 6 where it is in millions
	On       term.PartialDate `json:"on,omitempty"`       // of an amount: the year that its header names
}

// Header is the row of a sheet that says what its columns are.
type Header struct {
	Sheet string
	Row   int      // as programs count them, from 1
	Names []string // by column; "" where nothing stands
}

// Fingerprint tells headers with the same names, in any order.
func Fingerprint(h Header) string {
	var names []string
	for _, n := range h.Names {
		if f := folded(n); f != "" {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join(names, "\n")))
	return hex.EncodeToString(sum[:16])
}

// folded is a header as headers are compared: where it has no letter at all, by its signs.
func folded(name string) string {
	if f := cell.Fold(name); f != "" {
		return f
	}
	return strings.TrimSpace(name)
}

// mostHeader is how many rows are looked at for the header.
const mostHeader = 40

// Header finds the row of a sheet with the headers: the one of the first rows in which the most columns have a name that is
// known, else the first that is as wide as the widest. A sheet without one is INVALID.
func (b *Book) Header(sheet string) (Header, error) {
	var rows []Row
	for r, err := range b.rows(sheet, &Report{Counts: map[Sort]int{}}) {
		if err != nil {
			return Header{}, err
		}
		if rows = append(rows, r); len(rows) == mostHeader {
			break
		}
	}
	best, known, widest := -1, 1, 0
	for _, r := range rows {
		widest = max(widest, len(names(r)))
	}
	for i, r := range rows {
		if n := recognised(r); n > known {
			best, known = i, n
		}
	}
	for i := 0; best < 0 && i < len(rows); i++ {
		if len(names(rows[i])) == widest {
			best = i
		}
	}
	if best < 0 {
		return Header{}, b.broken(fault.New(fault.Invalid, "Nothing stands in the sheet “%s”. The first row is to say what the columns are, such as Title, Start, State.", term.Clip(sheet)))
	}
	return headerOf(sheet, rows[best]), nil
}

func headerOf(sheet string, r Row) Header {
	h := Header{Sheet: sheet, Row: r.Number}
	for _, c := range r.Cells {
		name := strings.Join(strings.Fields(c.Text), " ")
		if c.Merged != "" && len(h.Names) > 0 && c.Col > 0 && r.Cells[c.Col-1].Merged == c.Merged {
			name = "" // one header over several columns is that of the first
		}
		h.Names = append(h.Names, name)
	}
	return h
}

// names are the different texts of a row.
func names(r Row) map[string]bool {
	out := map[string]bool{}
	for _, c := range r.Cells {
		if c.Text != "" {
			out[c.Text] = true
		}
	}
	return out
}

// recognised is how many different fields the names of a row stand for.
func recognised(r Row) int {
	fields := map[string]bool{}
	for name := range names(r) {
		if at := guess(name); at >= 0 {
			fields[headers[at].code] = true
		}
	}
	return len(fields)
}

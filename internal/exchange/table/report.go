package table

import (
	"strconv"
	"strings"

	"adam/internal/exchange/cell"
	"adam/internal/term"
)

// Severity says what a problem means for the value.
type Severity string

// An Error could not be read; a Warning was read, but should be looked at; a Note says what was done, or left out.
const (
	Error   Severity = "ERROR"
	Warning Severity = "WARNING"
	Note    Severity = "NOTE"
)

// Sort is what a problem is about, for counting. Problem.Sentence is for people.
type Sort string

// The sorts of problems.
const (
	BadFile       Sort = "FILE"
	BadEncoding   Sort = "ENCODING"
	Macro         Sort = "MACRO"
	Link          Sort = "LINK"
	Remarks       Sort = "COMMENTS"
	HiddenSheet   Sort = "HIDDEN_SHEET"
	HiddenRow     Sort = "HIDDEN_ROW"
	Formula       Sort = "FORMULA"
	BadCell       Sort = "CELL" // an error of the program that made the file, such as #REF!
	Merged        Sort = "MERGED"
	BadHeader     Sort = "HEADER"
	IgnoredColumn Sort = "IGNORED_COLUMN"
	NoTitle       Sort = "NO_TITLE"
	TotalRow      Sort = "TOTAL"
	BadDate       Sort = "DATE"
	VagueDate     Sort = "VAGUE_DATE"
	OtherCalendar Sort = "CALENDAR"
	BadAmount     Sort = "AMOUNT"
	FineAmount    Sort = "FINE_AMOUNT" // more decimals than term.Amount holds
	Negative      Sort = "NEGATIVE"
	BadCurrency   Sort = "CURRENCY"
	BadPercentage Sort = "PERCENTAGE"
	UnknownCode   Sort = "CODE"
	LongText      Sort = "LONG_TEXT"
	Said          Sort = "UNKNOWN" // the cell says that it is not known
)

// Problem is one thing that is to be known of a file, told to people.
type Problem struct {
	Sort     Sort
	Severity Severity
	File     string
	Sheet    string // "" where it is of the whole file
	Row      int    // as programs count them, from 1; 0 where it is of the whole sheet
	Cell     string // such as C14; "" where it is of a whole row
	Column   string // the header over it
	Value    string // what stood there, shortened
	Sentence string // what was expected, or what was done
}

// String is the problem on one line.
func (p Problem) String() string {
	at, place := p.Cell, []string{}
	if at == "" && p.Row > 0 {
		at = "row " + strconv.Itoa(p.Row)
	}
	for _, s := range []string{p.File, p.Sheet, at, p.Column} {
		if s != "" {
			place = append(place, s)
		}
	}
	out := strings.Join(place, ", ")
	if p.Value != "" {
		out += " “" + p.Value + "”"
	}
	return out + ": " + p.Sentence
}

// Report is what was found in a file.
type Report struct {
	File     string
	Format   string // XLSX or CSV
	Encoding string // of CSV, in which it was read
	Rows     int    // with something in them, headers apart
	Problems []Problem
	Counts   map[Sort]int
	Errors   int
	Warnings int
	Notes    int
	most     int // problems of each sort that are told in full
}

func (r *Report) add(p Problem) {
	r.Counts[p.Sort]++
	switch p.Severity {
	case Error:
		r.Errors++
	case Warning:
		r.Warnings++
	default:
		r.Notes++
	}
	if r.Counts[p.Sort] <= r.most {
		p.File, p.Value, p.Column = r.File, term.Clip(p.Value), term.Clip(p.Column)
		r.Problems = append(r.Problems, p)
	}
}

// note tells something of the whole file.
func (r *Report) note(sort Sort, severity Severity, sheet, sentence string) {
	r.add(Problem{Sort: sort, Severity: severity, Sheet: sheet, Sentence: sentence})
}

// at tells something of a cell.
func (r *Report) at(c Cell, sheet string, sort Sort, severity Severity, sentence string) {
	r.add(Problem{Sort: sort, Severity: severity, Sheet: sheet, Row: c.Row, Cell: cell.Name(c.Row-1, c.Col), Value: c.Text, Sentence: sentence})
}

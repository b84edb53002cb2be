package iati

import (
	"strconv"
	"strings"

	"adam/internal/term"
)

// Severity says what a problem means for the record.
type Severity string

// An Error is something that could not be read, or that is wrong for certain; a Warning was read, but should be looked at.
const (
	Error   Severity = "ERROR"
	Warning Severity = "WARNING"
)

// Sort is what a problem is about, for counting. Problem.Sentence is for people.
type Sort string

// The sorts of problems.
const (
	BadIdentifier Sort = "IDENTIFIER" // none, or one with spaces
	Repeated      Sort = "REPEATED"   // an identifier that an earlier activity of the file has
	BadAmount     Sort = "AMOUNT"
	LargeAmount   Sort = "LARGE_AMOUNT" // exact, but more than term.Amount holds
	FineAmount    Sort = "FINE_AMOUNT"  // exact, but more decimals than term.Amount holds
	Negative      Sort = "NEGATIVE"
	BadCurrency   Sort = "CURRENCY"
	BadDate       Sort = "DATE"
	VagueDate     Sort = "PARTIAL_DATE" // a month, a year, or a day with a time
	BadPercentage Sort = "PERCENTAGE"
	BadTotal      Sort = "PERCENTAGE_TOTAL"
	UnknownCode   Sort = "CODE"
	OldCode       Sort = "WITHDRAWN_CODE"
	EmptyText     Sort = "EMPTY_TEXT"
	LostText      Sort = "ENCODING"
	BadVersion    Sort = "VERSION"
	BadShape      Sort = "SHAPE" // not as the schema of 2.03 wants it
	Missing       Sort = "MISSING"
)

// Problem is one thing that is wrong with a file, told to people.
type Problem struct {
	Sort     Sort
	Severity Severity
	File     string
	Line     int
	Path     string // such as iati-activity[3]/transaction[2]/value
	Activity string // its identifier, where known
	Value    string // what stood there, shortened
	Sentence string // what was expected
}

// String is the problem on one line.
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
	}
	b.WriteString(strconv.Itoa(p.Line) + ": " + p.Path)
	if p.Value != "" {
		b.WriteString(" “" + p.Value + "”")
	}
	return b.String() + ": " + p.Sentence
}

// Report is what was found in a file.
type Report struct {
	File          string
	Version       string // as the file says it
	Encoding      string // in which it was read
	Licence       string
	Generated     string
	Bytes         int64 // read from the file
	Activities    int
	Transactions  int
	Budgets       int
	Problems      []Problem // the first of each sort
	Counts        map[Sort]int
	Errors        int
	Warnings      int
	Kept          map[string]int // elements that are not held, by name; attributes with @
	Duplicates    int
	UncheckedFrom int // the activity from which on identifiers were no longer compared; 0 where all were
}

// Names are in the hand of strangers: one of a megabyte is sound XML.
const (
	mostName     = 200
	mostSentence = 600
)

// brief cuts a text to a number of bytes.
func brief(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

func (r *Report) add(p Problem, most int) {
	r.Counts[p.Sort]++
	if p.Severity == Error {
		r.Errors++
	} else {
		r.Warnings++
	}
	if r.Counts[p.Sort] <= most {
		p.File, p.Value = r.File, term.Clip(p.Value)
		p.Path, p.Sentence = brief(p.Path, mostSentence), brief(p.Sentence, mostSentence)
		r.Problems = append(r.Problems, p)
	}
}

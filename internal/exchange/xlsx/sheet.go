// Package xlsx is a review as a spreadsheet (XLSX): Write makes one for whoever is asked, Open and Read take it back. It
// knows no database and no rights: it writes what its caller was shown, and what it reads is an answer like any other,
// which the rules of reviews judge. Facts are locked and each row is signed, so that an answer is about what was read.
package xlsx

import (
	"time"

	"adam/internal/term"
)

// Review is what a spreadsheet asks about, in the words of its reader.
type Review struct {
	Code, Title string // of the chapter or the organisation: THA, Thailand
	Cycle       string // identifier of the review
	Year        int
	Edition     int // that changes are shown against; 0 where there is none
	Made        time.Time
	Due         term.Date // the last day to answer, in Zone
	Zone        string
	Address     string // where the file is sent back
	Disclaimer  string
	Items       []Item
	Fields      map[term.RecordKind][]Field // what can be corrected or is asked of a new record
	Kinds       map[term.RecordKind]string  // what the types are called
}

// Item is a record that is asked about.
type Item struct {
	ID            string
	Version       int // of the item, as it was read
	Kind          term.RecordKind
	Key, Title    string
	RecordVersion int
	Own           bool   // whoever is asked answers for it
	Lead          string // the agency that leads
	Answer        string // what was answered so far, in words
	Changed       string // what has changed since the edition, in words
	Facts         []Fact
	Documents     []Document
}

// Fact is what a record says, in words.
type Fact struct{ Name, Text string }

// Document is where the facts come from.
type Document struct{ Title, URL string }

// Field is a field of a record. Its Name is that of the API's input.
type Field struct {
	Name, Label string
	Sort        Sort
	Codes       []string // of a list
	Words       []string // what they are called, in the same order
	Must        bool     // a new record needs it
}

// Sort is how a field is written.
type Sort int

// The sorts of fields.
const (
	Line Sort = iota
	Text
	Date // a partial date: 2009, 2009-05 or 2009-05-17
	One  // one of a list
	Some // any number of a list
)

// Filled is what a spreadsheet says.
type Filled struct {
	Agency   string // as its first sheet names it
	Answers  []Answer
	New      []Addition
	Problems []Problem // what is not understood, and how to write it
	Missing  []string  // columns that are gone, in a sentence each
	Empty    int       // rows that answer nothing
}

// Answer is what a row says of an item.
type Answer struct {
	Row
	Item       string
	Version    int
	Answer     term.SheetAnswer
	Reason     string
	ActiveHere *bool
	Authority  string
	Hold       bool
	Kind       term.RecordKind
	Input      map[string]any // what is right, with the key and version of the record; nil but for corrections
	Source     map[string]any
}

// Addition is a row about a record that the catalogue lacks.
type Addition struct {
	Row
	Kind  term.RecordKind
	Input map[string]any
}

// Row is where something stands in the spreadsheet.
type Row struct {
	Cell  string            // of its decision, such as Records!H14
	Title string            // of its record
	Cells map[string]string // of its fields, by their name in the API's input
}

// Problem is what is not understood of a cell, and what to write.
type Problem struct {
	Cell     string `json:"cell"` // such as Records!K14
	Title    string `json:"record"`
	Sentence string `json:"sentence"`
}

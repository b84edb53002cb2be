package xlsx

import "adam/internal/term"

// The sheets of the file. Reading knows them by these names.
const (
	sheetAbout   = "Read me"
	sheetRecords = "Records"
	sheetNew     = "New records"
	sheetLists   = "Lists"
	sheetMark    = "ADAM"
)

// column is a column of a sheet. Reading finds it by its heading, wherever it stands.
type column struct {
	id, heading string
	width       float64
	open        bool // can be filled in
	hidden      bool
}

// Columns of the records, before and after those of the corrections.
var (
	before = []column{
		{id: "n", heading: "No.", width: 6}, {id: "type", heading: "Type", width: 14}, {id: "key", heading: "Key", width: 16}, {id: "title", heading: "Title", width: 44},
		{id: "lead", heading: "Lead agency", width: 22}, {id: "own", heading: "Kept by", width: 12}, {id: "changed", heading: "Changed?", width: 26},
		{id: "facts", heading: "What ADAM says", width: 60}, {id: "documents", heading: "Where it comes from", width: 40}, {id: "sofar", heading: "Answer so far", width: 14},
		{id: "decision", heading: "Your decision", width: 20, open: true}, {id: "reason", heading: "Comment or reason", width: 36, open: true},
		{id: "activeHere", heading: "Active here?", width: 12, open: true}, {id: "authority", heading: "With which authority?", width: 26, open: true},
		{id: "hold", heading: "Right, but not for publication", width: 16, open: true},
	}
	documents = []column{
		{id: "source.title", heading: "Which document shows this? (title)", width: 34, open: true}, {id: "source.publisher", heading: "Its publisher", width: 22, open: true},
		{id: "source.url", heading: "Its address on the web", width: 30, open: true}, {id: "source.accessedOn", heading: "Read on (day)", width: 14, open: true},
	}
	hidden = []column{
		{id: "item", heading: "ADAM item", hidden: true}, {id: "version", heading: "ADAM version", hidden: true}, {id: "record", heading: "ADAM record version", hidden: true},
		{id: "kind", heading: "ADAM type", hidden: true}, {id: "mine", heading: "ADAM own", hidden: true}, {id: "signature", heading: "ADAM signature", hidden: true},
	}
	newType = column{id: "type", heading: "Type of the new record", width: 22, open: true}
)

// Without these columns nothing can be read.
var needed = []string{"decision", "key", "title", "item", "version", "record", "kind", "mine", "signature"}

// correction is the heading of the column in which a field is corrected.
func correction(label string) string { return "What is right: " + label }

// decisions are the words of the decision column.
var decisions = []struct {
	answer term.SheetAnswer
	words  string
}{
	{term.SheetRight, "Right"}, {term.SheetPartWrong, "Part is wrong"}, {term.SheetDisagree, "We disagree"}, {term.SheetNotOurs, "Not ours"},
	{term.SheetNotSure, "Not sure, later"}, {term.SheetWithdraw, "Take it out"},
}

// openTo are the decisions about an own record and about one that others keep.
func openTo(own bool) []term.SheetAnswer {
	if own {
		return []term.SheetAnswer{term.SheetRight, term.SheetPartWrong, term.SheetNotSure, term.SheetWithdraw}
	}
	return []term.SheetAnswer{term.SheetRight, term.SheetDisagree, term.SheetNotOurs, term.SheetNotSure}
}

// worded are decisions in words.
func worded(all []term.SheetAnswer) (out []string) {
	for _, a := range all {
		for _, d := range decisions {
			if d.answer == a {
				out = append(out, d.words)
			}
		}
	}
	return out
}

// askAgency stands above the cell in which an agency writes its name.
const askAgency = "Where several agencies fill in copies, each writes its name here:"

const (
	yes     = "Yes"
	no      = "No"
	unknown = "UNKNOWN" // takes a fact out: it is not known
	yours   = "you"
	theirs  = "others"
)

// instructions are what the first sheet says of how to fill the file in.
var instructions = []string{
	"How to fill it in",
	"1. Go to the sheet “Records”. Each row is one record. White cells are for you; grey cells are locked and show what ADAM says now.",
	"2. Choose your decision from the list in the column “Your decision”. A row without a decision counts as not answered. You may delete, sort and filter rows.",
	"3. Where part of a record is wrong, choose “Part is wrong”, write only what is right into the columns “What is right: …”, and name the document that shows it.",
	"4. Write dates as 2009, 2009-05 or 2009-05-17, in the Gregorian calendar. Years of other calendars are asked about, never converted.",
	"5. Where a list allows several values, put a semicolon between them. Write " + unknown + " where a fact is not known after all.",
	"6. “We disagree” and “Take it out” need a reason. For activities of others, say whether they are active here and with which authority.",
	"7. Records that are missing go into the sheet “New records”.",
	"8. Send the file back at the address below. You see first what was understood; nothing is written before you say so, and it can be undone.",
	"9. Keep the file as .xlsx. Excel, LibreOffice and others can be used. Formulas are not read: write the values themselves.",
}

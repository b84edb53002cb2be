package term

// IntakeFormat is what a file is that is imported.
type IntakeFormat string

// The formats.
const (
	FormatIATI IntakeFormat = "IATI"
	FormatCSV  IntakeFormat = "CSV"
	FormatXLSX IntakeFormat = "XLSX"
)

// Values lists the formats of imports.
func (IntakeFormat) Values() []string { return texts(FormatIATI, FormatCSV, FormatXLSX) }

// IntakeStatus is how far an import has come.
type IntakeStatus string

// The statuses of imports. Only an applied one has written records. Of an undone one, what was touched since may have stayed:
// Intake names it.
const (
	IntakeReceiving IntakeStatus = "RECEIVING" // the file is being sent
	IntakeReading   IntakeStatus = "READING"   // what it would write is being found out
	IntakeForeseen  IntakeStatus = "FORESEEN"  // that is known, and a person decides
	IntakeWriting   IntakeStatus = "WRITING"   // a person has said yes
	IntakeApplied   IntakeStatus = "APPLIED"
	IntakeFailed    IntakeStatus = "FAILED"    // it could not be read or written: nothing of it was
	IntakeDiscarded IntakeStatus = "DISCARDED" // a person has said no, or nobody anything for long
	IntakeUndoing   IntakeStatus = "UNDOING"   // a person wants what it wrote taken back
	IntakeUndone    IntakeStatus = "UNDONE"
)

// Values lists the statuses of imports.
func (IntakeStatus) Values() []string {
	return texts(IntakeReceiving, IntakeReading, IntakeForeseen, IntakeWriting, IntakeApplied, IntakeFailed, IntakeDiscarded, IntakeUndoing, IntakeUndone)
}

// FieldNeed is what an activity of a file must show to count as one of our field.
type FieldNeed string

// The needs. The codes of the DAC are wide (15130 is all of legal and judicial development), and much of our field stands
// under others, so that a person who wants fewer, surer activities asks for words.
const (
	AnySign   FieldNeed = "ANY"   // a code or a word
	WordSign  FieldNeed = "WORDS" // a word
	BothSigns FieldNeed = "BOTH"  // a code and a word
)

// Values lists the needs.
func (FieldNeed) Values() []string { return texts(AnySign, WordSign, BothSigns) }

// FieldRules say which activities of a file belong to our field.
type FieldRules struct {
	Sectors []string  `json:"sectors"` // DAC purpose codes
	Words   []string  `json:"words"`   // phrases; a * at the end of a word of at least three letters stands for any ending
	Need    FieldNeed `json:"need"`
}

// IntakeAsked is what is asked of an import beside the file.
type IntakeAsked struct {
	All       bool        `json:"all,omitempty"`       // take every activity, not only those of the field; of a workbook every sheet
	Rules     *FieldRules `json:"rules,omitempty"`     // other ones than the catalogue's
	Licence   string      `json:"licence,omitempty"`   // where the file states none
	Publisher string      `json:"publisher,omitempty"` // of a spreadsheet: the key or name of who sent it
	Source    SourceKind  `json:"source,omitempty"`    // of a spreadsheet
	Sheet     string      `json:"sheet,omitempty"`     // of a workbook

	Visibility Visibility `json:"visibility,omitempty"` // of what a spreadsheet brings; restricted where nothing is said
}

// IntakeItem is what becomes of one activity of a file.
type IntakeItem struct {
	Line       int           `json:"line"`
	Identifier string        `json:"identifier"`
	Title      string        `json:"title"`
	Why        string        `json:"why,omitempty"` // it belongs to the field; "" where all are taken
	Outcome    IntakeOutcome `json:"outcome"`
	Record     ID            `json:"record,omitempty"` // the activity of the catalogue; 0 where it has none yet
	Changes    []Change      `json:"changes,omitempty"`
}

// IntakeOutcome is what an import did with one record.
type IntakeOutcome string

// The outcomes. Of what stood already as the file has it, nothing is noted.
const (
	IntakeCreated   IntakeOutcome = "CREATED"
	IntakeChanged   IntakeOutcome = "CHANGED"
	IntakeDiffers   IntakeOutcome = "DIFFERS"    // the record was entered, corrected or verified here: it stays, and the difference is kept
	IntakeSecondary IntakeOutcome = "SECONDARY"  // another publisher owns the record: this one is a source of it
	IntakeTakenBack IntakeOutcome = "TAKEN_BACK" // the import was undone
)

// Values lists the outcomes.
func (IntakeOutcome) Values() []string {
	return texts(IntakeCreated, IntakeChanged, IntakeDiffers, IntakeSecondary, IntakeTakenBack)
}

// IntakeCounts is what an import did, in numbers of activities where nothing else is said.
type IntakeCounts struct {
	Read      int `json:"read"`      // in the file
	Outside   int `json:"outside"`   // not of the field, by the rules
	Created   int `json:"created"`   // new in the catalogue
	Changed   int `json:"changed"`   // imported before, different now
	Same      int `json:"same"`      // imported before, nothing differs
	Differs   int `json:"differs"`   // left as it is here, the difference kept
	Secondary int `json:"secondary"` // of which another publisher is the owner: kept as a source
	Refused   int `json:"refused"`   // could not be read as an activity
	Lines     int `json:"lines"`     // of money that were written
	LinesLeft int `json:"linesLeft"` // of money that the catalogue does not count
	Actors    int `json:"actors"`    // organisations that are new
	Matched   int `json:"matched"`   // organisations that the catalogue has already
}

// IntakeProblem is one thing that an import could not take as it stood, told to people.
type IntakeProblem struct {
	Error    bool   `json:"error"` // else a warning: it was read, but should be looked at
	Sort     string `json:"sort"`
	Line     int    `json:"line"`
	Element  string `json:"element"`
	Activity string `json:"activity,omitempty"` // its identifier, where known
	Value    string `json:"value,omitempty"`    // what stood there, shortened
	Sentence string `json:"sentence"`           // what was expected
}

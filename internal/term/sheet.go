package term

// SheetAnswer is what an agency says of one item on its sheet: the buttons of the review, as a sheet spells them.
type SheetAnswer string

// The answers of a sheet.
const (
	SheetRight     SheetAnswer = "RIGHT"
	SheetPartWrong SheetAnswer = "PART_WRONG"
	SheetDisagree  SheetAnswer = "DISAGREE"
	SheetNotOurs   SheetAnswer = "NOT_OURS"
	SheetNotSure   SheetAnswer = "NOT_SURE"
	SheetWithdraw  SheetAnswer = "WITHDRAW"
)

// Values lists the answers of a sheet.
func (SheetAnswer) Values() []string {
	return texts(SheetRight, SheetPartWrong, SheetDisagree, SheetNotOurs, SheetNotSure, SheetWithdraw)
}

// SheetOutcome is what became of one item when sheets were merged.
type SheetOutcome string

// The outcomes. Only what is ANSWERED is written.
const (
	SheetAnswered     SheetOutcome = "ANSWERED"
	SheetSame         SheetOutcome = "SAME"
	SheetDisagreement SheetOutcome = "DISAGREEMENT"
	SheetChanged      SheetOutcome = "CHANGED"
	SheetRefused      SheetOutcome = "REFUSED"
)

// Values lists the outcomes.
func (SheetOutcome) Values() []string {
	return texts(SheetAnswered, SheetSame, SheetDisagreement, SheetChanged, SheetRefused)
}

// SheetRow is what became of one item, or of one new record, when the sheets of several agencies were merged. It is kept
// with the merge: so whoever is asked sees later who said what, and can undo it.
type SheetRow struct {
	Named    *ID          `json:"named,omitempty"` // the item as the sheets name it; nil for a new record
	Item     ID           `json:"item,omitempty"`  // the item of this review; 0 where there is none
	Adds     *RecordKind  `json:"adds,omitempty"`  // what sort of record is new
	Outcome  SheetOutcome `json:"outcome"`
	Answer   *SheetAnswer `json:"answer,omitempty"` // what it comes to; nil where the agencies differ, and for a new record
	Agencies []SheetVoice `json:"agencies"`
	Sentence string       `json:"sentence"`
	Fields   []string     `json:"fields"`           // the places in the sheets that are wrong
	Proposed []Change     `json:"proposed"`         // what the answer will change in the catalogue
	After    int          `json:"after,omitempty"`  // of what was written: the version of the item, without its record's
	Before   *ItemAnswer  `json:"before,omitempty"` // of what was written: the answer that stood before; nil for a new record
	Stayed   bool         `json:"stayed,omitempty"` // of an undone merge: it was answered again since, and stays
}

// SheetVoice is what one agency says of an item.
type SheetVoice struct {
	Agency            string       `json:"agency"`
	Place             string       `json:"place"`            // where it stands in the sheets
	Answer            *SheetAnswer `json:"answer,omitempty"` // nil for a new record
	Reason            string       `json:"reason,omitempty"`
	ActiveHere        *bool        `json:"activeHere,omitempty"`
	Authority         string       `json:"authority,omitempty"`
	NotForPublication bool         `json:"notForPublication,omitempty"`
	Says              []Change     `json:"says,omitempty"` // of a correction or a new record: the values that it gives
}

// ItemAnswer is all that an item holds of its answer, so that it can be given back.
type ItemAnswer struct {
	Version       int            `json:"version"`
	RecordVersion int            `json:"recordVersion"`
	Status        ItemStatus     `json:"status"`
	Later         bool           `json:"later,omitempty"`
	Hold          bool           `json:"hold,omitempty"`
	Bulk          bool           `json:"bulk,omitempty"`
	Reason        *string        `json:"reason,omitempty"`
	ActiveHere    *bool          `json:"activeHere,omitempty"`
	Authority     *string        `json:"authority,omitempty"`
	By            *string        `json:"by,omitempty"`
	Person        ID             `json:"person,omitempty"`
	At            Instant        `json:"at,omitempty"`
	Letter        *string        `json:"letter,omitempty"`
	Proposal      ProposalKind   `json:"proposal"`
	Input         map[string]any `json:"input,omitempty"`
	Difference    []Change       `json:"difference,omitempty"`
}

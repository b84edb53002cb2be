package term

import "reflect"

// OverlapKind is which of the two meanings of duplication a pair of activities shows.
type OverlapKind string

// The overlap kinds.
const (
	OverlapSameActivity OverlapKind = "SAME_ACTIVITY"
	OverlapAssistance   OverlapKind = "OVERLAPPING_ASSISTANCE"
)

// Values lists the overlap kinds.
func (OverlapKind) Values() []string { return texts(OverlapSameActivity, OverlapAssistance) }

// OverlapDecision is what a coordinator decided about a pair.
type OverlapDecision string

// The decisions.
const (
	OverlapOpen        OverlapDecision = "OPEN"                   // nobody has taken one yet
	DecidedSame        OverlapDecision = "SAME_ACTIVITY"          // the two are one activity
	DecidedRelated     OverlapDecision = "RELATED"                // they belong together: see RelationKind
	DecidedOverlapping OverlapDecision = "OVERLAPPING_ASSISTANCE" // they duplicate assistance
	DecidedCoordinated OverlapDecision = "COORDINATED"            // their parties know of each other and have divided the work
	OverlapDistinct    OverlapDecision = "DISTINCT"               // the two have nothing to do with each other
)

// Values lists the decisions.
func (OverlapDecision) Values() []string {
	return texts(OverlapOpen, DecidedSame, DecidedRelated, DecidedOverlapping, DecidedCoordinated, OverlapDistinct)
}

// RelationKind is how two related activities belong together.
type RelationKind string

// The kinds of relation.
const (
	RelationPhase  RelationKind = "PHASE"   // one follows the other
	RelationPartOf RelationKind = "PART_OF" // one is a part of the other
	RelationSeries RelationKind = "SERIES"  // one activity held again in another year
	RelationSister RelationKind = "SISTER"  // sister projects in different States
)

// Values lists the kinds of relation.
func (RelationKind) Values() []string {
	return texts(RelationPhase, RelationPartOf, RelationSeries, RelationSister)
}

// OverlapStep is one thing that was decided on a pair.
type OverlapStep struct {
	Decision    OverlapDecision `json:"decision"`
	Relation    RelationKind    `json:"relation,omitempty"`
	Reason      string          `json:"reason"`
	By          string          `json:"by"` // the institution, never the official
	At          Instant         `json:"at"`
	OwnInterest bool            `json:"ownInterest"` // who decided also reports for an organisation that answers for one of the two
}

// PairSeen is what was compared of a pair when it was last scored, with the eyes of every member: how far its fields agree,
// and how rare the words are that both titles have.
type PairSeen struct {
	Weights string            `json:"weights"` // the version that it was scored with
	Same    map[string]string `json:"same"`    // field → level, as one activity
	Assist  map[string]string `json:"assist"`  // field → level, as overlapping assistance
	Reasons []string          `json:"reasons"` // why the two were compared at all
	Rare    []RareWord        `json:"rare"`    // the rarest first
	Titles  int               `json:"titles"`  // that the catalogue had
}

// RareWord is a word that both titles have, as the engine knows it, and in how many titles it stood.
type RareWord struct {
	Word   string `json:"word"`
	Titles int    `json:"titles"`
}

// PairLesson is the words of each title that the other lacks, as the engine knows them: where the two are one activity, some
// of them mean the same. Only the program reads it.
type PairLesson [2][]string

// TaughtWords are two words that mean the same, as far as decisions teach, and how strongly they do.
type TaughtWords struct {
	A     string  `json:"a"`
	B     string  `json:"b"`
	Times float64 `json:"times"`
}

// Merge is what was done when two records of one activity were made one, so that it can be undone. Only the program reads
// it.
type Merge struct {
	Kept     ID            `json:"kept"`
	Other    ID            `json:"other"`
	Fields   []MergedField `json:"fields"`   // what the kept record took from the other
	Linked   []ID          `json:"linked"`   // lines of money that pay for the kept one now
	Unlinked []ID          `json:"unlinked"` // lines of money that no longer do
	Moved    []MovedLink   `json:"moved"`    // records that pointed at the other one
	OldKeys  []ID          `json:"oldKeys"`  // old keys of the other that lead to the kept one now
	Sources  []ID          `json:"sources"`  // documents of the other that the kept one names now
	Version  int           `json:"version"`  // of the kept one, that this made
}

// MergedField is one field that a kept record took from another: what an input would say of it before and after.
type MergedField struct {
	Name   string `json:"name"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// MovedLink is a record whose column led to the other record and now leads to the kept one.
type MovedLink struct {
	Record ID     `json:"record"`
	Column string `json:"column"`
}

// Without takes out of what stood before this merge what an earlier one had brought, which is undone now. It says whether
// that changes anything.
func (m *Merge) Without(earlier *Merge) (changed bool) {
	for i := range m.Fields {
		for _, e := range earlier.Fields {
			if f := &m.Fields[i]; f.Name == e.Name && reflect.DeepEqual(f.Before, e.After) {
				f.Before, changed = e.Before, true
			}
		}
	}
	return changed
}

// Moves says whether the merge moved lines of money, or records that pointed at one of the two.
func (m *Merge) Moves() bool { return len(m.Linked)+len(m.Unlinked)+len(m.Moved) > 0 }

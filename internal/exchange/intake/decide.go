package intake

import (
	"cmp"
	"slices"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/dispute"
	"adam/ent/externalidentifier"
	"adam/ent/intakeentry"
	"adam/ent/rule"
	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// arrival is one activity of the file, with what stands of it in the catalogue.
type arrival struct {
	*Draft
	line         int
	at           string // what tells it in the file: an element, or a sheet
	shown        string // for people, in place of an identifier that is made up
	why          string
	text, digest string

	mine   *ent.IntakeEntry // what this publisher said of it before; nil where nothing
	noted  *ent.IntakeEntry // how it differed before from what this publisher says; nil where it did not
	owner  *ent.IntakeEntry // by whom an import wrote the record; nil where none did
	record *ent.Activity    // nil where the catalogue does not have it

	outcome term.IntakeOutcome // "" where nothing differs
	changes []term.Change
	sides   *sides // its organisations, where it is written
}

// id is the record of an arrival: an activity that is new gets the same in every installation.
func (x *arrival) id() term.ID {
	if x.record != nil {
		return x.record.ID
	}
	return recordID(x.Identifier)
}

func recordID(identifier string) term.ID { return term.HashID(term.KindActivity, "iati", identifier) }

func (x *arrival) item() Item {
	return Item{Line: x.line, Identifier: cmp.Or(x.shown, x.Identifier), Title: x.Title, Why: x.why, Outcome: x.outcome, Record: x.id(), Changes: x.changes}
}

// standing is what the catalogue has of a batch.
type standing struct {
	entries  map[string][]*ent.IntakeEntry // the current ones, by identifier
	records  map[term.ID]*ent.Activity
	named    map[string][]term.ID // records by their external identifiers
	disputed map[term.ID]bool
	imported map[term.ID][]string         // the identifiers under which imports have brought records
	keyed    map[string]term.ID           // records by their keys, where rows name them
	wrote    map[term.ID]*ent.IntakeEntry // of those the import that wrote them last
}

// decide says of each activity that waits what becomes of it.
func (in *taking) decide() error {
	if err := in.recognise(); err != nil {
		return err
	}
	s, err := in.look()
	if err != nil {
		return err
	}
	kept := in.batch[:0]
	for _, x := range in.batch {
		s.find(x)
		if x.Key != "" && x.record == nil {
			in.rep.refuse(x.line, x.at, x.Key, "The catalogue has no activity with this key. Leave the key as it was, or empty for a new activity.")
			continue
		}
		if x.owner != nil && in.id != 0 && x.owner.IntakeID == in.id && x.owner.Publisher == x.publisher() { // of so large a file the reader does not compare all
			in.rep.refuse(x.line, x.at, x.Identifier, "An earlier activity of this file has the same identifier and the same reporter. Expected is each once; the first one was taken.")
			continue
		}
		if err := in.judge(x, s); err != nil {
			return err
		}
		kept = append(kept, x)
	}
	in.batch = kept
	return nil
}

// look reads what the catalogue has of the batch. What is about to be written is locked, so that nobody changes it meanwhile.
func (in *taking) look() (*standing, error) {
	ctx := rule.WithWithdrawn(in.ctx)
	s := &standing{entries: map[string][]*ent.IntakeEntry{}, records: map[term.ID]*ent.Activity{}, named: map[string][]term.ID{}, disputed: map[term.ID]bool{}, imported: map[term.ID][]string{}, keyed: map[string]term.ID{}, wrote: map[term.ID]*ent.IntakeEntry{}}
	var identifiers []string
	var ids []term.ID
	for _, x := range in.batch {
		identifiers, ids = append(identifiers, x.Identifier), append(ids, recordID(x.Identifier))
	}
	entries, err := in.c.IntakeEntry.Query().Where(intakeentry.IdentifierIn(identifiers...), intakeentry.Current(true)).Order(intakeentry.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		s.entries[e.Identifier], ids = append(s.entries[e.Identifier], e), append(ids, e.RecordID)
	}
	named, err := in.c.ExternalIdentifier.Query().Where(externalidentifier.ValueIn(identifiers...)).Order(externalidentifier.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range named {
		s.named[n.Value], ids = append(s.named[n.Value], n.ActivityID), append(ids, n.ActivityID)
	}
	others, err := in.c.IntakeEntry.Query().Where(intakeentry.RecordIDIn(ids...), intakeentry.Current(true), intakeentry.IdentifierNEQ(""),
		intakeentry.OutcomeNotIn(term.IntakeTakenBack, term.IntakeDiffers)).Select(intakeentry.FieldRecordID, intakeentry.FieldIdentifier).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range others {
		s.imported[e.RecordID] = append(s.imported[e.RecordID], e.Identifier)
	}
	more, err := in.lookKeys(s)
	if err != nil {
		return nil, err
	}
	ids = append(ids, more...)
	q := in.c.Activity.Query().Where(activity.IDIn(ids...))
	if in.rows != nil && in.c.Dialect() == dialect.Postgres {
		q.ForUpdate()
	}
	records, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		s.records[r.ID] = r
	}
	disputes, err := in.c.Dispute.Query().Where(dispute.RecordIDIn(ids...), dispute.StatusEQ(term.DisputeOpen)).All(ctx)
	for _, d := range disputes {
		s.disputed[d.RecordID] = true
	}
	return s, err
}

// find puts beside an arrival what stands of it: of several publishers' entries the one that wrote the record last. Where it
// stands under another identifier only, as the name that some file or person gave it, it is found by that, unless an
// import has brought that record as another activity: then the two are two, however they name each other.
func (s *standing) find(x *arrival) {
	x.record = s.records[recordID(x.Identifier)]
	for _, e := range s.entries[x.Identifier] {
		switch mine := e.Publisher == x.publisher(); {
		case e.Outcome == term.IntakeDiffers: // it was never written into the record
			if mine {
				x.noted = e
			}
			x.record = cmp.Or(x.record, s.records[e.RecordID])
			continue
		case mine:
			x.mine = e
		}
		if e.Outcome != term.IntakeSecondary && x.Key == "" && (x.owner == nil || e.Version > x.owner.Version) {
			x.owner = e
		}
	}
	if x.Key != "" {
		id := s.keyed[x.Key]
		x.record, x.owner = s.records[id], s.wrote[id]
		return
	}
	if x.owner != nil {
		x.record = s.records[x.owner.RecordID]
	}
	if x.record != nil && (!x.record.Withdrawn || x.owner != nil && x.owner.Outcome == term.IntakeTakenBack) {
		return
	}
	for _, id := range s.named[x.Identifier] { // entered here, or made one with another
		if r := s.records[id]; r != nil && !r.Withdrawn && (len(s.imported[id]) == 0 || slices.Contains(s.imported[id], x.Identifier) || x.record != nil) {
			x.record, x.owner = r, nil
			return
		}
	}
}

// judge decides on one activity.
func (in *taking) judge(x *arrival, s *standing) error {
	touched := x.record != nil && (x.owner == nil || x.record.Version != x.owner.Version || x.record.VerifiedStatus != term.Unverified || s.disputed[x.record.ID])
	ours := x.owner != nil && x.owner.Publisher == x.publisher()
	switch {
	case x.record == nil:
		x.outcome = term.IntakeCreated
	case touched && (x.owner == nil || ours || x.rank() > x.owner.Rank):
		return in.compare(x)
	case touched:
		x.outcome = term.IntakeSecondary
	case x.owner.Outcome == term.IntakeTakenBack:
		x.outcome = term.IntakeCreated
	case !ours && x.rank() <= x.owner.Rank:
		x.outcome = term.IntakeSecondary
	case ours && x.digest == x.owner.Digest:
	default:
		x.outcome = term.IntakeChanged
		before, err := readDraft(x.owner.Draft)
		if err != nil {
			return err
		}
		if x.inherit(before); x.Key != "" {
			x.keep(before)
		}
		if x.text, _, err = x.written(); err != nil { // the digest stays that of what the file says
			return err
		}
		x.changes = differences(in.actors.says(before), in.actors.says(x.Draft))
		if x.Key != "" && len(x.changes) == 0 { // a questionnaire that came back as it went out
			x.outcome = ""
		}
	}
	if x.outcome == term.IntakeSecondary && x.mine != nil && x.mine.Outcome == term.IntakeSecondary && x.mine.Digest == x.digest {
		x.outcome = ""
	}
	return nil
}

// compare says how the file differs from a record that stays as it is.
func (in *taking) compare(x *arrival) error {
	here, err := in.stands(x.record, x.Draft)
	if err != nil {
		return err
	}
	x.changes = slices.DeleteFunc(differences(here, in.actors.says(x.Draft)), x.unsaid)
	if len(x.changes) > 0 {
		x.outcome = term.IntakeDiffers
	}
	return nil
}

// unsaid tells a difference of something that the file says nothing about: IATI has no place for it, or the spreadsheet no
// column, or the cell is empty.
func (x *arrival) unsaid(c term.Change) bool {
	if x.From == "" {
		return c.To == nil && slices.Contains(onlyInSheets, c.Field)
	}
	return c.To == nil || x.Key != "" && c.Field == activity.FieldVisibility || c.Field == activity.FieldRegional && !x.Regional || c.Field == activity.FieldStatus && x.Status == term.StatusUnknown
}

// toNote says whether an arrival is to be noted: what an earlier import noted alike is not.
func (x *arrival) toNote() bool {
	switch {
	case x.outcome == "":
		return false
	case x.outcome == term.IntakeDiffers && x.noted != nil:
		return x.noted.Digest != x.digest || !slices.EqualFunc(x.noted.Changes, x.changes, func(a, b term.Change) bool {
			return a.Field == b.Field && text(a.From) == text(b.From) && text(a.To) == text(b.To)
		})
	}
	return true
}

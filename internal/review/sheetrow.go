package review

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"adam/ent"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
)

// statusOf is what an item becomes by the answer of a sheet.
var statusOf = map[term.SheetAnswer]term.ItemStatus{
	term.SheetRight: term.ItemConfirmed, term.SheetPartWrong: term.ItemCorrected, term.SheetDisagree: term.ItemDisputed,
	term.SheetNotOurs: term.ItemNotOurs, term.SheetNotSure: term.ItemPending, term.SheetWithdraw: term.ItemWithdrawn,
}

// row is what becomes of an item by what agencies say of it.
func (m *merge) row(id term.ID, all []voice) (*term.SheetRow, error) {
	slices.SortStableFunc(all, byAgency)
	row := &term.SheetRow{Named: &id, Agencies: voices(all), Fields: []string{}, Proposed: []term.Change{}}
	it := m.items[id]
	if it == nil {
		refuse(row, fault.New(fault.NotFound, "There is no item with the id %s in this review. Take its row out of the sheet.", id), placesOf(all, "item"))
		return row, nil
	}
	row.Item = id
	kept, twice := once(all)
	for _, v := range all {
		if f := v.unusable(); f != nil {
			refuse(row, f, f.Fields)
			return row, nil
		}
	}
	if len(twice) > 0 {
		refuse(row, fault.New(fault.Invalid, "%s answers this item twice, and not the same. Keep one of the rows.", twice[0].agency), placesOf(twice, "answer"))
		return row, nil
	}
	a := m.answer
	a.item, a.now = it, 0
	if it.RecordID != nil {
		a.now = m.now[*it.RecordID]
	}
	return row, a.settle(settle(kept), row)
}

// settle gives the answer that agencies have come to, or says why it is not given.
func (a *answer) settle(s settled, row *term.SheetRow) error {
	now := VersionOf(a.item, a.now)
	late := slices.DeleteFunc(slices.Clone(s.by), func(v voice) bool { return v.Item.Version == now })
	if len(s.differs) == 0 {
		row.Answer = &s.answer
	}
	switch {
	case row.Answer != nil && a.has(s):
		row.Outcome, row.Sentence = term.SheetSame, "This is its answer already."
	case s.answer == term.SheetNotSure && row.Answer != nil && a.item.Status != term.ItemPending:
		row.Outcome, row.Sentence = term.SheetSame, "Who is not sure leaves the answer that it has."
	case len(late) > 0:
		row.Outcome, row.Fields = term.SheetChanged, placesOf(late, "version")
		row.Sentence = fmt.Sprintf("It was changed since %s read it: it is at version %d now, with the answer %s. Look at it again, then answer it there.",
			named(late), now, a.item.Status)
	case row.Answer == nil:
		disagree(row, s.by, s.differs)
	default:
		return a.write(s, row)
	}
	return nil
}

// has says whether an item has exactly this answer already, about the record as it stands.
func (a *answer) has(s settled) bool {
	it := a.item
	if it.RecordVersion != a.now || it.Status != statusOf[s.answer] || it.Later != (s.answer == term.SheetNotSure) || it.Hold != s.hold || text(it.Reason) != s.reason {
		return false
	}
	if a.askedWhere() && (text(it.Authority) != s.authority || !reflect.DeepEqual(it.ActiveHere, s.activeHere)) {
		return false
	}
	return s.answer != term.SheetPartWrong || reflect.DeepEqual(it.Input, Correction{Input: s.draft.input}.kept(s.reason))
}

// write writes the answer under the rules of the answers that are given one by one.
func (a *answer) write(s settled, row *term.SheetRow) error {
	before := answerOf(a.item)
	if err := a.give(s); err != nil {
		return refusal(row, err, func(fields []string) []string { return s.draft.places(s.by, fields) })
	}
	row.Outcome, row.After, row.Before, row.Proposed = term.SheetAnswered, a.item.Version+1, before, a.difference
	row.Sentence = fmt.Sprintf("The answer of %s is %s.", named(s.by), s.answer)
	return nil
}

func (a *answer) give(s settled) error {
	reason, err := optional(s.reason, "reason")
	if err != nil {
		return err
	}
	authority, err := optional(s.authority, "authority")
	if err != nil {
		return err
	}
	a.besides = func(u *ent.ReviewItemUpdate) {
		withReason(reason)(u)
		a.here(s.activeHere, authority)(u)
	}
	switch s.answer {
	case term.SheetRight:
		return a.confirm(Confirmation{Hold: s.hold, ActiveHere: s.activeHere, Authority: authority})
	case term.SheetPartWrong:
		return a.correct(Correction{Kind: s.draft.kind, Input: s.draft.input, Below: draftPath, Reason: reason})
	case term.SheetDisagree:
		return a.dispute(reason)
	case term.SheetNotOurs:
		return a.notOurs(reason)
	case term.SheetWithdraw:
		return a.withdraw(reason)
	}
	return a.later(reason)
}

// newRow is what becomes of a record that agencies add.
func (m *merge) newRow(by []voice) (*term.SheetRow, error) {
	row := &term.SheetRow{Agencies: voices(by), Fields: []string{}, Proposed: []term.Change{}}
	kind := catalogue.RecordKind(by[0].Kind)
	if inputs[by[0].Kind] == "" || by[0].Input == nil {
		refuse(row, fault.New(fault.Invalid, "Say what is added: an actor, a law, a policy, a mechanism or an activity."), placesOf(by, "kind"))
		return row, nil
	}
	row.Adds = &kind
	d, differs := drafted(by)
	if len(differs) > 0 {
		disagree(row, by, differs)
		return row, nil
	}
	if why := reasons(by); why != "" {
		d.input["reason"] = why
	}
	if err := m.add(d, row); err != nil {
		return row, refusal(row, err, func(fields []string) []string { return d.places(by, fields) })
	}
	if row.Outcome == term.SheetAnswered {
		row.Sentence = fmt.Sprintf("%q is proposed by %s.", term.Clip(by[0].title()), named(by))
	}
	return row, nil
}

// add proposes a new record, unless the same is proposed already.
func (m *merge) add(d draft, row *term.SheetRow) (err error) {
	in := Addition{Cycle: m.cycle.ID, Kind: d.kind, Input: d.input, Below: draftPath}
	if in.Input, err = reported(m.ctx, m.tx, m.cycle, in); err != nil {
		return err
	}
	for id, it := range m.items {
		if it.RecordID == nil && it.Kind == *row.Adds && reflect.DeepEqual(it.Input, in.Input) {
			row.Item, row.Outcome, row.Sentence = id, term.SheetSame, "This record is proposed already."
			return nil
		}
	}
	a := m.answer
	if err := a.add(in); err != nil {
		return err
	}
	row.Item, row.Outcome, row.After = a.item.ID, term.SheetAnswered, a.item.Version+1
	return nil
}

// disagree tells what each agency says, and leaves the item to whoever is asked.
func disagree(row *term.SheetRow, by []voice, differs []string) {
	row.Outcome, row.Fields = term.SheetDisagreement, placesOf(by, "answer")
	row.Sentence = clean(strings.Join(differs, " ") + " Decide between them, and answer it there.")
}

// refusal tells of one row what the rules say against it. What is no such thing is an error of the whole merge, and so is
// a race, which is tried again.
func refusal(row *term.SheetRow, err error, places func([]string) []string) error {
	f := fault.As(err)
	switch {
	case f == nil || f.Kind == fault.Conflict && f.Details == nil:
		return err
	case f.Kind == fault.Invalid || f.Kind == fault.Forbidden || f.Kind == fault.NotFound || f.Kind == fault.Conflict:
		refuse(row, f, places(f.Fields))
		return nil
	}
	return err
}

func refuse(row *term.SheetRow, f *fault.Error, places []string) {
	row.Outcome, row.Sentence, row.Answer = term.SheetRefused, clean(f.Sentence), nil
	if f.Kind == fault.Conflict {
		row.Outcome = term.SheetChanged
	}
	for _, p := range places {
		row.Fields = append(row.Fields, clean(p))
	}
}

// placesOf is where a field of each row stands.
func placesOf(by []voice, field string) []string {
	out := make([]string, 0, len(by))
	for _, v := range by {
		if at := v.Place + "." + field; !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// named names agencies in a sentence.
func named(by []voice) string {
	var names []string
	for _, v := range by {
		if !slices.Contains(names, v.agency) {
			names = append(names, v.agency)
		}
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return names[0]
}

// voices is what each agency says, as it is kept.
func voices(all []voice) []term.SheetVoice {
	out := make([]term.SheetVoice, len(all))
	for i, v := range all {
		out[i] = term.SheetVoice{Agency: v.agency, Place: clean(v.Place), Reason: clean(v.why()), ActiveHere: v.ActiveHere,
			Authority: clean(strings.TrimSpace(v.Authority)), NotForPublication: v.Hold}
		if _, known := statusOf[v.Answer]; known {
			out[i].Answer = &v.Answer
		}
		for _, field := range slices.Sorted(maps.Keys(v.values())) {
			if field != "key" && field != "version" {
				says := words(v.Input[field])
				out[i].Says = append(out[i].Says, term.Change{Field: clean(field), To: &says})
			}
		}
	}
	return out
}

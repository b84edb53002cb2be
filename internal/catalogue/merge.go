package catalogue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/funding"
	"adam/ent/rule"
	"adam/ent/source"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// merging makes one record of two that are one activity. It acts as the program in the name of whoever decides: that the
// two are one is a coordinator's to say, also where others answer for the records, and it can be undone whole.
type merging struct {
	ctx         context.Context
	tx          *ent.Tx
	s           *subject
	kept, other row
	chosen      []string
	done        term.Merge
}

// keyOfRow is how a record is called outside.
func keyOfRow(r row) string { return textOf(r.get(activity.FieldKey)) }

// inName is a context in which the program acts in the name of whoever decides.
func inName(ctx context.Context) context.Context {
	v := access.From(ctx)
	return rule.WithWithdrawn(access.With(ctx, access.Viewer{Name: v.Name, Person: v.Person, Audience: access.Working, Program: true}))
}

// merge lets one record take the other's place: its values win, what it leaves open or is chosen comes from the other,
// the other's money counts here where it is not the same, and its key leads here.
func (p *pair) merge(s Settling) (*term.Merge, error) {
	kept, other, err := p.choose(s.Keep)
	if err != nil {
		return nil, err
	}
	if err := p.mayBeOne(); err != nil {
		return nil, err
	}
	ctx := rule.WithReason(inName(p.ctx), fmt.Sprintf("Made one with %s: %s", other.Key, strings.TrimSpace(s.Reason)))
	m := &merging{ctx: ctx, tx: p.tx, s: subjects[term.KindActivity], kept: rowOf(kept), other: rowOf(other)}
	m.done = term.Merge{Kept: kept.ID, Other: other.ID}
	if err := m.choose(p.ctx, s.Fields); err != nil {
		return nil, err
	}
	for _, step := range []func() error{m.follow, m.take, m.lead, m.withdraw} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &m.done, nil
}

// mayBeOne refuses to make one record of two that are not seen by the same people: what fewer may see would stand where
// more read it, its key too. Restricted records are each shared by their own reporters.
func (p *pair) mayBeOne() error {
	a, b := p.of[0], p.of[1]
	switch {
	case a.Withdrawn || b.Withdrawn:
		return fault.New(fault.Invalid, "One of the two is withdrawn, so that there is nothing to merge.").At(below(p.ctx) + ".decision")
	case a.Visibility != b.Visibility || a.Visibility == term.Restricted:
		return fault.New(fault.Invalid, "The two are not seen by the same people (%s: %s, %s: %s), so that they cannot become one record. Ask those who answer for them to open both to the same people first.",
			a.Key, a.Visibility, b.Key, b.Visibility).At(below(p.ctx) + ".decision")
	}
	return nil
}

// choose finds the record that stays: the one that is named, else the one that was verified, that was there first.
func (p *pair) choose(key string) (kept, other *ent.Activity, err error) {
	a, b := p.of[0], p.of[1]
	switch {
	case key == "":
		verified := func(a *ent.Activity) int {
			if a.VerifiedStatus == term.Verified {
				return 0
			}
			return 1
		}
		if cmp.Or(cmp.Compare(verified(a), verified(b)), cmp.Compare(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID)) > 0 {
			a, b = b, a
		}
	case key == b.Key:
		a, b = b, a
	case key != a.Key:
		return nil, nil, fault.New(fault.Invalid, "%q is neither of the two. Name %s or %s.", term.Clip(key), a.Key, b.Key).At(below(p.ctx) + ".keep")
	}
	return a, b, nil
}

// notTaken are fields that a record keeps whatever another one says: they are about the record, not about the activity.
var notTaken = []string{"chapters", "states", "reporter", "countable", "visibility", "confidence", "evidence", "checkedAgainstSource", "note", "topics"}

// identifiersField are the names in other systems, which are kept of both.
const identifiersField = "externalIdentifiers"

// money is the name under which lines of money are chosen.
const money = "fundings"

// choose checks which fields are to come from the other record.
func (m *merging) choose(ctx context.Context, names []string) error {
	in := newIntake(ctx, nil, row{})
	for i, name := range names {
		if name == "states" {
			name = "allocations" // which has the same States, with their shares
		}
		at := itemPath(in.at("fields"), i)
		switch f := m.s.field(name); {
		case name != money && (f == nil || slices.Contains(notTaken, name)):
			in.fail(at, "%q is no field that can be taken from the other record. Name fields as activities have them, such as summary or donors, or fundings.", term.Clip(name))
		}
		m.chosen = append(m.chosen, name)
	}
	return in.err()
}

// take brings into the kept record what it takes from the other one.
func (m *merging) take() error {
	input, err := m.taken()
	if err != nil {
		return err
	}
	docs, err := m.documents()
	if err != nil {
		return err
	}
	for name := range input {
		before, err := m.s.said(m.ctx, m.tx.Client(), m.kept, name)
		if err != nil {
			return err
		}
		m.done.Fields = append(m.done.Fields, term.MergedField{Name: name, Before: before})
	}
	slices.SortFunc(m.done.Fields, func(a, b term.MergedField) int { return cmp.Compare(a.Name, b.Name) })
	input["sources"] = docs
	if m.done.Sources, err = m.change(m.kept, input, m.moveMoney); err != nil {
		return err
	}
	if m.kept, err = m.s.byID(m.ctx, m.tx.Client(), m.kept.id()); err != nil {
		return err
	}
	m.done.Version, _ = m.kept.get(activity.FieldVersion).(int)
	for i := range m.done.Fields {
		f := &m.done.Fields[i]
		if f.After, err = m.s.said(m.ctx, m.tx.Client(), m.kept, f.Name); err != nil {
			return err
		}
	}
	return nil
}

// taken is the input that says of the kept record what the other one does: in the fields that are chosen, and in those that
// it leaves open itself. What was verified is not added to unasked. Identifiers in other systems are kept of both.
func (m *merging) taken() (map[string]any, error) {
	out := map[string]any{}
	verified := m.kept.get(activity.FieldVerifiedStatus) == term.Verified
	for i := range m.s.fields {
		f := &m.s.fields[i]
		if slices.Contains(notTaken, f.name) {
			continue
		}
		here, err := m.s.said(m.ctx, m.tx.Client(), m.kept, f.name)
		if err != nil {
			return nil, err
		}
		there, err := m.s.said(m.ctx, m.tx.Client(), m.other, f.name)
		if err != nil {
			return nil, err
		}
		_, both := there.(bool)
		switch chosen := slices.Contains(m.chosen, f.name); {
		case f.name == identifiersField:
			there = union(here, there)
		case !chosen && (both || verified || !f.open(m.kept, here)):
			continue
		}
		if !same(here, there) && !(f.refers == term.KindActivity && there == keyOfRow(m.kept)) {
			out[f.name] = there
		}
	}
	return out, nil
}

// open says whether a record says nothing in a field.
func (f *field) open(r row, said any) bool {
	return said == nil || said == "" || empty(said) || f.column != "" && f.unknown != nil && same(r.get(f.column), f.unknown)
}

func union(a, b any) any {
	out, _ := a.([]any)
	out = slices.Clone(out)
	more, _ := b.([]any)
	for _, v := range more {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// change writes an input into a record, and its money with it. It gives the documents that the record names since.
func (m *merging) change(r row, input map[string]any, more func(*plan) error) (documents []term.ID, err error) {
	p, err := m.s.planned(newIntake(m.ctx, m.tx.Client(), r), input)
	if err != nil {
		return nil, err
	}
	if more != nil {
		if err := more(p); err != nil {
			return nil, err
		}
	}
	if p.empty() && p.edges == nil {
		return nil, nil
	}
	err = p.write(m.ctx, m.tx.Client())
	for _, doc := range p.appended {
		if id, written := doc[source.FieldID].(term.ID); written {
			documents = append(documents, id)
		}
	}
	return documents, err
}

// moveMoney lets the kept record's history and lines tell which lines of money pay for it now.
func (m *merging) moveMoney(p *plan) error {
	of := func(r row) ([]*ent.Funding, error) {
		return m.tx.Funding.Query().Where(funding.HasActivitiesWith(activity.ID(r.id()))).Order(funding.ByID()).All(m.ctx)
	}
	here, err := of(m.kept)
	if err != nil {
		return err
	}
	there, err := of(m.other)
	if err != nil {
		return err
	}
	chosen := slices.Contains(m.chosen, money)
	if chosen {
		m.done.Unlinked = without(idsOf(here), idsOf(there))
	}
	for _, l := range there {
		stands := func(o *ent.Funding) bool { return o.ID == l.ID || !chosen && competes(o, l) }
		if !slices.ContainsFunc(here, stands) {
			m.done.Linked = append(m.done.Linked, l.ID)
		}
	}
	if len(m.done.Linked)+len(m.done.Unlinked) == 0 {
		return nil
	}
	p.facts = true
	p.unverify()
	p.extra = append(p.extra, term.Change{Field: money, To: known("lines of money of " + keyOfRow(m.other))})
	p.edges = func(to mutation) {
		to.(*ent.ActivityMutation).AddFundingIDs(m.done.Linked...)
		to.(*ent.ActivityMutation).RemoveFundingIDs(m.done.Unlinked...)
	}
	return nil
}

// competes says whether a line may tell of the same money as one that stands: then that one counts, as where two reports
// of one activity stand side by side (package funding).
func competes(stands, other *ent.Funding) bool {
	if stands.Amount == nil || textOf(stands.Kind) != textOf(other.Kind) {
		return false
	}
	return stands.ProviderID == nil || other.ProviderID == nil || *stands.ProviderID == *other.ProviderID
}

func idsOf(all []*ent.Funding) []term.ID {
	out := make([]term.ID, len(all))
	for i, l := range all {
		out[i] = l.ID
	}
	return out
}

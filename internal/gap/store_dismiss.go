package gap

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"adam/ent"
	"adam/ent/conceptdismissal"
	rights "adam/ent/rule"
	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/term"
)

// Dismissal is why a flag is wrong about a record, or why it is right after all.
type Dismissal struct {
	Record  term.ID
	Version int // of the record that was read
	Code    Code
	Reason  string
}

// Dismiss says why a flag is wrong about a record, and gives the id of the record. The flag stays away until the text
// changes that it rests on. For whoever may correct the record.
func Dismiss(ctx context.Context, tx *ent.Tx, d Dismissal) (term.ID, error) {
	flag, err := d.flag(ctx, tx)
	if err != nil {
		return 0, err
	}
	if flag.Dismissed != nil {
		return 0, fault.New(fault.Invalid, "This flag is dismissed already. Take that back first to give another reason.").At("input.code")
	}
	v := access.From(ctx)
	d.log(ctx, tx, "dismissed")
	return d.Record, tx.Client().ConceptDismissal.Create().SetRecordID(d.Record).SetCode(string(d.Code)).SetTextHash(flag.hash()).
		SetReason(strings.TrimSpace(d.Reason)).SetBy(v.Name).SetPerson(v.Person).SetAt(term.Now()).Exec(ctx)
}

// Restore takes a dismissal back, so that the flag comes again, and gives the id of the record. For whoever may correct it.
func Restore(ctx context.Context, tx *ent.Tx, d Dismissal) (term.ID, error) {
	flag, err := d.flag(ctx, tx)
	if err != nil {
		return 0, err
	}
	if flag.Dismissed == nil {
		return 0, fault.New(fault.Invalid, "This flag is not dismissed: nothing is to be taken back.").At("input.code")
	}
	d.log(ctx, tx, "taken back")
	return d.Record, tx.Client().ConceptDismissal.Update().
		Where(conceptdismissal.RecordID(d.Record), conceptdismissal.Code(string(d.Code)), conceptdismissal.TextHash(flag.hash()), conceptdismissal.UndoneAt("")).
		SetUndoneReason(strings.TrimSpace(d.Reason)).SetUndoneBy(access.From(ctx).Name).SetUndoneAt(term.Now()).Exec(ctx)
}

// log tells the log of it; the reason stays out.
func (d Dismissal) log(ctx context.Context, tx *ent.Tx, did string) {
	audit.AtCommit(ctx, tx, time.Now(), audit.Entry{Kind: term.LogChanged, Person: access.From(ctx).Person, Subject: d.Record,
		Summary: fmt.Sprintf("The flag %s of %s was %s.", d.Code, d.Record, did)})
}

// flag finds the flag that is meant, as the record stands.
func (d Dismissal) flag(ctx context.Context, tx *ent.Tx) (*Flag, error) {
	s, version, err := subjectOf(ctx, tx.Client(), d.Record)
	if ent.IsNotFound(err) {
		return nil, fault.New(fault.NotFound, "There is no law, policy, mechanism or activity with the id %s that you may see.", d.Record).At("input.record")
	}
	if err != nil {
		return nil, err
	}
	if err := rights.MayCorrect(ctx, tx.Client(), d.Record); err != nil {
		return nil, err
	}
	if err := d.reasonable(); err != nil {
		return nil, err
	}
	if version != d.Version {
		err := fault.New(fault.Conflict, "Somebody has changed this record since you read it: it is at version %d now. Read its flags again.", version).At("input.version")
		err.Details = map[string]any{"version": version}
		return nil, err
	}
	if err := d.follow(ctx, tx); err != nil {
		return nil, err
	}
	dismissed, err := Dismissals(ctx, tx.Client(), []term.ID{d.Record})
	if err != nil {
		return nil, err
	}
	for _, f := range Flags(s, dismissed[d.Record]) {
		if f.Code == d.Code {
			return f, nil
		}
	}
	return nil, fault.New(fault.Invalid, "The record has no such flag as it stands. Read its flags again.").At("input.code")
}

// follow lets dismissals of one record come after each other, so that two at once do not both stand. SQLite has one writer
// at a time anyway.
func (d Dismissal) follow(ctx context.Context, tx *ent.Tx) error {
	_, err := tx.ExecContext(access.With(ctx, access.Operator("concept check")), "UPDATE "+d.Record.Kind().Table()+" SET version = version WHERE id = $1", d.Record)
	return err
}

const longReason = 10_000

// reasonable wants a reason that can be kept.
func (d Dismissal) reasonable() error {
	n := utf8.RuneCountInString(strings.TrimSpace(d.Reason))
	control := func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) || r == utf8.RuneError
	}
	switch {
	case n < 3:
		return fault.New(fault.Invalid, "Say why: the reason is kept with the flag.").At("input.reason")
	case n > longReason:
		return fault.New(fault.Invalid, "The reason has %d characters and %d are the most: shorten it.", n, longReason).At("input.reason")
	case strings.ContainsFunc(d.Reason, control):
		return fault.New(fault.Invalid, "The reason holds a control character: take it out.").At("input.reason")
	}
	return nil
}

// subjectOf reads what is checked of a record, and its version.
func subjectOf(ctx context.Context, c *ent.Client, record term.ID) (s Subject, version int, err error) {
	switch record.Kind() {
	case term.KindLaw:
		l, err := c.Law.Get(ctx, record)
		if err != nil {
			return s, 0, err
		}
		s, err = OfLaw(ctx, l)
		return s, l.Version, err
	case term.KindPolicy:
		p, err := c.PolicyDocument.Get(ctx, record)
		if err != nil {
			return s, 0, err
		}
		return OfPolicy(p), p.Version, nil
	case term.KindMechanism:
		m, err := c.CoordinationMechanism.Get(ctx, record)
		if err != nil {
			return s, 0, err
		}
		return OfMechanism(m), m.Version, nil
	case term.KindActivity:
		a, err := c.Activity.Get(ctx, record)
		if err != nil {
			return s, 0, err
		}
		return OfActivity(a), a.Version, nil
	}
	return s, 0, &ent.NotFoundError{}
}

// hash is of the text that the flag rests on, in whatever order it stands.
func (f Flag) hash() string {
	rests, _ := json.Marshal(slices.Sorted(slices.Values(f.rests))) // texts always can be written
	sum := sha256.Sum256(append([]byte(f.Code+"\n"), rests...))
	return hex.EncodeToString(sum[:])
}

// Flags checks a record, and says of each flag whether it is dismissed, and was before, by what Dismissals gives of the
// record. A dismissal that was of another text counts no more.
func Flags(s Subject, dismissals []*ent.ConceptDismissal) []*Flag {
	out := []*Flag{}
	for _, f := range Check(s) {
		for _, d := range dismissals {
			if d.Code == string(f.Code) && d.TextHash == f.hash() {
				f.dismiss(d)
			}
		}
		out = append(out, &f)
	}
	return out
}

// dismiss says of a flag that it is dismissed, or that it was.
func (f *Flag) dismiss(d *ent.ConceptDismissal) {
	is := &Dismissed{Reason: d.Reason, By: d.By, At: d.At}
	if d.UndoneAt == "" {
		f.Dismissed = is
		return
	}
	is.TakenBack = &TakenBack{At: d.UndoneAt}
	if d.UndoneReason != nil && d.UndoneBy != nil {
		is.TakenBack.Reason, is.TakenBack.By = *d.UndoneReason, *d.UndoneBy
	}
	f.Earlier = append(f.Earlier, is)
}

// Dismissals are those of records, the ones that were taken back too, in their order, as far as the viewer in the context
// sees them.
func Dismissals(ctx context.Context, c *ent.Client, records []term.ID) (map[term.ID][]*ent.ConceptDismissal, error) {
	all, err := c.ConceptDismissal.Query().Where(conceptdismissal.RecordIDIn(records...)).
		Order(conceptdismissal.ByAt(), conceptdismissal.ByID()).All(ctx)
	out := make(map[term.ID][]*ent.ConceptDismissal, len(records))
	for _, id := range records {
		out[id] = nil
	}
	for _, d := range all {
		out[d.RecordID] = append(out[d.RecordID], d)
	}
	return out, err
}

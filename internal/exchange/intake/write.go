package intake

import (
	"cmp"
	"fmt"
	"strings"

	"adam/ent/intakeentry"
	"adam/ent/oldkey"
	"adam/ent/record"
	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/term"
)

// provenance is how a record says that it came of an import of IATI, and sheetProvenance of one of a spreadsheet.
const (
	provenance      = "imported: IATI"
	sheetProvenance = "imported: spreadsheet"
)

// write writes what becomes of the activities of the batch.
func (in *taking) write() error {
	var fresh, other []*arrival
	var before []term.ID
	for _, x := range in.batch {
		switch {
		case !x.toNote():
			continue
		case x.outcome == term.IntakeCreated && x.record == nil:
			fresh = append(fresh, x)
		default:
			other = append(other, x)
		}
		if x.mine != nil && x.outcome != term.IntakeDiffers { // what the record was made of stays known beside what differs
			before = append(before, x.mine.ID)
		}
		if x.noted != nil {
			before = append(before, x.noted.ID)
		}
	}
	if len(fresh)+len(other) == 0 {
		return nil
	}
	if err := in.begin(); err != nil {
		return err
	}
	if err := in.c.IntakeEntry.Update().Where(intakeentry.IDIn(before...)).SetCurrent(false).Exec(in.ctx); err != nil {
		return err
	}
	if err := in.newActors(); err != nil {
		return err
	}
	if err := in.create(fresh); err != nil {
		return err
	}
	if err := in.rows.Write(in.ctx); err != nil { // what is changed may name organisations that are new
		return err
	}
	for _, x := range other {
		if err := in.change(x); err != nil {
			return err
		}
	}
	if err := in.rows.Write(in.ctx); err != nil {
		return err
	}
	return rule.Flush(in.ctx, in.c)
}

// create writes activities that are new.
func (in *taking) create(fresh []*arrival) error {
	stems, ids := make([]string, len(fresh)), make([]term.ID, len(fresh))
	for i, x := range fresh {
		stems[i], ids[i] = x.stem(), x.id()
	}
	keys, err := in.keys(stems, ids)
	if err != nil {
		return err
	}
	for i, x := range fresh {
		d, id := x.Draft, ids[i]
		in.record(id, keys[i], d.Title, in.title(d), d,
			string(d.significance(term.Smuggling)), string(d.significance(term.Trafficking)), d.Title, none(d.Summary), none(d.Results), jsonOf(d.AssistanceTypes), jsonOf(d.Audiences), "[]", string(d.Status), d.Regional, jsonOf(d.Places),
			string(d.start()), string(d.end()), string(d.PlannedStart), string(d.PlannedEnd), string(d.ActualStart), string(d.ActualEnd), jsonOf(d.Purposes), id0(x.sides.publisher), none(d.Acronym), none(d.Note))
		body := append(texts(d.Summary, d.Results, d.Note), d.Places...)
		in.rows.Add("records", rule.Anchor(id, keys[i], d.Title, texts(d.Acronym), append(body, d.names()...)...)...)
		for _, p := range in.parts(id, d, x.sides) {
			in.rows.Add(p.table, p.row...)
		}
		for _, c := range in.chapters(d) {
			in.rows.Add(chaptersOf, c, id)
		}
		for n, doc := range d.Documents {
			in.document(id, n+1, d, doc)
		}
		in.entry(x, id, 1)
	}
	return nil
}

// record writes what every new record has: itself, its source and its history.
func (in *taking) record(id term.ID, key, name, title string, d *Draft, more ...any) {
	now, by := string(term.InstantOf(in.o.Now)), access.From(in.ctx).Name
	in.rows.Add(id.Kind().Table(), append([]any{id, key, d.visibility(), "[]", d.provenance(), rule.SortName(name), "[]", now, now, by, by}, more...)...)
	source := in.source(id, 0, title, d)
	in.rows.Add(term.KindHistory.Table(), term.NewID(term.KindHistory), id, 1, d.visibility(), now, by, string(term.ActionCreated), in.reason(), "[]", source)
}

// stem is what the key of a new record is made of: of a row of a spreadsheet its title, since its identifier may be anything.
func (x *arrival) stem() string {
	if x.From != "" {
		return rule.KeyOf(x.Title)
	}
	return rule.KeyOf(x.Identifier)
}

func (d *Draft) provenance() string {
	if d.From != "" {
		return sheetProvenance
	}
	return provenance
}

// kind is what sort of source the file of a draft is.
func (d *Draft) kind() string { return string(cmp.Or(d.From, term.IATISource)) }

// shows names the source that the publisher's file is of a record.
func (d *Draft) shows() string {
	if d.From != "" {
		return string(d.From) + "\n" + d.publisher()
	}
	return d.Publisher.Ref + "\n" + d.Publisher.Name
}

// title is what a source of an activity is called.
func (in *taking) title(d *Draft) string {
	if d.From != "" {
		return term.Clip(in.o.Name)
	}
	return "IATI activity " + d.Identifier
}

// source writes that a publisher's file shows a record.
func (in *taking) source(record term.ID, position int, title string, d *Draft) term.ID {
	id, publisher := sourceID(record, d.shows()), d.Publisher
	in.rows.Add(sourcesTable, id, record, position, d.kind(), title, none(cmp.Or(publisher.Name, publisher.Ref)), nil, string(term.DateOf(in.o.Now)), none(in.licence))
	return id
}

// document writes a page or file that the publisher names.
func (in *taking) document(record term.ID, position int, d *Draft, doc Document) {
	in.rows.Add(sourcesTable, documentID(record, doc), record, position, d.kind(), doc.Title, nil, none(doc.URL), "", nil)
}

func documentID(record term.ID, d Document) term.ID { return sourceID(record, d.URL+"\n"+d.Title) }

func sourceID(record term.ID, says string) term.ID {
	return term.HashID(term.KindSource, record.String(), "iati", says)
}

// entry notes what the import does with a record that has the version now.
func (in *taking) entry(x *arrival, record term.ID, version int) {
	previous, before := term.ID(0), x.mine
	if x.outcome == term.IntakeDiffers {
		before = x.noted
	}
	if before != nil {
		previous = before.ID
	}
	in.rows.Add(entriesTable, term.NewID(term.KindIntakeEntry), in.id, record, x.Identifier, x.publisher(), x.rank(), string(x.outcome), x.digest, version, true, previous, x.text, jsonOf(x.changes))
}

// newActors writes the organisations that the catalogue does not have, and brings back those that it took back.
func (in *taking) newActors() error {
	stems, ids := []string{}, []term.ID{}
	for _, a := range in.actors.fresh {
		stems, ids = append(stems, rule.KeyOf(a.Name)), append(ids, a.id)
	}
	keys, err := in.keys(stems, ids)
	if err != nil {
		return err
	}
	for i, a := range in.actors.fresh {
		version := 1
		if a.again {
			u := in.c.Actor.UpdateOneID(a.id).SetWithdrawn(false)
			was, err := u.Save(rule.WithWithdrawn(rule.WithReason(in.ctx, in.reason())))
			if err != nil {
				return err
			}
			version = was.Version
		} else {
			in.actor(a, keys[i])
		}
		in.rows.Add(entriesTable, term.NewID(term.KindIntakeEntry), in.id, a.id, "", a.Ref, 1, string(term.IntakeCreated), "", version, true, term.ID(0), "", "[]")
	}
	return nil
}

func (in *taking) actor(a newActor, key string) {
	note := ""
	if !a.stated {
		note = "The file does not say what sort of organisation this is."
	}
	d := &Draft{Publisher: Org{Name: in.o.Name}, From: a.of.From, Visibility: a.of.Visibility}
	title := "IATI organisation " + cmp.Or(a.Ref, a.Name)
	if d.From != "" {
		title = in.title(d)
	}
	in.record(a.id, key, a.Name, title, d,
		a.Name, string(a.kind), "[]", none(a.Ref), none(a.Type), none(note))
	in.rows.Add("records", rule.Anchor(a.id, key, a.Name, nil, texts(note, a.Ref)...)...)
}

// texts are those that there are.
func texts(all ...string) (out []string) {
	for _, t := range all {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// keys gives records their keys: what their names make, and the id where that is taken, was once another's, or says nothing.
func (in *taking) keys(stems []string, ids []term.ID) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	taken := map[string]bool{"": true}
	kind := recordKind(ids[0])
	had, err := in.c.Record.Query().Where(record.KindEQ(kind), record.KeyIn(stems...)).Select(record.FieldKey).Strings(in.ctx)
	if err != nil {
		return nil, err
	}
	once, err := in.c.OldKey.Query().Where(oldkey.KindEQ(kind), oldkey.KeyIn(stems...)).Select(oldkey.FieldKey).Strings(in.ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range append(had, once...) {
		taken[k] = true
	}
	out := make([]string, len(stems))
	for i, k := range stems {
		if taken[k] {
			k = strings.Replace(ids[i].String(), "_", "-", 1)
		}
		taken[k], out[i] = true, k
	}
	return out, nil
}

func recordKind(id term.ID) term.RecordKind {
	switch id.Kind() {
	case term.KindActor:
		return term.RecordActor
	case term.KindActivity:
		return term.RecordActivity
	}
	panic(fmt.Sprintf("%s is nothing that is imported", id))
}

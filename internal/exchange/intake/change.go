package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/chapter"
	"adam/ent/rule"
	"adam/ent/source"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// change does with a record that stands what was decided, and notes it.
func (in *taking) change(x *arrival) error {
	version := 0 // of one that no import has written
	if x.owner != nil {
		version = x.owner.Version
	}
	switch x.outcome {
	case term.IntakeSecondary:
		if err := in.second(x); err != nil {
			return err
		}
	case term.IntakeCreated, term.IntakeChanged:
		var err error
		if version, err = in.rewrite(x.record, x.Draft, x.sides, x.changes); err != nil {
			return err
		}
		if err := in.sourced(x.record.ID, x.Draft); err != nil {
			return err
		}
		if err := in.documented(x.record.ID, x.Draft); err != nil {
			return err
		}
	}
	in.entry(x, x.record.ID, version)
	return nil
}

// second makes the file a source of a record that another publisher owns. The record stays as it is.
func (in *taking) second(x *arrival) error {
	if x.visibility() != string(term.Public) && x.visibility() != string(x.record.Visibility) {
		return nil // who sent a list among few is not told to all who see the record: the entry keeps it
	}
	return in.sourced(x.record.ID, x.Draft)
}

// sourced writes the source of a record, where it has not got it.
func (in *taking) sourced(record term.ID, d *Draft) error {
	all, err := in.c.Source.Query().Where(source.RecordID(record)).IDs(in.ctx)
	if err == nil && !slices.Contains(all, sourceID(record, d.shows())) {
		in.source(record, len(all), in.title(d), d)
	}
	return err
}

// documented writes the documents of a record that it has not got. Those that a file no longer names stay: history may rest
// on them.
func (in *taking) documented(record term.ID, d *Draft) error {
	had, err := in.c.Source.Query().Where(source.RecordID(record)).IDs(in.ctx)
	for n, doc := range d.Documents {
		if !slices.Contains(had, documentID(record, doc)) {
			in.document(record, len(had)+n+1, d, doc)
		}
	}
	return err
}

// rewrite makes a record what a draft says, and gives its new version. Its parts go first: the record's own hook writes what
// search reads, and the history, of all of it.
func (in *taking) rewrite(now *ent.Activity, d *Draft, s *sides, changes []term.Change) (version int, err error) {
	if err := in.replaceParts(now.ID, d, s); err != nil {
		return 0, err
	}
	was, err := in.c.Chapter.Query().Where(chapter.HasActivitiesWith(activity.ID(now.ID))).IDs(rule.WithWithdrawn(in.ctx))
	if err != nil {
		return 0, err
	}
	u := in.c.Activity.UpdateOneID(now.ID).SetWithdrawn(false).SetVisibility(cmp.Or(d.Visibility, term.Public)).SetAssistanceTypes(full(d.AssistanceTypes)).SetTargetAudiences(full(d.Audiences)).SetTitle(d.Title).SetStatus(d.Status).SetRegional(d.Regional).SetPlaces(full(d.Places)).
		SetStartOn(d.start()).SetEndOn(d.end()).SetPlannedStartOn(d.PlannedStart).SetPlannedEndOn(d.PlannedEnd).SetActualStartOn(d.ActualStart).SetActualEndOn(d.ActualEnd).
		SetPurposeCodes(full(d.Purposes)).SetReporterID(s.publisher).SetSmuggling(d.significance(term.Smuggling)).SetTrafficking(d.significance(term.Trafficking))
	if d.Summary != "" {
		u.SetSummary(d.Summary)
	} else {
		u.ClearSummary()
	}
	if d.Results != "" {
		u.SetResults(d.Results)
	} else {
		u.ClearResults()
	}
	if d.Acronym != "" {
		u.SetAcronym(d.Acronym)
	} else {
		u.ClearAcronym()
	}
	if d.Note != "" {
		u.SetNote(d.Note)
	} else {
		u.ClearNote()
	}
	if len(changes) == 0 || slices.ContainsFunc(changes, func(c term.Change) bool { return c.Field == "partOf" }) {
		u.ClearPartOf() // until it is linked: the parent may be another now, or outside the catalogue
	}
	is := in.chapters(d)
	gone, come := without(was, is), without(is, was)
	u.RemoveInChapterIDs(gone...).AddInChapterIDs(come...)
	ctx := rule.WithChanges(rule.WithWithdrawn(rule.WithReason(in.ctx, in.reason())), slices.DeleteFunc(slices.Clone(changes), ofRecord))
	saved, err := u.Save(ctx)
	if err != nil {
		return 0, fmt.Errorf("change %s: %w", now.ID, err)
	}
	return saved.Version, nil
}

// ofRecord says whether a change is of a column of the record itself, which its hook tells to history.
func ofRecord(c term.Change) bool {
	return !slices.Contains([]string{"states", "participations", "fundings", "externalIdentifiers", "sources"}, c.Field)
}

func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// without are the ids of a list that are not in another.
func without(list, others []term.ID) []term.ID {
	return slices.DeleteFunc(slices.Clone(list), func(id term.ID) bool { return slices.Contains(others, id) })
}

// replaceParts brings the parts of a record in line with a draft: those that it does not have go, those that are new come,
// and the others stay as they are, with whatever points at them.
func (in *taking) replaceParts(id term.ID, d *Draft, s *sides) error {
	wanted := map[string][]part{}
	for _, p := range in.parts(id, d, s) {
		wanted[p.table] = append(wanted[p.table], p)
	}
	for _, table := range []string{statesTable, partiesTable, identifiersTable} {
		had, err := in.ids("SELECT id FROM " + table + " WHERE activity_id = " + number(id))
		if err != nil {
			return err
		}
		if err := in.exec("DELETE FROM "+table+" WHERE id IN (", without(had, idsOf(wanted[table]))); err != nil {
			return err
		}
		for _, p := range wanted[table] {
			if !slices.Contains(had, p.id) {
				in.rows.Add(p.table, p.row...)
			}
		}
	}
	return in.replaceLines(id, d, wanted)
}

// replaceLines does the same with lines of money. One that is no longer reported leaves its activity and is kept, hidden, as
// where a person takes it out (rule 4): it comes back where it is reported again.
func (in *taking) replaceLines(id term.ID, d *Draft, wanted map[string][]part) error {
	had, err := in.ids("SELECT funding_id FROM " + fundingsOf + " WHERE activity_id = " + number(id))
	if err != nil {
		return err
	}
	lines := idsOf(wanted[fundingsTable])
	gone := without(had, lines)
	if err := in.exec("DELETE FROM "+fundingsOf+" WHERE activity_id = "+number(id)+" AND funding_id IN (", gone); err != nil {
		return err
	}
	if err := in.exec("UPDATE "+fundingsTable+" SET visibility = 'RESTRICTED' WHERE id IN (", gone); err != nil {
		return err
	}
	come := without(lines, had)
	kept, err := in.among(come)
	if err != nil {
		return err
	}
	fresh := without(come, kept)
	if err := in.exec("UPDATE "+fundingsTable+" SET visibility = '"+d.visibility()+"' WHERE id IN (", without(lines, fresh)); err != nil {
		return err
	}
	for _, p := range wanted[fundingsTable] {
		if slices.Contains(fresh, p.id) {
			in.rows.Add(p.table, p.row...)
		}
	}
	for _, p := range wanted[fundingsOf] {
		if slices.Contains(come, p.id) {
			in.rows.Add(p.table, p.row...)
		}
	}
	for _, p := range wanted[sharesTable] {
		if slices.Contains(fresh, p.row[1].(term.ID)) {
			in.rows.Add(p.table, p.row...)
		}
	}
	if err := in.rows.Write(in.ctx); err != nil { // what stays may have been paid by what is new
		return err
	}
	return in.paidAnew(wanted[fundingsTable], without(lines, fresh), gone)
}

func idsOf(parts []part) (out []term.ID) {
	for _, p := range parts {
		out = append(out, p.id)
	}
	return out
}

// among are the lines of money that are in the database, of some.
func (in *taking) among(lines []term.ID) (out []term.ID, err error) {
	for some := range slices.Chunk(lines, step) {
		found, err := in.ids("SELECT id FROM " + fundingsTable + " WHERE id IN (" + numbers(some) + ")")
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// ids reads a column of ids.
func (in *taking) ids(query string) ([]term.ID, error) {
	rows, err := in.c.QueryContext(in.ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []term.ID
	return out, sql.ScanSlice(rows, &out)
}

// exec carries out a statement that ends with a list of ids; none for none.
func (in *taking) exec(statement string, ids []term.ID) error {
	for some := range slices.Chunk(ids, step) {
		if _, err := in.c.ExecContext(in.ctx, statement+numbers(some)+")"); err != nil {
			return err
		}
	}
	return nil
}

func number(id term.ID) string { return strconv.FormatInt(int64(id), 10) }

func numbers(ids []term.ID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = number(id)
	}
	return strings.Join(out, ", ")
}

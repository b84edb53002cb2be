package edition

import (
	"adam/internal/access"
	"adam/internal/term"
)

// per is a piece of SQL about the row t for each audience, the same on both engines. Empty: never.
type per struct{ public, members string }

func (p per) of(a access.Audience) string {
	switch a {
	case access.Public:
		return p.public
	case access.Members:
		return p.members
	}
	return ""
}

func both(sql string) per   { return per{sql, sql} }
func public(sql string) per { return per{public: sql} }

// tableRule is what audiences may see of a table. A table without a rule is empty in every edition.
type tableRule struct {
	rows per
	// needs names optional references without which a row would tell of what is hidden: it falls with their target.
	needs []string
	// through lets a join table decide: the rows at its other end.
	through *through
	// anchors holds rows for the records of other tables, with the same ids: they stand and fall with those.
	anchors bool
	replace []replacement
	// edit prepares a change of rows that SQL can't make; it may leave the change out by returning nil.
	edit editor
}

// through is a join table between the rows of a rule (own) and those of another table (other).
type through struct {
	table, own, other, of string
	// both: a row needs two of the others at least, and every one of them. Otherwise one is enough, and a row without
	// any stands by itself.
	both bool
}

// replacement puts something else in the place of a column's value where a condition holds.
type replacement struct {
	column string // "" where the rows of another table are what the audience misses
	when   per
	as     string // SQL
	mark   string // how `withheld` names the field; "" where nothing of substance is missing
}

// after names the tables that decide about this one without a foreign key between them.
func (r tableRule) after() []string {
	var out []string
	if r.anchors {
		for _, k := range term.RecordKind("").Values() {
			out = append(out, term.RecordKind(k).Kind().Table())
		}
	}
	if r.through != nil {
		out = append(out, r.through.of)
	}
	return out
}

const everyRow = "TRUE"

// visible is rule 3 of the model, for whatever has a visibility of its own.
var visible = per{"t.visibility = 'PUBLIC'", "t.visibility IN ('PUBLIC', 'MEMBERS')"}

// catalogued is the rule of the records: their visibility, and deleting hides. Who typed a record in is nobody's
// business outside.
func catalogued(more ...replacement) tableRule {
	return tableRule{
		rows: per{visible.public + " AND NOT t.withdrawn", visible.members + " AND NOT t.withdrawn"},
		replace: append([]replacement{
			{column: "created_by", when: both(everyRow), as: "''"},
			{column: "updated_by", when: both(everyRow), as: "''"},
		}, more...),
	}
}

// part is the rule of rows that stand and fall with what they belong to.
func part(needs ...string) tableRule { return tableRule{rows: both(everyRow), needs: needs} }

// released is true of a law or policy whose readings the public may see: every State concerned has had its first
// review or its two months. In no chapter means that nobody was asked: not released.
func released(id, join, column string) string {
	return "(" + id + " IN (SELECT j." + column + " FROM " + join + " j JOIN chapters c ON c.id = j.chapter_id GROUP BY j." + column +
		" HAVING min(CASE WHEN c.readings_released THEN 1 ELSE 0 END) = 1))"
}

// unread are the replacements of readings that are for members.
func unread(join, column string, fields ...string) []replacement {
	when := public("NOT " + released("t.id", join, column))
	var out []replacement
	for _, f := range fields {
		out = append(out, replacement{column: f, when: when, as: "'WITHHELD'", mark: apiName(f)})
	}
	return out
}

var rules = map[string]tableRule{
	"states": catalogued(),
	"actors": catalogued(replacement{column: "seat", when: both("t.safety"), as: "NULL", mark: "seat"}),
	"laws": catalogued(append(unread("chapter_laws", "law_id", "criminalises_trafficking", "criminalises_smuggling"),
		replacement{when: public("NOT " + released("t.id", "chapter_laws", "law_id")), mark: "elements"})...),
	"policies":                catalogued(unread("chapter_policies", "policy_document_id", "comprehensive_trafficking", "comprehensive_smuggling")...),
	"coordination_mechanisms": catalogued(),
	"activities":              catalogued(),

	"records":         {rows: both(everyRow), anchors: true, edit: withoutLostNames},
	"sources":         part(),
	"relations":       part(),
	"history_entries": history,

	"chapters":      chapters,
	"review_cycles": cycles,

	"memberships":      part(),
	"treaty_actions":   part(),
	"lead_authorities": part(),
	"other_names":      part(),
	"contacts":         contacts,

	"provisions": {rows: per{released("t.law_id", "chapter_laws", "law_id"), everyRow}},
	"penalties":  part(),
	"amendments": part(),

	// A member without a State or an actor would say that there is a hidden one.
	"mechanism_members": part("state_id", "actor_id"),

	"activity_states":      part(),
	"participations":       part(),
	"external_identifiers": part(),
	// A line of money only for activities that are hidden would tell of them.
	"fundings":    {rows: visible, through: &through{table: "activity_fundings", own: "funding_id", other: "activity_id", of: "activities"}},
	"allocations": part("state_id"),
	"rates":       part(),
	// A pair is never shown with one of its activities.
	"overlaps": {rows: both(everyRow), through: &through{table: "activity_overlaps", own: "overlap_id", other: "activity_id", of: "activities", both: true}},

	"needs":          {rows: visible},
	"questionnaires": part(),
	"responses":      {rows: per{members: everyRow}}, // that a named State did not answer is for members

	"editions": editions,

	"activity_fundings":  part(),
	"activity_overlaps":  part(),
	"chapter_actors":     part(),
	"chapter_laws":       part(),
	"chapter_policies":   part(),
	"chapter_mechanisms": part(),
	"chapter_activities": part(),
}

// private are the tables that no edition holds, each with the reason.
var private = map[string]string{
	"seed_entries": "how shipped records were loaded, which only the loader needs",
}

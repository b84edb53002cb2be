//go:build !codegen

package rule

import (
	"maps"
	"strconv"
	"strings"

	"adam/internal/access"
	"adam/internal/term"
)

// Seer is whoever reads: a viewer, who may have asked for withdrawn records too.
type Seer struct {
	access.Viewer
	Withdrawn bool
	Whole     bool // reads whole tables: see ReadingWhole
}

// Reader is the seer for whom an edition is cut.
func Reader(a access.Audience) Seer { return Seer{Viewer: access.Viewer{Audience: a}} }

// Condition is a piece of SQL about the row t, the same on both engines, for one seer; "" stands for never. A table
// named after {raw} is meant as it is; any other, as the seer sees it. {number} is the number of the edition that is
// being cut, {person} whoever reads the working store: NULL where that is nobody with an account, which equals nothing.
type Condition func(Seer) string

// Table is what may be seen of a table. A table without one is empty for everybody but the program: what nobody thought
// of stays hidden.
type Table struct {
	Rows Condition
	// Needs names optional references without which a row would tell of what is hidden: it falls with their target.
	Needs []string
	// Through lets a join table decide: the rows at its other end.
	Through *Through
	// Anchors holds rows for the records of other tables, with the same ids: they stand and fall with those.
	Anchors bool
	Replace []Replacement
}

// Through is a join table between the rows of a rule (Own) and those of another table (Other, which is an id of Of).
type Through struct {
	Table, Own, Other, Of string
	// Both: a row needs two of the others at least, and every one of them. Otherwise one is enough, and a row without
	// any stands by itself.
	Both bool
}

// Replacement puts something else in the place of a column's value where a condition holds.
type Replacement struct {
	Column string // "" where the rows of another table are what the seer misses
	When   Condition
	As     string // SQL
	Mark   string // how `withheld` names the field; "" where nothing of substance is missing
}

// EveryRow is the condition that always holds.
const EveryRow = "TRUE"

// everyone sees every row that what it belongs to does not hide.
func everyone(Seer) string { return EveryRow }

// toThePublic holds for the public only: what is replaced for it.
func toThePublic(sql string) Condition {
	return func(s Seer) string {
		if s.Audience == access.Public {
			return sql
		}
		return ""
	}
}

// keeps says that a seer reads the working store, where what is hidden depends on who asks.
func (s Seer) keeps() bool { return s.Audience == access.Working }

// part is the rule of rows that stand and fall with what they belong to.
func part(needs ...string) Table { return Table{Rows: everyone, Needs: needs} }

// Tables are the rules of all tables, each from its own file.
func Tables() map[string]Table {
	all := tablesOfRecords()
	maps.Copy(all, tablesOfParts())
	return all
}

// tablesOfRecords are those of the records, of their anchor and what hangs on it, and of chapters and editions.
func tablesOfRecords() map[string]Table {
	return map[string]Table{
		"states":                  seenRecord(nobodys),
		"actors":                  seenActor(),
		"laws":                    seenLaw(),
		"policies":                seenPolicy(),
		"coordination_mechanisms": seenRecord(ownedMechanism),
		"activities":              seenRecord(ownedActivity),

		"records":              {Rows: everyone, Anchors: true},
		"sources":              part(),
		"relations":            part(),
		"history_entries":      seenHistory(),
		"disputes":             seenDispute(),
		"shares":               seenShare(),
		"concept_dismissals":   seenDismissal(),
		"old_keys":             part(),
		"record_verifications": seenVerification(),

		"chapters":           seenChapter(),
		"review_cycles":      seenCycle(),
		"review_items":       seenItem(),
		"review_steps":       seenStep(),
		"sheet_merges":       seenStep(),
		"completeness_notes": part(),
		"inclusion_rules":    {Rows: everyone},
		"editions":           seenEdition(),
		"releases":           seenRelease(),
		"chapter_actors":     part(),
		"chapter_laws":       part(),
		"chapter_policies":   part(),
		"chapter_mechanisms": part(),
		"chapter_activities": part(),
	}
}

// tablesOfParts are those of what records consist of, of money, and of what was asked.
func tablesOfParts() map[string]Table {
	return map[string]Table{
		"memberships":      part(),
		"treaty_actions":   part(),
		"lead_authorities": part(),
		"other_names":      part(),
		"contacts":         seenContact(),
		"provisions":       seenProvision(),
		"penalties":        part(),
		"amendments":       part(),

		// A member without a State or an actor would say that there is a hidden one.
		"mechanism_members": part("state_id", "actor_id"),

		"activity_states":      part(),
		"participations":       part(),
		"external_identifiers": part(),
		"fundings":             seenFunding(),
		"activity_fundings":    part(),
		"allocations":          part("state_id"),
		"rates":                part(),
		"overlaps":             seenOverlap(),
		"activity_overlaps":    part(),

		"needs":          seenNeed(),
		"need_offers":    seenOffer(),
		"questionnaires": part(),
		"responses":      seenResponse(),
	}
}

// Private are the tables that only the program reads, each with the reason.
var Private = map[string]string{
	"seed_entries":    "how shipped records were loaded, which only the loader needs",
	"people":          "accounts: shown by package people, to their person and to administrators",
	"grants":          "roles: shown by package people",
	"passkeys":        "secrets of sign-in",
	"logins":          "secrets of sign-in",
	"invitations":     "secrets of sign-in",
	"sessions":        "secrets of sign-in",
	"tokens":          "secrets of programs",
	"log_entries":     "the log: shown to administrators by package audit",
	"log_details":     "personal data of the log",
	"once_keys":       "what retries of mutations did",
	"mails":           "the outbox: letters to single people, some with links that open an account",
	"feeds":           "secrets of calendars",
	"seals":           "what the program signs with",
	"overlap_weights": "what decisions taught the engine of overlaps, which only it needs",

	"imports":         "what was imported, from whom: shown to operators and the secretariat by package intake",
	"import_entries":  "what files said of each record: shown by package intake",
	"import_parts":    "files that wait for a decision",
	"import_mappings": "what columns of spreadsheets mean, which only package intake needs",
}

// oneOf is the SQL for a column that has one of some identifiers; "FALSE" where there are none.
func oneOf(column string, ids []term.ID) string {
	if len(ids) == 0 {
		return "FALSE"
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.FormatInt(int64(id), 10)
	}
	return column + " IN (" + strings.Join(list, ", ") + ")"
}

// either joins conditions of which one is enough.
func either(conditions ...string) string {
	var out []string
	for _, c := range conditions {
		switch c {
		case EveryRow:
			return EveryRow
		case "FALSE", "":
		default:
			out = append(out, "("+c+")")
		}
	}
	if len(out) == 0 {
		return "FALSE"
	}
	return strings.Join(out, " OR ")
}

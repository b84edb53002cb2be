package edition

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// listed is the SQL that the questions about what is unreleased begin with: `changed` has the records that were written
// after a moment, `ranked` says of each who saw it then (stood) and who sees it now (stands): a visibility, or nothing
// where nobody does; what was done to it; and what becomes of it, as the place in the list of term.Becoming.
// late are records that were written after it, too, with the version from which on.
//
// What stood then is what the first change since has taken away. It is found in the one walk through history that groups
// its entries by record: the smallest of texts that begin with the version.
func listed(d string, at term.Instant, late map[term.ID]int) string {
	since := fmt.Sprintf("h.at > '%s'", at)
	for _, id := range slices.Sorted(maps.Keys(late)) {
		since += fmt.Sprintf(" OR h.record_id = %d AND h.version >= %d", id, late[id])
	}
	return fmt.Sprintf(`WITH changed AS (
	SELECT h.record_id AS id, min(h.version) AS first, max(CASE WHEN h.action = 'CREATED' THEN 1 ELSE 0 END) AS made,
		min(CASE WHEN h.action IN ('WITHDRAWN', 'RESTORED') THEN (1000000000 + h.version) || h.action END) AS turned,
		min(%s) AS visibility
	FROM history_entries h WHERE %s GROUP BY h.record_id
), standing AS (
	SELECT c.id, c.first, c.made, substr(c.turned, 11) AS turned, substr(c.visibility, 11) AS was, %s AS stands FROM changed c
), stood AS (
	SELECT s.*, CASE WHEN made = 1 OR turned = 'RESTORED' THEN '' ELSE coalesce(was, substr(stands, 2)) END AS stood,
		CASE WHEN substr(stands, 1, 1) = '-' THEN '' ELSE substr(stands, 2) END AS now FROM standing s
), ranked AS (
	SELECT id, first, stood, now AS stands,
		CASE WHEN now = '' THEN 'WITHDRAWN' WHEN made = 1 THEN 'CREATED' WHEN turned = 'RESTORED' THEN 'RESTORED' ELSE 'UPDATED' END AS what,
		CASE WHEN now = 'PUBLIC' AND stood <> 'PUBLIC' THEN 0
			WHEN now = 'MEMBERS' AND stood IN ('', 'RESTRICTED') THEN 1
			WHEN stood = 'PUBLIC' AND now <> 'PUBLIC' OR stood = 'MEMBERS' AND now IN ('', 'RESTRICTED') THEN 2
			WHEN now IN ('PUBLIC', 'MEMBERS') THEN 3 ELSE 4 END AS becomes
	FROM stood
) `, visibilityBefore(d), since, standsNow())
}

// standsNow is the visibility of the record c, after a sign: minus where it is withdrawn. Of which type it is stands in its
// identifier.
func standsNow() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CASE %s", kindOf("c.id"))
	for _, k := range term.RecordKind("").Values() {
		kind := term.RecordKind(k).Kind()
		fmt.Fprintf(&b, " WHEN %d THEN (SELECT CASE WHEN s.withdrawn THEN '-' ELSE '+' END || s.visibility FROM %s s WHERE s.id = c.id)", kind, kind.Table())
	}
	return b.String() + " END"
}

// kindOf is the SQL for the number of the kind in an identifier.
func kindOf(id string) string { return "(" + id + " >> " + strconv.Itoa(term.KindShift) + ")" }

// visibilityBefore is the visibility that the entry h has taken away, after its version; NULL where it left it as it was.
// The engines read JSON in ways of their own.
func visibilityBefore(d string) string {
	has, from, field, entries := `instr(h.changes, '"visibility"') > 0`, "json_extract(j.value, '$.from')", "json_extract(j.value, '$.field')", "json_each(h.changes) j"
	if d == dialect.Postgres {
		has, from, field, entries = `h.changes @> '[{"field": "visibility"}]'`, "j.value->>'from'", "j.value->>'field'", "jsonb_array_elements(h.changes) AS j(value)"
	}
	return fmt.Sprintf("CASE WHEN %s THEN (1000000000 + h.version) || (SELECT %s FROM %s WHERE %s = 'visibility') END", has, from, entries, field)
}

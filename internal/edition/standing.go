package edition

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"adam/internal/term"

	"entgo.io/ent/dialect"
)

// listed is the SQL that the questions about what is unreleased begin with: `changed` has the records that were written
// after a moment, `ranked` says of each who saw it then (stood) and who sees it now (stands): a visibility, or nothing
// where nobody does; what was done to it; and what becomes of it, as the place in the list of term.Becoming.
// late are records that were written after it, too, with the version from which on.
func listed(d string, at term.Instant, late map[term.ID]int) string {
	since := fmt.Sprintf("h.at > '%s'", at)
	for _, id := range slices.Sorted(maps.Keys(late)) {
		since += fmt.Sprintf(" OR h.record_id = %d AND h.version >= %d", id, late[id])
	}
	return fmt.Sprintf(`WITH changed AS (
	SELECT h.record_id AS id, min(h.version) AS first, max(CASE WHEN h.action = 'CREATED' THEN 1 ELSE 0 END) AS made FROM history_entries h WHERE %s GROUP BY h.record_id
), standing AS (
	SELECT c.id, c.first, c.made, r.kind, r.key, r.title, %s AS stands, %s AS was_seen_by,
		(SELECT x.action FROM history_entries x WHERE x.record_id = c.id AND x.version >= c.first AND x.action IN ('WITHDRAWN', 'RESTORED') ORDER BY x.version LIMIT 1) AS turned
	FROM changed c JOIN records r ON r.id = c.id
), stood AS (
	SELECT s.*, CASE WHEN made = 1 OR turned = 'RESTORED' THEN '' ELSE coalesce(was_seen_by, substr(stands, 2)) END AS stood,
		CASE WHEN substr(stands, 1, 1) = '-' THEN '' ELSE substr(stands, 2) END AS now FROM standing s
), ranked AS (
	SELECT id, first, kind, key, title, stood, now AS stands,
		CASE WHEN now = '' THEN 'WITHDRAWN' WHEN made = 1 THEN 'CREATED' WHEN turned = 'RESTORED' THEN 'RESTORED' ELSE 'UPDATED' END AS what,
		CASE WHEN now = 'PUBLIC' AND stood <> 'PUBLIC' THEN 0
			WHEN now = 'MEMBERS' AND stood IN ('', 'RESTRICTED') THEN 1
			WHEN stood = 'PUBLIC' AND now <> 'PUBLIC' OR stood = 'MEMBERS' AND now IN ('', 'RESTRICTED') THEN 2
			WHEN now IN ('PUBLIC', 'MEMBERS') THEN 3 ELSE 4 END AS becomes
	FROM stood
) `, since, standsNow(), firstVisibility(d))
}

// standsNow is the visibility of the record r, after a sign: minus where it is withdrawn.
func standsNow() string {
	var b strings.Builder
	b.WriteString("CASE r.kind")
	for _, k := range term.RecordKind("").Values() {
		fmt.Fprintf(&b, " WHEN '%s' THEN (SELECT CASE WHEN s.withdrawn THEN '-' ELSE '+' END || s.visibility FROM %s s WHERE s.id = r.id)", k, term.RecordKind(k).Kind().Table())
	}
	return b.String() + " END"
}

// firstVisibility is what the first change of its visibility since has taken away from the record c; NULL where there
// was none. The engines read JSON in ways of their own.
func firstVisibility(d string) string {
	from, field, entries := "json_extract(j.value, '$.from')", "json_extract(j.value, '$.field')", "json_each(x.changes) j"
	if d == dialect.Postgres {
		from, field, entries = "j.value->>'from'", "j.value->>'field'", "LATERAL jsonb_array_elements(x.changes) AS j(value)"
	}
	return fmt.Sprintf(`(SELECT %s FROM history_entries x, %s WHERE x.record_id = c.id AND x.version >= c.first AND %s = 'visibility' ORDER BY x.version LIMIT 1)`, from, entries, field)
}

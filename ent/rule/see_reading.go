//go:build !codegen

package rule

import "adam/internal/access"

// released is true of a law or policy whose readings the public may see: every State concerned has had its first
// review or its two months. In no chapter means that nobody was asked: not released.
func released(id, join, column string) string {
	return "(" + id + " IN (SELECT j." + column + " FROM {raw}" + join + " j JOIN {raw}chapters c ON c.id = j.chapter_id GROUP BY j." + column +
		" HAVING min(CASE WHEN c.readings_released THEN 1 ELSE 0 END) = 1))"
}

// unread are the replacements of readings that are for members.
func unread(join, column string, fields ...[2]string) []Replacement {
	when := toThePublic("NOT " + released("t.id", join, column))
	var out []Replacement
	for _, f := range fields {
		out = append(out, Replacement{Column: f[0], When: when, As: "'WITHHELD'", Mark: f[1]})
	}
	return out
}

// seenLaw: the public sees readings of a law only once its State has had its say.
func seenLaw() Table {
	more := unread("chapter_laws", "law_id",
		[2]string{"criminalises_smuggling", "criminalisesSmuggling"}, [2]string{"criminalises_trafficking", "criminalisesTrafficking"})
	more = append(more, Replacement{When: toThePublic("NOT " + released("t.id", "chapter_laws", "law_id")), Mark: "elements"})
	return seenRecord(ownedLaw, more...)
}

// seenPolicy: the same for the readings of a policy.
func seenPolicy() Table {
	return seenRecord(ownedPolicy, unread("chapter_policies", "policy_document_id",
		[2]string{"comprehensive_smuggling", "comprehensiveSmuggling"}, [2]string{"comprehensive_trafficking", "comprehensiveTrafficking"})...)
}

// seenProvision: what a law does about an element is a reading as a whole.
func seenProvision() Table {
	return Table{Rows: func(s Seer) string {
		if s.Audience == access.Members || s.keeps() {
			return EveryRow
		}
		return released("t.law_id", "chapter_laws", "law_id")
	}}
}

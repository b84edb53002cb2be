//go:build !codegen

package rule

// seenEdition: an edition tells of those up to itself, and calls itself published: it is read only once it is.
func seenEdition() Table {
	return Table{
		Rows: func(s Seer) string {
			if s.keeps() {
				return EveryRow
			}
			return "(t.number < {number} AND t.status <> 'BUILDING' OR t.number = {number})"
		},
		Replace: []Replacement{{Column: "status", When: func(s Seer) string {
			if s.keeps() {
				return ""
			}
			return "t.number = {number}"
		}, As: "'PUBLISHED'"}},
	}
}

//go:build !codegen

package rule

// seenRelease: what is proposed for release, and why it was refused, stays in the secretariat. No edition has any of it.
func seenRelease() Table {
	return Table{Rows: func(s Seer) string {
		if s.keeps() && s.SeesAll() {
			return EveryRow
		}
		return ""
	}}
}

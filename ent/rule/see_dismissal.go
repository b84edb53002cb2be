//go:build !codegen

package rule

// seenDismissal: what the concept check says of a record, and why it is wrong, is between its owner and the secretariat.
// No edition has any of it.
func seenDismissal() Table {
	return Table{Rows: func(s Seer) string {
		switch {
		case !s.keeps():
			return ""
		case s.SeesAll():
			return EveryRow
		}
		return ownedRecord(s)
	}}
}

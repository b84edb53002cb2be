//go:build !codegen

package rule

// seenDispute: a dispute is seen with its record by whom the record stood open to when it was raised; its owner, the
// secretariat and whoever raised it see it always.
func seenDispute() Table { return Table{Rows: visible(ownedRecord, raised)} }

func raised(Seer) string { return "t.person = {person}" }

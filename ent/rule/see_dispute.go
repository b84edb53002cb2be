//go:build !codegen

package rule

// seenDispute: a dispute is seen with its record by whom the record stood open to when it was raised; its owner and the
// secretariat see it always.
func seenDispute() Table { return Table{Rows: visible(ownedRecord, unshared)} }

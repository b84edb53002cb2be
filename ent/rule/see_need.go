//go:build !codegen

package rule

// seenNeed: a need belongs to the State that has it.
func seenNeed() Table { return seenRecord(ownedNeed) }

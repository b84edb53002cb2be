//go:build !codegen

package rule

// seenNeed: a need has a visibility of its own; it belongs to the State that has it.
func seenNeed() Table {
	return Table{Rows: visible(func(s Seer) string { return ownedNeed(s, "t") }, unshared)}
}

//go:build !codegen

package rule

// seenFunding: a line of money has a visibility of its own. A line only for activities that are hidden would tell of
// them.
func seenFunding() Table {
	return Table{
		Rows:    visible(func(s Seer) string { return ownedFunding(s, "t") }, sharedBy("funding_id")),
		Through: &Through{Table: "activity_fundings", Own: "funding_id", Other: "activity_id", Of: "activities"},
	}
}

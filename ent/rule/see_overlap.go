//go:build !codegen

package rule

// seenOverlap: a pair is never shown with one of its activities.
func seenOverlap() Table {
	return Table{
		Rows:    everyone,
		Through: &Through{Table: "activity_overlaps", Own: "overlap_id", Other: "activity_id", Of: "activities", Both: true},
	}
}

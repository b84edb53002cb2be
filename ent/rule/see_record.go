//go:build !codegen

package rule

// seenRecord is the rule of the records: their visibility, and deleting hides (rule 4). Who typed a record in is nobody's
// business outside.
func seenRecord(owned func(Seer, string) string, more ...Replacement) Table {
	seen := visible(func(s Seer) string { return owned(s, "t") }, sharedBy("record_id"))
	return Table{
		Rows: func(s Seer) string {
			if s.Withdrawn {
				return seen(s)
			}
			return "(" + seen(s) + ") AND NOT t.withdrawn"
		},
		Replace: append([]Replacement{
			{Column: "created_by", When: everyone, As: "''"},
			{Column: "updated_by", When: everyone, As: "''"},
		}, more...),
	}
}

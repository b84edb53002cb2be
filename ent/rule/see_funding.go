//go:build !codegen

package rule

// seenFunding: a line of money has a visibility of its own. A line only for activities that are hidden would tell of
// them. An amount that is kept back is for its owner, the secretariat, and with whom they share the line; everybody else
// reads that there is one. The words of the source would tell it too.
func seenFunding() Table {
	kept := func(s Seer) string {
		switch owned := func(s Seer) string { return ownedFunding(s, "t") }; {
		case !s.keeps():
			return "t.amount_withheld"
		case s.SeesAll():
			return ""
		default:
			return "t.amount_withheld AND NOT (" + either(owned(s), sharedBy("funding_id")(s)) + ")"
		}
	}
	return Table{
		Replace: []Replacement{
			{Column: "amount", When: kept, As: "NULL", Mark: "amount"}, {Column: "note", When: kept, As: "NULL", Mark: "note"},
		},
		Rows:    visible(func(s Seer) string { return ownedFunding(s, "t") }, sharedBy("funding_id")),
		Through: &Through{Table: "activity_fundings", Own: "funding_id", Other: "activity_id", Of: "activities"},
	}
}

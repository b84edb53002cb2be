//go:build !codegen

package rule

// seenActor: where showing the location of an actor could endanger people, only the actor's own reporter and the
// secretariat see where it is.
func seenActor() Table {
	return seenRecord(ownedActor, Replacement{Column: "seat", When: unlessOwner("t.safety", "t"), As: "NULL", Mark: "seat"})
}

// unlessOwner is a condition that holds for all but the owner of the actor a and the secretariat.
func unlessOwner(sql, a string) Condition {
	return func(s Seer) string {
		switch {
		case !s.keeps():
			return sql
		case s.SeesAll():
			return ""
		}
		return sql + " AND NOT (" + ownedActor(s, a) + ")"
	}
}

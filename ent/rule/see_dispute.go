//go:build !codegen

package rule

// seenDispute: a dispute is seen with its record by whom the record stood open to when it was raised; its owner, the
// secretariat and whoever raised it see it always. The working store knows by the official who may retract it; no edition
// names her.
func seenDispute() Table {
	return Table{Rows: visible(ownedRecord, raised), Replace: []Replacement{{Column: "person", When: inEditions, As: "0"}}}
}

// inEditions holds for every row of an edition, and for none of the working store.
func inEditions(s Seer) string {
	if s.keeps() {
		return ""
	}
	return EveryRow
}

func raised(Seer) string { return "t.person = {person}" }

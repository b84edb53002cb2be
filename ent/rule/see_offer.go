//go:build !codegen

package rule

import (
	"fmt"

	"adam/internal/access"
)

// seenOffer: a restricted offer is between whoever offers and the State that has the need; coordinators and the
// secretariat see it too. Every offer falls with its need and with its organisation. Which official made it is nobody's
// business: the institution is named.
func seenOffer() Table {
	return Table{Rows: visible(concerned, unshared), Replace: []Replacement{{Column: "person", When: everyone, As: "0"}}}
}

// concerned is the condition that the seer is on one side of the offer t, or coordinates.
func concerned(s Seer) string {
	if s.Has(access.Coordinator) {
		return EveryRow
	}
	need := ownedNeed(s, "n")
	if need != "FALSE" {
		need = fmt.Sprintf("EXISTS (SELECT 1 FROM {raw}needs n WHERE n.id = t.need_id AND (%s))", need)
	}
	return either(oneOf("t.organisation_id", s.Actors()), need)
}

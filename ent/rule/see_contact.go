//go:build !codegen

package rule

import (
	"fmt"

	"adam/internal/access"
)

// seenContact: a contact has a visibility of its own. Where showing the location of an actor could endanger people, the
// public gets no contact of it, and nobody but its own reporter and the secretariat an address. A person is named only
// with consent; without it the unit stands alone.
func seenContact() Table {
	owned := func(s Seer) string {
		return fmt.Sprintf("EXISTS (SELECT 1 FROM {raw}actors o WHERE o.id = t.actor_id AND (%s))", ownedActor(s, "o"))
	}
	seen := visible(owned, unshared)
	const safe = "EXISTS (SELECT 1 FROM {raw}actors a WHERE a.id = t.actor_id AND a.safety)"
	return Table{
		Rows: func(s Seer) string {
			switch {
			case s.Audience == access.Public:
				return seen(s) + " AND NOT " + safe
			case s.keeps() && s.SeesAll():
				return seen(s)
			}
			hidden := "t.kind = 'ADDRESS' AND " + safe
			if s.keeps() {
				hidden += " AND NOT " + owned(s)
			}
			return "(" + seen(s) + ") AND NOT (" + hidden + ")"
		},
		Replace: []Replacement{{Column: "person", When: func(s Seer) string {
			switch {
			case !s.keeps():
				return "NOT t.consent"
			case s.SeesAll():
				return ""
			}
			return "NOT t.consent AND NOT " + owned(s)
		}, As: "NULL"}},
	}
}

//go:build !codegen

package rule

import "fmt"

// seenShare: with whom something is shared is between its owner and the secretariat.
func seenShare() Table {
	return Table{Rows: func(s Seer) string {
		switch {
		case !s.keeps():
			return ""
		case s.SeesAll():
			return EveryRow
		}
		line := fmt.Sprintf("EXISTS (SELECT 1 FROM {raw}fundings f WHERE f.id = t.funding_id AND (%s))", ownedFunding(s, "f"))
		return either(ownedRecord(s), line)
	}, Needs: []string{"record_id", "funding_id", "actor_id"}}
}

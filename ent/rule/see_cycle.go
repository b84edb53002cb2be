//go:build !codegen

package rule

import (
	"adam/internal/access"
)

// seenCycle: lateness of a named State is for members; to whom a note went is between the two.
func seenCycle() Table {
	return Table{
		Rows: func(s Seer) string {
			if s.Audience == access.Members || s.keeps() {
				return EveryRow
			}
			return "t.status = 'PUBLISHED'"
		},
		Replace: []Replacement{
			{Column: "addressee", When: toThePublic(EveryRow), As: "NULL"},
			{Column: "reference", When: toThePublic(EveryRow), As: "NULL"},
		},
	}
}

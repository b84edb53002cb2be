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
		Needs: []string{"chapter_id", "actor_id"},
		Replace: []Replacement{
			{Column: "addressee", When: toThePublic(EveryRow), As: "NULL"},
			{Column: "reference", When: toThePublic(EveryRow), As: "NULL"},
			{Column: "remark", When: toThePublic(EveryRow), As: "NULL"},
			{Column: "signatory", When: toThePublic(EveryRow), As: "NULL"}, // the public badge names the institution
			{Column: "position", When: toThePublic(EveryRow), As: "NULL"},
			{Column: "nothing_planned", When: toThePublic(EveryRow), As: "FALSE"},
			{Column: "completed_by", When: everyone, As: "0"},
		},
	}
}

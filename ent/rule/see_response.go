//go:build !codegen

package rule

import "adam/internal/access"

// seenResponse: that a named State or organisation did not answer is for members (rule 3).
func seenResponse() Table {
	return Table{Rows: func(s Seer) string {
		if s.Audience == access.Members || s.keeps() {
			return EveryRow
		}
		return ""
	}}
}

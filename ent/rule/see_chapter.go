//go:build !codegen

package rule

// seenChapter: the public is not told which State did not nominate, declined or let its review pass (rule 3). To it, each
// of these is a review that is not finished. A chapter bears its State's name and falls with it.
func seenChapter() Table {
	return Table{
		Rows:  everyone,
		Needs: []string{"state_id"},
		Replace: []Replacement{{
			Column: "status",
			When:   toThePublic("t.status IN ('AWAITING_NOMINATION', 'RETURNED', 'CLOSED_UNVERIFIED', 'DECLINED')"),
			As:     "'UNDER_REVIEW'",
		}},
	}
}

//go:build !codegen

package rule

import "fmt"

// ownedActivity: an activity belongs to the organisation that reports it. Where none is named, it belongs to those that
// fund it, answer for it or carry it out; a partner or a beneficiary takes part and owns nothing.
func ownedActivity(s Seer, a string) string {
	mine := s.Actors()
	if len(mine) == 0 {
		return "FALSE"
	}
	return fmt.Sprintf(`%[2]s OR %[1]s.reporter_id IS NULL AND EXISTS (SELECT 1 FROM {raw}participations p WHERE p.activity_id = %[1]s.id
		AND p.role IN ('FUNDING', 'ACCOUNTABLE', 'EXTENDING', 'IMPLEMENTING') AND %[3]s)`,
		a, oneOf(a+".reporter_id", mine), oneOf("p.actor_id", mine))
}

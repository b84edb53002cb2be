//go:build !codegen

package rule

import "fmt"

// ownedFunding: a line of money belongs to the organisation that reports it; where none is named, to its provider and its
// receiver.
func ownedFunding(s Seer, a string) string {
	mine := s.Actors()
	if len(mine) == 0 {
		return "FALSE"
	}
	return fmt.Sprintf("%s OR %s.reporter_id IS NULL AND (%s OR %s)", oneOf(a+".reporter_id", mine), a,
		oneOf(a+".provider_id", mine), oneOf(a+".receiver_id", mine))
}

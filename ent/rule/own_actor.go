//go:build !codegen

package rule

import "fmt"

// ownedActor: a state authority belongs to its State, through the focal point, where the State has a chapter. Any other
// organisation belongs to its own reporter.
func ownedActor(s Seer, a string) string {
	ofState, own := oneOf(a+".state_id", s.States()), oneOf(a+".id", s.Actors())
	if ofState != "FALSE" {
		ofState = fmt.Sprintf("%s.kind = 'STATE_AUTHORITY' AND %s", a, ofState)
	}
	if own != "FALSE" {
		own += fmt.Sprintf(" AND NOT (%[1]s.kind = 'STATE_AUTHORITY' AND EXISTS (SELECT 1 FROM {raw}chapters c WHERE c.state_id = %[1]s.state_id))", a)
	}
	return either(ofState, own)
}

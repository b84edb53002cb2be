//go:build !codegen

package rule

import "fmt"

// ownedPolicy: a policy belongs to its State, through the focal point; one of the region to the Regional Support Office,
// which is the focal point of the regional chapter.
func ownedPolicy(s Seer, a string) string {
	regional := oneOf("j.chapter_id", s.regional())
	if regional != "FALSE" {
		regional = fmt.Sprintf("%[1]s.state_id IS NULL AND EXISTS (SELECT 1 FROM {raw}chapter_policies j WHERE j.policy_document_id = %[1]s.id AND %[2]s)", a, regional)
	}
	return either(oneOf(a+".state_id", s.States()), regional)
}
